import assert from "node:assert/strict";
import { test } from "node:test";
import { RingLead } from "../../nginx/bundle/main/calls/ring-lead.js";

/** The locks of one browser, for several tabs. */
function browser() {
  const queues = new Map();
  let time = 0;
  let timers = [];
  const next = (name) => {
    const queue = queues.get(name);
    if (!queue?.length || queue.held) return;
    queue.held = true;
    const { callback, resolve } = queue.shift();
    Promise.resolve(callback({ name })).then((value) => { queue.held = false; resolve(value); next(name); });
  };
  const locks = {
    request(name, { signal }, callback) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        if (!queues.has(name)) queues.set(name, []);
        const queue = queues.get(name);
        const waiting = { callback, resolve };
        queue.push(waiting);
        signal.addEventListener("abort", () => {
          const at = queue.indexOf(waiting);
          if (at >= 0) { queue.splice(at, 1); reject(signal.reason); }
        });
        queueMicrotask(() => next(name));
      });
    },
  };
  const rung = [];
  const later = (run, delay) => timers.push({ at: time + delay, run });
  const tab = (name, { visible = true, ...parts } = {}) =>
    new RingLead({ locks: "given" in parts ? parts.given : locks, later, isVisible: () => visible, onLead: (id) => rung.push(`${name} ${id}`) });
  async function pass(milliseconds) {
    await settle();
    time += milliseconds;
    const due = timers.filter(({ at }) => at <= time);
    timers = timers.filter(({ at }) => at > time);
    for (const { run } of due) run();
    await settle();
  }
  return { tab, rung, pass };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("of several tabs one rings", async () => {
  const { tab, rung, pass } = browser();
  for (const name of ["A", "B", "C"]) tab(name).contend(["1"]);
  await pass(10_000);
  assert.deepEqual(rung, ["A 1"]);
});

test("a tab that can be seen comes before one that cannot, though that one knew first", async () => {
  const { tab, rung, pass } = browser();
  tab("hidden", { visible: false }).contend(["1"]);
  await pass(100);
  tab("visible").contend(["1"]);
  await pass(1000);
  assert.deepEqual(rung, ["visible 1"]);
});

test("a tab that cannot be seen rings when there is no other", async () => {
  const { tab, rung, pass } = browser();
  tab("hidden", { visible: false }).contend(["1"]);
  await pass(499);
  assert.deepEqual(rung, []);
  await pass(1);
  assert.deepEqual(rung, ["hidden 1"]);
});

test("when the tab that rings goes away, another takes over", async () => {
  const { tab, rung, pass } = browser();
  const first = tab("A");
  first.contend(["1"]);
  tab("B").contend(["1"]);
  await pass(0);
  first.contend([]);
  await pass(4999);
  assert.deepEqual(rung, ["A 1"], "not before the others could hear that it does not ring any more");
  await pass(1);
  assert.deepEqual(rung, ["A 1", "B 1"]);
});

test("a call that was answered does not begin to ring in the next tab", async () => {
  const { tab, rung, pass } = browser();
  const tabs = [tab("A"), tab("B"), tab("C", { visible: false })];
  for (const each of tabs) each.contend(["1"]);
  await pass(600);
  for (const each of tabs) { each.contend([]); await pass(1000); }
  await pass(60_000);
  assert.deepEqual(rung, ["A 1"]);
});

test("a call that ended before the head start was over does not ring", async () => {
  const { tab, rung, pass } = browser();
  const hidden = tab("hidden", { visible: false });
  hidden.contend(["1"]);
  hidden.contend([]);
  await pass(10_000);
  assert.deepEqual(rung, []);
});

test("each call has its own turn, and the same one is entered once", async () => {
  const { tab, rung, pass } = browser();
  const [a, b] = [tab("A"), tab("B")];
  a.contend(["1"]);
  a.contend(["1"]);
  b.contend(["1", "2"]);
  await pass(0);
  a.contend(["1", "2"]);
  await pass(10_000);
  assert.deepEqual(rung, ["A 1", "B 2"]);
});

test("without usable Web Locks each tab rings", async () => {
  const throws = { request() { throw new DOMException("not here", "SecurityError"); } };
  const rejects = { request: () => Promise.reject(new DOMException("not here", "InvalidStateError")) };
  for (const given of [undefined, throws, rejects]) {
    const { tab, rung, pass } = browser();
    tab("A", { given }).contend(["1"]);
    tab("B", { given }).contend(["1"]);
    await pass(1000);
    assert.deepEqual(rung, ["A 1", "B 1"]);
  }
});
