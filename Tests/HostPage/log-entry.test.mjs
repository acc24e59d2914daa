import assert from "node:assert/strict";
import { test } from "node:test";
import { logEntry } from "../../Sources/Simulator/Assets/log-entry.js";

const time = new Date(2030, 0, 2, 3, 4, 5, 6);
const entry = (data, more = {}) => logEntry({ direction: "to-app", data, ...more }, "app", time);

test("a message is shown with its time, type and content, as text or object", () => {
  const message = { message_type: "current_state", message: { state: { frame: "expanded" } } };
  const expected = {
    time: "03:04:05.006", direction: "to-app", frame: "app", type: "current_state", note: "",
    preview: '{"state":{"frame":"expanded"}}', text: JSON.stringify(message, null, 2),
  };
  assert.deepEqual(entry(message), { ...expected, form: "object" });
  assert.deepEqual(entry(JSON.stringify(message)), { ...expected, form: "string" });
});

test("the init message is a type of its own", () => {
  assert.equal(entry("welkin_init").type, "welkin_init");
});

test("the sender's own type goes before the message's", () => {
  assert.equal(entry('{"message_type":"current_state"}', { type: "malformed" }).type, "malformed");
});

test("anything else is shown as it is", () => {
  const circle = {};
  circle.circle = circle;
  for (const [data, text] of [["{", "{"], [null, "null"], [undefined, "undefined"], [7, "7"], [7n, "7"],
    [circle, "[object Object]"]]) {
    const { type, text: shown } = entry(data);
    assert.deepEqual([type, shown], ["unreadable", text]);
  }
});

test("a long message has a short preview and its whole text", () => {
  const { preview, text } = entry({ message_type: "x", message: "a".repeat(5000) });
  assert.equal(preview.length, 160);
  assert.ok(text.includes("a".repeat(5000)));
});
