import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { canonicalID, isSamePatient } from "../../nginx/bundle/main/guard/patient-id.js";
import { patientOnScreen } from "../../nginx/bundle/main/guard/patient-on-screen.js";

const patient = "9d2f6a10-77c5-4f0e-8a35-0c1d5be2a9f4";

test("a GUID names the same patient in either case, and there is one spelling of it for keys", () => {
  assert.equal(isSamePatient(patient, patient), true);
  assert.equal(isSamePatient(patient.toUpperCase(), patient), true);
  assert.equal(isSamePatient(patient, patient.toUpperCase()), true);
  assert.equal(canonicalID(patient.toUpperCase()), patient);
});

test("another id, or one that only begins like it, names another patient", () => {
  for (const other of [`${patient.slice(0, -1)}5`, patient.slice(0, -1), `${patient}0`, ` ${patient}`, `{${patient}}`]) {
    assert.equal(isSamePatient(patient, other), false, other);
    assert.equal(isSamePatient(other, patient), false, other);
  }
});

test("nobody is not the same as nobody, whatever says that it is nobody", () => {
  for (const nobody of [null, undefined, "", 0, 17, {}, [patient]]) {
    assert.equal(isSamePatient(nobody, nobody), false);
    assert.equal(isSamePatient(nobody, patient), false);
    assert.equal(isSamePatient(patient, nobody), false);
  }
});

test("only a patient's page has a patient on screen", () => {
  assert.equal(patientOnScreen({ pageType: "patient", pageId: "p" }), "p");
  for (const state of [{ pageType: "patient", pageId: null }, { pageType: "patient", pageId: "" }, { pageType: "profile", pageId: "p" }, null]) {
    assert.equal(patientOnScreen(state), null);
  }
});

/** A patient's id beside a sign that compares, on either side; whether there is one at all is another question. */
const id = String.raw`(?:\b[pP]atients?(?:\??\.id)?|\bpatientI[dD]|\bpage_?I[dD]|#patient|canonicalID\([^)]*\))`;
const comparison = new RegExp(String.raw`${id}\s*[!=]==?(?!=|\s*(?:null\b|undefined\b|"))|[!=]==?\s*[\w.?#]*${id}(?![\w.?(]|\s*[!=]==?\s*null)`);

test("what compares patients is found", () => {
  for (const source of [
    "one.patient.id === patient.id", "pageId !== patient", "told === patient", "x == session.patient", "state.pageId === id",
    "a === reply.json?.patient?.id", "if (this.#patient !== id)",
  ]) assert.match(source, comparison);
  for (const source of ['pageType === "patient"', "patient === null", "call.patient !== null", 'kind === "patient" ? view.patient : 0', 'patient === ""', 'typeof patient?.id === "string"']) {
    assert.doesNotMatch(source, comparison);
  }
});

test("no other module compares patients, or knows that the case of an id has no meaning", () => {
  const folder = new URL("../../nginx/bundle/main/", import.meta.url);
  for (const name of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js") && name !== "guard/patient-id.js")) {
    const lines = readFileSync(new URL(name, folder), "utf8").split("\n");
    lines.forEach((line, index) => {
      assert.doesNotMatch(line, comparison, `${name}:${index + 1}`);
      // Of a sentence, the first letter may be made small.
      assert.doesNotMatch(line.replace(/charAt\(0\)\.toLowerCase/, ""), /to(Locale)?(Lower|Upper)Case/, `${name}:${index + 1}`);
    });
  }
});
