import assert from "node:assert/strict";
import { test } from "node:test";
import { BearerStore } from "../../nginx/bundle/main/session/bearer.js";
import { SessionClient } from "../../nginx/bundle/main/session/session-client.js";
import { sessionJSON } from "./fixtures.mjs";

const url = "https://app.example.org/a/main/Ab3_-ZKx09qWeRtYuIoPaS/session";
const noStorage = () => { throw new Error("no storage"); };

/** A client whose server gives these answers, one after the other. */
function client(...answers) {
  const requests = [];
  const bearer = new BearerStore("Ab3_-ZKx09qWeRtYuIoPaS", noStorage);
  const fetch = async (to, request) => {
    requests.push({ to, ...request });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    const [status, body] = answer;
    return new Response(typeof body === "string" ? body : JSON.stringify(body), { status });
  };
  const launch = "Ab3_-ZKx09qWeRtYuIoPaS";
  return { requests, bearer, client: new SessionClient({ url, launch, bearer, fetch }) };
}

test("the exchange posts the hand-off as JSON and keeps the token", async () => {
  const { client: c, requests, bearer } = client([200, sessionJSON({ token: "t1" })]);
  const outcome = await c.exchange("sealed");
  assert.equal(outcome.kind, "session");
  assert.equal(outcome.session.worker, "4b0e0c3a-2f6e-4c62-9e3c-6f3f1f0c7a11");
  assert.equal(bearer.get(), "t1");
  const [request] = requests;
  assert.equal(request.to, url);
  assert.equal(request.method, "POST");
  assert.equal(request.body, '{"handoff":"sealed"}');
  assert.equal(request.headers["Content-Type"], "application/json");
  assert.equal(request.headers.Accept, "application/json");
  assert.equal("X-Welkin-Session" in request.headers, false);
  assert.equal(request.cache, "no-store");
});

test("without a token in the answer (hand-off switched off) none is kept", async () => {
  const { client: c, bearer } = client([200, sessionJSON()]);
  assert.equal((await c.read()).kind, "session");
  assert.equal(bearer.get(), null);
});

test("the session is read by bearer where there is one, with no body", async () => {
  const { client: c, requests, bearer } = client([200, sessionJSON()]);
  bearer.set("t1");
  await c.read();
  assert.equal(requests[0].method, "GET");
  assert.equal(requests[0].headers["X-Welkin-Session"], "t1");
  assert.equal(requests[0].body, undefined);
  assert.equal(requests.length, 1);
});

test("a refused bearer is forgotten and the cookie tried", async () => {
  const { client: c, requests, bearer } = client([401, { error: "session_expired", id: "A" }], [200, sessionJSON()]);
  bearer.set("old");
  assert.equal((await c.read()).kind, "session");
  assert.equal("X-Welkin-Session" in requests[1].headers, false);
  assert.equal(bearer.get(), null);
});

test("when the cookie is refused as well, the bearer's reason is the answer", async () => {
  const { client: c, bearer } = client([401, { error: "session_expired", id: "A" }], [401, { error: "session_missing", id: "B" }]);
  bearer.set("old");
  assert.deepEqual(await c.read(), { kind: "refused", reason: "session_expired", id: "A" });
});

test("without a bearer a refusal is asked for once only", async () => {
  const { client: c, requests } = client([401, { error: "session_missing", id: "A" }]);
  assert.deepEqual(await c.read(), { kind: "refused", reason: "session_missing", id: "A" });
  assert.equal(requests.length, 1);
});

test("a renewal posts an empty object with the bearer, and keeps the new token", async () => {
  const { client: c, requests, bearer } = client([200, sessionJSON({ token: "t2" })]);
  bearer.set("t1");
  await c.renew();
  assert.equal(requests[0].body, "{}");
  assert.equal(requests[0].headers["X-Welkin-Session"], "t1");
  assert.equal(bearer.get(), "t2");
});

test("another launch's session is never taken for this one's", async () => {
  const other = sessionJSON({ launch: "XXXXXXXXXXXXXXXXXXXXXX", token: "t9" });
  const { client: c, bearer } = client([200, other]);
  assert.equal((await c.read()).kind, "failed");
  assert.equal(bearer.get(), null);
});

test("no answer is unreachable", async () => {
  const { client: c } = client(new TypeError("Failed to fetch"));
  assert.deepEqual(await c.read(), { kind: "unreachable" });
});

const failures = [
  [503, { error: "unavailable", id: "K7QX-3MPD" }, "K7QX-3MPD"],
  [403, { error: "origin_refused" }, null],
  [403, sessionJSON({ token: "t9" }), null],
  [500, "<html>", null],
  [200, "<html>", null],
  [200, { app: "main" }, null],
  [200, null, null],
];
for (const [status, body, id] of failures) {
  test(`${status} ${JSON.stringify(body)} is a failure`, async () => {
    const { client: c } = client([status, body]);
    assert.deepEqual(await c.read(), { kind: "failed", id });
  });
}

test("a 401 that says nothing is a refusal all the same", async () => {
  const { client: c } = client([401, ""]);
  assert.deepEqual(await c.read(), { kind: "refused", reason: "session_invalid", id: null });
});
