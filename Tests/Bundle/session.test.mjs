import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSession } from "../../nginx/bundle/main/session/session-client.js";
import { sessionJSON } from "./fixtures.mjs";

test("a session is read whole", () => {
  assert.deepEqual(parseSession(sessionJSON()), {
    app: "main",
    launch: "Ab3_-ZKx09qWeRtYuIoPaS",
    worker: "4b0e0c3a-2f6e-4c62-9e3c-6f3f1f0c7a11",
    patient: "9d2f6a10-77c5-4f0e-8a35-0c1d5be2a9f4",
    provider: "0f4c4f2e-6f55-4b0a-9a7e-1d2c3b4a5968",
    hostOrigin: "https://coach.welkinhealth.com",
    now: 1_000_000,
    expiresAt: 1_000_900,
    endsAt: 1_028_800,
  });
});

test("no patient is null, and only null", () => {
  assert.equal(parseSession(sessionJSON({ patient: null })).patient, null);
  for (const patient of [undefined, "", 0, false, {}, []]) {
    assert.equal(parseSession(sessionJSON({ patient })), null);
  }
});

for (const name of Object.keys(sessionJSON())) {
  test(`a session without "${name}" is none`, () => {
    const json = sessionJSON();
    delete json[name];
    assert.equal(parseSession(json), null);
  });
}

for (const name of ["app", "launch", "worker", "provider", "host_origin"]) {
  test(`"${name}" must be a text with something in it`, () => {
    for (const value of ["", null, 5, {}]) assert.equal(parseSession(sessionJSON({ [name]: value })), null);
  });
}

for (const name of ["now", "expires_at", "ends_at"]) {
  test(`"${name}" must be a number`, () => {
    for (const value of ["1000000", null, NaN, Infinity]) {
      assert.equal(parseSession(sessionJSON({ [name]: value })), null);
    }
  });
}

for (const value of [null, undefined, "session", 7, []]) {
  test(`${JSON.stringify(value)} is not a session`, () => assert.equal(parseSession(value), null));
}
