import assert from "node:assert/strict";
import { test } from "node:test";
import { AppsApiError } from "../../nginx/bundle/main/apps-api/apps-api.js";
import { connected, Host, patient, rig, stateOf } from "./apps-api-host.mjs";

const methods = [
  ["openFrame", [], "open_frame", {}],
  ["minimizeFrame", [], "minimize_frame", {}],
  ["closeFrame", [], "close_frame", {}],
  ["navigateTo", ["patient", patient], "navigate_to", { page_type: "patient", page_id: patient }],
  ["navigateTo", ["inbox"], "navigate_to", { page_type: "inbox", page_id: "None" }],
];
for (const [name, args, method, params] of methods) {
  test(`${name}(${args.map((arg) => `"${arg}"`).join(", ")}) is sent, and settles with the reply`, async (t) => {
    const { api, host } = connected(t);
    const call = api[name](...args);
    const data = JSON.parse(await host.next());
    const id = data.message.call_id;
    assert.deepEqual(data, { message_type: "welkin_method", message: { method, params, call_id: id } });
    host.reply(id, 200, { any: "thing" });
    assert.deepEqual(await call, { kind: "done", status: 200, value: { any: "thing" } });
  });
}

const noArguments = [
  ["patient"], ["patient", ""], ["patient", "  "], ["patient", null], ["patient", 5], ["patient", [patient]],
  ["inbox", patient], ["inbox", null], ["search"], ["Patient", patient], [], [undefined, patient],
];
for (const args of noArguments) {
  test(`navigateTo(${JSON.stringify(args).slice(1, -1)}) is refused before anything is sent`, async (t) => {
    const { api, host } = connected(t);
    await assert.rejects(api.navigateTo(...args), TypeError);
    void api.openFrame();
    assert.equal((await host.call()).method, "open_frame");
  });
}

test("a page that does not exist is a reply like others: done, with 404", async (t) => {
  const { api, host } = connected(t);
  const call = api.navigateTo("patient", patient);
  host.reply((await host.call()).call_id, 404);
  assert.deepEqual(await call, { kind: "done", status: 404, value: null });
});

test("replies find their calls in any order", async (t) => {
  const { api, host } = connected(t);
  const calls = [api.openFrame(), api.minimizeFrame()];
  const [first, second] = [await host.call(), await host.call()];
  host.reply(second.call_id, 404);
  host.reply(first.call_id, 200);
  assert.deepEqual((await Promise.all(calls)).map(({ status }) => status), [200, 404]);
});

test("without a reply in time a call resolves as sent, and not before", async (t) => {
  const { api, tick } = connected(t);
  const call = api.openFrame();
  tick(1_999);
  assert.equal(await stateOf(call), "pending");
  tick(1);
  assert.deepEqual(await call, { kind: "sent" });
});

test("the time for a reply counts from sending, not from the call", async (t) => {
  const { api, window, host, tick } = rig(t);
  const call = api.openFrame();
  tick(9_999);
  host.init(window);
  tick(1_999);
  assert.equal(await stateOf(call), "pending");
  tick(1);
  assert.deepEqual(await call, { kind: "sent" });
});

test("without a host in time a call rejects, and not before", async (t) => {
  const { api, tick } = rig(t);
  const call = api.openFrame();
  tick(9_999);
  assert.equal(await stateOf(call), "pending");
  tick(1);
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof AppsApiError && error instanceof Error);
    assert.equal(error.name, "AppsApiError");
    assert.equal(error.code, "no_host");
    assert.match(error.message, /not connected/);
    return true;
  });
});

test("a call that rejected is not sent when the host comes later", async (t) => {
  const { api, window, host, tick } = rig(t);
  const call = api.openFrame();
  tick(10_000);
  await assert.rejects(call);
  host.init(window);
  void api.minimizeFrame();
  assert.equal((await host.call()).method, "minimize_frame");
});

test("an init whose origin was never confirmed is no host", async (t) => {
  const { api, window, host, tick } = rig(t, {});
  host.init(window);
  const call = api.openFrame();
  tick(10_000);
  await assert.rejects(call, { code: "no_host" });
});

test("both times can be set", async (t) => {
  const { api, window, host, tick } = rig(t, { hostOrigin: "https://coach.welkinhealth.com", replyTimeout: 20, hostTimeout: 30 });
  const lost = api.openFrame();
  tick(29);
  assert.equal(await stateOf(lost), "pending");
  tick(1);
  await assert.rejects(lost, { code: "no_host" });
  host.init(window);
  const call = api.openFrame();
  tick(19);
  assert.equal(await stateOf(call), "pending");
  tick(1);
  assert.deepEqual(await call, { kind: "sent" });
});

