import assert from "node:assert/strict";
import { test } from "node:test";
import { notices } from "../../nginx/bundle/main/view/notices.js";
import { parseSession } from "../../nginx/bundle/main/session/session.js";
import { Shell } from "../../nginx/bundle/main/view/shell.js";
import { sessionJSON } from "./fixtures.mjs";
import { fakeDocument } from "./page.mjs";

function rig() {
  const document = fakeDocument();
  return { document, view: new Shell(document), at: (id) => document.getElementById(id) };
}

test("a session shows who is signed in and which patient", () => {
  const { document, view, at } = rig();
  view.showSession(parseSession(sessionJSON()));
  assert.equal(document.body.dataset.state, "ready");
  assert.equal(document.text("app"), "main");
  assert.equal(document.text("worker"), "4b0e0c3a-2f6e-4c62-9e3c-6f3f1f0c7a11");
  assert.equal(document.text("patient"), "9d2f6a10-77c5-4f0e-8a35-0c1d5be2a9f4");
  assert.equal(at("no-patient").hidden, true);
  assert.equal(at("session").hidden, false);
  assert.equal(at("notice").hidden, true);
});

test("a session without a patient says so", () => {
  const { document, view, at } = rig();
  view.showSession(parseSession(sessionJSON({ patient: null })));
  assert.equal(document.text("patient"), "No patient");
  assert.equal(at("no-patient").hidden, false);
  view.showSession(parseSession(sessionJSON()));
  assert.equal(at("no-patient").hidden, true);
  assert.equal(at("patient").classList.contains("none"), false);
});

for (const state of Object.keys(notices)) {
  test(`${state}: says what happened, and takes worker and patient off the screen`, () => {
    const { document, view, at } = rig();
    view.showSession(parseSession(sessionJSON()));
    view.showNotice(state, "K7QX-3MPD");
    assert.equal(document.body.dataset.state, state);
    assert.equal(document.text("state"), notices[state].status);
    assert.equal(document.text("title"), notices[state].title);
    assert.equal(document.text("action"), notices[state].action);
    assert.equal(document.text("reference"), "K7QX-3MPD");
    assert.equal(at("retry").hidden, !notices[state].retry);
    assert.equal(document.text("worker"), "");
    assert.equal(document.text("patient"), "");
    assert.equal(at("session").hidden, true);
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
  at("retry").listeners.click();
  assert.equal(retried, 1);
  assert.equal(document.body.dataset.state, "loading");
  assert.equal(at("session").hidden, false);
});

test("the focus moves to the notice only for who is working in the App", () => {
  const { document, view, at } = rig();
  view.showNotice("expired", null);
  assert.equal(at("title").focused, 0);
  document.focused = true;
  view.showNotice("expired", null);
  assert.equal(at("title").focused, 1);
});
