import assert from "node:assert/strict";
import { test } from "node:test";
import { AppsApiError } from "../../nginx/bundle/main/apps-api/apps-api.js";
import { answerText, hostAnswer } from "../../nginx/bundle/main/apps-api/host-answer.js";
import { PatientNavigation } from "../../nginx/bundle/main/guard/patient-navigation.js";

const maria = "9d2f6a10-77c5-4f0e-8a35-0c1d5be2a9f4";
const john = "11e0c7d2-77c5-4f0e-8a35-0c1d5be2a9f4";
const on = (patient) => ({ pageType: "patient", pageId: patient });
const inbox = { pageType: "inbox", pageId: null };
const reply = (status) => ({ kind: "done", status, value: null });
const sent = { kind: "sent" };

/** A way to patients in a Welkin that the test moves by hand. */
function rig(state = inbox) {
  const asked = [];
  const told = [];
  const api = Object.assign(new EventTarget(), {
    state,
    navigateTo: (...to) => new Promise((resolve, reject) => asked.push({ to, resolve, reject })),
  });
  const way = new PatientNavigation(api, (outcome) => told.push(outcome.kind));
  return {
    way, asked, told,
    async answer(result, index = asked.length - 1) { asked[index].resolve(result); await settle(); },
    async fail(error) { asked.at(-1).reject(error); await settle(); },
    shows(next) { api.state = next; api.dispatchEvent(new Event("state")); },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("Welkin is asked within the click, and that is seen at once", () => {
  const { way, asked, told } = rig();
  assert.equal(way.outcome.kind, "none");
  void way.go(maria);
  assert.deepEqual([asked[0].to, told], [["patient", maria], ["asking"]]);
});

for (const [status, kind] of [[200, "shown"], [404, "missing"], [201, "refused"], [202, "refused"], [204, "refused"], [302, "refused"], [500, "refused"]]) {
  test(`${status} is told as ${kind}`, async () => {
    const { way, told, answer } = rig();
    void way.go(maria);
    await answer(reply(status));
    assert.deepEqual(told, ["asking", kind]);
    if (kind === "refused") assert.equal(way.outcome.status, status);
  });
}

test("a Welkin that is not there is told as that", async () => {
  const { way, told, fail } = rig();
  void way.go(maria);
  await fail(new AppsApiError("no_host"));
  assert.deepEqual(told, ["asking", "unreachable"]);
});

test("what was sent has shown nobody, until that patient is on the screen", async () => {
  const { way, told, answer, shows } = rig();
  void way.go(maria);
  await answer(sent);
  for (const state of [on(john), on(null), { pageType: "profile", pageId: maria }, null, inbox]) shows(state);
  assert.deepEqual(told, ["asking", "unconfirmed"]);
  shows(on(maria.toUpperCase()));
  assert.deepEqual(told, ["asking", "unconfirmed", "shown"]);
});

test("the screen may be there before the reply, and before the click", async () => {
  const { way, told, answer, shows } = rig();
  void way.go(maria);
  shows(on(maria));
  assert.deepEqual(told, ["asking", "shown"]);
  await answer(sent);
  const there = rig(on(maria));
  void there.way.go(maria);
  assert.deepEqual([told, there.told], [["asking", "shown"], ["asking", "shown"]]);
});

test("who was shown stays shown when the worker goes on", async () => {
  const { way, told, answer, shows } = rig();
  void way.go(maria);
  shows(on(maria));
  shows(on(john));
  await answer(sent);
  assert.deepEqual(told, ["asking", "shown"]);
});

test("what Welkin refuses was not done, whoever is on the screen", async () => {
  for (const status of [404, 500]) {
    const kind = status === 404 ? "missing" : "refused";
    const { way, told, answer, shows } = rig();
    void way.go(maria);
    await answer(reply(status));
    shows(on(maria));
    assert.deepEqual(told, ["asking", kind]);
    const seen = rig(on(maria));
    void seen.way.go(maria);
    await seen.answer(reply(status));
    assert.deepEqual(seen.told, ["asking", "shown", kind]);
  }
});

test("only the last wish is told of, and none when nobody wants to know", async () => {
  const { way, told, answer, shows } = rig();
  void way.go(maria);
  void way.go(john);
  shows(on(maria));
  await answer(reply(404), 0);
  assert.deepEqual(told, ["asking", "asking"]);
  await answer(sent);
  way.end();
  shows(on(john));
  assert.deepEqual([told, way.outcome.kind], [["asking", "asking", "unconfirmed"], "none"]);
});

test("the worker reads what became of a wish, and what to do by hand", async () => {
  const words = async (call) => answerText(await hostAnswer(call), "Do it yourself.");
  assert.equal(await words(Promise.resolve(reply(200))), "Done.");
  for (const [call, expected] of [
    [Promise.resolve(sent), /^Welkin hasn’t confirmed this\. .*Do it yourself\.$/],
    [Promise.resolve(reply(404)), /^Welkin can’t find this.*Do it yourself\.$/],
    [Promise.resolve(reply(500)), /^Welkin refused \(500\)\. Do it yourself\.$/],
    [Promise.reject(new AppsApiError("closed")), /^Welkin isn’t responding\. Do it yourself\.$/],
  ]) assert.match(await words(call), expected);
});
