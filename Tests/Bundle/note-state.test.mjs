import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOf, next, restore } from "../../nginx/bundle/main/note/note-state.js";

const after = (...events) => events.reduce(next, restore(null));
const written = { type: "edit", text: "Weight 148 lb" };
const send = { type: "send", key: "k1" };
const reply = (reply) => ({ type: "reply", reply });
const lost = reply({ kind: "unreachable" });

test("what is written is a draft, and is nothing again when it is taken out", () => {
  assert.equal(after().status, "empty");
  assert.equal(after(written).status, "draft");
  assert.equal(after(written, { type: "edit", text: " \n" }).status, "empty");
});

test("an empty note is not sent, and says why", () => {
  const state = after(send);
  assert.equal(state.status, "empty");
  assert.match(state.detail, /Write the note first/);
});

test("it is sent with a key, once", () => {
  const sending = after(written, send);
  assert.deepEqual({ status: sending.status, key: sending.key }, { status: "sending", key: "k1" });
  assert.equal(next(sending, { type: "send", key: "k2" }), sending);
  assert.equal(next(sending, { type: "edit", text: "other" }), sending);
});

for (const [status, state] of [[201, "saved"], [202, "accepted"]]) {
  test(`answered with ${status} it is ${state}, and nothing of it is left to keep`, () => {
    const done = after(written, send, reply({ kind: "ok", status, json: {} }));
    assert.equal(done.status, state);
    assert.equal(draftOf(done), null);
    assert.equal(next(done, { type: "edit", text: "next" }).status, "draft");
  });
}

test("refused, the text is there again with the server's words, and a new key is for what is sent next", () => {
  const refused = after(written, send, reply({ kind: "refused", status: 422, error: "refused", detail: "Too long.", id: null }));
  assert.deepEqual(refused, { status: "refused", text: "Weight 148 lb", key: null, detail: "Too long." });
  assert.equal(next(refused, { type: "send", key: "k2" }).key, "k2");
});

test("what was turned away unread keeps its key", () => {
  for (const away of [{ kind: "unauthorized", alive: true }, { kind: "failed", status: 429, retryAfter: 1, id: null }]) {
    const state = after(written, send, reply(away));
    assert.equal(state.status, "refused");
    assert.equal(next(state, { type: "send", key: "k2" }).key, "k1");
  }
});

test("without an answer nobody knows, and it is sent again under the same key", () => {
  for (const answer of [lost, reply({ kind: "failed", status: 503, retryAfter: null, id: null })]) {
    const unknown = after(written, send, answer);
    assert.equal(unknown.status, "unknown");
    assert.equal(next(unknown, { type: "edit", text: "other" }), unknown);
    const again = next(unknown, { type: "send", key: "k2" });
    assert.deepEqual({ key: again.key, text: again.text }, { key: "k1", text: "Weight 148 lb" });
  }
});

test("to change what may have been saved is a decision, a warning, and a new key", () => {
  const draft = after(written, send, lost, { type: "rewrite" });
  assert.equal(draft.status, "draft");
  assert.match(draft.detail, /may have been saved/);
  assert.equal(next(draft, { type: "edit", text: "other" }).detail, draft.detail);
  assert.equal(next(draft, { type: "send", key: "k2" }).key, "k2");
  assert.equal(after(written, { type: "rewrite" }).detail, "");
});

test("a reload brings it back as it was: begun, or on its way under the same key", () => {
  assert.deepEqual(restore(draftOf(after(written))), after(written));
  for (const state of [after(written, send), after(written, send, lost)]) {
    const back = restore(draftOf(state));
    assert.equal(back.status, "unknown");
    assert.equal(next(back, { type: "send", key: "k2" }).key, "k1");
  }
});

test("an answer to nothing changes nothing", () => {
  const state = after(written);
  assert.equal(next(state, reply({ kind: "ok", status: 201, json: {} })), state);
});
