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
};
const now = Date.UTC(2026, 10, 22) / 1000;

test("a session shows what it is for, and no ids in the place of names", () => {
  const { document, view, at } = rig();
  view.showSession(parseSession(sessionJSON()));
  assert.equal(document.body.dataset.state, "ready");
  assert.equal(document.body.dataset.kind, "patient");
  for (const id of ["worker", "patient"]) {
    assert.equal(document.text(id), "");
    assert.equal(at(id).dataset.id, context[id].id);
  }
  assert.deepEqual(["app-area", "session", "patient-app", "calls", "notice"].filter((id) => at(id).hidden), ["calls", "notice"]);
});

test("names come, and a renewal leaves them", () => {
  const { document, view, at } = rig();
  view.showSession(parseSession(sessionJSON()));
  view.showPeople(context, now);
  view.showSession(parseSession(sessionJSON()));
  assert.equal(document.text("worker"), "Nora Lindqvist");
  assert.equal(document.text("patient"), "Elsa Brandt");
  assert.equal(document.text("patient-more"), "Born Mar\u00a014,\u00a01951 · 75\u00a0years");
  assert.equal(at("patient").dataset.id, context.patient.id);
  assert.equal(document.body.dataset.people, "there");
  assert.deepEqual([at("who").hidden, at("people-retry").hidden], [false, true]);
});

test("without names it says so, and offers to try again", () => {
  const { document, view, at } = rig();
  let tries = 0;
  view.onPeopleRetry(() => { tries += 1; });
  view.showSession(parseSession(sessionJSON()));
  view.showPeople(null, now, "The record is locked.");
  assert.deepEqual([document.text("patient"), document.text("patient-more")], ["The patient couldn’t be loaded", "The record is locked."]);
  assert.deepEqual([document.text("state"), document.body.dataset.link], ["Patient not loaded", "missing"]);
  assert.equal(document.body.dataset.people, "missing");
  view.showSession(parseSession(sessionJSON()));
  assert.deepEqual([at("who").hidden, at("people-retry").hidden], [true, false]);
  assert.doesNotMatch(document.body.textContent, /[0-9a-f]{8}-/);

  at("people-retry").click();
  assert.deepEqual([tries, document.body.dataset.people, document.text("patient"), at("people-retry").hidden], [1, "waiting", "", true]);
  view.showPeople(context, now);
  assert.deepEqual([document.text("patient"), at("who").hidden], ["Elsa Brandt", false]);
  assert.equal(document.text("state"), "Ready");
});

test("an App for calls is ready without its worker's name", () => {
  const { document, view } = rig();
  view.showSession(parseSession(sessionJSON({ patient: null })));
  view.showPeople(null, now);
  assert.equal(document.text("state"), "Ready");
});

test("names that were there stay when they are not told again", () => {
  const { document, view } = rig();
  view.showSession(parseSession(sessionJSON()));
  view.showPeople(context, now);
  view.showPeople(null, now, "Not now.");
  assert.deepEqual([document.text("patient"), document.body.dataset.people], ["Elsa Brandt", "there"]);
});

test("a worker without a name is not signed in as anything", () => {
  const { view, at } = rig();
  view.showSession(parseSession(sessionJSON()));
  view.showPeople({ ...context, worker: null }, now);
  view.showSession(parseSession(sessionJSON()));
  assert.equal(at("who").hidden, true);
});

test("there is one status, and it is true", () => {
  const { document, view } = rig();
  view.showLoading();
  view.showLink("unreachable");
  assert.equal(document.text("state"), "Opening…");
  view.showSession(parseSession(sessionJSON()));
  assert.equal(document.text("state"), "No connection");
  for (const [link, words] of [["failed", "Data not available"], ["silent", "Calls can’t ring"], ["reached", "Ready"]]) {
    view.showLink(link);
    view.showSession(parseSession(sessionJSON()));
    assert.deepEqual([document.text("state"), document.body.dataset.link], [words, link]);
  }
  view.showNotice("expired", null);
  view.showLink("unreachable");
  assert.equal(document.text("state"), "Session ended");
});

test("a session without a patient is for calls", () => {
  const { document, view, at } = rig();
  view.showSession(parseSession(sessionJSON({ patient: null })));
  assert.equal(document.body.dataset.kind, "calls");
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
    assert.equal(at("close").hidden, state === "outside", "every end has a way out, where Welkin is around it");
  });
}

test("the App is closed from a notice, and what came of that is said", async () => {
  const { document, view, at } = rig();
  let close;
  view.onClose(() => new Promise((resolve) => { close = resolve; }));
  view.showNotice("expired", null);
  at("close").click();
  assert.equal(document.text("close-result"), "Closing…");
  close("Close the App with Welkin’s own button.");
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(document.text("close-result"), "Close the App with Welkin’s own button.");
  view.showNotice("ended", null);
  assert.equal(document.text("close-result"), "");
});

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
  view.showPeople(context, now);
  at("patient-app").append("a note");
  view.clear();
  for (const id of ["worker", "patient", "patient-more", "patient-app", "calls"]) assert.equal(document.text(id), "");
  assert.equal(at("patient").dataset.id, "");
});

test("a patient who is not there yet, and one whom Welkin does not have, are two things, and neither is a fault", () => {
  for (const [pending, words, status, retried] of [[true, /^This patient is new here$/, "Patient not here yet", true], [undefined, /^Welkin doesn’t have this patient$/, "Patient not found", false]]) {
    const { document, view, at } = rig();
    view.showSession(parseSession(sessionJSON()));
    view.showPeople({ ...context, patient: null, pending }, now);
    assert.match(document.text("patient"), words);
    assert.match(document.text("patient-more"), /\w{4}/);
    assert.deepEqual([document.text("state"), document.text("worker"), at("people-retry").hidden], [status, "Nora Lindqvist", retried]);
    view.showLink("partial");
    assert.equal(document.text("state"), status, "who it is comes first");
    view.showLink("unreachable");
    assert.equal(document.text("state"), "No connection");
    view.showLink("reached");
    view.showPeople(context, now);
    assert.deepEqual([document.text("patient"), document.text("state")], ["Elsa Brandt", "Ready"]);
  }
});

test("how far the data can be trusted is the status, for a nurse to read", () => {
  const { document, view } = rig();
  view.showSession(parseSession(sessionJSON()));
  view.showPeople(context, now);
  for (const [link, words] of [["partial", "May be incomplete"], ["old", "Not up to date"], ["reached", "Ready"]]) {
    view.showLink(link);
    assert.deepEqual([document.text("state"), document.body.dataset.link], [words, link]);
  }
});

test("a worker without a name is not called a patient without one", () => {
  const { document, view, at } = rig();
  view.showSession(parseSession(sessionJSON()));
  view.showPeople({ ...context, worker: { id: "w", first_name: null, last_name: null } }, now);
  assert.deepEqual([document.text("worker"), at("who").hidden], ["", true]);
});
