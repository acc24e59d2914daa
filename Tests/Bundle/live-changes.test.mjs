import assert from "node:assert/strict";
import { test } from "node:test";
import { Changes } from "../../nginx/bundle/main/live/changes.js";

const told = (version, news = {}) => ({ kind: "ok", status: 200, json: { version, patient_changed: false, schedule_changed: false, writes: [], calls: [], ...news } });
const refused = (status) => ({ kind: "refused", status, error: "x", detail: null, id: null });
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Hears what the server answers, one after the other, and nothing more; waits end at once, and are logged. */
async function hear(answers, { patient = () => null, visibility = "visible", hold = () => false } = {}) {
  const document = Object.assign(new EventTarget(), { visibilityState: visibility });
  Object.defineProperty(globalThis, "document", { value: document, configurable: true });
  const life = new AbortController();
  const log = [];
  const asked = [];
  const changes = new Changes({
    version: "0", signal: life.signal, patient,
    data: {
      ask(name, body, options) {
        assert.equal(name, "changes");
        assert.ok(options.timeout > 25_000, "longer than the server waits");
        asked.push(body);
        log.push(`ask ${body.after}`);
        return answers.length > 0 ? Promise.resolve(answers.shift()) : new Promise((resolve) => {
          options.signal.addEventListener("abort", () => resolve({ kind: "unreachable" }));
        });
      },
    },
    onChange: (isPatient, isSchedule) => log.push([isPatient && "patient", isSchedule && "schedule"].filter(Boolean).join(" and ")),
    wait: (seconds, signal) => {
      log.push(`wait ${Math.round(seconds)}`);
      return hold(seconds) ? new Promise((resolve) => { signal.addEventListener("abort", resolve); }) : Promise.resolve();
    },
  });
  await settle();
  return {
    changes, log, asked, life,
    async see(state) { document.visibilityState = state; document.dispatchEvent(new Event("visibilitychange")); await settle(); },
  };
}

test("what changed is told, and the next question is about what came after", async () => {
  const { log } = await hear([told("1", { patient_changed: true }), told("2", { schedule_changed: true }), told("3")]);
  assert.deepEqual(log, ["ask 0", "patient", "wait 1", "ask 1", "schedule", "wait 1", "ask 2", "wait 1", "ask 3"]);
});

test("a version that the server does not know any more is a reason to ask for everything", async () => {
  const { log } = await hear([{ kind: "ok", status: 200, json: { version: "9", reset: true } }]);
  assert.deepEqual(log, ["ask 0", "patient and schedule", "wait 1", "ask 9"]);
});

test("the patient on screen is named, where there is one", async () => {
  let patient = null;
  const { asked, changes } = await hear([], { patient: () => patient });
  patient = "P";
  changes.again();
  await settle();
  assert.deepEqual(asked, [{ after: "0" }, { after: "0", patient: "P" }]);
});

test("a service that cannot wait is asked every 30 seconds", async () => {
  const { log } = await hear([told("0", { wait: false }), told("1", { wait: false, patient_changed: true })]);
  assert.deepEqual(log, ["ask 0", "wait 30", "ask 0", "patient", "wait 30", "ask 1"]);
});

test("a page that nobody sees waits longer, and asks as soon as somebody looks", async () => {
  const page = await hear([told("1")], { visibility: "hidden", hold: (seconds) => seconds === 60 });
  assert.deepEqual(page.log, ["ask 0", "wait 60"]);
  await page.see("hidden");
  assert.deepEqual(page.log, ["ask 0", "wait 60"]);
  await page.see("visible");
  assert.deepEqual(page.log, ["ask 0", "wait 60", "ask 1"]);
  await page.see("visible");
  assert.deepEqual(page.log.slice(3), ["ask 1"], "a request that waits may be one of before the computer slept");
});

test("a service without the route is left alone, another refusal is not for ever", async () => {
  for (const missing of [refused(404), { kind: "failed", status: 404, retryAfter: null, id: null }]) {
    const { log } = await hear([missing, told("1")]);
    assert.deepEqual(log, ["ask 0"]);
  }
  const other = await hear([refused(403), told("1", { patient_changed: true })]);
  assert.deepEqual([other.log[0], ...other.log.slice(2)], ["ask 0", "ask 0", "patient", "wait 1", "ask 1"]);
});

test("without an answer it asks again, each time a little later, and misses nothing", async () => {
  const random = Math.random;
  Math.random = () => 0.5;
  try {
    const busy = { kind: "failed", status: 429, retryAfter: 7, id: null };
    const { log } = await hear([{ kind: "unreachable" }, { kind: "ok", status: 200, json: {} }, busy, told("1", { patient_changed: true }), { kind: "unreachable" }]);
    assert.deepEqual(log, ["ask 0", "wait 1", "ask 0", "wait 2", "ask 0", "wait 7", "ask 0", "patient", "wait 1", "ask 1", "wait 1", "ask 1"]);
  } finally {
    Math.random = random;
  }
});

test("it ends with the session, and goes on when the session lives after all", async () => {
  const { log } = await hear([{ kind: "unauthorized", alive: false }, told("1")]);
  assert.deepEqual(log, ["ask 0"]);
  const living = await hear([{ kind: "unauthorized", alive: true }, told("1")]);
  assert.equal(living.log.at(-1), "ask 1");
  const left = await hear([]);
  left.life.abort();
  await settle();
  assert.deepEqual(left.log, ["ask 0"]);
});
