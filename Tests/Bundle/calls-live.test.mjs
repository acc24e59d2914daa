import assert from "node:assert/strict";
import { test } from "node:test";
import { front, parseSnapshot, takeAction, takeReply, takeSeen, takeSnapshot, takeStay } from "../../nginx/bundle/main/calls/live-calls.js";

const call = (id, state = "ringing") => ({ id, state, phone_number: "+12025550134", patient: null, since: 1 });
const ringing = takeSnapshot([], [call("a")]);
const ok = { kind: "ok", status: 200, json: {} };
const refused = (status, detail = null) => ({ kind: "refused", status, error: "x", detail, id: null });
const phases = (calls) => calls.map(({ call, phase }) => `${call.id} ${phase}`);

test("a call that the server tells of rings, one that is answered already does not", () => {
  assert.deepEqual(phases(takeSnapshot([], [call("a"), call("b", "answered")])), ["a ringing", "b answered"]);
});

test("a call that is gone has ended", () => {
  assert.deepEqual(phases(takeSnapshot(ringing, [])), ["a ended"]);
});

test("a click counts at once, and the server's answer settles it", () => {
  const asked = takeAction(ringing, "a", "answer");
  assert.deepEqual(phases(asked), ["a answering"]);
  assert.deepEqual(phases(takeReply(asked, "a", "answer", ok)), ["a answered"]);
  assert.deepEqual(phases(takeReply(takeAction(ringing, "a", "decline"), "a", "decline", ok)), ["a declined"]);
});

test("an answered call never rings again, whatever an older snapshot says", () => {
  const answered = takeReply(takeAction(ringing, "a", "answer"), "a", "answer", ok);
  assert.deepEqual(phases(takeSnapshot(answered, [call("a")])), ["a answered"]);
});

test("a call answered elsewhere stops ringing here", () => {
  assert.deepEqual(phases(takeSnapshot(ringing, [call("a", "answered")])), ["a answered"]);
});

test("a call that somebody else took, and one that is over, say so", () => {
  const asked = takeAction(ringing, "a", "answer");
  const taken = takeReply(asked, "a", "answer", refused(409, "Taken by Ana."));
  assert.deepEqual(phases(taken), ["a refused"]);
  assert.equal(taken[0].detail, "Taken by Ana.");
  assert.deepEqual(phases(takeReply(asked, "a", "answer", refused(404))), ["a ended"]);
});

test("only a call that the page found answered is in doubt, until the worker says", () => {
  const doubt = (calls) => calls.map(({ resumed }) => resumed);
  assert.deepEqual(doubt(takeSnapshot([], [call("a", "answered"), call("b")])), [true, false]);
  assert.deepEqual(doubt(takeSnapshot(ringing, [call("a", "answered")])), [false]);
  const found = takeSnapshot([], [call("a", "answered")]);
  assert.deepEqual(doubt(takeSnapshot(found, [call("a", "answered")])), [true]);
  assert.deepEqual(doubt(takeStay(found, "a")), [false]);
});

test("an answered call is ended by a click, and by nothing less than an answer", () => {
  const ending = takeAction(takeSnapshot([], [call("a", "answered")]), "a", "end");
  assert.deepEqual(phases(ending), ["a ending"]);
  assert.deepEqual(phases(takeSnapshot(ending, [call("a", "answered")])), ["a ending"]);
  assert.deepEqual(phases(takeSnapshot(ending, [])), ["a ended"]);
  assert.deepEqual(phases(takeReply(ending, "a", "end", ok)), ["a ended"]);
  assert.deepEqual(phases(takeReply(ending, "a", "end", refused(404))), ["a ended"]);
  for (const reply of [{ kind: "unreachable" }, { kind: "unsent" }, { kind: "failed", status: 503, retryAfter: 1, id: null }, refused(409, "No.")]) {
    const [entry] = takeReply(ending, "a", "end", reply);
    assert.deepEqual([entry.phase, entry.detail !== null], ["answered", true]);
    assert.deepEqual(phases(takeReply(takeSnapshot(ending, []), "a", "end", reply)), ["a ended"], "a snapshot knows better");
  }
  assert.deepEqual(phases(takeAction(ringing, "a", "end")), ["a ringing"], "what rings is declined");
});

