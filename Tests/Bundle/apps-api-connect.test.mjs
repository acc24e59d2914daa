import assert from "node:assert/strict";
import { test } from "node:test";
import { AppsApi } from "../../nginx/bundle/main/apps-api/apps-api.js";
import { connected, framedWindow, Host, origin, patient, portByHand, rig, stateOf } from "./apps-api-host.mjs";

const onPatient = { parent_page_type: "patient", parent_page_id: patient, frame: "expanded" };

test("an init from the parent window, of the host origin, with one port connects", async (t) => {
  const { api, window, events, host } = rig(t);
  assert.equal(api.connected, false);
  host.init(window);
  assert.equal(api.connected, true);
  assert.deepEqual(events, ["connect"]);
  void api.openFrame();
  assert.equal((await host.call()).method, "open_frame");
});

const port = () => new MessageChannel().port2;
const wrong = [
  ["from another window", () => ({ source: {} })],
  ["from no window", () => ({ source: null })],
  ["from another origin", () => ({ origin: "https://coach.welkinhealth.com.example" })],
  ["from the same host without TLS", () => ({ origin: "http://coach.welkinhealth.com" })],
  ["from an opaque origin", () => ({ origin: "null" })],
  ["with other words", () => ({ data: "welkin_init " })],
  ["with an object", () => ({ data: { message_type: "welkin_init" } })],
  ["without a port", () => ({ ports: [] })],
  ["with two ports", () => ({ ports: [port(), port()] })],
];
for (const [name, changes] of wrong) {
  test(`an init ${name} is ignored, and a good one after it is not`, (t) => {
    const { api, window, events, host } = rig(t);
    host.init(window, changes());
    assert.equal(api.connected, false);
    assert.deepEqual(events, []);
    host.init(window);
    assert.equal(api.connected, true);
  });

  test(`nor does an init ${name} take over a connection`, async (t) => {
    const { api, window, events, host } = connected(t);
    new Host(t).init(window, changes());
    assert.deepEqual(events, ["connect"]);
    void api.openFrame();
    assert.equal((await host.call()).method, "open_frame");
  });
}

test("an init that comes before the host origin is known waits for it", (t) => {
  const { api, window, events, host } = rig(t, {});
  host.init(window);
  assert.equal(api.connected, false);
  api.setHostOrigin(origin);
  assert.equal(api.connected, true);
  assert.deepEqual(events, ["connect"]);
});

test("an early init of another origin is dropped when the host origin is known", (t) => {
  const { api, window, host } = rig(t, {});
  host.init(window, { origin: "https://evil.example" });
  api.setHostOrigin(origin);
  assert.equal(api.connected, false);
  api.setHostOrigin("https://evil.example");
  assert.equal(api.connected, false);
});

test("an early init from another window is not kept, nor does it push out a good one", (t) => {
  const { api, window, host } = rig(t, {});
  host.init(window);
  host.init(window, { source: {}, origin: "https://evil.example" });
  api.setHostOrigin(origin);
  assert.equal(api.connected, true);
});

test("of several early inits the last one counts", async (t) => {
  const { api, window, host } = rig(t, {});
  host.init(window);
  const second = new Host(t).init(window);
  api.setHostOrigin(origin);
  void api.openFrame();
  assert.equal((await second.call()).method, "open_frame");
});

test("with the host origin known later, a later init connects too", (t) => {
  const { api, window, host } = rig(t, {});
  api.setHostOrigin(origin);
  assert.equal(api.connected, false);
  host.init(window);
  assert.equal(api.connected, true);
});

for (const bad of ["https://coach.welkinhealth.com/", "https://coach.welkinhealth.com/app", "*", "null", "", "coach.welkinhealth.com", "data:text/html,"]) {
  test(`"${bad}" is not an origin`, (t) => {
    assert.throws(() => new AppsApi({ window: framedWindow(), hostOrigin: bad }), TypeError);
    const { api } = rig(t, {});
    assert.throws(() => api.setHostOrigin(bad), TypeError);
  });
}

