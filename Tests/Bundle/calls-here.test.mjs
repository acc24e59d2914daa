import assert from "node:assert/strict";
import { test } from "node:test";
import { ScreenPatient } from "../../nginx/bundle/main/calls/here.js";

// Nothing waits for a network here.
Object.assign(globalThis, { addEventListener() {}, removeEventListener() {} });

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Follows with answers that come when the test says so. */
function rig() {
  const answers = new Map();
  const shown = [];
  const signals = [];
  const screen = new ScreenPatient({
    now: () => 1000,
    load: (id) => new Promise((resolve) => answers.set(id, (reply) => { resolve(reply); return settle(); })),
    show: (view, signal) => { shown.push(view.kind === "patient" ? view.data.patient.id : view.kind); signals.push(signal); },
  });
  const answer = (asked, id = asked) =>
    answers.get(asked)({ kind: "ok", status: 200, json: { patient: { id }, phone_numbers: [], notes: [], as_of: 1 } });
  return { screen, shown, signals, answers, answer };
}

test("the patient before goes from the screen at once, before anything is asked", () => {
  const { screen, shown, signals } = rig();
  void screen.follow("a");
  void screen.follow("b");
  assert.deepEqual(shown, ["loading", "loading"]);
  assert.deepEqual(signals.map((signal) => signal.aborted), [true, false]);
});

test("a late answer for the patient before is never shown", async () => {
  const { screen, shown, answer } = rig();
  void screen.follow("a");
  void screen.follow("b");
  await answer("b");
  await answer("a");
  assert.deepEqual(shown, ["loading", "loading", "b"]);
});

test("nor is it when Welkin went back to no patient, or there and back again", async () => {
  const { screen, shown, answers, answer } = rig();
  void screen.follow("a");
  const late = answers.get("a");
  void screen.follow(null);
  await late({ kind: "ok", status: 200, json: { patient: { id: "a" }, phone_numbers: [] } });
  assert.deepEqual(shown, ["loading", "none"]);
  void screen.follow("a");
  await answer("a");
  assert.deepEqual(shown, ["loading", "none", "loading", "a"]);
});

test("an answer about another patient than was asked for is not shown", async () => {
  const { screen, shown, answer } = rig();
  void screen.follow("a");
  await answer("a", "b");
  assert.deepEqual(shown, ["loading", "missing"]);
});

test("a patient whom the server does not give is said to be missing", async () => {
  const { screen, shown, answers } = rig();
  void screen.follow("a");
  await answers.get("a")({ kind: "refused", status: 404, error: "not_found", detail: null, id: null });
  assert.deepEqual(shown, ["loading", "missing"]);
});

test("the same patient again, in whatever case, is not loaded again", async () => {
  const { screen, shown, answer } = rig();
  void screen.follow("a");
  await answer("a");
  void screen.follow("A");
  assert.deepEqual(shown, ["loading", "a"]);
});

const reply = (json) => ({ kind: "ok", status: 200, json });

test("a patient who is not there yet is neither missing nor gone", async () => {
  const { screen, shown, answers } = rig();
  screen.follow("a");
  await answers.get("a")(reply({ patient: null, pending: true }));
  screen.follow(null);
  screen.follow("a");
  await answers.get("a")(reply({ patient: null }));
  assert.deepEqual(shown, ["loading", "pending", "none", "loading", "gone"]);
});

test("asked for again, the patient stays on screen until there is an answer, and through a bad one", async () => {
  const { screen, shown, signals, answer, answers } = rig();
  screen.follow("a");
  await answer("a");
  for (const bad of [{ kind: "refused", status: 403, error: "x", detail: null, id: null }, reply({ patient: null, pending: true })]) {
    screen.ask();
    await answers.get("a")(bad);
    assert.deepEqual(shown, ["loading", "a"]);
  }
  screen.ask();
  await answer("a");
  screen.ask();
  await answers.get("a")(reply({ patient: null }));
  assert.deepEqual(shown, ["loading", "a", "a", "gone"]);
  assert.ok(signals.every((signal) => !signal.aborted), "it is one view all along");
  screen.follow(null);
});

test("whether it is another patient is told", () => {
  const { screen } = rig();
  assert.deepEqual([screen.follow(null), screen.follow("a"), screen.follow("A"), screen.follow("b"), screen.follow(null)], [false, true, false, true, true]);
});
