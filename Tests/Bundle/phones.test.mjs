import assert from "node:assert/strict";
import { test } from "node:test";
import { attemptText, callButton } from "../../nginx/bundle/main/phones/call-button.js";
import { OutgoingCalls } from "../../nginx/bundle/main/phones/outgoing-calls.js";
import { outcomes, parsePlaced } from "../../nginx/bundle/main/phones/placed-call.js";
import { fakeDocument } from "./page.mjs";

const maria = { id: "m", first_name: "Maria" };
const john = { id: "j", first_name: "John" };
const number = { id: "n", phone_number: "+12025550134" };

const now = 1_764_500_000;

/** Calls through a server that gives these answers; a promise is an answer to come. */
function rig(...answers) {
  const sent = [];
  const ask = async (name, body) => { sent.push({ name, ...body }); return answers.shift() ?? new Promise(() => {}); };
  const life = new AbortController();
  const outgoing = new OutgoingCalls({ data: { ask, write: ask }, now: () => now, signal: life.signal });
  const find = (patient = maria) => outgoing.find(patient, number);
  return { outgoing, sent, life, find, status: (patient) => find(patient)?.status ?? "idle", text: () => attemptText(find(), now) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const accepted = { kind: "ok", status: 202, json: { call: { id: "c1", state: "dialing" } } };
const done = { kind: "ok", status: 200, json: {} };
const lost = { kind: "unreachable" };
const refusal = (status, error, detail = null) => ({ kind: "refused", status, error, detail, id: null });
const refused = refusal(422, "refused", "This number has opted out.");
const told = (changes = {}) => ({ id: "c1", key: "k1", state: "dialing", outcome: null, at: now - 60, patient: maria, phone_number: number, ...changes });

test("a call goes to the number of the patient that it was begun for", async () => {
  const { outgoing, sent, status } = rig(accepted);
  const placing = outgoing.place(maria, number);
  assert.equal(status(), "calling", "seen at once");
  await placing;
  assert.equal(status(), "dialing");
  assert.deepEqual({ ...sent[0], key: "" }, { name: "calls/place", key: "", patient: "m", phone_number: "n" });
  assert.equal(status(john), "idle");
});

test("a patient whose id comes in capitals is the one whom the call was placed for", async () => {
  const { outgoing, sent, status } = rig(accepted);
  await outgoing.place({ ...maria, id: "9d2f6a10-77c5" }, number);
  const again = { ...maria, id: "9D2F6A10-77C5" };
  assert.equal(status(again), "dialing");
  void outgoing.place(again, number);
  assert.equal(sent.length, 1);
});

test("a second click does not call twice, neither while it dials nor before it is said how it went", async () => {
  let answer;
  const { outgoing, sent, find, status } = rig(new Promise((resolve) => { answer = resolve; }), done);
  const placing = outgoing.place(maria, number);
  await outgoing.place(maria, number);
  answer(accepted);
  await placing;
  await outgoing.place(maria, number);
  await outgoing.end(find());
  assert.equal(status(), "over");
  await outgoing.place(maria, number);
  assert.deepEqual(sent.map(({ name }) => name), ["calls/place", "calls/end"]);
});

for (const [outcome, words] of Object.entries(outcomes)) {
  test(`a call is ended, and on record as ${outcome}; then the number can be called again, as another call`, async () => {
    const { outgoing, sent, find, status, text } = rig(accepted, done, done, accepted);
    await outgoing.place(maria, number);
    assert.match(text(), /^Dialed \d/);
    await outgoing.end(find());
    assert.match(text(), /^Called \d.*\. How did it go\?$/);
    await outgoing.record(find(), outcome);
    assert.equal(status(), "settled");
    assert.match(text(), new RegExp(`^${words}, `));
    await outgoing.place(maria, number);
    assert.deepEqual(sent.slice(1, 3), [{ name: "calls/end", call: "c1" }, { name: "calls/outcome", call: "c1", outcome }]);
    assert.notEqual(sent[0].key, sent[3].key);
    assert.equal(outgoing.all.length, 1);
  });
}

test("a call that was not meant is taken back, and nothing is left of it", async () => {
  const { outgoing, sent, find, status } = rig(accepted, done, done);
  await outgoing.place(maria, number);
  await outgoing.end(find());
  await outgoing.cancel(find());
  assert.deepEqual(sent.at(-1), { name: "calls/cancel", key: sent[0].key });
  assert.equal(status(), "idle");
  assert.deepEqual(outgoing.all, []);
});

test("no end and no outcome is taken for done that was not answered, and each can be repeated", async () => {
  for (const [reply, words] of [[lost, null], [{ kind: "unsent" }, /offline/], [refusal(409, "settled", "It is on record already."), /on record already/]]) {
    const { outgoing, sent, find, status, text } = rig(accepted, reply, done, reply, done);
    await outgoing.place(maria, number);
    await outgoing.end(find());
    assert.equal(status(), "dialing");
    assert.match(text(), words ?? /may still be on/);
    await outgoing.end(find());
    assert.equal(status(), "over");
    await outgoing.record(find(), "busy");
    assert.equal(status(), "over");
    assert.match(text(), words ?? /Not recorded/);
    await outgoing.record(find(), "busy");
    assert.equal(status(), "settled");
    assert.equal(sent.length, 5);
  }
});

test("one that is not there any more has ended, and one that cannot be taken back stays", async () => {
  const { outgoing, find, status, text } = rig(accepted, refusal(404, "not_found"), lost);
  await outgoing.place(maria, number);
  await outgoing.end(find());
  assert.equal(status(), "over");
  await outgoing.cancel(find());
  assert.equal(status(), "over");
  assert.match(text(), /Not cancelled/);
});

test("a second click while the first is on its way does nothing", async () => {
  const { outgoing, sent, find } = rig(accepted);
  await outgoing.place(maria, number);
  void outgoing.end(find());
  await outgoing.end(find());
  await outgoing.record(find(), "busy");
  await outgoing.cancel(find());
  assert.equal(sent.length, 2);
});

test("without an answer the outcome is unknown, and trying again is the same attempt", async () => {
  for (const reply of [lost, { kind: "failed", status: 502, retryAfter: null, id: null }]) {
    const { outgoing, sent, status, text } = rig(reply, refusal(404, "not_found"), accepted);
    await outgoing.place(maria, number);
    assert.equal(status(), "unknown");
    assert.match(text(), /couldn’t confirm.*won’t call twice/);
    await settle();
    assert.deepEqual([status(), sent[1]], ["unknown", { name: "written", key: sent[0].key }], "a look-up that is refused says nothing");
    await outgoing.place(maria, number);
    assert.equal(status(), "dialing");
    assert.deepEqual(sent[2], sent[0], "never by itself, and with the same key");
  }
});

test("a look-up finds out whether it was placed", async () => {
  const { outgoing, status, find } = rig(lost, accepted);
  await outgoing.place(maria, number);
  await settle();
  assert.deepEqual([status(), find().id], ["dialing", "c1"]);

  const other = rig(lost, refusal(404, "not_written"), accepted);
  await other.outgoing.place(maria, number);
  await settle();
  assert.deepEqual([other.status(), other.text()], ["unsent", "The call wasn’t placed."]);
  await other.outgoing.place(maria, number);
  assert.equal(other.sent[2].key, other.sent[0].key);
});

test("what is unknown can be taken back, and is never placed then", async () => {
  const { outgoing, sent, find, status } = rig(lost, new Promise(() => {}), done);
  await outgoing.place(maria, number);
  await outgoing.cancel(find());
  assert.deepEqual(sent[2], { name: "calls/cancel", key: sent[0].key });
  assert.equal(status(), "idle");
});

test("a call that never left says so, and is placed later under the same key", async () => {
  const { outgoing, sent, status, text } = rig({ kind: "unsent" }, accepted);
  await outgoing.place(maria, number);
  assert.equal(status(), "unsent");
  assert.match(text(), /^Not called\. You’re offline\./);
  await outgoing.place(maria, number);
  assert.equal(status(), "dialing");
  assert.equal(sent[0].key, sent[1].key);
});

test("what was certainly not done is refused, with the server's reason", async () => {
  const table = [
    [refused, "This number has opted out."],
    [{ kind: "unauthorized", alive: false }, "This call was refused."],
    [{ kind: "failed", status: 429, retryAfter: 3, id: null }, "The App is busy. Call again in a moment."],
  ];
  for (const [reply, words] of table) {
    const { outgoing, sent, status, text } = rig(reply, accepted);
    await outgoing.place(maria, number);
    assert.deepEqual([status(), text()], ["refused", words]);
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

test("a page that comes back does not take a call for going on, and asks how it went", async () => {
  const { outgoing, sent, find, status, text } = rig(done);
  outgoing.take([told()]);
  assert.equal(status(), "over");
  assert.match(text(), /^Called \d.*\. How did it go\?$/);
  await outgoing.record(find(), "no_answer");
  assert.deepEqual(sent, [{ name: "calls/outcome", call: "c1", outcome: "no_answer" }]);
  assert.equal(status(), "settled");
});

test("what is on record is shown with its day, where that is not today", () => {
  const { outgoing, text } = rig();
  outgoing.take([told({ state: "ended", outcome: "busy", at: now - 3 * 86_400 })]);
  assert.match(text(), /^Busy, .*2025/);
});

test("a call of this page goes on dialing until the server says that it has ended", async () => {
  const { outgoing, find, status } = rig(accepted);
  await outgoing.place(maria, number);
  const { key } = find();
  outgoing.take([]);
  assert.equal(status(), "dialing", "a list from before the call does not end it");
  outgoing.take([told({ key })]);
  assert.equal(status(), "dialing");
  outgoing.take([told({ key, state: "ended" })]);
  assert.equal(status(), "over");
  outgoing.take([told({ key })]);
  assert.equal(status(), "over", "an older list does not begin it again");
  outgoing.take([]);
  assert.equal(status(), "idle", "settled elsewhere");
});

test("a call that arrives after all is one that may be on", async () => {
  const { outgoing, sent, status } = rig({ kind: "unsent" });
  await outgoing.place(maria, number);
  outgoing.take([told({ key: sent[0].key })]);
  assert.equal(status(), "dialing");
});

test("of several calls to a number the one that is not settled comes first", () => {
  const { outgoing, find } = rig();
  outgoing.take([told(), told({ id: "c2", key: "k2", state: "ended", outcome: "busy" })]);
  assert.equal(find().id, "c1");
  outgoing.take([told({ outcome: "busy" }), told({ id: "c2", key: "k2", state: "ended", outcome: "answered" })]);
  assert.equal(find().id, "c2");
});

test("half a list of calls is none, and a server without one has none", () => {
  assert.deepEqual(parsePlaced(undefined), []);
  assert.deepEqual(parsePlaced([told(), told({ outcome: "busy" })]).length, 2);
  const broken = [null, {}, "x", ...[{ id: 1 }, { key: null }, { state: "held" }, { outcome: "lost" }, { outcome: undefined }, { at: "now" }, { patient: null }, { phone_number: {} }]
    .map((change) => [told(), told(change)])];
  for (const json of broken) assert.equal(parsePlaced(json), null, JSON.stringify(json));
});

test("the button ends the call, and the focus does not fall on one of the answers", async () => {
  const document = fakeDocument();
  Object.defineProperty(globalThis, "document", { value: document, configurable: true });
  const { outgoing, life } = rig(accepted, done, done);
  const [button, status, group] = callButton(outgoing, maria, number, { signal: life.signal, now: () => now });
  const press = async (element) => { element.focus(); element.click(); await settle(); };
  assert.deepEqual([button.textContent, group.hidden], ["Call", true]);
  await press(button);
  assert.deepEqual([button.textContent, button.attributes["aria-label"]], ["End call", "End call Maria, Phone (202) 555-0134"]);
  await press(button);
  assert.deepEqual([button.hidden, group.hidden], [true, false]);
  assert.equal(document.activeElement, group);
  const answers = group.querySelectorAll("button");
  assert.deepEqual(answers.map((answer) => answer.textContent), ["Answered", "No answer", "Busy", "Wrong number", "Cancelled"]);
  await press(answers[1]);
  assert.deepEqual([button.hidden, button.textContent, group.hidden], [false, "Call", true]);
  assert.match(status.textContent, /^No answer, /);
  assert.equal(document.activeElement, button);
});
