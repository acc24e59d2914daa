import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOf, next, restore } from "../../nginx/bundle/main/note/note-state.js";

const after = (...events) => events.reduce(next, restore(null, "k0"));
const written = { type: "edit", text: "Weight 148 lb", key: "k1" };
const send = { type: "send" };
const reply = (reply) => ({ type: "reply", reply, key: "k3" });
const rewrite = { type: "rewrite", key: "k2" };
const edit = (text) => ({ type: "edit", text, key: "k2" });
const lost = reply({ kind: "unreachable" });

test("what is written is a draft, and is nothing again when it is taken out", () => {
  assert.equal(after().status, "empty");
  assert.equal(after(written).status, "draft");
  assert.equal(after(written, edit(" \n")).status, "empty");
});

test("a draft has its key from the first letter on, and keeps it through every change", () => {
  assert.equal(after().key, null);
  assert.equal(after(written).key, "k1");
  assert.equal(after(written, edit("Weight 149 lb")).key, "k1");
  assert.equal(after(written, edit("")).key, null);
  assert.equal(after(written, edit(""), edit("Another")).key, "k2");
});

test("a duplicated tab sends the same note under the same key, whatever happened to it before", () => {
  const refused = reply({ kind: "refused", status: 422, error: "refused", detail: "Too long.", id: null });
  for (const events of [[written], [written, send], [written, send, lost], [written, send, refused], [written, send, lost, rewrite]]) {
    const draft = JSON.stringify(draftOf(after(...events)));
    const [one, other] = ["k8", "k9"].map((key) => next(restore(JSON.parse(draft), key), send));
    assert.notEqual(one.key, null);
    assert.equal(one.key, other.key);
  }
});

test("a draft of another time that has no key gets one", () => {
  assert.equal(restore({ text: "Weight", key: null, sent: false }, "k9").key, "k9");
});

test("a note whose twin was saved with other words says so, and would be a note of its own", () => {
  const state = after(written, send, reply({ kind: "refused", status: 409, error: "key_reused", detail: "The key was used.", id: null }));
  assert.deepEqual({ status: state.status, text: state.text, key: state.key }, { status: "refused", text: "Weight 148 lb", key: "k3" });
  assert.match(state.detail, /already saved.*another tab.*latest notes/);
});

test("an empty note is not sent, and says why", () => {
  const state = after(send);
  assert.equal(state.status, "empty");
  assert.match(state.detail, /Write the note first/);
});

test("it is sent with a key, once", () => {
  const sending = after(written, send);
  assert.deepEqual({ status: sending.status, key: sending.key }, { status: "sending", key: "k1" });
  assert.equal(next(sending, send), sending);
  assert.equal(next(sending, edit("other")), sending);
});

for (const [status, state] of [[201, "saved"], [202, "accepted"]]) {
  test(`answered with ${status} it is ${state}, and nothing of it is left to keep`, () => {
    const done = after(written, send, reply({ kind: "ok", status, json: {} }));
    assert.equal(done.status, state);
    assert.equal(draftOf(done), null);
    assert.equal(next(done, edit("next")).status, "draft");
  });
}

test("refused, the text is there again with the server's words, under the same key: nothing was done with it", () => {
  const refused = after(written, send, reply({ kind: "refused", status: 422, error: "refused", detail: "Too long.", id: null }));
  assert.deepEqual(refused, { status: "refused", text: "Weight 148 lb", key: "k1", detail: "Too long." });
  assert.equal(next(refused, send).key, "k1");
});

test("what was turned away unread keeps its key", () => {
  for (const away of [{ kind: "unauthorized", alive: true }, { kind: "failed", status: 429, retryAfter: 1, id: null }]) {
    const state = after(written, send, reply(away));
    assert.equal(state.status, "refused");
    assert.equal(next(state, send).key, "k1");
  }
});

test("without an answer nobody knows, and it is sent again under the same key", () => {
  for (const answer of [lost, reply({ kind: "failed", status: 503, retryAfter: null, id: null })]) {
    const unknown = after(written, send, answer);
    assert.equal(unknown.status, "unknown");
    assert.equal(next(unknown, edit("other")), unknown);
    const again = next(unknown, send);
    assert.deepEqual({ key: again.key, text: again.text }, { key: "k1", text: "Weight 148 lb" });
  }
});

test("what never left is known not to be saved, keeps its key, and may be changed", () => {
  const unsent = after(written, send, reply({ kind: "unsent" }));
  assert.deepEqual(unsent, { status: "unsent", text: "Weight 148 lb", key: "k1", detail: "" });
  assert.equal(draftOf(unsent).sent, false);
  assert.deepEqual([next(unsent, send).status, next(unsent, send).key], ["sending", "k1"]);
  assert.deepEqual([next(unsent, edit("other")).status, next(unsent, edit("other")).key], ["draft", "k1"]);
  const back = next(unsent, { type: "reached" });
  assert.deepEqual([back.status, back.key], ["draft", "k1"]);
  assert.match(back.detail, /back online/);
  for (const state of [after(written), after(written, send), after(written, send, lost)]) assert.equal(next(state, { type: "reached" }), state);
});

const found = (reply) => ({ type: "found", reply });
const notWritten = found({ kind: "refused", status: 404, error: "not_written", detail: null, id: null });

test("what a look-up finds of a note without an answer settles it", () => {
  for (const [status, state] of [[201, "saved"], [202, "accepted"]]) {
    const done = after(written, send, lost, found({ kind: "ok", status, json: {} }));
    assert.deepEqual([done.status, draftOf(done)], [state, null]);
  }
  const unsent = after(written, send, lost, notWritten);
  assert.deepEqual([unsent.status, unsent.key, unsent.text], ["unsent", "k1", "Weight 148 lb"]);
  assert.match(unsent.detail, /wasn’t saved/);
  assert.equal(next(unsent, { type: "reached" }), unsent);
});

test("a look-up that is refused otherwise says nothing, and one that is late changes nothing", () => {
  const unknown = after(written, send, lost);
  for (const error of ["not_found", "forbidden"]) {
    assert.equal(next(unknown, found({ kind: "refused", status: 404, error, detail: null, id: null })), unknown);
  }
  for (const state of [after(written), after(written, send), after(written, send, lost, send)]) {
    assert.equal(next(state, found({ kind: "ok", status: 201, json: {} })), state);
    assert.equal(next(state, notWritten), state);
  }
});

test("to change what may have been saved is a decision, a warning, and a new key", () => {
  const draft = after(written, send, lost, rewrite);
  assert.equal(draft.status, "draft");
  assert.match(draft.detail, /may have been saved/);
  assert.equal(next(draft, edit("other")).detail, draft.detail);
  assert.equal(next(draft, send).key, "k2");
  assert.equal(after(written, rewrite).detail, "");
});

test("a reload brings it back as it was: begun, or on its way under the same key", () => {
  assert.deepEqual(restore(draftOf(after(written)), "k9"), after(written));
  for (const state of [after(written, send), after(written, send, lost)]) {
    const back = restore(draftOf(state), "k9");
    assert.equal(back.status, "unknown");
    assert.equal(next(back, send).key, "k1");
  }
});

test("an answer to nothing changes nothing", () => {
  const state = after(written);
  assert.equal(next(state, reply({ kind: "ok", status: 201, json: {} })), state);
});
