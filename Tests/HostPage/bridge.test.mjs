import assert from "node:assert/strict";
import { test } from "node:test";
import { rig } from "./app.mjs";

const state = (place) => ({ message_type: "current_state", message: { state: place } });
const response = (id, status) =>
  ({ message_type: "method_response", message: { call_id: id, status_code: status, return: null } });

test("an App gets the init message for its own origin, then the state as text", async (t) => {
  const { app, connect, end, place, received } = rig();
  t.after(end);
  connect();
  assert.deepEqual(app.inits, [{ data: "welkin_init", origin: "https://app.example" }]);
  assert.deepEqual(await received(1), [JSON.stringify(state(place))]);
});

test("messages go as objects when they should", async (t) => {
  const { connect, end, place, received } = rig({ form: "object" });
  t.after(end);
  connect();
  assert.deepEqual(await received(1), [state(place)]);
});

test("the state is sent when it has changed, and only then", async (t) => {
  const { bridge, connect, end, place, received } = rig();
  t.after(end);
  bridge.sendState();
  connect();
  bridge.sendState();
  place.frame = "collapsed";
  bridge.sendState();
  bridge.notify("last", {});
  const [, second, third] = (await received(3)).map((text) => JSON.parse(text));
  assert.deepEqual(second, state(place));
  assert.equal(third.message_type, "event_notification");
});

test("a second init hands over another port and the state again, and ends the first port", async (t) => {
  const { app, called, connect, end, received } = rig();
  t.after(end);
  connect();
  await received(1);
  const first = app.port;
  t.after(() => first.close());
  connect();
  const messages = await received(2);
  assert.equal(messages[0], messages[1]);
  first.postMessage({ message_type: "welkin_method", message: { method: "open_frame" } });
  app.port.postMessage({ message_type: "welkin_method", message: { method: "navigate_to" } });
  while (!called.length) await new Promise(setImmediate);
  assert.deepEqual(called, [["navigate_to", {}]]);
});

for (const form of ["string", "object"]) {
  test(`a call is taken as ${form}`, async (t) => {
    const { app, called, connect, end, received } = rig({ reply: "reply" });
    t.after(end);
    connect();
    const call = { message_type: "welkin_method", message: { method: "navigate_to", params: { a: 1 }, call_id: 7 } };
    app.port.postMessage(form === "string" ? JSON.stringify(call) : call);
    assert.deepEqual(JSON.parse((await received(2))[1]), response(7, 200));
    assert.deepEqual(called, [["navigate_to", { a: 1 }]]);
  });
}

test("no call is answered as Welkin is today, and each does its work", async (t) => {
  const { bridge, call, called, connect, end, received } = rig();
  t.after(end);
  connect();
  call("open_frame");
  call("navigate_to", { page_type: "inbox" });
  while (called.length < 2) await new Promise(setImmediate);
  await new Promise(setImmediate);
  bridge.notify("last", {});
  assert.equal(JSON.parse((await received(2))[1]).message_type, "event_notification");
});

test("a page that is not there is answered with 404", async (t) => {
  const { call, connect, end, received } = rig({ reply: "reply", navigate: async () => false });
  t.after(end);
  connect();
  call("navigate_to", { page_type: "patient", page_id: "nobody" }, "c-9");
  assert.deepEqual(JSON.parse((await received(2))[1]), response("c-9", 404));
});

test("navigate_to finds nothing when it should not, while other calls go well", async (t) => {
  const { call, called, connect, end, received } = rig({ reply: "not-found" });
  t.after(end);
  connect();
  call("navigate_to", { page_type: "inbox" }, "c-1");
  call("open_frame", undefined, "c-2");
  const answers = (await received(3)).slice(1).map((text) => JSON.parse(text));
  assert.deepEqual(answers, [response("c-1", 404), response("c-2", 200)]);
  assert.deepEqual(called, [["open_frame", {}]]);
});

test("an answer that comes after a second init is not sent to the new port", async (t) => {
  let go;
  const { bridge, call, connect, end, received } = rig({
    reply: "reply", navigate: () => new Promise((resolve) => { go = resolve; }),
  });
  t.after(end);
  connect();
  call("navigate_to", {});
  while (!go) await new Promise(setImmediate);
  connect();
  go(true);
  await new Promise(setImmediate);
  bridge.notify("last", {});
  const messages = (await received(3)).map((text) => JSON.parse(text).message_type);
  assert.deepEqual(messages, ["current_state", "current_state", "event_notification"]);
});

test("what is no call is ignored, and said so in the log", async (t) => {
  const { app, call, called, connect, end, received, traffic } = rig({ reply: "reply" });
  t.after(end);
  connect();
  const odd = ["{", null, 7, [], {}, { message_type: "welkin_method" }, { message_type: "other", message: {} },
    { message_type: "welkin_method", message: { method: "constructor" } },
    { message_type: "welkin_method", message: null }];
  odd.forEach((data) => app.port.postMessage(data));
  call("open_frame");
  await received(2);
  assert.deepEqual(called, [["open_frame", {}]]);
  const ignored = traffic.filter((entry) => entry.note?.startsWith("Ignored"));
  assert.deepEqual(ignored.map((entry) => entry.data), odd);
});

test("every message in both directions is seen as it went", async (t) => {
  const { bridge, call, connect, end, place, received, traffic } = rig({ reply: "reply" });
  t.after(end);
  connect();
  bridge.notify("click_to_call", { number: "1" });
  bridge.sendRaw("{", "malformed");
  call("open_frame");
  await received(4);
  assert.deepEqual(traffic.map(({ direction, data, type }) => [direction, type ?? JSON.parse(
    data === "welkin_init" ? '{"message_type":"welkin_init"}' : data).message_type]), [
    ["to-app", "welkin_init"], ["to-app", "current_state"], ["to-app", "event_notification"],
    ["to-app", "malformed"], ["from-app", "welkin_method"], ["to-app", "method_response"],
  ]);
  assert.equal(traffic[1].data, JSON.stringify(state(place)));
});

test("notifications have numbers of their own, over a relaunch too", async (t) => {
  const { app, bridge, connect, end, received } = rig();
  t.after(end);
  connect();
  const first = app.port;
  t.after(() => first.close());
  bridge.notify("click_to_call", { number: "1" });
  connect();
  bridge.notify("click_to_call", { number: "1" });
  const messages = (await received(4)).map((text) => JSON.parse(text));
  const sent = messages.filter((message) => message.message_type === "event_notification");
  assert.deepEqual(sent.map(({ message }) => message), ["notification-1", "notification-2"].map(
    (id) => ({ event: "click_to_call", params: { number: "1" }, event_notification_id: id })));
});

test("nothing is sent or seen without an App", () => {
  const { bridge, traffic } = rig();
  bridge.sendState();
  bridge.notify("event", {});
  bridge.sendRaw(7, "malformed");
  assert.equal(bridge.isConnected, false);
  assert.deepEqual(traffic, []);
});
