import assert from "node:assert/strict";
import { test } from "node:test";
import { SessionClock } from "../../nginx/bundle/main/session/session-clock.js";

const session = (changes = {}) => ({ now: 1_000_000, expiresAt: 1_000_900, endsAt: 1_028_800, ...changes });

/** A clock on a time that is moved by hand. Starts at an arbitrary local time. */
function rig(startSeconds = 55) {
  let time = startSeconds * 1000;
  let timers = [];
  const ended = [];
  const ticks = [];
  const clock = new SessionClock({
    now: () => time,
    later: (run, delay) => timers.push({ at: time + delay, run }),
    onTick: (left) => ticks.push(left),
    onEnd: () => ended.push(time / 1000 - startSeconds),
  });
  function pass(seconds) {
    const until = time + seconds * 1000;
    for (;;) {
      const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers = timers.filter((timer) => timer !== next);
      time = next.at;
      next.run();
    }
    time = until;
  }
  /** The computer sleeps: time goes on, timers do not. */
  function sleep(seconds) {
    time += seconds * 1000;
    for (const timer of timers) timer.at += seconds * 1000;
  }
  return { clock, ended, ticks, pass, sleep, pending: () => timers.length };
}

test("the session ends when the server's time says so, whatever time it is here", () => {
  for (const local of [55, 1_000_000, 9_999_999]) {
    const { clock, ended, pass } = rig(local);
    clock.start(session());
    pass(899);
    assert.deepEqual(ended, []);
    pass(2);
    assert.deepEqual(ended, [900]);
  }
});

test("it ends once", () => {
  const { clock, ended, pass } = rig();
  clock.start(session());
  pass(5000);
  clock.check();
  assert.equal(ended.length, 1);
});

test("the hard end comes first when it is nearer", () => {
  const { clock, ended, pass } = rig();
  clock.start(session({ endsAt: 1_000_100 }));
  pass(1000);
  assert.deepEqual(ended, [100]);
});

test("a renewal moves the end, and the old one is forgotten", () => {
  const { clock, ended, pass } = rig();
  clock.start(session());
  pass(600);
  clock.start(session({ now: 1_000_600, expiresAt: 1_001_500 }));
  pass(890);
  assert.deepEqual(ended, []);
  pass(20);
  assert.deepEqual(ended, [1500]);
});

test("a computer that slept through the end learns it at the first look", () => {
  const { clock, ended, sleep } = rig();
  clock.start(session());
  sleep(3600);
  clock.check();
  assert.equal(ended.length, 1);
});

test("and within seconds without one", () => {
  const { clock, ended, sleep, pass } = rig();
  clock.start(session());
  sleep(890);
  pass(16);
  assert.equal(ended.length, 1);
});

test("looking often leaves one timer, not many", () => {
  const { clock, pass, pending } = rig();
  clock.start(session());
  for (let i = 0; i < 10; i += 1) clock.check();
  pass(60);
  assert.equal(pending(), 1);
});

test("a session that is already over ends at once", () => {
  const { clock, ended } = rig();
  clock.start(session({ expiresAt: 1_000_000 }));
  assert.deepEqual(ended, [0]);
});

test("a stopped clock ends nothing", () => {
  const { clock, ended, pass } = rig();
  clock.start(session());
  clock.stop();
  pass(5000);
  assert.deepEqual(ended, []);
  assert.ok(clock.left <= 0);
});

test("half of the time is what the server gave, not what is usual", () => {
  const { clock, pass } = rig();
  clock.start(session({ expiresAt: 1_000_100 }));
  pass(49);
  assert.equal(clock.isPastHalf, false);
  pass(2);
  assert.equal(clock.isPastHalf, true);
});

test("the last minute is counted down second by second, and the time before is not", () => {
  const { clock, ticks, pass } = rig();
  clock.start(session());
  pass(839);
  assert.ok(ticks.length < 70);
  ticks.length = 0;
  pass(70);
  assert.deepEqual(ticks, Array.from({ length: 60 }, (_, index) => 60 - index));
});

test("it tells the server's time", () => {
  const { clock, pass } = rig(9_999_999);
  clock.start(session());
  pass(30);
  assert.equal(clock.now, 1_000_030);
});