test("without an answer the outcome is unknown, and can be tried again", () => {
  for (const reply of [{ kind: "unreachable" }, { kind: "unsent" }, { kind: "failed", status: 503, retryAfter: 1, id: null }, refused(422, "Not now.")]) {
    const unknown = takeReply(takeAction(ringing, "a", "answer"), "a", "answer", reply);
    assert.deepEqual(phases(unknown), ["a unknown"]);
    assert.deepEqual(phases(takeSnapshot(unknown, [call("a")])), ["a unknown"], "nor does it ring again");
    assert.deepEqual(phases(takeAction(unknown, "a", "answer")), ["a answering"]);
  }
});

test("a lost answer does not undo what a snapshot said in the meantime", () => {
  const known = takeSnapshot(takeAction(ringing, "a", "answer"), [call("a", "answered")]);
  assert.deepEqual(phases(takeReply(known, "a", "answer", { kind: "unreachable" })), ["a answered"]);
});

test("only a call that waits for it can be answered", () => {
  const answered = takeSnapshot([], [call("a", "answered")]);
  assert.equal(takeAction(answered, "a", "decline")[0].phase, "answered");
});

test("a call that is gone before declining is answered was declined", () => {
  const gone = takeSnapshot(takeAction(ringing, "a", "decline"), []);
  assert.deepEqual(phases(gone), ["a declined"]);
  assert.deepEqual(phases(takeReply(gone, "a", "decline", ok)), ["a declined"]);
  assert.deepEqual(phases(takeSnapshot(takeAction(ringing, "a", "answer"), [])), ["a ended"]);
});

test("a declined call stays away while snapshots still have it, and is forgotten after", () => {
  let calls = takeReply(takeAction(ringing, "a", "decline"), "a", "decline", ok);
  calls = takeSeen(calls, "a");
  assert.equal(front(calls, "a"), null);
  calls = takeSnapshot(calls, [call("a")]);
  assert.equal(front(calls, null), null);
  assert.deepEqual(takeSnapshot(calls, []), []);
});

test("a live call is not put away as seen", () => {
  assert.equal(front(takeSeen(ringing, "a"), null)?.call.id, "a");
});

test("the call that is shown keeps its place until its end was seen", () => {
  let calls = takeSnapshot(ringing, [call("a"), call("b")]);
  assert.equal(front(calls, "a").call.id, "a");
  assert.equal(front(calls, "b").call.id, "b");
  calls = takeSnapshot(calls, [call("b")]);
  assert.equal(front(calls, "a").phase, "ended");
  assert.equal(front(takeSeen(calls, "a"), "a").call.id, "b");
});

test("of those that are left, what rings comes before who is on the line", () => {
  const calls = takeSnapshot([], [call("a", "answered"), call("b"), call("c")]);
  assert.equal(front(calls, null).call.id, "b");
});

test("half a snapshot is none", () => {
  const sound = { version: "1", calls: [call("a"), { ...call("b"), patient: { id: "p" } }] };
  assert.deepEqual(parseSnapshot(sound), { ...sound, placed: [] });
  assert.equal(parseSnapshot({ ...sound, placed: [{}] }), null);
  const broken = [null, {}, { version: 1, calls: [] }, { version: "1" }, ...[
    { state: "held" }, { phone_number: null }, { since: "now" }, { patient: undefined }, { patient: {} }, { id: 7 },
  ].map((change) => ({ version: "1", calls: [call("a"), { ...call("b"), ...change }] }))];
  for (const json of broken) assert.equal(parseSnapshot(json), null, JSON.stringify(json));
});