test("calls made before the port arrives keep their order, before those of listeners", async (t) => {
  const { api, window, host } = rig(t);
  api.addEventListener("connect", () => void api.closeFrame());
  void api.openFrame();
  void api.navigateTo("inbox");
  void api.minimizeFrame();
  host.init(window);
  const order = [];
  while (order.length < 4) order.push((await host.call()).method);
  assert.deepEqual(order, ["open_frame", "navigate_to", "minimize_frame", "close_frame"]);
});

test("a call is sent once, however often the host connects", async (t) => {
  const { api, window, host } = rig(t);
  void api.openFrame();
  host.init(window);
  await host.call();
  const second = new Host(t).init(window);
  void api.minimizeFrame();
  assert.equal((await second.call()).method, "minimize_frame");
});

test("a reply for an unknown call, or for one that is settled, changes nothing", async (t) => {
  const { api, host, tick } = connected(t);
  const first = api.openFrame();
  const { call_id: late } = await host.call();
  tick(2_000);
  assert.deepEqual(await first, { kind: "sent" });
  const second = api.minimizeFrame();
  const { call_id: id } = await host.call();
  for (const other of [late, "unknown", "__proto__", "constructor", null, 7, {}]) host.reply(other);
  await host.read(api);
  assert.equal(await stateOf(second), "pending");
  host.reply(id, 200);
  host.reply(id, 404);
  assert.equal((await second).status, 200);
});

test("a reply without a status is none", async (t) => {
  const { api, host, tick } = connected(t);
  const call = api.openFrame();
  const { call_id: id } = await host.call();
  for (const status of [undefined, null, "200", {}, true]) host.send("method_response", { call_id: id, status_code: status });
  await host.read(api);
  assert.equal(await stateOf(call), "pending");
  tick(2_000);
  assert.deepEqual(await call, { kind: "sent" });
});

/** A port that takes no message. */
const broken = () => ({ close() {}, postMessage() { throw new Error("broken"); } });

test("a port that throws settles the call", async (t) => {
  const { api, window, host } = rig(t);
  host.init(window, { ports: [broken()] });
  await assert.rejects(api.openFrame(), { code: "no_host" });
});

test("and all calls that waited for it, each by itself", async (t) => {
  const { api, window, host } = rig(t);
  const calls = [api.openFrame(), api.minimizeFrame()];
  const port = broken();
  let sent = 0;
  port.postMessage = () => { sent += 1; if (sent === 1) throw new Error("broken"); };
  host.init(window, { ports: [port] });
  await assert.rejects(calls[0], { code: "no_host" });
  assert.equal(await stateOf(calls[1]), "pending");
  assert.equal(sent, 2);
});

test("close settles every call: closed when it waits for a host, sent when it waits for a reply", async (t) => {
  const waiting = rig(t);
  const queued = waiting.api.openFrame();
  waiting.api.close();
  await assert.rejects(queued, { name: "AppsApiError", code: "closed", message: /closed/ });
  await assert.rejects(waiting.api.openFrame(), { code: "closed" });
  await assert.rejects(waiting.api.navigateTo("inbox"), { code: "closed" });
});

test("close resolves calls that wait for a reply as sent", async (t) => {
  const { api, host } = connected(t);
  const call = api.openFrame();
  await host.call();
  api.close();
  assert.deepEqual(await call, { kind: "sent" });
  await assert.rejects(api.openFrame(), { code: "closed" });
});

test("no timer is left of a call that is settled", async (t) => {
  const timers = new Set();
  const { api, window, host } = rig(t);
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  t.mock.method(globalThis, "setTimeout", (...args) => { const timer = set(...args); timers.add(timer); return timer; });
  t.mock.method(globalThis, "clearTimeout", (timer) => { timers.delete(timer); clear(timer); });
  const call = api.openFrame();
  assert.equal(timers.size, 1);
  host.init(window);
  assert.equal(timers.size, 1);
  host.reply((await host.call()).call_id);
  await call;
  assert.equal(timers.size, 0);
  void api.openFrame();
  assert.equal(timers.size, 1);
  api.close();
  assert.equal(timers.size, 0);
});

test("the ids of calls are random and never the same, with randomUUID and without", async (t) => {
  const { api, host } = connected(t);
  const ids = new Set();
  const collect = async () => {
    for (let i = 0; i < 50; i += 1) void api.openFrame();
    for (let i = 0; i < 50; i += 1) ids.add((await host.call()).call_id);
  };
  await collect();
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  // Not there on a page without https.
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  try {
    await collect();
  } finally {
    delete crypto.randomUUID;
  }
  assert.equal(ids.size, 100);
  for (const id of [...ids].slice(50)) assert.match(id, /^\d{1,10}(-\d{1,10}){3}$/);
});
