import assert from "node:assert/strict";
import { test } from "node:test";
import { noticeFor, notices } from "../../nginx/bundle/main/view/messages.js";

const table = [
  [{ kind: "unreachable" }, "offline"],
  [{ kind: "failed", id: null }, "error"],
  [{ kind: "refused", reason: "session_expired", id: null }, "expired"],
  [{ kind: "refused", reason: "handoff_expired", id: null }, "expired"],
  [{ kind: "refused", reason: "session_ended", id: null }, "ended"],
  [{ kind: "refused", reason: "session_missing", id: null }, "missing"],
  [{ kind: "refused", reason: "session_invalid", id: null }, "missing"],
  [{ kind: "refused", reason: "handoff_used", id: null }, "missing"],
  [{ kind: "refused", reason: "something_new", id: null }, "missing"],
];
for (const [outcome, state] of table) {
  test(`${outcome.reason ?? outcome.kind} is shown as ${state}`, () => assert.equal(noticeFor(outcome), state));
}

test("every notice says what happened and what to do", () => {
  for (const notice of Object.values(notices)) {
    for (const part of ["status", "title", "text", "action"]) assert.match(notice[part], /\w{3}/);
  }
});

test("only what may pass by itself offers to try again", () => {
  const retried = Object.keys(notices).filter((state) => notices[state].retry);
  assert.deepEqual(retried, ["offline", "error"]);
});

test("whoever lost the session is told to open the App again from Welkin", () => {
  for (const state of ["expired", "ended", "missing"]) {
    assert.equal(notices[state].action, "Close the App and open it again from Welkin.");
  }
});
