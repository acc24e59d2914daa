import assert from "node:assert/strict";
import { test } from "node:test";
import { Stopwatch } from "../../nginx/bundle/main/session/session-clock.js";

/** Two clocks that are moved by hand. */
function rig() {
  const time = { date: 1_700_000_000_000, steady: 0 };
  const watch = new Stopwatch(() => time.date, () => time.steady);
  const pass = (date, steady = date) => { time.date += date; time.steady += steady; return watch.now(); };
  return { watch, pass };
}

test("while both clocks go, their time counts once", () => {
  const { watch, pass } = rig();
  assert.equal(pass(1000), 1000);
  assert.equal(pass(500), 1500);
  assert.equal(watch.doubtful, false);
});

test("a clock that is set back takes nothing away", () => {
  const { watch, pass } = rig();
  pass(1000);
  assert.equal(pass(-7_200_000, 1000), 2000);
  assert.equal(pass(1000), 3000);
  assert.equal(watch.doubtful, false);
});

test("what went by in a sleep counts, but is doubtful until it is trusted again", () => {
  const { watch, pass } = rig();
  assert.equal(pass(600_000, 0), 600_000);
  assert.equal(watch.doubtful, true);
  watch.trust();
  assert.equal(watch.doubtful, false);
  pass(1000, 999);
  assert.equal(watch.doubtful, false);
});
