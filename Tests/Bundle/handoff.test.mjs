import assert from "node:assert/strict";
import { test } from "node:test";
import { takeHandoff } from "../../nginx/bundle/main/session/launch-address.js";

/** An address, and what became of it. */
function address(hash, search = "") {
  const replaced = [];
  const location = { hash, pathname: "/a/main/L/", search };
  const history = { replaceState: (...parts) => replaced.push(parts) };
  return { replaced, take: () => takeHandoff(location, history) };
}

test("the hand-off is taken out of the address", () => {
  const { take, replaced } = address("#handoff=abc-_123");
  assert.deepEqual(take(), { handoff: "abc-_123", kind: "patient" });
  assert.deepEqual(replaced, [[null, "", "/a/main/L/"]]);
});

test("the rest of the address stays", () => {
  const { take, replaced } = address("#handoff=abc", "?x=1");
  assert.equal(take().handoff, "abc");
  assert.equal(replaced[0][2], "/a/main/L/?x=1");
});

test("the address says when there is no patient, and forgets that too", () => {
  const { take, replaced } = address("#handoff=abc&patient=none");
  assert.deepEqual(take(), { handoff: "abc", kind: "calls" });
  assert.deepEqual(replaced, [[null, "", "/a/main/L/"]]);
});

test("an empty hand-off is none, and leaves the address too", () => {
  const { take, replaced } = address("#handoff=");
  assert.equal(take().handoff, null);
  assert.equal(replaced.length, 1);
});

for (const hash of ["", "#", "#other", "#nothandoff=abc"]) {
  test(`an address with "${hash}" has none and is left alone`, () => {
    const { take, replaced } = address(hash);
    assert.deepEqual(take(), { handoff: null, kind: "patient" });
    assert.deepEqual(replaced, []);
  });
}
