import assert from "node:assert/strict";
import { test } from "node:test";
import { Renewal } from "../../nginx/bundle/main/session/session-keeper.js";

/** A renewal with a clock that is set by hand, and a server that answers when told. */
function rig({ left = 400, isPastHalf = true } = {}) {
  const state = { time: 0, asked: 0, answer: null };
  const clock = { left, isPastHalf };
  const renew = () => {
    state.asked += 1;
    return new Promise((resolve, reject) => { state.answer = resolve; state.fail = reject; });
  };
  return { state, clock, renewal: new Renewal({ renew, clock, now: () => state.time * 1000 }) };
}

test("use in the second half of the time renews", () => {
  const { state, renewal } = rig();
  void renewal.onActivity();
  assert.equal(state.asked, 1);
});

test("use in the first half does not", () => {
  const { state, renewal } = rig({ left: 800, isPastHalf: false });
  void renewal.onActivity();
  assert.equal(state.asked, 0);
});

test("a session that is over is not brought back", () => {
  const { state, renewal } = rig({ left: 0 });
  void renewal.onActivity();
  assert.equal(state.asked, 0);
});

test("one renewal at a time, however much is typed", async () => {
  const { state, renewal } = rig();
  const first = renewal.onActivity();
  void renewal.onActivity();
  void renewal.onActivity();
  assert.equal(state.asked, 1);
  state.answer(true);
  await first;
  void renewal.onActivity();
  assert.equal(state.asked, 2);
});

test("without an answer it waits before it asks again", async () => {
  const { state, renewal } = rig();
  const first = renewal.onActivity();
  state.answer(false);
  await first;
  state.time = 19;
  void renewal.onActivity();
  assert.equal(state.asked, 1);
  state.time = 20;
  void renewal.onActivity();
  assert.equal(state.asked, 2);
});

test("a renewal that throws does not block the next", async () => {
  const { state, renewal } = rig();
  const first = renewal.onActivity();
  state.fail(new Error("broken"));
  await assert.rejects(first);
  void renewal.onActivity();
  assert.equal(state.asked, 2);
});

test("who asks to stay is not put off, and joins a renewal that is under way", async () => {
  const { state, clock, renewal } = rig({ isPastHalf: false });
  const first = renewal.now();
  const second = renewal.now();
  assert.equal(state.asked, 1);
  state.answer(false);
  assert.deepEqual([await first, await second], [false, false]);
  void renewal.now();
  assert.equal(state.asked, 2);
  clock.left = 0;
  assert.equal(await rig({ left: 0 }).renewal.now(), false);
});
