import assert from "node:assert/strict";
import { test } from "node:test";
import { openSession } from "../../nginx/bundle/main/session/session-client.js";

const granted = { kind: "session", session: {} };
const unreachable = { kind: "unreachable" };
const failed = { kind: "failed", id: "F" };
const refused = (reason) => ({ kind: "refused", reason, id: reason });

/** A client with set answers, and what it was asked. */
function fake(exchanged, read) {
  const asked = [];
  return {
    asked,
    async exchange(handoff) { asked.push(`exchange ${handoff}`); return exchanged; },
    async read() { asked.push("read"); return read; },
  };
}

const table = [
  ["a hand-off that is exchanged is all it takes", "h", granted, null, granted, ["exchange h"]],
  ["cookie only: the session is read", null, null, granted, granted, ["read"]],
  ["neither: the refusal is passed on", null, null, refused("session_missing"), refused("session_missing"), ["read"]],
  ["a used hand-off falls back to bearer or cookie", "h", refused("handoff_used"), granted, granted, ["exchange h", "read"]],
  ["a failed exchange falls back too", "h", failed, granted, granted, ["exchange h", "read"]],
  ["no answer to the exchange is not held against the hand-off", "h", unreachable, null, unreachable, ["exchange h"]],
  ["with nothing to fall back on, the hand-off says why", "h", refused("handoff_expired"), refused("session_missing"), refused("handoff_expired"), ["exchange h", "read"]],
  ["an ended session says more than a used hand-off", "h", refused("handoff_used"), refused("session_ended"), refused("session_ended"), ["exchange h", "read"]],
  ["losing the connection in between is being offline", "h", refused("handoff_used"), unreachable, unreachable, ["exchange h", "read"]],
  ["a server that fails twice is an error", "h", failed, failed, failed, ["exchange h", "read"]],
];
for (const [name, handoff, exchanged, read, expected, asked] of table) {
  test(name, async () => {
    const client = fake(exchanged, read);
    assert.deepEqual(await openSession(client, handoff), expected);
    assert.deepEqual(client.asked, asked);
  });
}
