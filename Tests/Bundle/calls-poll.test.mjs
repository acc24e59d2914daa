import assert from "node:assert/strict";
import { test } from "node:test";
import { pollCalls } from "../../nginx/bundle/main/calls/call-poll.js";

const ok = (version, calls = []) => ({ kind: "ok", status: 200, json: { version, calls } });
const call = { id: "a", state: "ringing", phone_number: "+12025550134", patient: null, since: 1 };

/** Polls as long as there are answers. */
async function poll(...answers) {
  const abort = new AbortController();
  const log = [];
  const data = {
    async ask(name, body, options) {
      assert.equal(name, "calls/await");
      assert.ok(options.timeout > 25_000, "longer than the server waits");
      if (answers.length === 0) { abort.abort(); return { kind: "unreachable" }; }
      log.push(`ask ${body.after}`);
      return answers.shift();
    },
  };
  await pollCalls({
    data,
    signal: abort.signal,
    onCalls: ({ calls }) => log.push(`calls ${calls.length}`),
    onReach: (isReached) => log.push(isReached ? "reached" : "lost"),
    onMissing: () => log.push("missing"),
    wait: async (seconds, _, online) => { log.push(`wait ${seconds.toFixed(0)}${online ? " or online" : ""}`); },
  });
  return log;
}

test("each answer leads to the next question, about what is new since", async () => {
  assert.deepEqual(await poll(ok("1"), ok("2", [call])),
    ["ask null", "reached", "calls 0", "ask 1", "calls 1"]);
});

test("a server that answers at once with nothing new is not asked in a circle", async () => {
  assert.deepEqual(await poll(ok("1"), ok("1"), ok("1")),
    ["ask null", "reached", "calls 0", "ask 1", "wait 1", "ask 1", "wait 1"]);
});

test("a lost network is said once, and ends with an answer that is asked for at once", async () => {
  const random = Math.random;
  Math.random = () => 0.5;
  try {
    assert.deepEqual(await poll(ok("1"), ...Array(6).fill({ kind: "unreachable" }), ok("1")), [
      "ask null", "reached", "calls 0", "ask 1", "lost", "wait 1 or online",
      ...[2, 4, 8, 15, 15].flatMap((seconds) => ["ask null", `wait ${seconds} or online`]),
      "ask null", "reached", "calls 0",
    ]);
  } finally {
    Math.random = random;
  }
});

test("the server's Retry-After is waited out, and the network's return does not cut it short", async () => {
  const busy = { kind: "failed", status: 503, retryAfter: 40, id: null };
  assert.deepEqual((await poll(busy)).slice(0, 3), ["ask null", "lost", "wait 40"]);
});

test("what is no snapshot counts as no answer, and ends no call", async () => {
  assert.deepEqual((await poll(ok("1", [call]), { kind: "ok", status: 200, json: { version: "2" } })).slice(0, 5),
    ["ask null", "reached", "calls 1", "ask 1", "lost"]);
});

test("it ends with the session, and goes on when the session lives after all", async () => {
  assert.deepEqual(await poll({ kind: "unauthorized", alive: false }, ok("1")), ["ask null"]);
  const log = await poll({ kind: "unauthorized", alive: true }, ok("1"));
  assert.equal(log.at(-1), "calls 0");
});

test("an answer that comes after the end is dropped", async () => {
  const abort = new AbortController();
  await pollCalls({
    data: { ask: async () => { abort.abort(); return ok("1", [call]); } },
    signal: abort.signal,
    onCalls: () => assert.fail("shown"),
    onReach: () => assert.fail("told"),
    onMissing: () => assert.fail("missing"),
  });
});

test("a service without calls is left alone, another refusal is not for ever", async () => {
  const refused = (status) => ({ kind: "refused", status, error: "x", detail: null, id: null });
  assert.deepEqual(await poll(refused(404), ok("1")), ["ask null", "missing"]);
  assert.equal((await poll(refused(403), ok("1"))).at(-1), "calls 0");
});
