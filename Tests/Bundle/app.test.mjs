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
  steady: 0,
  timers: new Map(),
  set(run, delay) { const id = {}; this.timers.set(id, { at: this.now + delay, run }); return id; },
  clear(id) { this.timers.delete(id); },
  pass(seconds) {
    this.now += seconds * 1000;
    this.steady += seconds * 1000;
    for (const [id, { at, run }] of this.timers) if (at <= this.now && this.timers.delete(id)) run();
  },
};

const RealDate = Date;
// Once loaded, the page's own import() of them takes no longer than a turn.
await Promise.all(["patient/patient-app", "calls/calls-app", "live/changes"].map((name) => import(`../../nginx/bundle/main/${name}.js`)));

/**
 * Opens the page anew, in a browser that is as much of one as it needs.
 *
 * @param answers   What the session route answers: [status, body], or an Error for no answer.
 * @param data      The same for the data routes; nothing more is an answer that does not come.
 * @param changes   The same for `changes` alone; nothing more is that nothing changes.
 * @param placed    The same for `calls/placed`; nothing more is that there are none.
 * @param left      What other pages of the tab have left in the storage.
 */
async function open({ framed = true, hash = "", stored = null, pathname = path, answers = [], data = [], changes = [], placed = [], left = [] } = {}) {
  const document = fakeDocument();
  const eyes = new EventTarget();
  Object.assign(document, {
    visibilityState: "visible", addEventListener: eyes.addEventListener.bind(eyes),
    see(visibilityState) { document.visibilityState = visibilityState; eyes.dispatchEvent(new Event("visibilitychange")); return settle(); },
  });
  const requests = [];
  const asked = [];
  const waited = [];
  const addresses = [];
  const reloads = [];
  const signals = [];
  const items = new Map([...(stored === null ? [] : [[key, `${stored} ${time.now + 1000}`]]), ...left]);
  const methods = {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => items.set(name, value),
    removeItem: (name) => items.delete(name),
  };
  const storage = new Proxy(methods, {
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: (_, name) => (items.has(name) ? { value: items.get(name), enumerable: true, configurable: true } : undefined),
  });
  time.timers.clear();
  const window = Object.assign(new EventTarget(), { parent: {} });
  Object.assign(window, { self: window, top: framed ? window.parent : window });
  const globals = {
    setTimeout: (run, delay) => time.set(run, delay),
    clearTimeout: (id) => time.clear(id),
    Date: class extends RealDate { static now() { return time.now; } },
    performance: { now: () => time.steady },
    HTMLElement: class {},
    HTMLTemplateElement: class {},
    navigator: {},
    setInterval: (run, delay) => { const repeat = () => { run(); time.set(repeat, delay); }; time.set(repeat, delay); return 0; },
    clearInterval: () => {},
    document,
    window,
    location: { pathname, search: "", hash, href: `https://app.example.org${pathname}`, reload: () => reloads.push(1) },
    history: { replaceState: (_, __, to) => addresses.push(to) },
    sessionStorage: storage,
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
    fetch: async (url, request) => {
      const name = url.split("/data/")[1];
      if (name) signals.push(request.signal);
      const [log, replies] = name === "changes" ? [waited, changes] : name === "calls/placed" ? [[], placed.length > 0 ? placed : [[200, { calls: [] }]]] : name ? [asked, data] : [requests, answers];
      log.push({ url, body: request.body ?? null, bearer: request.headers["X-Welkin-Session"] ?? null });
      const answer = await (replies.shift() ?? new Promise((resolve, reject) => {
        request.signal.addEventListener("abort", () => reject(request.signal.reason));
        const nothing = { version: name === "changes" && JSON.parse(request.body).after, patient_changed: false, schedule_changed: false };
        if (name === "changes") time.set(() => resolve([200, nothing]), 25_000);
      }));
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
  return {
    document, requests, asked, waited, addresses, storage: items, answers, data, changes,
    state: () => document.body.dataset.state,
    hidden: (id) => document.getElementById(id).hidden,
    async click(id) { document.getElementById(id).click(); await settle(); },
    async event(type, fields = {}) { window.dispatchEvent(Object.assign(new Event(type), fields)); await settle(); },
    reloads, signals,
    /** Welkin's page, on the other end of the channel. */
    async host(origin = sessionJSON().host_origin) {
      const { port1, port2 } = new MessageChannel();
      await this.event("message", { source: window.parent, origin, data: "welkin_init", ports: [port2] });
      return {
        async shows(state) {
          const told = new Promise((resolve) => { port2.addEventListener("message", resolve, { once: true }); });
          port1.postMessage({ message_type: "current_state", message: { state } });
          await told;
          await settle();
        },
        /** The next method that the App calls. */
        called: () => new Promise((resolve) => {
          port1.onmessage = ({ data }) => resolve(JSON.parse(data).message.method);
        }),
        end: () => port1.close(),
      };
    },
    retry() { return this.click("retry"); },
  };
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
  for (const id of ["guard", "patient-app"]) assert.equal(page.document.text(id), "");
  assert.equal(page.storage.has(key), false);
});

/** A page in the second half of its time, in which the worker types. */
async function typed(answer) {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()], answer] });
  time.pass(600);
  await page.event("keydown");
  return page;
}

