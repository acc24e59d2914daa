import assert from "node:assert/strict";
import { test } from "node:test";
import { sessionJSON } from "./fixtures.mjs";
import { fakeDocument } from "./page.mjs";

const launch = "Ab3_-ZKx09qWeRtYuIoPaS";
const key = `welkin:${launch}:bearer`;
const path = `/a/main/${launch}/`;
let opened = 0;

/** The browser's time, moved by hand: `pass` runs what was put off until then. */
const time = {
  now: 5_000_000,
  timers: new Map(),
  set(run, delay) { const id = {}; this.timers.set(id, { at: this.now + delay, run }); return id; },
  clear(id) { this.timers.delete(id); },
  pass(seconds) {
    this.now += seconds * 1000;
    for (const [id, { at, run }] of this.timers) if (at <= this.now && this.timers.delete(id)) run();
  },
};

/**
 * Opens the page anew, in a browser that is as much of one as it needs.
 *
 * @param answers   What the server answers: [status, body], or an Error for no answer.
 */
async function open({ framed = true, hash = "", stored = null, pathname = path, answers = [] } = {}) {
  const document = Object.assign(fakeDocument(), { addEventListener() {} });
  const requests = [];
  const addresses = [];
  const storage = new Map(stored === null ? [] : [[key, stored]]);
  const listeners = {};
  time.timers.clear();
  const globals = {
    setTimeout: (run, delay) => time.set(run, delay),
    clearTimeout: (id) => time.clear(id),
    Date: { now: () => time.now },
    document,
    window: { self: 1, top: framed ? 2 : 1 },
    location: { pathname, search: "", hash, href: `https://app.example.org${pathname}` },
    history: { replaceState: (_, __, to) => addresses.push(to) },
    sessionStorage: {
      getItem: (name) => storage.get(name) ?? null,
      setItem: (name, value) => storage.set(name, value),
      removeItem: (name) => storage.delete(name),
    },
    addEventListener: (name, run) => { listeners[name] = run; },
    fetch: async (url, request) => {
      requests.push({ url, body: request.body ?? null, bearer: request.headers["X-Welkin-Session"] ?? null });
      const answer = await answers.shift();
      if (answer instanceof Error) throw answer;
      return new Response(JSON.stringify(answer[1]), { status: answer[0] });
    },
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  opened += 1;
  await import(`../../nginx/bundle/main/app.js?${opened}`);
  await settle();
  const retry = async () => { document.getElementById("retry").listeners.click(); await settle(); };
  return { document, requests, addresses, storage, answers, listeners, retry, state: () => document.body.dataset.state };
}

/** Lets everything run that only waits for answers. */
async function settle() {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

test("in Welkin's iframe the hand-off is taken from the address and exchanged", async () => {
  const page = await open({ hash: "#handoff=sealed", answers: [[200, sessionJSON({ token: "t1" })]] });
  assert.equal(page.state(), "ready");
  assert.deepEqual(page.addresses, [path]);
  assert.deepEqual(page.requests, [{ url: `https://app.example.org${path}session`, body: '{"handoff":"sealed"}', bearer: null }]);
  assert.match(page.storage.get(key), /^t1 /);
});

test("outside an iframe the hand-off leaves the address, and nothing is asked for", async () => {
  const page = await open({ framed: false, hash: "#handoff=sealed", stored: "t1" });
  assert.equal(page.state(), "outside");
  assert.deepEqual(page.addresses, [path]);
  assert.deepEqual(page.requests, []);
});

test("a reload goes on with the stored bearer", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]] });
  assert.equal(page.state(), "ready");
  assert.equal(page.requests[0].bearer, "t1");
});

test("with neither hand-off nor cookie nor bearer, the page says so with the id", async () => {
  const page = await open({ answers: [[401, { error: "session_missing", id: "K7QX-3MPD" }]] });
  assert.equal(page.state(), "missing");
  assert.equal(page.document.text("reference"), "K7QX-3MPD");
});

test("a path that is no launch asks for nothing", async () => {
  const page = await open({ pathname: "/a/main/short/" });
  assert.equal(page.state(), "error");
  assert.deepEqual(page.requests, []);
});

test("after a lost connection the same hand-off is tried again", async () => {
  const page = await open({ hash: "#handoff=sealed", answers: [new TypeError("offline")] });
  assert.equal(page.state(), "offline");
  page.answers.push([200, sessionJSON({ token: "t1" })]);
  await page.retry();
  assert.equal(page.state(), "ready");
  assert.equal(page.requests[1].body, '{"handoff":"sealed"}');
});

test("after an answer the hand-off is not tried again", async () => {
  const page = await open({ hash: "#handoff=sealed", answers: [[503, {}], [503, { id: "A" }]] });
  assert.equal(page.state(), "error");
  page.answers.push([200, sessionJSON()]);
  await page.retry();
  assert.equal(page.state(), "ready");
  assert.equal(page.requests[2].body, null);
});

test("when the time is over the page says so, and forgets the bearer", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]] });
  time.pass(890);
  assert.equal(page.state(), "ready");
  time.pass(15);
  assert.equal(page.state(), "expired");
  assert.equal(page.document.text("patient"), "");
  assert.equal(page.storage.has(key), false);
});

/** A page in the second half of its time, in which the worker types. */
async function typed(answer) {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()], answer] });
  time.pass(600);
  page.listeners.keydown();
  await settle();
  return page;
}

test("a renewal that comes after the end does not bring the session back", async () => {
  let answer;
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()], new Promise((resolve) => { answer = resolve; })] });
  time.pass(890);
  page.listeners.keydown();
  await settle();
  time.pass(20);
  assert.equal(page.state(), "expired");
  answer([200, sessionJSON({ now: 1_000_890, expires_at: 1_001_790, token: "t2" })]);
  await settle();
  assert.equal(page.state(), "expired");
  assert.equal(page.storage.has(key), false);
});

test("use renews the session", async () => {
  const later = sessionJSON({ now: 1_000_600, expires_at: 1_001_500, token: "t2" });
  const page = await typed([200, later]);
  assert.equal(page.requests[1].body, "{}");
  assert.equal(page.state(), "ready");
  assert.match(page.storage.get(key), /^t2 /);
});

test("a renewal that is refused ends the page", async () => {
  const page = await typed([401, { error: "session_ended", id: "A" }]);
  assert.equal(page.state(), "ended");
  assert.equal(page.storage.has(key), false);
});

test("a renewal that fails leaves the page as it is", async () => {
  const page = await typed(new TypeError("offline"));
  assert.equal(page.state(), "ready");
});
