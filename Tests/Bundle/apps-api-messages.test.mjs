import assert from "node:assert/strict";
import { test } from "node:test";
import { connected, Host, patient, portByHand, rig, stateOf } from "./apps-api-host.mjs";

const onPatient = { parent_page_type: "patient", parent_page_id: patient, frame: "expanded" };
const onInbox = { parent_page_type: "inbox", parent_page_id: null, frame: "collapsed" };

/** What the App heard of notifications, without the marks of `Host.read`. */
function heard(api) {
  const notifications = [];
  api.addEventListener("notification", ({ detail }) => detail.event.includes("-") || notifications.push(detail));
  return notifications;
}

for (const text of [true, false]) {
  const form = text ? "text" : "an object";

  test(`the state arrives as ${form}`, async (t) => {
    const { api, events, host } = connected(t);
    assert.equal(api.state, null);
    host.state(onPatient, { text });
    await host.read(api);
    const expected = { pageType: "patient", pageId: patient, frame: "expanded", fields: onPatient };
    assert.deepEqual({ ...api.state }, expected);
    assert.deepEqual(events, ["connect", expected]);
    assert.ok(Object.isFrozen(api.state));
  });

  test(`a call is sent as ${form} after a message that was ${form}`, async (t) => {
    const { api, host } = connected(t);
    host.send("event_notification", { event: "first" }, { text: !text });
    host.state(onPatient, { text });
    await new Promise((done) => api.addEventListener("state", done, { once: true }));
    void api.openFrame();
    assert.equal(typeof (await host.next()), text ? "string" : "object");
  });

  test(`a notification arrives as ${form}`, async (t) => {
    const { api, host } = connected(t);
    const notifications = heard(api);
    host.send("event_notification", { event: "click_to_call", params: { number: "5551" }, event_notification_id: "n1" }, { text });
    await host.read(api);
    assert.deepEqual(notifications, [{ event: "click_to_call", params: { number: "5551" }, id: "n1" }]);
  });
}

test("a call before any message is sent as text", async (t) => {
  const { api, host } = connected(t);
  void api.openFrame();
  assert.equal(typeof (await host.next()), "string");
});

for (const data of [{}, { message_type: 1 }, [], null, 7]) {
  test(`${JSON.stringify(data)}, which is no message, does not change the form of calls`, (t) => {
    const { api, window, host } = rig(t);
    const { port, sent, deliver } = portByHand();
    host.init(window, { ports: [port] });
    deliver(data);
    void api.openFrame();
    deliver({ message_type: "unknown" });
    void api.openFrame();
    assert.deepEqual(sent.map((call) => typeof call), ["string", "object"]);
  });
}

test("the form stays when the host connects anew", async (t) => {
  const { api, window, host } = connected(t);
  host.state(onPatient, { text: false });
  await new Promise((done) => api.addEventListener("state", done, { once: true }));
  const second = new Host(t).init(window);
  void api.openFrame();
  assert.equal(typeof (await second.next()), "object");
});

test("the state changes with what the worker does, and is told once for each change", async (t) => {
  const { api, events, host } = connected(t);
  for (const state of [onPatient, onPatient, onInbox, { ...onInbox, frame: "expanded" }, { ...onInbox, frame: "expanded" }]) host.state(state);
  await host.read(api);
  assert.deepEqual(events.slice(1).map(({ pageType, frame }) => [pageType, frame]), [
    ["patient", "expanded"], ["inbox", "collapsed"], ["inbox", "expanded"],
  ]);
  assert.equal(api.state.pageId, null);
});

test("fields that are not known here can be reached, and their change is told", async (t) => {
  const { api, events, host } = connected(t);
  host.state({ ...onPatient, theme: "dark" });
  host.state({ ...onPatient, theme: "light" });
  await host.read(api);
  assert.deepEqual(events.slice(1).map(({ fields }) => fields["theme"]), ["dark", "light"]);
});

test("a page and a frame of other kinds are taken as they are, or as not known", async (t) => {
  const { api, host } = connected(t);
  host.state({ parent_page_type: "calendar", parent_page_id: 5, frame: "floating" });
  await host.read(api);
  const { pageType, pageId, frame } = api.state;
  assert.deepEqual([pageType, pageId, frame], ["calendar", null, null]);
});

for (const state of [undefined, null, "patient", 7, [], {}, { parent_page_id: patient }, { parent_page_type: 5, parent_page_id: patient }]) {
  test(`after the state ${JSON.stringify(state)} it is not known where the worker is`, async (t) => {
    const { api, events, host } = connected(t);
    host.state(onPatient);
    host.state(state);
    await host.read(api);
    assert.equal(api.state, null);
    assert.equal(events.at(-1), null);
  });
}

