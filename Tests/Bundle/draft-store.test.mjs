import assert from "node:assert/strict";
import { test } from "node:test";
import { DraftStore } from "../../nginx/bundle/main/draft/draft-store.js";

/** As much of sessionStorage as is used: its items are its own properties. */
class Memory {
  getItem(key) { return Object.hasOwn(this, key) ? this[key] : null; }
  setItem(key, value) { this[key] = value; }
  removeItem(key) { delete this[key]; }
}

const draft = { text: "Weight 148 lb", key: "k1", sent: true };

test("a draft is found again by worker, patient and form, and by no other", () => {
  const storage = new Memory();
  const store = (worker) => new DraftStore(worker, () => storage);
  assert.equal(store("W1").save("P1", "note", draft), true);
  assert.deepEqual(store("W1").load("P1", "note"), draft);
  assert.deepEqual(store("w1").load("p1", "note"), draft);
  for (const [worker, patient, form] of [["W2", "P1", "note"], ["W1", "P2", "note"], ["W1", "P1", "task"]]) {
    assert.equal(store(worker).load(patient, form), null);
  }
  assert.deepEqual(Object.keys(storage), ["welkin:draft:w1:p1:note"]);
});

test("when it was saved nothing is left", () => {
  const storage = new Memory();
  const store = new DraftStore("W1", () => storage);
  store.save("P1", "note", draft);
  store.save("P1", "note", null);
  assert.deepEqual(Object.keys(storage), []);
});

test("another worker's session takes away the drafts of all others, and nothing else", () => {
  const storage = new Memory();
  new DraftStore("W1", () => storage).save("P1", "note", draft);
  new DraftStore("W12", () => storage).save("P1", "note", draft);
  new DraftStore("W2", () => storage).save("P1", "note", draft);
  storage.setItem("welkin:AAAAAAAAAAAAAAAAAAAAAA:bearer", "token");
  new DraftStore("W1", () => storage).sweep();
  assert.deepEqual(Object.keys(storage).sort(), ["welkin:AAAAAAAAAAAAAAAAAAAAAA:bearer", "welkin:draft:w1:p1:note"]);
});

test("what is no draft is none", () => {
  const storage = new Memory();
  for (const text of ["{", "null", "5", '{"text":5}']) {
    storage.setItem("welkin:draft:w1:p1:note", text);
    assert.equal(new DraftStore("W1", () => storage).load("P1", "note"), null);
  }
  storage.setItem("welkin:draft:w1:p1:note", '{"text":"a","key":5,"sent":"yes"}');
  assert.deepEqual(new DraftStore("W1", () => storage).load("P1", "note"), { text: "a", key: null, sent: false });
});

test("where storage throws, it says that nothing is kept", () => {
  const store = new DraftStore("W1", () => { throw new Error("SecurityError"); });
  store.sweep();
  assert.equal(store.save("P1", "note", draft), false);
  assert.equal(store.load("P1", "note"), null);
});