test("a renewal that comes after the end does not bring the session back", async () => {
  let answer;
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()], new Promise((resolve) => { answer = resolve; })] });
  time.pass(890);
  await page.event("keydown");
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

const context = {
  worker: { id: "W", first_name: "Nora", last_name: "Lindqvist" },
  patient: { id: sessionJSON().patient.toUpperCase(), first_name: "Elsa", last_name: "Brandt", birthday: null },
  phone_numbers: [], notes: [], as_of: 1_000_000,
};

test("one request shows who they are", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]], data: [[200, context]] });
  assert.deepEqual(page.asked, [{ url: `https://app.example.org${path}data/context`, body: "{}", bearer: "t1" }]);
  assert.equal(page.document.text("patient"), "Elsa Brandt");
  assert.equal(page.document.text("worker"), "Nora Lindqvist");
});

test("another patient's data is not shown", async () => {
  for (const patient of [{ ...context.patient, id: "another" }, undefined]) {
    const page = await open({ stored: "t1", answers: [[200, sessionJSON()]], data: [[200, { ...context, patient }]] });
    assert.equal(page.document.text("patient"), "The patient couldn’t be loaded");
    assert.equal(page.document.body.dataset.people, "missing");
    assert.equal(page.document.getElementById("note-text").readOnly, true);
    page.data.push([200, context]);
    await page.click("people-retry");
    assert.equal(page.document.text("patient"), "Elsa Brandt");
    assert.equal(page.document.getElementById("note-text").readOnly, false);
  }
});

test("a network that is gone is told, and reads go on when it is back", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]], data: [new TypeError("offline")], placed: [new TypeError("offline")] });
  assert.equal(page.state(), "ready");
  assert.equal(page.hidden("connection"), false);
  assert.equal(page.document.text("state"), "No connection");
  page.data.push([200, context]);
  await page.event("online");
  assert.equal(page.hidden("connection"), true);
  assert.equal(page.document.text("state"), "Ready");
  assert.equal(page.document.text("patient"), "Elsa Brandt");
});

test("a 401 in mid-use is explained by what the session route says", async () => {
  const page = await open({
    stored: "t1", answers: [[200, sessionJSON()], [401, { error: "session_ended", id: "K7QX" }], [401, { error: "session_missing" }]],
    data: [[401, { error: "session_ended" }]],
  });
  assert.equal(page.state(), "ended");
  assert.equal(page.document.text("reference"), "K7QX");
  assert.equal(page.storage.has(key), false);
});

test("a 401 of a session that lives is asked once more", async () => {
  const page = await open({
    stored: "t1", answers: [[200, sessionJSON()], [200, sessionJSON()]], data: [[401, {}], [200, context]],
  });
  assert.equal(page.state(), "ready");
  assert.equal(page.document.text("patient"), "Elsa Brandt");
});

test("the last minute is counted, and the worker can stay", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]] });
  time.pass(839);
  assert.equal(page.hidden("ending"), true);
  time.pass(2);
  assert.equal(page.hidden("ending"), false);
  const heard = page.document.text("announcement");
  assert.match(heard, /^You’ll be signed out in 59 seconds\.$/);
  time.pass(9);
  assert.equal(page.document.text("ending-seconds"), "50");
  assert.equal(page.document.text("announcement"), heard);
  page.answers.push([200, sessionJSON({ now: 1_000_850, expires_at: 1_001_750 })]);
  await page.click("stay");
  assert.equal(page.hidden("ending"), true);
  assert.equal(page.document.text("announcement"), "", "what is over is not kept to be read");
  assert.equal(page.state(), "ready");
});

