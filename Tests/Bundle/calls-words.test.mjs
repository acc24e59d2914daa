import assert from "node:assert/strict";
import { test } from "node:test";
import { incomingWords } from "../../nginx/bundle/main/calls/incoming-view.js";

const maria = { id: "m", first_name: "Maria", last_name: "Alvarez" };
const words = (phase, { patient = maria, detail = null, isReached = true, isElsewhere = false, resumed = false } = {}) =>
  incomingWords({
    entry: { call: { id: "a", state: "ringing", phone_number: "+12025550134", patient, since: 1 }, phase, detail, resumed, live: true, seen: false },
    isReached,
    isElsewhere,
    now: 1,
  });

test("a known caller has a name, and the button says whom it opens", () => {
  const { caller, number, open, decline } = words("ringing");
  assert.deepEqual([caller, number, open, decline], ["Maria Alvarez", "(202) 555-0134", "Answer and open Maria Alvarez", "Decline"]);
});

test("an unknown caller has a number, and there is nobody to open", () => {
  const { caller, number, open } = words("ringing", { patient: null });
  assert.deepEqual([caller, number, open], ["(202) 555-0134", "Unknown caller", "Answer"]);
  assert.equal(words("answered", { patient: null }).open, "");
});

test("an answered call can be opened again, and ended, but not declined", () => {
  assert.deepEqual([words("answered").open, words("answered").decline], ["Open Maria Alvarez", "End call"]);
});

test("a call that is over has no buttons", () => {
  for (const phase of ["declined", "refused", "ended"]) {
    assert.deepEqual([words(phase).open, words(phase).decline], ["", ""], phase);
  }
});

test("every outcome is said", () => {
  assert.equal(words("ended").line, "Call ended");
  assert.equal(words("refused").note, "Somebody else took this call.");
  assert.equal(words("refused", { detail: "Taken by Ana." }).note, "Taken by Ana.");
  assert.match(words("unknown").note, /couldn’t confirm.*Trying again/);
  assert.match(words("ringing", { isElsewhere: true }).note, /another Welkin tab/);
  assert.match(words("ringing", { isReached: false }).note, /may have hung up/);
});

test("a call that may be over asks, and names its time instead of counting on", () => {
  const { line, note, open, decline } = words("answered", { resumed: true });
  assert.match(line, /^Answered at \d+:\d\d.*$/);
  assert.deepEqual([note, open, decline], ["Are you still on this call?", "Still on this call", "It’s over"]);
  assert.equal(words("answered").line, "On a call");
});

test("without a call it says whether calls would ring here", () => {
  assert.equal(incomingWords({ entry: null, isReached: true, isElsewhere: false, now: 1 }).line, "Waiting for calls");
  assert.equal(incomingWords({ entry: null, isReached: false, isElsewhere: false, now: 1 }).caller, "Calls can’t ring here");
});
