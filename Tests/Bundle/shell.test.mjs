import assert from "node:assert/strict";
import { test } from "node:test";
import { notices } from "../../nginx/bundle/main/view/messages.js";
import { parseSession } from "../../nginx/bundle/main/session/session-client.js";
import { Shell } from "../../nginx/bundle/main/view/shell.js";
import { sessionJSON } from "./fixtures.mjs";
import { fakeDocument } from "./page.mjs";

function rig() {
  const document = fakeDocument();
  return { document, view: new Shell(document), at: (id) => document.getElementById(id) };
}

const context = {
  worker: { id: "4b0e0c3a-2f6e-4c62-9e3c-6f3f1f0c7a11", first_name: "Nora", last_name: "Lindqvist" },
  patient: { id: "9d2f6a10-77c5-4f0e-8a35-0c1d5be2a9f4", first_name: "Elsa", last_name: "Brandt", birthday: "1951-03-14" },
  as_of: Date.UTC(2026, 10, 22) / 1000,
};

test("a session shows who is signed in and which patient, by their ids at first", () => {
  const { document, view, at } = rig();
  view.showSession(parseSession(sessionJSON()));
  assert.equal(document.body.dataset.state, "ready");
  assert.equal(document.body.dataset.kind, "patient");
  assert.equal(document.text("app"), "main");
  for (const id of ["worker", "patient"]) {
    assert.equal(document.text(id), context[id].id);
    assert.equal(at(id).dataset.id, context[id].id);
  }
  assert.deepEqual(["app-area", "session", "patient-app", "calls", "notice"].filter((id) => at(id).hidden), ["calls", "notice"]);
});

test("names come in the place of ids, and a renewal leaves them", () => {
  const { document, view, at } = rig();
  view.showSession(parseSession(sessionJSON()));
  view.showPeople(context);
  view.showSession(parseSession(sessionJSON()));
  assert.equal(document.text("worker"), "Nora Lindqvist");
  assert.equal(document.text("patient"), "Elsa Brandt");
  assert.equal(document.text("patient-more"), "Born Mar\u00a014,\u00a01951 · 75 years");
  assert.equal(document.text("patient-id"), context.patient.id);
  assert.equal(at("patient").dataset.id, context.patient.id);
  assert.equal(document.body.dataset.people, "there");
});

test("without names the ids stay", () => {
  const { document, view } = rig();
  view.showSession(parseSession(sessionJSON()));
  view.showPeople(null);
  assert.equal(document.text("patient"), context.patient.id);
  assert.equal(document.body.dataset.people, "missing");
});

test("a session without a patient is for calls", () => {
  const { document, view, at } = rig();
  view.showSession(parseSession(sessionJSON({ patient: null })));
  assert.equal(document.body.dataset.kind, "calls");
  assert.equal(document.text("patient"), "No patient");
  assert.equal(at("patient").dataset.id, "");
  assert.deepEqual(["session", "patient-app", "calls"].filter((id) => at(id).hidden), ["session", "patient-app"]);
});

for (const state of Object.keys(notices)) {
  test(`${state}: says what happened, in the place of everything else`, () => {
    const { document, view, at } = rig();
    view.showSession(parseSession(sessionJSON()));
    view.showNotice(state, "K7QX-3MPD");
    assert.equal(document.body.dataset.state, state);
    assert.equal(document.text("state"), notices[state].status);
    assert.equal(document.text("title"), notices[state].title);
    assert.equal(document.text("action"), notices[state].action);
    assert.equal(document.text("reference"), "K7QX-3MPD");
    assert.equal(at("retry").hidden, !notices[state].retry);
    assert.equal(at("app-area").hidden, true);
    assert.equal(at("who").hidden, true);
    assert.equal(at("kept").hidden, true);
    assert.equal(at("notice").hidden, false);
  });
}

test("a notice without a correlation id shows no reference, not even the last one", () => {
  const { document, view, at } = rig();
  view.showNotice("error", "K7QX-3MPD");
  assert.equal(at("reference-line").hidden, false);
  view.showNotice("offline", null);
  assert.equal(at("reference-line").hidden, true);
  assert.equal(document.text("reference"), "");
});

test("trying again goes back to the first paint", () => {
  const { document, view, at } = rig();
  let retried = 0;
  view.onRetry(() => { retried += 1; view.showLoading(); });
  view.showNotice("offline", null);
  at("retry").click();
  assert.equal(retried, 1);
  assert.equal(document.body.dataset.state, "loading");
  assert.equal(at("app-area").hidden, false);
});

test("the focus moves to the notice only for who is working in the App", () => {
  const { document, view, at } = rig();
  view.showNotice("expired", null);
  assert.equal(at("title").focused, 0);
  document.focused = true;
  view.showNotice("expired", null);
  assert.equal(at("title").focused, 1);
});

test("a note that was begun and kept is told of", () => {
  const { view, at } = rig();
  view.showNotice("expired", null, true);
  assert.equal(at("kept").hidden, false);
});

test("when the session is over nothing of it stays in the page", () => {
  const { document, view, at } = rig();
  view.showSession(parseSession(sessionJSON()));
  view.showPeople(context);
  at("patient-app").append("a note");
  view.clear();
  for (const id of ["worker", "patient", "patient-more", "patient-id", "patient-app", "calls"]) assert.equal(document.text(id), "");
  assert.equal(at("patient").dataset.id, "");
});