test("an end that nothing moves offers no way to stay", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON({ ends_at: 1_000_900 })]] });
  time.pass(850);
  assert.equal(page.hidden("ending"), false);
  assert.equal(page.hidden("stay"), true);
});

test("a clock that is set back keeps the page no longer", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]] });
  time.now -= 7_200_000;
  for (const timer of time.timers.values()) timer.at -= 7_200_000;
  time.pass(890);
  assert.equal(page.state(), "ready");
  time.pass(15);
  assert.equal(page.state(), "expired");
});

test("a clock that is put on, or a computer that slept, has the server say whether it is over", async () => {
  for (const [answer, state] of [[[200, sessionJSON({ now: 1_000_001 })], "ready"], [[401, { error: "session_expired" }], "expired"]]) {
    const page = await open({ stored: "t1", answers: [[200, sessionJSON()], answer, [401, { error: "session_missing" }]] });
    time.now += 7_200_000;
    await page.event("focus");
    assert.equal(page.requests.length, state === "ready" ? 2 : 3);
    assert.equal(page.state(), state);
  }
});

test("a page that goes gives up what it asked for, and says nothing more", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]] });
  await page.event("pagehide");
  assert.equal(page.state(), "ready");
  assert.equal(page.hidden("connection"), true);
});

test("without a patient the page is for calls", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON({ patient: null })]] });
  assert.equal(page.document.body.dataset.kind, "calls");
  assert.equal(page.hidden("patient-app"), true);
});

test("what launches and workers before have left in the tab is cleared away", async () => {
  const worker = sessionJSON().worker;
  const page = await open({
    stored: "t1", answers: [[200, sessionJSON()]],
    left: [["welkin:BBBBBBBBBBBBBBBBBBBBBB:bearer", "over 1"], ["welkin:draft:other:p:note", "{}"], [`welkin:draft:${worker}:p:note`, "{}"]],
  });
  assert.deepEqual([...page.storage.keys()], [key, `welkin:draft:${worker}:p:note`]);
});

test("the App can be closed when the session is over", { timeout: 20_000 }, async (t) => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]] });
  const host = await page.host();
  t.after(() => host.end());
  time.pass(901);
  assert.equal(page.state(), "expired");
  const called = host.called();
  await page.click("close");
  assert.equal(await called, "close_frame");
  time.pass(2);
  await settle();
  assert.match(page.document.text("close-result"), /hasn’t confirmed.*Welkin’s own button/);
});

for (const [from, around] of [["its address", { location: ["https://welkin.test"] }], ["the referrer", { referrer: "https://welkin.test/patients/1" }]]) {
  test(`where no session has said who frames the page, that page is asked to close it, known by ${from}`, { timeout: 20_000 }, async (t) => {
    for (const options of [{ answers: [[401, { error: "session_missing" }]] }, { pathname: "/a/main/short/" }]) {
      const page = await open(options);
      Object.assign(page.document, { referrer: around.referrer ?? "" });
      Object.assign(location, { ancestorOrigins: around.location });
      const stranger = await page.host("https://stranger.test");
      const host = await page.host("https://welkin.test");
      for (const each of [stranger, host]) t.after(() => each.end());
      const called = host.called();
      let strange = false;
      void stranger.called().then(() => { strange = true; });
      await page.click("close");
      assert.equal(await called, "close_frame");
      assert.equal(strange, false);
    }
  });
}

test("who goes to another page in Welkin is at work; a frame that opens is nobody's work", async (t) => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]] });
  const host = await page.host();
  t.after(() => host.end());
  const state = { parent_page_type: "patient", parent_page_id: sessionJSON().patient, frame: "collapsed" };
  await host.shows(state);
  time.pass(600);
  await host.shows({ ...state, frame: "expanded" });
  await host.shows({ ...state, parent_page_id: state.parent_page_id.toUpperCase() });
  assert.equal(page.requests.length, 1);
  page.answers.push([200, sessionJSON({ now: 1_000_600, expires_at: 1_001_500 })]);
  await host.shows({ ...state, parent_page_type: "inbox", parent_page_id: null });
  assert.equal(page.requests.length, 2);
});

test("the browser's word that the network is gone is told at once", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]], data: [[200, context]] });
  assert.equal(page.hidden("connection"), true);
  page.data.push([200, context]);
  await page.event("offline");
  // A read has found that there is an answer all the same.
  assert.equal(page.asked.length, 2);
  assert.equal(page.hidden("connection"), true);
  page.data.push(new TypeError("offline"));
  await page.event("offline");
  assert.equal(page.hidden("connection"), false);
});

