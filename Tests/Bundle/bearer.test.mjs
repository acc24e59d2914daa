import assert from "node:assert/strict";
import { test } from "node:test";
import { BearerStore } from "../../nginx/bundle/main/bearer.js";

/** As much of sessionStorage as is used. */
class Memory {
  items = new Map();
  getItem(key) { return this.items.get(key) ?? null; }
  setItem(key, value) { this.items.set(key, value); }
  removeItem(key) { this.items.delete(key); }
}

test("a reload of the same launch finds the token", () => {
  const storage = new Memory();
  new BearerStore("L1", () => storage).set("one");
  assert.equal(new BearerStore("L1", () => storage).get(), "one");
  assert.deepEqual([...storage.items.keys()], ["welkin:L1:bearer"]);
});

test("two launches in one tab never see each other's token", () => {
  const storage = new Memory();
  new BearerStore("L1", () => storage).set("one");
  const other = new BearerStore("L2", () => storage);
  assert.equal(other.get(), null);
  other.set("two");
  other.clear();
  assert.equal(new BearerStore("L1", () => storage).get(), "one");
});

test("clear forgets it in memory and in storage", () => {
  const storage = new Memory();
  const store = new BearerStore("L1", () => storage);
  store.set("one");
  store.clear();
  assert.equal(store.get(), null);
  assert.equal(storage.items.size, 0);
});

test("where the storage cannot even be reached, memory serves", () => {
  const store = new BearerStore("L1", () => { throw new Error("SecurityError"); });
  assert.equal(store.get(), null);
  store.set("one");
  assert.equal(store.get(), "one");
  store.clear();
  assert.equal(store.get(), null);
});

test("where the storage is full, memory holds the newer token", () => {
  const storage = new Memory();
  storage.setItem("welkin:L1:bearer", "old");
  storage.setItem = () => { throw new Error("QuotaExceededError"); };
  const store = new BearerStore("L1", () => storage);
  store.set("new");
  assert.equal(store.get(), "new");
});
