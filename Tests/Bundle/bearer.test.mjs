import assert from "node:assert/strict";
import { test } from "node:test";
import { BearerStore } from "../../nginx/bundle/main/session/bearer.js";

const [one, two, three] = ["A", "B", "C"].map((letter) => letter.repeat(22));

/** As much of sessionStorage as is used: its items are its own properties. */
class Memory {
  getItem(key) { return Object.hasOwn(this, key) ? this[key] : null; }
  setItem(key, value) { this[key] = value; }
  removeItem(key) { delete this[key]; }
}

/** The stores of one tab, by a clock that is set by hand. */
function tab(storage = new Memory()) {
  const time = { now: 5_000_000 };
  return { storage, time, store: (launch) => new BearerStore(launch, () => storage, () => time.now) };
}

test("a reload of the same launch finds the token", () => {
  const { storage, store } = tab();
  store(one).set("token", 900);
  assert.equal(store(one).get(), "token");
  assert.deepEqual(Object.keys(storage), [`welkin:${one}:bearer`]);
});

test("two launches in one tab never see each other's token", () => {
  const { store } = tab();
  store(one).set("first", 900);
  const other = store(two);
  assert.equal(other.get(), null);
  other.set("second", 900);
  other.clear();
  assert.equal(store(one).get(), "first");
});

test("clear forgets it in memory and in storage", () => {
  const { storage, store } = tab();
  const kept = store(one);
  kept.set("token", 900);
  kept.clear();
  assert.equal(kept.get(), null);
  assert.deepEqual(Object.keys(storage), []);
});

test("a sweep removes what is over, and neither what lives, nor its own, nor what is not a bearer", () => {
  const { storage, time, store } = tab();
  const own = store(one);
  own.set("own", 10);
  store(two).set("over", 900);
  time.now += 600_000;
  store(three).set("alive", 900);
  storage.setItem("welkin:draft:worker:patient:note", "text");
  storage.setItem(`other:${two}:bearer`, "another program's");
  time.now += 300_000;
  own.sweep();
  assert.deepEqual(Object.keys(storage).sort(), [
    `other:${two}:bearer`, `welkin:${one}:bearer`, `welkin:${three}:bearer`, "welkin:draft:worker:patient:note",
  ]);
});

test("what does not say when it ends is swept", () => {
  const { storage, store } = tab();
  storage.setItem(`welkin:${two}:bearer`, "token");
  store(one).sweep();
  assert.deepEqual(Object.keys(storage), []);
});

test("where the storage cannot even be reached, memory serves", () => {
  const store = new BearerStore(one, () => { throw new Error("SecurityError"); }, () => 0);
  assert.equal(store.get(), null);
  store.set("token", 900);
  assert.equal(store.get(), "token");
  store.sweep();
  store.clear();
  assert.equal(store.get(), null);
});

test("where the storage is full, memory holds the newer token", () => {
  const storage = new Memory();
  storage[`welkin:${one}:bearer`] = "old 9999999999";
  storage.setItem = () => { throw new Error("QuotaExceededError"); };
  const { store } = tab(storage);
  const kept = store(one);
  kept.set("new", 900);
  assert.equal(kept.get(), "new");
});