test("without options it listens on the global window", (t) => {
  globalThis.window = framedWindow();
  t.after(() => delete globalThis.window);
  const api = new AppsApi();
  assert.equal(globalThis.window.listeners.size, 1);
  api.close();
  assert.equal(globalThis.window.listeners.size, 0);
});

test("a second init replaces the port, and the old one is closed", async (t) => {
  const { api, window, events, host } = connected(t);
  const gone = new Promise((closed) => host.port.addEventListener("close", closed));
  const second = new Host(t).init(window);
  await gone;
  assert.equal(api.connected, true);
  assert.deepEqual(events, ["connect", "connect"]);
  void api.openFrame();
  assert.equal((await second.call()).method, "open_frame");
});

test("a call that waits for a reply of the old host resolves as sent", async (t) => {
  const { api, window, host } = connected(t);
  const call = api.openFrame();
  await host.call();
  assert.equal(await stateOf(call), "pending");
  const second = new Host(t).init(window);
  assert.deepEqual(await call, { kind: "sent" });
  void api.minimizeFrame();
  assert.equal((await second.call()).method, "minimize_frame");
});

test("after a second init the state is not known until the new host says it", async (t) => {
  const { api, window, events, host } = connected(t);
  host.state(onPatient);
  await host.read(api);
  assert.equal(api.state.pageId, patient);
  events.length = 0;
  const second = new Host(t).init(window);
  assert.equal(api.state, null);
  assert.deepEqual(events, [null, "connect"]);
  second.state(onPatient);
  await second.read(api);
  assert.equal(api.state.pageId, patient);
});

test("what the old host said last does not count after a second init", async (t) => {
  const { api, window, host } = connected(t);
  host.state(onPatient);
  const second = new Host(t).init(window);
  await second.read(api);
  assert.equal(api.state, null);
});

test("nor does what a closed port still delivers", (t) => {
  const { api, window, host } = rig(t);
  const { port, deliver } = portByHand();
  host.init(window, { ports: [port] });
  const late = { message_type: "current_state", message: { state: onPatient } };
  deliver(late);
  assert.equal(api.state.pageId, patient);
  host.init(window);
  deliver(late);
  assert.equal(api.state, null);
});

test("close ends it: no listener, no connection, no state, no event", async (t) => {
  const { api, window, events, host } = connected(t);
  host.state(onPatient);
  await host.read(api);
  events.length = 0;
  const gone = new Promise((closed) => host.port.addEventListener("close", closed));
  api.close();
  await gone;
  assert.equal(window.listeners.size, 0);
  assert.equal(api.connected, false);
  assert.equal(api.state, null);
  assert.deepEqual(events, []);
});

test("close drops an init that waits for the host origin", (t) => {
  const { api, window, host } = rig(t, {});
  host.init(window);
  api.close();
  api.setHostOrigin(origin);
  assert.equal(api.connected, false);
});

test("closed by a listener in the middle of a reconnect, it stays silent", (t) => {
  const { api, window, events, host } = connected(t);
  host.state(onPatient);
  return host.read(api).then(() => {
    events.length = 0;
    api.addEventListener("state", () => api.close());
    new Host(t).init(window);
    assert.deepEqual(events, [null]);
    assert.equal(api.connected, false);
  });
});

test("another host origin than before ends the connection, and what was said on it counts no more", async (t) => {
  const { api, window, events, host } = connected(t);
  host.state(onPatient);
  await host.read(api);
  assert.equal(api.state.pageId, patient);
  api.setHostOrigin(origin);
  assert.deepEqual([api.connected, api.state.pageId], [true, patient], "the same one is no other");
  api.setHostOrigin("https://elsewhere.example");
  assert.deepEqual([api.connected, api.state], [false, null]);
  new Host(t).init(window);
  assert.equal(api.connected, false);
  new Host(t).init(window, { origin: "https://elsewhere.example" });
  assert.equal(api.connected, true);
  assert.deepEqual(events.filter((event) => event === "connect"), ["connect", "connect"]);
});
