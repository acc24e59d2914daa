import assert from "node:assert/strict";
import { test } from "node:test";
import { guardState, writeRule } from "../../nginx/bundle/main/guard/guard-rule.js";

const patient = "9d2f6a10-77c5-4f0e-8a35-0c1d5be2a9f4";
const other = "9d2f6a10-77c5-4f0e-8a35-0c1d5be2a9f5";
const on = (pageType, pageId = null) => ({ pageType, pageId });

const states = [
  ["the session's patient on screen", patient, on("patient", patient), "same"],
  ["the same GUID in capitals", patient, on("patient", patient.toUpperCase()), "same"],
  ["the session's GUID in capitals", patient.toUpperCase(), on("patient", patient), "same"],
  ["another patient on screen", patient, on("patient", other), "different"],
  ["a patient whose id only begins like it", patient, on("patient", patient.slice(0, -1)), "different"],
  ["no word from Welkin", patient, null, "unknown"],
  ["a patient page without its id", patient, on("patient"), "unknown"],
  ["a patient page with an empty id", patient, on("patient", ""), "unknown"],
  ["the inbox", patient, on("inbox"), "unknown"],
  ["the search", patient, on("search"), "unknown"],
  ["a worker's profile", patient, on("worker_profile"), "unknown"],
  ["a profile with the patient's id", patient, on("profile", patient), "unknown"],
  ["a page that Welkin added", patient, on("Patient", patient), "unknown"],
  ["a session without patient, no word from Welkin", null, null, "free"],
  ["a session without patient, on a patient", null, on("patient", patient), "free"],
  ["a session without patient, on the inbox", null, on("inbox"), "free"],
];
for (const [name, session, host, state] of states) {
  test(`${name}: ${state}`, () => assert.equal(guardState(session, host), state));
}

for (const [state, rule] of [["same", "allow"], ["free", "allow"], ["unknown", "confirm"], ["different", "block"]]) {
  test(`${state}: ${rule} the write`, () => assert.equal(writeRule(state), rule));
}
