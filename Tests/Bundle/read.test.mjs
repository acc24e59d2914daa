import assert from "node:assert/strict";
import { test } from "node:test";
import { pause, read } from "../../nginx/bundle/main/data/repeat.js";

const ok = { kind: "ok", status: 200, json: {} };
const unreachable = { kind: "unreachable" };

/** A server with these replies, and a wait that only takes note. */
function rig(...replies) {
  const waits = [];
  const abort = new AbortController();
  let asked = 0;
  const data = { ask: async () => { asked += 1; return replies.shift() ?? assert.fail("asked too often"); } };
  const wait = async (seconds, _, online) => { waits.push({ seconds, online }); };
  return { abort, waits, asked: () => asked, read: () => read(data, "context", {}, { signal: abort.signal, wait }) };
}

test("an answer is an answer, also one that refuses", async () => {
  const missing = { kind: "failed", status: 404, retryAfter: null, id: null };
  for (const reply of [ok, { kind: "refused", status: 404, error: "not_found", detail: null, id: null }, missing]) {
    const { read, waits } = rig(reply);
    assert.equal(await read(), reply);
    assert.deepEqual(waits, []);
  }
});

test("without one it asks again, each time a little later, up to half a minute or so", async () => {
  const { read, waits } = rig(...Array(9).fill(unreachable), ok);
  assert.equal(await read(), ok);
  waits.forEach(({ seconds, online }, index) => {
    const usual = [1, 2, 4, 8, 15, 30, 30, 30, 30][index];
    assert.ok(seconds >= usual * 0.75 && seconds <= usual * 1.25, `${seconds} for ${usual}`);
    assert.equal(online, true);
  });
});

test("Retry-After is the least that it waits, and the network's return does not shorten it", async () => {
  const { read, waits } = rig({ kind: "failed", status: 503, retryAfter: 20, id: null }, ok);
  await read();
  assert.deepEqual(waits, [{ seconds: 20, online: false }]);
});

test("a 401 of a session that lives is asked once more, and only once", async () => {
  const alive = { kind: "unauthorized", alive: true };
  const once = rig(alive, ok);
  assert.equal(await once.read(), ok);
  const twice = rig(alive, alive);
  assert.equal(await twice.read(), alive);
  const over = rig({ kind: "unauthorized", alive: false });
  assert.equal((await over.read()).alive, false);
  assert.equal(over.asked(), 1);
});

test("given up, it asks no more", async () => {
  const { abort, read, asked } = rig(unreachable);
  const reading = read();
  abort.abort();
  assert.equal(await reading, unreachable);
  assert.equal(asked(), 1);
});

test("a pause ends when its time is over, when the network is back, or when it is given up", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const network = new EventTarget();
  globalThis.addEventListener = network.addEventListener.bind(network);
  globalThis.removeEventListener = network.removeEventListener.bind(network);
  const { signal } = new AbortController();
  let over = 0;
  const wait = (online, given = signal) => pause(5, given, online).then(() => { over += 1; });

  const timed = wait(false);
  network.dispatchEvent(new Event("online"));
  await Promise.resolve();
  assert.equal(over, 0);
  t.mock.timers.tick(5000);
  await timed;
  assert.equal(over, 1);

  const back = wait(true);
  network.dispatchEvent(new Event("online"));
  await back;
  const abort = new AbortController();
  const given = wait(true, abort.signal);
  abort.abort();
  await given;
  assert.equal(over, 3);
});