test("a page that the browser brings back from its cache starts anew", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]] });
  await page.event("pageshow", { persisted: false });
  assert.equal(page.reloads.length, 0);
  await page.event("pageshow", { persisted: true });
  assert.equal(page.reloads.length, 1);
});

test("a write without an answer starts a read, which finds out when the network is back", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]], data: [[200, context]] });
  const text = page.document.getElementById("note-text");
  text.value = "Weight";
  text.send("input");
  page.data.push(new TypeError("offline"), [200, context]);
  page.document.getElementById("note").send("submit");
  await settle();
  await page.click("guard-yes");
  assert.deepEqual(page.asked.map(({ url }) => url.split("/data/")[1]), ["context", "notes", "context", "written"]);
  assert.equal(page.document.getElementById("note-status").dataset.status, "unknown");
  assert.equal(page.hidden("connection"), true);
});

test("known to be offline, a note is not sent, and the page says when it can be", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]], data: [[200, context]] });
  const text = page.document.getElementById("note-text");
  text.value = "Weight";
  text.send("input");
  navigator.onLine = false;
  page.data.push(new TypeError("offline"), new TypeError("offline"));
  page.document.getElementById("note").send("submit");
  await settle();
  await page.click("guard-yes");
  assert.deepEqual(page.asked.map(({ url }) => url.split("/data/")[1]), ["context", "context", "context"]);
  assert.equal(page.document.getElementById("note-status").dataset.status, "unsent");
  navigator.onLine = true;
  page.data.push([200, context]);
  await page.event("online");
  assert.equal(page.document.text("note-status"), "You’re back online. Save the note now.");
  page.data.push([201, { id: "N", saved_at: 1_000_000 }]);
  page.document.getElementById("note").send("submit");
  await settle();
  await page.click("guard-yes");
  assert.equal(page.asked.at(-1).url.split("/data/")[1], "notes");
  assert.equal(page.document.getElementById("note-status").dataset.status, "saved");
});

test("when the session is over, what was asked for is given up", async () => {
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]] });
  assert.equal(page.signals[0].aborted, false);
  time.pass(901);
  assert.equal(page.signals[0].aborted, true);
  await settle();
  assert.equal(page.state(), "expired");
});

test("a 401 that comes after the end does not bring the session back", async () => {
  let answer;
  const page = await open({
    stored: "t1", answers: [[200, sessionJSON()], new Promise((resolve) => { answer = resolve; })], data: [[401, {}]],
  });
  time.pass(901);
  answer([200, sessionJSON()]);
  await settle();
  assert.equal(page.state(), "expired");
});

const live = { ...context, version: "1", notes: [{ id: "n1", text: "Steady", author: "Ana", created_at: 1_000_000 }] };
const ready = (data, changes = []) => open({ stored: "t1", answers: [[200, sessionJSON()]], data, changes });

/** Time goes by in small steps, and what it starts is answered. */
async function pass(seconds) {
  for (let left = seconds; left > 0; left -= 4) {
    time.pass(Math.min(left, 4));
    await settle();
  }
}

test("what changed in Welkin is on the page without a reload, and the half-written note stays", async () => {
  let tell;
  const page = await ready([[200, live]], [new Promise((resolve) => { tell = resolve; })]);
  await pass(1);
  assert.deepEqual(page.waited.map(({ body, bearer }) => [JSON.parse(body), bearer]), [[{ after: "1" }, "t1"]]);
  const text = page.document.getElementById("note-text");
  text.value = "Weight";
  text.send("input");
  text.focus();
  page.data.push([200, { ...live, version: "2", patient: { ...live.patient, last_name: "Brandt-Lee" }, notes: [{ ...live.notes[0], text: "Better" }] }]);
  tell([200, { version: "2", patient_changed: true, schedule_changed: true, writes: [], calls: [] }]);
  await settle();
  assert.deepEqual([page.document.text("patient"), page.asked.length], ["Elsa Brandt-Lee", 2]);
  assert.match(page.document.text("notes"), /^Better/);
  assert.deepEqual([text.value, page.document.activeElement, page.document.getElementById("note-status").dataset.status], ["Weight", text, "draft"]);
  assert.equal(page.hidden("connection"), true);
  await pass(1);
  assert.deepEqual(JSON.parse(page.waited[1].body), { after: "2" });
});

