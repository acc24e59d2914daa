import assert from "node:assert/strict";
import { test } from "node:test";
import { attemptText } from "../../nginx/bundle/main/phones/call-button.js";
import { OutgoingCalls } from "../../nginx/bundle/main/phones/outgoing-calls.js";

const maria = { id: "m", first_name: "Maria" };
const john = { id: "j", first_name: "John" };
const number = { id: "n", phone_number: "+12025550134" };

/** Calls through a server that gives these answers; a promise is an answer to come. */
function rig(...answers) {
  const sent = [];
  const timers = [];
  const data = { ask: async (name, body) => { sent.push({ name, ...body }); return answers.shift(); } };
  const outgoing = new OutgoingCalls({ data, later: (run, delay) => timers.push({ run, delay }) });
  return { outgoing, sent, timers, status: (patient = maria) => outgoing.find(patient, number)?.status ?? "idle" };
}

const accepted = { kind: "ok", status: 202, json: {} };
const refused = { kind: "refused", status: 422, error: "refused", detail: "This number has opted out.", id: null };

test("a call goes to the number of the patient that it was begun for", async () => {
  const { outgoing, sent, status } = rig(accepted);
  const placing = outgoing.place(maria, number);
  assert.equal(status(), "calling", "seen at once");
  await placing;
  assert.equal(status(), "dialing");
  assert.deepEqual({ ...sent[0], key: "" }, { name: "calls/place", key: "", patient: "m", phone_number: "n" });
  assert.equal(status(john), "idle");
});

test("a second click does not call twice", async () => {
  let answer;
  const { outgoing, sent } = rig(new Promise((resolve) => { answer = resolve; }));
  const placing = outgoing.place(maria, number);
  await outgoing.place(maria, number);
  answer(accepted);
  await placing;
  await outgoing.place(maria, number);
  assert.equal(sent.length, 1);
});

test("after a while the number can be called again, as another call", async () => {
  const { outgoing, sent, timers, status } = rig(accepted, accepted);
  await outgoing.place(maria, number);
  timers[0].run();
  assert.equal(status(), "idle");
  await outgoing.place(maria, number);
  timers[0].run();
  assert.equal(status(), "dialing", "an old timer does not end a new attempt");
  assert.notEqual(sent[0].key, sent[1].key);
});

test("without an answer the outcome is unknown, and trying again is the same attempt", async () => {
  for (const lost of [{ kind: "unreachable" }, { kind: "failed", status: 502, retryAfter: null, id: null }]) {
    const { outgoing, sent, status } = rig(lost, accepted);
    await outgoing.place(maria, number);
    assert.equal(status(), "unknown");
    assert.equal(sent.length, 1, "never by itself");
    await outgoing.place(maria, number);
    assert.equal(status(), "dialing");
    assert.equal(sent[0].key, sent[1].key);
  }
});

test("what was certainly not done is refused, with the server's reason", async () => {
  const others = [{ kind: "unauthorized", alive: false }, { kind: "failed", status: 429, retryAfter: 3, id: null }];
  for (const reply of [refused, ...others]) {
    const { outgoing, sent, status } = rig(reply, accepted);
    await outgoing.place(maria, number);
    assert.equal(status(), "refused");
    assert.equal(attemptText(outgoing.find(maria, number)), reply.detail ?? "This call was refused.");
    await outgoing.place(maria, number);
    assert.notEqual(sent[0].key, sent[1].key);
  }
});

test("an attempt that was put away is forgotten, and each change is told", async () => {
  const { outgoing, status } = rig(refused);
  let changes = 0;
  outgoing.addEventListener("change", () => { changes += 1; });
  await outgoing.place(maria, number);
  outgoing.forget(outgoing.all[0]);
  assert.equal(status(), "idle");
  assert.deepEqual(outgoing.all, []);
  assert.equal(changes, 3);
});
