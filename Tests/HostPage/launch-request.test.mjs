import assert from "node:assert/strict";
import { test } from "node:test";
import { presets } from "../../Sources/Simulator/Assets/launch-presets.js";
import { launchRequest } from "../../Sources/Simulator/Assets/launch-request.js";

const honest = {
  iss: "coach.welkinhealth.com", aud: "https://app.example/launch", exp: 1600, welkin_oauth_client_id: "c-1",
  welkin_patient_id: "p-1", welkin_worker_id: "w-1", welkin_provider_id: "e-1",
};
const { welkin_patient_id: _, ...outside } = honest;

/** The dialog's fields as they are filled in for an honest launch, then changed. */
function fields(changes = {}, claims = honest) {
  const all = {
    "expires-in": "600", "more-claims": "", "repeated-claims": "", algorithm: "HS256", type: "JWT", critical: "",
    encoding: "canonical", secret: "", damage: "", where: "app", "claim.welkin_patient_id": "",
  };
  for (const [name, value] of Object.entries(claims)) if (name !== "exp") all[`claim.${name}`] = value;
  if (!claims.welkin_patient_id) all["without.welkin_patient_id"] = "on";
  const data = new FormData();
  for (const [name, value] of Object.entries({ ...all, ...changes })) data.append(name, value === true ? "on" : value);
  return data;
}

const request = (changes, claims = honest) => [...launchRequest(fields(changes, claims), claims)];
const patient = ["patient", "p-1"];

test("an honest launch asks for nothing but its patient", () => {
  assert.deepEqual(request(), [patient]);
  assert.deepEqual(request({}, outside), []);
});

test("a claim that was changed is sent as JSON", () => {
  assert.deepEqual(request({ "claim.aud": 'https://b.example/"' }), [patient, ["claim", 'aud="https://b.example/\\""']]);
  assert.deepEqual(request({ "claim.welkin_worker_id": "" }), [patient, ["claim", 'welkin_worker_id=""']]);
});

test("a claim that is left out is not also changed", () => {
  assert.deepEqual(request({ "claim.iss": "x", "without.iss": true }), [patient, ["without", "iss"]]);
});

test("a launch from outside a patient can be given one", () => {
  const data = fields({ "claim.welkin_patient_id": "p-9" }, outside);
  data.delete("without.welkin_patient_id");
  assert.deepEqual([...launchRequest(data, outside)], [["claim", 'welkin_patient_id="p-9"']]);
});

test("a launch on a patient can do without", () => {
  assert.deepEqual(request({ "without.welkin_patient_id": true }), [patient, ["without", "welkin_patient_id"]]);
});

test("raw claims are one a line, and a line that is none is named", () => {
  assert.deepEqual(request({ "more-claims": " a=1 \n\nb={}\n" }), [patient, ["claim", "a=1"], ["claim", "b={}"]]);
  assert.throws(() => request({ "more-claims": "a=1\nb" }), /“b” is not NAME=JSON/);
  assert.throws(() => request({ "repeated-claims": "=1" }), /“=1” is not NAME=JSON/);
});

const expected = {
  "Nothing: as Welkin launches": [],
  "Expired five minutes ago": [["expires-in", "-300"]],
  "Expires in a day": [["expires-in", "86400"]],
  "For another App (aud)": [["claim", 'aud="https://another-app.example/launch"']],
  "From another issuer (iss)": [["claim", 'iss="coach.welkinhealth.com.example"']],
  "Of another client": [["claim", 'welkin_oauth_client_id="somebody-else"']],
  "Signed with another secret": [["secret", "a secret that the App does not have"]],
  "Not signed (alg none)": [["algorithm", "none"]],
  "Signed with HS512": [["algorithm", "HS512"]],
  "Changed after it was signed": [["tamper", "payload"]],
  "Signature cut off": [["drop-signature", ""]],
  "No worker": [["without", "welkin_worker_id"]],
  "No environment (provider)": [["without", "welkin_provider_id"]],
  "Patient is a number": [["claim", "welkin_patient_id=7"]],
  "No expiry": [["without", "exp"]],
  "Expiry twice": [["repeat-claim", "exp=4102444800"]],
  "Valid from 2100 on (nbf)": [["claim", "nbf=4102444800"]],
};

test("the presets are these", () => {
  assert.deepEqual(presets.map(({ name }) => name), Object.keys(expected));
});

for (const { name, fields: changes } of presets) {
  test(`the preset “${name}” asks for that alone`, () => {
    assert.deepEqual(request(changes), [patient, ...expected[name]]);
  });
}