test("nothing new, and what is new of the schedule only, is no reason to ask for the patient", async () => {
  for (const news of [{ patient_changed: false, schedule_changed: false }, { patient_changed: false, schedule_changed: true }]) {
    const page = await ready([[200, live]], [[200, { version: "2", ...news }]]);
    await pass(1);
    await pass(1);
    assert.deepEqual([page.asked.length, page.waited.length], [1, 2]);
  }
});

test("without a version, or without the route, the page is as it was before", async () => {
  const old = await ready([[200, context]]);
  await pass(60);
  assert.deepEqual([old.waited.length, old.document.text("patient")], [0, "Elsa Brandt"]);
  const other = await ready([[200, live]], [[404, { error: "not_found" }]]);
  await pass(60);
  assert.deepEqual([other.waited.length, other.document.text("state"), other.hidden("connection")], [1, "Ready", true]);
});

test("a request for changes that fails is a fault like any other, and a read finds out when it is over", async () => {
  const page = await ready([[200, live]], [[503, {}], [200, { version: "1", patient_changed: false, schedule_changed: false }]]);
  await pass(1);
  assert.deepEqual([page.document.text("state"), page.hidden("connection"), page.asked.length], ["Data not available", false, 2]);
  await pass(2);
  assert.deepEqual([page.document.text("state"), page.hidden("connection")], ["Ready", true]);
});

test("who looks at the page again sees what has changed", async () => {
  const page = await ready([[200, live]]);
  await pass(1);
  await page.document.see("hidden");
  assert.equal(page.waited.length, 1);
  page.changes.push([200, { version: "2", patient_changed: true }]);
  page.data.push([200, { ...live, notes: [] }]);
  await page.document.see("visible");
  assert.deepEqual([page.waited.length, page.document.text("notes")], [2, "No notes yet."]);
});

test("a patient who is not there yet is waited for, and shown on coming; until then nobody writes", async () => {
  const pending = { ...live, patient: null, pending: true, notes: [] };
  const page = await ready([[200, pending], [200, pending]]);
  assert.deepEqual([page.document.text("patient"), page.document.text("state"), page.document.body.dataset.people],
    ["This patient is new here", "Patient not here yet", "pending"]);
  assert.match(page.document.text("patient-more"), /^We keep asking Welkin/);
  assert.deepEqual([page.hidden("people-retry"), page.document.text("notes"), page.document.text("phones")], [true, "Not here yet.", "Not here yet."]);
  assert.equal(page.document.getElementById("note-text").readOnly, true);
  await pass(2);
  assert.equal(page.asked.length, 2);
  page.data.push([200, live]);
  await pass(3);
  assert.deepEqual([page.document.text("patient"), page.document.text("state"), page.document.body.dataset.people], ["Elsa Brandt", "Ready", "there"]);
  assert.equal(page.document.getElementById("note-text").readOnly, false);
  await pass(60);
  assert.equal(page.asked.length, 3, "and that is that");
});

test("word of a change brings the patient sooner", async () => {
  let tell;
  const pending = { ...live, patient: null, pending: true };
  const page = await ready([[200, pending], [200, pending], [200, pending], [200, pending]], [new Promise((resolve) => { tell = resolve; })]);
  await pass(8);
  const before = page.asked.length;
  page.data.splice(0, 9, [200, live]);
  tell([200, { version: "2", patient_changed: true }]);
  await settle();
  assert.deepEqual([page.asked.length - before, page.document.text("patient")], [1, "Elsa Brandt"]);
});

test("a patient who was there stays while the service has none, and goes when Welkin has none", async () => {
  const tell = [];
  const page = await ready([[200, live]], [1, 2].map(() => new Promise((resolve) => tell.push(resolve))));
  await pass(1);
  page.data.push([200, { ...live, patient: null, pending: true, as_of: null }]);
  tell[0]([200, { version: "2", reset: true }]);
  await settle();
  assert.deepEqual([page.document.text("patient"), page.document.getElementById("note-text").readOnly], ["Elsa Brandt", false]);
  page.data.push([200, { ...live, patient: null }]);
  await pass(1);
  tell[1]([200, { version: "3", patient_changed: true }]);
  await settle();
  assert.deepEqual([page.document.text("patient"), page.document.text("state"), page.hidden("people-retry")],
    ["Welkin doesn’t have this patient", "Patient not found", false]);
  assert.deepEqual([page.document.text("notes"), page.document.getElementById("note-text").readOnly], ["Not available.", true]);
});