const circle = { message_type: "current_state" };
circle.message = circle;
const malformed = [
  "", "{", "null", "7", '"welkin_init"', "[]", "{}", '{"message_type":null}', '{"message_type":["current_state"]}', "welkin_init",
  `{"message_type":"current_state","message":{"state":${JSON.stringify(onInbox)}}`,
  null, undefined, 7, true, 7n, [], {}, new Map([["message_type", "current_state"]]), new Uint8Array(4),
  { message_type: "unknown", message: { state: onInbox } }, { message_type: "toString", message: {} },
  { message_type: "current_state", message: { state: onInbox, big: 7n } }, circle,
  { message_type: "method_response" }, { message_type: "method_response", message: null },
  { message_type: "event_notification" }, { message_type: "event_notification", message: { event: 7 } },
  { message_type: "event_notification", message: [] },
  `${"[".repeat(200_000)}${"]".repeat(200_000)}`,
];
test("what cannot be read is ignored in silence, and the next message is read", async (t) => {
  const said = [];
  for (const name of ["log", "info", "warn", "error", "debug"]) t.mock.method(console, name, () => said.push(name));
  const { api, events, host } = connected(t);
  const notifications = heard(api);
  host.state(onPatient);
  const call = api.openFrame();
  const { call_id: id } = await host.call();
  // An exception in a port's handler would end the test run as uncaught.
  for (const data of malformed) host.port.postMessage(data);
  await host.read(api);
  assert.equal(api.state.pageId, patient);
  assert.equal(events.length, 2);
  assert.deepEqual(notifications, []);
  assert.equal(await stateOf(call), "pending");
  host.reply(id);
  assert.equal((await call).kind, "done");
  assert.deepEqual(said, []);
});

test("no message changes what objects inherit, nor gets its fields by inheritance", async (t) => {
  const { api, host } = connected(t);
  const notifications = heard(api);
  const evil = '{"polluted":true,"event":"inherited","parent_page_type":"patient"}';
  host.port.postMessage(`{"__proto__":{"message_type":"current_state"},"message":{"state":${JSON.stringify(onPatient)}}}`);
  host.port.postMessage(`{"message_type":"event_notification","message":{"__proto__":${evil}}}`);
  host.port.postMessage(`{"message_type":"current_state","message":{"state":{"__proto__":${evil},"constructor":{"prototype":${evil}}}}}`);
  await host.read(api);
  assert.equal(api.state, null);
  assert.deepEqual(notifications, []);
  host.port.postMessage(`{"message_type":"event_notification","message":{"event":"real","params":{"__proto__":${evil},"deep":{"__proto__":${evil}}}}}`);
  host.port.postMessage(`{"message_type":"current_state","message":{"state":{"parent_page_type":"inbox","__proto__":${evil}}}}`);
  await host.read(api);
  // Whoever copies them key by key must not change a prototype.
  const copies = [notifications[0].params, notifications[0].params.deep, api.state.fields].map((from) => {
    const copy = {};
    for (const key of Object.keys(from)) copy[key] = from[key];
    return copy;
  });
  for (const object of [{}, ...copies]) assert.equal(object.polluted, undefined);
});

test("a notification is told once for its id", async (t) => {
  const { api, window, host } = connected(t);
  const notifications = heard(api);
  const one = { event: "ring", event_notification_id: "n1" };
  for (const message of [one, one, { ...one, event: "other" }, { ...one, event_notification_id: "n2" }]) host.send("event_notification", message);
  await host.read(api);
  const second = new Host(t).init(window);
  second.send("event_notification", one);
  second.send("event_notification", { event: "ring", event_notification_id: 3 });
  second.send("event_notification", { event: "ring", event_notification_id: 3 });
  await second.read(api);
  assert.deepEqual(notifications.map(({ id }) => id), ["n1", "n2", "3"]);
});

test("one without an id is told each time, with null for it", async (t) => {
  const { api, host } = connected(t);
  const notifications = heard(api);
  for (const id of [undefined, undefined, null, {}, {}]) host.send("event_notification", { event: "ring", params: 7, event_notification_id: id });
  await host.read(api);
  assert.deepEqual(notifications, Array(5).fill({ event: "ring", params: {}, id: null }));
});

test("the last 100 ids are remembered, not more", async (t) => {
  const { api, host } = connected(t);
  const notifications = heard(api);
  const send = (id) => host.send("event_notification", { event: "ring", event_notification_id: `${id}` });
  for (let id = 0; id <= 100; id += 1) send(id);
  send(1);
  send(100);
  await host.read(api);
  assert.equal(notifications.length, 101);
  send(0);
  await host.read(api);
  assert.equal(notifications.length, 102);
});

test("after close nothing that the host sends is told", async (t) => {
  const { api, host } = connected(t);
  const notifications = heard(api);
  const gone = new Promise((closed) => host.port.addEventListener("close", closed));
  host.send("event_notification", { event: "ring" });
  api.close();
  await gone;
  assert.deepEqual(notifications, []);
});
