import assert from "node:assert/strict";
import { test } from "node:test";
import { DataClient, isNotWritten } from "../../nginx/bundle/main/data/data-client.js";

/** A client whose server gives these answers: [status, body, headers], or an Error for none. */
function rig(...answers) {
  const requests = [];
  const reached = [];
  const state = { alive: false, asked: 0 };
  const data = new DataClient({
    base: "https://app.example.org/a/main/L/data/",
    bearer: { get: () => "t1" },
    fetch: async (to, request) => {
      requests.push({ to, ...request });
      const answer = await answers.shift();
      if (answer instanceof Error) throw answer;
      const [status, body, headers = {}] = answer;
      return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
    },
    onUnauthorized: async () => { state.asked += 1; return state.alive; },
    onOutcome: (kind) => reached.push(kind),
  });
  return { data, requests, reached, state };
}

test("a request is a POST of JSON with the bearer, and names nothing in its address", async () => {
  const { data, requests, reached } = rig([200, { patient: null }]);
  assert.deepEqual(await data.ask("patient", { patient: "P" }), { kind: "ok", status: 200, json: { patient: null } });
  const [{ to, method, body, headers, cache }] = requests;
  assert.deepEqual({ to, method, body, cache }, {
    to: "https://app.example.org/a/main/L/data/patient", method: "POST", body: '{"patient":"P"}', cache: "no-store",
  });
  assert.deepEqual(headers, { "Accept": "application/json", "Content-Type": "application/json", "X-Welkin-Session": "t1" });
  assert.deepEqual(reached, ["reached"]);
});

test("what was accepted but not done yet is an answer too", async () => {
  const { data } = rig([202, { queued_at: 5 }]);
  assert.deepEqual(await data.ask("notes", {}), { kind: "ok", status: 202, json: { queued_at: 5 } });
});

for (const status of [400, 403, 404, 409, 422]) {
  test(`${status} is refused, with the server's sentence for the worker`, async () => {
    const { data } = rig([status, { error: "refused", detail: "The note is too long.", id: "K7QX" }]);
    assert.deepEqual(await data.ask("notes", {}), {
      kind: "refused", status, error: "refused", detail: "The note is too long.", id: "K7QX",
    });
  });
}

test("429 and 503 are failures, and say when to come back", async () => {
  for (const status of [429, 503]) {
    const { data } = rig([status, { error: "busy", id: "A" }, { "Retry-After": "7" }]);
    assert.deepEqual(await data.ask("context", {}), { kind: "failed", status, retryAfter: 7, id: "A" });
  }
});

test("what is not JSON is a failure, whatever its status", async () => {
  for (const status of [200, 404, 502]) {
    const { data } = rig([status, "<html>"]);
    assert.deepEqual(await data.ask("context", {}), { kind: "failed", status, retryAfter: null, id: null });
  }
});

test("on 401 the session route is asked, and what it said comes with the reply", async () => {
  for (const alive of [true, false]) {
    const { data, state, requests } = rig([401, { error: "session_expired" }]);
    state.alive = alive;
    assert.deepEqual(await data.ask("notes", {}), { kind: "unauthorized", alive });
    assert.equal(state.asked, 1);
    assert.equal(requests.length, 1);
  }
});

test("no answer is told, and the request is not repeated", async () => {
  const { data, requests, reached } = rig(new TypeError("offline"));
  assert.deepEqual(await data.ask("notes", {}), { kind: "unreachable" });
  assert.equal(requests.length, 1);
  assert.deepEqual(reached, ["unreachable"]);
});

/** A client of which only what the server does matters. */
function client(fetch, onOutcome = () => {}) {
  return new DataClient({ base: "/", bearer: { get: () => null }, fetch, onUnauthorized: () => {}, onOutcome });
}

test("an answer that breaks off is no answer", async () => {
  const broken = { status: 200, headers: new Headers(), text: () => Promise.reject(new TypeError("broken")) };
  assert.deepEqual(await client(async () => broken).ask("context", {}), { kind: "unreachable" });
});

test("what was given up ends at once, and says nothing about the network", async () => {
  const reached = [];
  const hangs = (_, { signal }) => new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  const abort = new AbortController();
  const data = client(hangs, (kind) => reached.push(kind));
  const early = data.ask("calls/await", {}, { signal: abort.signal });
  abort.abort();
  assert.deepEqual(await early, { kind: "unreachable" });
  assert.deepEqual(await data.ask("context", {}, { signal: abort.signal }), { kind: "unreachable" });
  assert.deepEqual(reached, []);
});

/** Has the browser say whether it has a network, for one test. */
function network(t, onLine) {
  Object.defineProperty(globalThis, "navigator", { value: { onLine }, configurable: true });
  t.after(() => { delete globalThis.navigator; });
}

const names = (requests) => requests.map(({ to }) => to.split("/data/")[1]);

test("a write is one request as long as nothing speaks against a connection", async (t) => {
  for (const onLine of [true, undefined]) {
    network(t, onLine);
    const { data, requests } = rig([201, { id: "N" }]);
    assert.deepEqual(await data.write("notes", { key: "k" }), { kind: "ok", status: 201, json: { id: "N" } });
    assert.deepEqual(names(requests), ["notes"]);
  }
});

test("a write of which it is known that there is no connection is not sent", async (t) => {
  network(t, false);
  const { data, requests, reached } = rig(new TypeError("offline"));
  assert.deepEqual(await data.write("notes", { key: "k" }), { kind: "unsent" });
  assert.deepEqual(names(requests), ["context"]);
  assert.deepEqual(reached, ["unreachable"]);
});

test("a browser that is wrong about its network keeps nobody from writing", async (t) => {
  network(t, false);
  for (const answer of [[200, {}], [503, {}], [401, {}]]) {
    const { data, requests } = rig(answer, [201, { id: "N" }]);
    assert.equal((await data.write("notes", { key: "k" })).kind, "ok");
    assert.deepEqual(names(requests), ["context", "notes"]);
  }
});

test("after a request without an answer a write waits until a read has got one", async (t) => {
  network(t, true);
  const { data, requests } = rig(new TypeError("gone"), new TypeError("gone"), [200, {}], [201, {}], [201, {}]);
  await data.ask("patient", {});
  assert.equal((await data.write("notes", {})).kind, "unsent");
  assert.equal((await data.write("notes", {})).kind, "ok");
  assert.equal((await data.write("notes", {})).kind, "ok");
  assert.deepEqual(names(requests), ["patient", "context", "context", "notes", "notes"]);
});

test("a write whose answer is lost has been sent", async (t) => {
  network(t, true);
  const { data } = rig(new TypeError("gone"));
  assert.deepEqual(await data.write("notes", {}), { kind: "unreachable" });
});

test("only a look-up's own word says that nothing was written", () => {
  const refused = (error) => ({ kind: "refused", status: 404, error, detail: null, id: null });
  assert.equal(isNotWritten(refused("not_written")), true);
  for (const reply of [refused("not_found"), { kind: "unreachable" }, { kind: "failed", status: 503, retryAfter: null, id: null }, { kind: "ok", status: 201, json: {} }]) {
    assert.equal(isNotWritten(reply), false);
  }
});