test("while the first load runs the page says that something may be missing, until it is over", async () => {
  const page = await ready([[200, { ...live, as_of: null }]]);
  assert.deepEqual([page.document.text("connection"), page.document.text("state"), page.document.text("patient")],
    ["The first load from Welkin is still running; what you see may be incomplete.", "May be incomplete", "Elsa Brandt"]);
  page.data.push([200, live]);
  await pass(70);
  assert.deepEqual([page.hidden("connection"), page.document.text("state"), page.asked.length], [true, "Ready", 2]);
});

test("data that grow old are said to, first in their place, then loudly; newer ones end that", async () => {
  const day = sessionJSON({ expires_at: 1_020_000 });
  const page = await open({ stored: "t1", answers: [[200, day]], data: Array(200).fill([200, live]) });
  await pass(15 * 60);
  assert.deepEqual([page.document.text("notes-age"), page.document.text("phones-age"), page.hidden("connection")], ["", "", true]);
  assert.equal(page.asked.length, 2, "it has asked whether there is more");
  await pass(10);
  for (const id of ["notes-age", "phones-age"]) assert.match(page.document.text(id), /^Last updated \d/);
  assert.deepEqual([page.hidden("connection"), page.document.text("state")], [true, "Ready"]);
  await pass(105 * 60);
  assert.match(page.document.text("connection"), /^Last updated \d.*What has changed in Welkin since then is missing here/);
  assert.equal(page.document.text("state"), "Not up to date");
  page.data.length = 0;
  page.data.push([200, { ...live, as_of: 1_000_000 + 120 * 60 }]);
  await pass(60);
  assert.deepEqual([page.hidden("connection"), page.document.text("state"), page.document.text("notes-age")], [true, "Ready", ""]);
});

test("a lost connection is said before the age of the data, and a session's end silences both", async () => {
  const page = await ready([[200, { ...live, as_of: 1 }]]);
  assert.equal(page.document.text("state"), "Not up to date");
  page.data.push(new TypeError("offline"));
  await page.event("offline");
  assert.match(page.document.text("connection"), /^No connection/);
  time.pass(901);
  await settle();
  assert.equal(page.hidden("connection"), true);
  await pass(30);
  assert.equal(page.hidden("connection"), true);
});

test("without a patient the schedule tells what has changed, and how old it is", async () => {
  const day = { version: "1", as_of: 1, timezone: "UTC", calls: [] };
  const page = await open({ stored: "t1", answers: [[200, sessionJSON({ patient: null })]], data: [] });
  assert.deepEqual(page.asked.map(({ url }) => url.split("/data/")[1]), ["context", "calls/await", "calls/schedule"]);
  const other = await open({
    stored: "t1", answers: [[200, sessionJSON({ patient: null })]], data: [[200, { ...context, patient: null, as_of: null }], [200, { version: "1", calls: [] }], [200, day]],
    changes: [[200, { version: "2", patient_changed: false, schedule_changed: true }]],
  });
  assert.equal(other.document.text("state"), "Not up to date", "the schedule's, as that is on screen");
  other.data.push([200, { ...day, as_of: 1_000_000 }]);
  await pass(1);
  assert.deepEqual(JSON.parse(other.waited[0].body), { after: "1" });
  assert.deepEqual([other.asked.at(-1).url.split("/data/")[1], other.document.text("state")], ["calls/schedule", "Ready"]);
});

test("that another route is answered does not end a failure, but proves that there is a connection", async () => {
  let place;
  const page = await open({ stored: "t1", answers: [[200, sessionJSON()]], data: [[503, {}]], placed: [new Promise((resolve) => { place = resolve; })] });
  assert.equal(page.document.text("state"), "Data not available");
  place([200, { calls: [] }]);
  await settle();
  assert.deepEqual([page.document.text("state"), page.hidden("connection")], ["Data not available", false]);
  page.data.push([200, live]);
  await pass(2);
  assert.deepEqual([page.document.text("state"), page.hidden("connection")], ["Ready", true]);

  const other = await open({ stored: "t1", answers: [[200, sessionJSON()]], data: [new TypeError("offline")], placed: [new Promise((resolve) => { place = resolve; })] });
  assert.equal(other.document.text("state"), "No connection");
  place([200, { calls: [] }]);
  await settle();
  assert.equal(other.hidden("connection"), true);
});
