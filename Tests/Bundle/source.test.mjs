import assert from "node:assert/strict";
import { test } from "node:test";
import { freshness, lastUpdated, Source } from "../../nginx/bundle/main/data/source.js";

const now = new Date(2026, 10, 30, 14, 0).getTime() / 1000;
const settle = () => new Promise((resolve) => setImmediate(resolve));
const ok = (json) => ({ kind: "ok", status: 200, json });

/** A source whose answers the test gives. */
function rig({ visibility = "visible" } = {}) {
  Object.defineProperty(globalThis, "document", { value: { visibilityState: visibility }, configurable: true });
  const clock = { now };
  const life = new AbortController();
  const [open, shown, waits] = [[], [], []];
  const source = new Source({
    now: () => clock.now, signal: life.signal,
    load: () => new Promise((resolve) => open.push(resolve)),
    show: (reply) => shown.push(reply.json ?? reply.kind),
    wait: (seconds, signal) => new Promise((resolve) => { waits.push({ seconds, signal, end: resolve }); signal.addEventListener("abort", resolve); }),
  });
  return { source, clock, life, open, shown, waits, async answer(json) { open.shift()(json.kind ? json : ok(json)); await settle(); } };
}

test("what is asked for while a request is on its way is asked once more, and both answers are shown", async () => {
  const { source, open, shown, answer } = rig();
  void source.ask();
  void source.ask();
  void source.ask();
  assert.equal(open.length, 1);
  await answer({ n: 1 });
  assert.equal(open.length, 1, "the first answer may be older than what the second one is about");
  await answer({ n: 2 });
  assert.deepEqual([open.length, shown], [0, [{ n: 1 }, { n: 2 }]]);
});

test("what is not there yet is asked for again, each time a little later, until it is there", async () => {
  const { source, open, shown, waits, answer } = rig();
  void source.ask();
  for (const usual of [1, 2, 4, 8, 15, 30, 30]) {
    await answer({ pending: true });
    const { seconds, end } = waits.at(-1);
    assert.ok(seconds >= usual * 0.75 && seconds <= usual * 1.25, `${seconds} for ${usual}`);
    end();
    await settle();
  }
  await answer({ patient: "P" });
  assert.deepEqual([open.length, waits.length, shown.length], [0, 7, 8]);
  void source.ask();
  await answer({ pending: true });
  assert.ok(waits.at(-1).seconds <= 1.25, "from the beginning");
});

test("news cut the wait short, and leave no second one", async () => {
  const { source, open, waits, answer } = rig();
  void source.ask();
  await answer({ pending: true });
  void source.ask();
  await settle();
  assert.equal(open.length, 1);
  await answer({ patient: "P" });
  waits[0].end();
  await settle();
  assert.equal(open.length, 0);
});

test("after the end nothing is shown or asked for", async () => {
  const { source, open, shown, life, answer } = rig();
  void source.ask();
  life.abort();
  await answer({ n: 1 });
  assert.deepEqual(shown, []);
  const other = rig();
  void other.source.ask();
  await other.answer({ pending: true });
  other.life.abort();
  await settle();
  assert.deepEqual([open.length, other.open.length, other.waits[0].signal.aborted], [0, 0, true]);
});

test("data that grow old are asked for again, once a minute at most, and only where they are seen", async () => {
  const { source, clock, open, answer } = rig();
  source.refresh();
  assert.equal(open.length, 0, "nobody has asked yet");
  void source.ask();
  await answer({ as_of: now });
  clock.now = now + 14 * 60;
  source.refresh();
  assert.equal(open.length, 0);
  clock.now += 1;
  source.refresh();
  assert.equal(open.length, 1, "before the page would have to say that they are old");
  await answer({ as_of: now });
  clock.now += 59;
  source.refresh();
  assert.equal(open.length, 0);
  clock.now += 1;
  document.visibilityState = "hidden";
  source.refresh();
  assert.equal(open.length, 0);
  document.visibilityState = "visible";
  source.refresh();
  await answer({ as_of: null });
  clock.now += 60;
  source.refresh();
  assert.equal(open.length, 1, "the first load may be over");
  await answer({ as_of: clock.now });
  clock.now += 60;
  source.refresh();
  assert.equal(open.length, 0);
  source.refresh(true);
  assert.equal(open.length, 1, "for another reason");
});

test("a failure changes nothing about how old the data are", async () => {
  const { source, answer } = rig();
  void source.ask();
  await answer({ as_of: 5 });
  void source.ask();
  await answer({ kind: "refused", status: 403, error: "x", detail: null, id: null });
  assert.equal(source.asOf, 5);
});

test("how old the data are is said from a quarter of an hour on, and loudly after two hours", () => {
  const [minute, hour] = [60, 3600];
  for (const [asOf, words, state] of [
    [undefined, /^$/, "reached"], [null, /^$/, "partial"], [now + minute, /^$/, "reached"], [now - 15 * minute, /^$/, "reached"],
    [now - 15 * minute - 1, /^Last updated \D*1:44/, "reached"], [now - 2 * hour, /^Last updated \D*12:00/, "reached"],
    [now - 2 * hour - 1, /^Last updated /, "old"], [now - 20 * hour, /^Last updated .*29/, "old"],
  ]) {
    assert.match(lastUpdated(asOf, now), words);
    assert.equal(freshness(asOf, now), state);
  }
});

test("the operator's own age counts once the service has said it", async () => {
  const { source, answer } = rig();
  void source.ask();
  await answer({ as_of: now, stale_after: 60 });
  assert.match(lastUpdated(now - 61, now), /^Last updated /);
  assert.equal(lastUpdated(now - 60, now), "");
  void source.ask();
  await answer({ as_of: now, stale_after: 900 });
  assert.equal(lastUpdated(now - 900, now), "");
});
