import assert from "node:assert/strict";
import { test } from "node:test";
import { AppsApiError } from "../../nginx/bundle/main/apps-api/apps-api.js";
import { startPatient } from "../../nginx/bundle/main/patient/patient-app.js";
import { parseSession } from "../../nginx/bundle/main/session/session-client.js";
import { sessionJSON } from "./fixtures.mjs";
import { fakeDocument } from "./page.mjs";

const session = parseSession(sessionJSON());
const same = { pageType: "patient", pageId: session.patient.toUpperCase(), frame: "expanded" };
const other = { pageType: "patient", pageId: "11111111-2222-3333-4444-555555555555", frame: "expanded" };
const inbox = { pageType: "inbox", pageId: null, frame: "expanded" };
const context = {
  worker: { id: session.worker, first_name: "Nora", last_name: "Lindqvist" },
  patient: { id: session.patient, first_name: "Elsa", last_name: "Brandt", birthday: "1951-03-14" },
  phone_numbers: [{ id: "N1", phone_number: "+14155550132", phone_number_type: "cell", friendly_name: null }],
  notes: [{ id: "old", text: "Steady", author: "Dr. Adeyemi", created_at: 1_000_000 }], as_of: 1_000_000,
};
const notFound = { kind: "refused", status: 404, error: "not_found", detail: null, id: null };
const saved = { kind: "ok", status: 201, json: { id: "new", saved_at: 1_000_100 } };

class FakeApi extends EventTarget {
  state = null;
  asked = [];
  show(state) { this.state = state; this.dispatchEvent(new Event("state")); }
  async navigateTo(...page) { this.asked.push(page); return this.answer(); }
  async closeFrame() { this.asked.push(["close"]); return this.answer(); }
  answer = () => ({ kind: "sent" });
}

/** The patient's App, in a tab that it may share with others before it, and told who the patient is. */
function rig({ state = same, items = new Map(), storage = true, told = context } = {}) {
  const document = fakeDocument();
  const element = (id) => document.getElementById(id) ?? assert.fail(`no #${id}`);
  const memory = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
  const globals = {
    document,
    get sessionStorage() { if (storage) return memory; throw new Error("SecurityError"); },
  };
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(globals))) {
    Object.defineProperty(globalThis, name, { ...descriptor, configurable: true });
  }
  const api = new FakeApi();
  api.state = state;
  const asked = [];
  const lookUps = [];
  const placed = [];
  const queues = { "written": lookUps, "calls/placed": placed };
  const ask = (name, body) => new Promise((resolve) => (queues[name] ?? asked).push({ name, body, resolve }));
  const data = { ask, write: ask };
  const life = new AbortController();
  const clock = { now: 1_000_000 };
  const app = startPatient({ session, api, data, signal: life.signal, now: () => clock.now, element });
  if (told) app.show(told);
  return {
    app, api, asked, lookUps, placed, clock, items, element, document, life,
    text: (id) => element(id).textContent,
    status: () => element("note-status").dataset.status,
    write(text) { element("note-text").value = text; element("note-text").send("input"); },
    async send() { element("note").send("submit"); await settle(); },
    async click(id) { element(id).click(); await settle(); },
    async answer(reply) { asked.at(-1).resolve(reply); await settle(); },
    async find(reply) { lookUps.at(-1).resolve(reply); await settle(); },
    /** The server's calls to the patient, or a refusal. */
    async place(calls) { placed.at(-1).resolve(Array.isArray(calls) ? { kind: "ok", status: 200, json: { calls } } : calls); await settle(); },
    notes: () => element("notes").querySelectorAll("li").map((item) => [item.dataset.status, item.textContent]),
    call: () => element("phones").querySelectorAll("button")[0],
  };
}

async function settle() {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

test("a note shows as sending at once, and as saved when it is", async () => {
  const page = rig();
  page.write("Weight 148 lb");
  assert.equal(page.status(), "draft");
  await page.send();
  assert.equal(page.status(), "sending");
  assert.equal(page.element("note-text").value, "");
  assert.deepEqual(page.notes()[0], ["sending", "Weight 148 lb"]);
  assert.deepEqual([page.text("note-status"), page.text("note-send")], ["Sending…", "Save note"], "it is said once");
  const [{ name, body }] = page.asked;
  assert.equal(name, "notes");
  assert.match(body.key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual({ ...body, key: "" }, { key: "", patient: session.patient, text: "Weight 148 lb" });
  await page.answer(saved);
  assert.equal(page.status(), "saved");
  assert.match(page.notes()[0][1], /^Weight 148 lbNora Lindqvist · .* · Saved$/);
  assert.deepEqual(page.notes().map(([, text]) => text.slice(0, 6)), ["Weight", "Steady"]);
  assert.equal(page.items.size, 0);
});

test("what the server has meanwhile told of is not there twice", async () => {
  for (const [reply, told] of [
    [saved, { id: "new", text: "Weight", author: "Nora", created_at: 1_000_100 }],
    [{ kind: "ok", status: 202, json: { queued_at: 1_000_100 } }, { id: "other", text: "Weight", author: "Nora", created_at: 1_000_101 }],
  ]) {
    const page = rig();
    page.write("Weight");
    await page.send();
    await page.answer(reply);
    assert.equal(page.notes().length, 2);
    page.app.show({ ...context, notes: [told, ...context.notes] });
    assert.equal(page.notes().length, 2);
  }
});

test("what was accepted says that it is on its way", async () => {
  const page = rig();
  page.write("Weight");
  await page.send();
  await page.answer({ kind: "ok", status: 202, json: { queued_at: 1_000_100 } });
  assert.equal(page.status(), "accepted");
  assert.match(page.notes()[0][1], /On its way to Welkin$/);
});

test("a refused note is in the form again, with the server's words", async () => {
  const page = rig();
  page.write("Weight");
  await page.send();
  await page.answer({ kind: "refused", status: 422, error: "refused", detail: "It is too long.", id: null });
  assert.equal(page.status(), "refused");
  assert.equal(page.text("note-status"), "Not saved. It is too long.");
  assert.equal(page.element("note-text").value, "Weight");
  assert.equal(page.app.keepsDraft, true);
});

test("an empty note is not sent, and the button says why", async () => {
  const page = rig();
  await page.send();
  assert.equal(page.asked.length, 0);
  assert.equal(page.text("note-status"), "Write the note first.");
  assert.equal(page.element("note-text").focused, 1);
  assert.equal(page.element("note-send").attributes["aria-disabled"], "true");
});

test("a lost answer, a reload and another try save once: the key stays", async () => {
  const items = new Map();
  const first = rig({ items });
  first.write("Weight");
  await first.send();
  await first.answer({ kind: "unreachable" });
  assert.equal(first.status(), "unknown");
  assert.equal(first.element("note-text").readOnly, true);
  assert.equal(first.text("note-send"), "Send again");

  const second = rig({ items });
  assert.equal(second.status(), "unknown");
  assert.equal(second.element("note-text").value, "Weight");
  await second.send();
  assert.deepEqual(second.asked[0].body, first.asked[0].body);
  await second.answer(saved);
  assert.equal(items.size, 0);
});

test("a duplicated tab that saves the same draft saves it once; with other words it is told", async () => {
  const items = new Map();
  const first = rig({ items });
  first.write("Weight");
  const second = rig({ items: new Map(items) });
  assert.deepEqual([second.status(), second.element("note-text").value], ["draft", "Weight"]);
  await first.send();
  await second.send();
  assert.deepEqual(second.asked[0].body, first.asked[0].body);

  await second.answer({ kind: "refused", status: 409, error: "key_reused", detail: "The key was used for something else.", id: null });
  assert.match(second.text("note-status"), /^Not saved\. Another version of this note was already saved/);
  await second.send();
  assert.notEqual(second.asked[1].body.key, first.asked[0].body.key);
});

const notWritten = { kind: "refused", status: 404, error: "not_written", detail: null, id: null };

test("a note without an answer is looked up by its key, and is in the list when it was saved", async () => {
  const page = rig();
  page.write("Weight");
  await page.send();
  await page.answer({ kind: "unreachable" });
  assert.equal(page.text("note-status"), "We couldn’t confirm this was saved. Sending again is safe: it won’t be saved twice.");
  assert.deepEqual(page.lookUps.map(({ body }) => body), [{ key: page.asked[0].body.key }]);
  await page.find(saved);
  assert.equal(page.status(), "saved");
  assert.match(page.notes()[0][1], /^WeightNora Lindqvist · .* · Saved$/);
  assert.equal(page.asked.length, 1, "and nothing was written for it");
  assert.equal(page.items.size, 0);
});

test("a note that was not saved after all is a draft again, and a reload looks up as well", async () => {
  const items = new Map();
  const first = rig({ items });
  first.write("Weight");
  await first.send();
  first.life.abort();
  const page = rig({ items });
  assert.equal(page.status(), "unknown");
  await page.find(notWritten);
  assert.deepEqual([page.status(), page.text("note-status")], ["unsent", "This note wasn’t saved. Save it again."]);
  assert.equal(page.element("note-text").readOnly, false);
  await page.send();
  assert.equal(page.asked[0].body.key, first.asked[0].body.key);
});

test("a look-up that comes while the note is sent again changes nothing", async () => {
  const page = rig();
  page.write("Weight");
  await page.send();
  await page.answer({ kind: "unreachable" });
  await page.send();
  await page.find(notWritten);
  assert.equal(page.status(), "sending");
  await page.answer(saved);
  assert.equal(page.status(), "saved");
});

test("a note that never left says so, and when it can be sent", async () => {
  const page = rig();
  page.write("Weight");
  await page.send();
  await page.answer({ kind: "unsent" });
  assert.equal(page.text("note-status"), "Not saved: you’re offline. Your draft is saved; send it when you’re back online.");
  assert.deepEqual([page.element("note-text").value, page.element("note-text").readOnly], ["Weight", false]);
  assert.equal(page.lookUps.length, 0);
  page.app.reached();
  assert.equal(page.text("note-status"), "You’re back online. Save the note now.");
});

test("a page that went in mid-request comes back not knowing, and is not written to any more", async () => {
  const items = new Map();
  const first = rig({ items });
  first.write("Weight");
  await first.send();
  first.life.abort();
  await first.answer({ kind: "unreachable" });
  assert.equal(first.status(), "sending");
  assert.equal(rig({ items }).status(), "unknown");
});

test("a note that a session's end has stopped is a draft when the App is opened again", async () => {
  const items = new Map();
  const first = rig({ items });
  first.write("Weight steady");
  await first.send();
  first.life.abort();
  await first.answer({ kind: "unauthorized", alive: false });
  const second = rig({ items });
  assert.deepEqual([second.status(), second.element("note-text").value], ["draft", "Weight steady"]);
});

test("a note of which nobody knows can be changed on purpose, under another key", async () => {
  const page = rig();
  page.write("Weight");
  await page.send();
  await page.answer({ kind: "unreachable" });
  await page.click("note-rewrite");
  assert.match(page.text("note-status"), /may have been saved/);
  page.write("Weight 148");
  await page.send();
  assert.notEqual(page.asked[1].body.key, page.asked[0].body.key);
});

test("where the browser keeps nothing, the note works, and says so", async () => {
  const page = rig({ storage: false });
  page.write("Weight");
  assert.match(page.text("note-status"), /can’t keep drafts/);
  assert.equal(page.app.keepsDraft, false);
  await page.send();
  await page.answer(saved);
  assert.equal(page.status(), "saved");
});

test("as long as it is unknown whom Welkin shows, each write is confirmed, by the patient's name", async () => {
  for (const state of [null, inbox]) {
    const page = rig({ state });
    assert.equal(page.element("guard").dataset.guard, "unknown");
    page.write("Weight");
    await page.send();
    assert.equal(page.asked.length, 0);
    assert.equal(page.element("guard-question").hidden, false);
    assert.equal(page.text("guard-question-text"), "Save this note for Elsa Brandt, born Mar\u00a014,\u00a01951?");
    await page.click("guard-no");
    assert.equal(page.element("guard-question").hidden, true);
    assert.equal(page.asked.length, 0);
    await page.send();
    await page.click("guard-yes");
    assert.equal(page.asked.length, 1);
    assert.equal(page.element("guard-question").hidden, true);
  }
});

test("Escape is no", async () => {
  const page = rig({ state: inbox });
  page.write("Weight");
  await page.send();
  page.element("guard-question").send("keydown", { key: "Escape" });
  await settle();
  assert.equal(page.element("guard-question").hidden, true);
  assert.equal(page.asked.length, 0);
});

test("another patient on screen blocks note and call, and both patients are named", async () => {
  const page = rig({ state: other });
  page.write("Weight");
  assert.equal(page.status(), "blocked");
  assert.equal(page.element("note-text").readOnly, true);
  await page.send();
  page.call().click();
  await settle();
  assert.equal(page.asked.length, 0);
  assert.equal(page.element("guard-back").focused, 2);
  assert.match(page.text("guard-text"), /^Wrong patient\. Welkin is showing another patient; this App is for Elsa Brandt\. Saving and calling are off\.$/);
  assert.equal(page.element("guard-actions").hidden, false);

  page.api.show(same);
  assert.equal(page.element("guard-actions").hidden, true);
  assert.equal(page.status(), "draft");
  await page.send();
  assert.equal(page.asked.length, 1);
});

test("the patient on screen counts at the click, and again at the answer", async () => {
  const page = rig({ state: inbox });
  page.write("Weight");
  await page.send();
  // Before the page was told, and so while the question is still there.
  page.api.state = other;
  await page.click("guard-yes");
  assert.equal(page.asked.length, 0);

  page.api.show(inbox);
  await page.send();
  page.api.show(other);
  await settle();
  assert.equal(page.element("guard-question").hidden, true);
  assert.equal(page.asked.length, 0);
});

test("nobody writes before the page can name the patient, and what was begun waits", async () => {
  const items = new Map();
  rig({ items }).write("Weight");
  const page = rig({ items, told: null });
  for (const words of ["", "Not available."]) {
    if (words) page.app.showNothing(words);
    assert.deepEqual([page.status(), page.element("note-text").value, page.element("note-text").readOnly], ["closed", "Weight", true]);
    assert.equal(page.text("note-status"), "You can write as soon as the patient’s name is here.");
    assert.equal(page.element("note-send").attributes["aria-disabled"], "true");
    await page.send();
    page.element("note-text").send("keydown", { key: "Enter", ctrlKey: true });
    await settle();
    assert.equal(page.asked.length, 0);
    assert.equal(page.element("guard-question").hidden, true);
  }
  page.app.show(context);
  assert.deepEqual([page.status(), page.element("note-text").readOnly], ["draft", false]);
  await page.send();
  assert.equal(page.asked.length, 1);
});

test("while the patient has no name, none is made up for the guard", () => {
  const page = rig({ state: other, told: null });
  assert.equal(page.text("guard-text"), "Wrong patient. Welkin is showing another patient; this App is for the one it was opened for. Saving and calling are off.");
  assert.equal(page.text("guard-back"), "Go back to the patient");
  assert.doesNotMatch(page.document.body.textContent, /[0-9a-f]{8}-/);
});

test("the guard says what it knows of Welkin's screen", () => {
  const words = (state) => rig({ state }).text("guard-text");
  assert.equal(words(same), "Matches the patient open in Welkin.");
  for (const pageType of ["inbox", "search", "admin", "something_new"]) {
    assert.equal(words({ ...inbox, pageType }), "No patient is open in Welkin. We’ll ask before saving.");
  }
  for (const state of [null, { ...same, pageId: null }]) {
    assert.equal(words(state), "We can’t see which patient is open in Welkin. We’ll ask before saving.");
  }
});

test("the question stands below what was pressed, which is marked as long as it stands", async () => {
  const page = rig({ state: inbox });
  page.write("Weight");
  await page.send();
  assert.deepEqual([page.element("note-send").dataset.asking, page.element("guard-question").parent.querySelectorAll("form").length], ["yes", 1]);
  page.call().click();
  await settle();
  assert.deepEqual([page.element("note-send").dataset.asking, page.call().dataset.asking], [undefined, "yes"]);
  assert.equal(page.element("guard-question").parent, page.call().parent);
  assert.equal(page.text("guard-yes"), "Yes, call");
  await page.click("guard-no");
  assert.equal(page.call().dataset.asking, undefined);
});

test("a question about a number that is not there any more is taken back", async () => {
  const page = rig({ state: inbox });
  page.call().click();
  await settle();
  page.app.show({ ...context, phone_numbers: [] });
  await settle();
  assert.equal(page.element("guard-question").hidden, true);
  assert.equal(page.asked.length, 0);
});

test("calls that were placed before are asked about where their number is", async () => {
  const call = { id: "c1", key: "k1", state: "dialing", outcome: null, at: 999_000, patient: context.patient, phone_number: context.phone_numbers[0] };
  const page = rig();
  assert.deepEqual(page.placed.map(({ body }) => body), [{ patient: session.patient }]);
  await page.place([call]);
  assert.match(page.text("phones"), /Called .*How did it go\?/);
  page.app.show(context);
  await page.place([{ ...call, state: "ended", outcome: "busy" }]);
  assert.match(page.text("phones"), /Busy, /);
  for (const json of [{ calls: "none" }, {}]) {
    page.app.show(context);
    await page.place({ kind: "ok", status: 200, json });
    assert.match(page.text("phones"), /Busy, /, "what is no list changes nothing");
  }
});

test("a call is confirmed like a note, and goes to its number", async () => {
  const page = rig({ state: inbox });
  page.call().click();
  await settle();
  assert.equal(page.text("guard-question-text"), "Call Elsa Brandt, born Mar\u00a014,\u00a01951, at Mobile (415) 555-0132?");
  await page.click("guard-yes");
  assert.deepEqual({ ...page.asked[0].body, key: "" }, { key: "", patient: session.patient, phone_number: "N1" });
});

for (const [what, answer, words] of [
  ["is silent", () => ({ kind: "sent" }), /hasn’t confirmed.*yourself/],
  ["does not find the patient", () => ({ kind: "done", status: 404, value: null }), /can’t find this.*yourself/],
  ["refuses", () => ({ kind: "done", status: 500, value: null }), /refused \(500\)/],
  ["says something else than that it did it", () => ({ kind: "done", status: 202, value: null }), /refused \(202\)/],
  ["is not there", () => { throw new AppsApiError("no_host"); }, /isn’t responding.*yourself/],
]) {
  test(`going back says it honestly when Welkin ${what}`, async () => {
    const page = rig({ state: other });
    page.api.answer = answer;
    page.element("guard-back").click();
    assert.equal(page.text("guard-result"), "Asking Welkin…");
    await settle();
    assert.deepEqual(page.api.asked, [["patient", session.patient]]);
    assert.match(page.text("guard-result"), words);
  });
}

test("of two wishes the last one is told of, whatever comes of the first, and when", async () => {
  const page = rig({ state: other });
  const answers = [];
  page.api.answer = () => new Promise((resolve) => answers.push(resolve));
  page.element("guard-back").click();
  page.element("guard-close").click();
  answers[0]({ kind: "done", status: 404, value: null });
  await settle();
  assert.equal(page.text("guard-result"), "Closing…");
  page.element("guard-back").click();
  answers[1]({ kind: "sent" });
  await settle();
  assert.equal(page.text("guard-result"), "Asking Welkin…");
});

for (const [what, button] of [["going back", "guard-back"], ["closing", "guard-close"]]) {
  test(`a late answer about ${what} leaves no word beside the next warning`, async () => {
    const page = rig({ state: other });
    let answer;
    page.api.answer = () => new Promise((resolve) => { answer = resolve; });
    page.element(button).click();
    page.api.show(same);
    page.api.show({ ...other, pageId: "99999999-2222-3333-4444-555555555555" });
    assert.equal(page.text("guard-result"), "");
    answer({ kind: "done", status: 200, value: null });
    await settle();
    assert.equal(page.text("guard-result"), "");
  });
}

test("the App can be closed instead", async () => {
  const page = rig({ state: other });
  await page.click("guard-close");
  assert.deepEqual(page.api.asked, [["close"]]);
});

test("numbers that did not change are left alone, with the focus on them", () => {
  const page = rig();
  const before = page.call();
  page.app.show({ ...context, as_of: 1_000_010 });
  assert.equal(page.call(), before);
  page.app.show({ ...context, phone_numbers: [] });
  assert.equal(page.text("phones"), "No phone number on record.");
});

test("a long note is folded, and stays unfolded when the list is shown anew", () => {
  const long = { id: "long", text: "Slept well. ".repeat(40), author: "Nora", created_at: 1_000_000 };
  const page = rig({ told: { ...context, notes: [long, ...context.notes, { ...long, id: "lines", text: "a\nb\nc\nd\ne\nf" }] } });
  const folded = () => page.element("notes").querySelectorAll(".note").map(({ dataset }) => dataset.folded);
  assert.deepEqual(folded(), ["true", undefined, "true"]);
  const button = page.element("notes").querySelectorAll("button")[0];
  assert.deepEqual([button.textContent, button.attributes["aria-expanded"]], ["Show all", "false"]);
  button.click();
  assert.deepEqual([button.textContent, button.attributes["aria-expanded"]], ["Show less", "true"]);
  page.app.show({ ...context, notes: [long] });
  assert.deepEqual(folded(), ["false"]);
  page.element("notes").querySelectorAll("button")[0].click();
  assert.deepEqual(folded(), ["true"]);
});

test("what cannot be loaded is said in its place", () => {
  const page = rig({ told: null });
  page.app.showNothing("Not available.");
  assert.deepEqual([page.text("phones"), page.text("notes")], ["Not available.", "Not available."]);
  page.app.show(context);
  page.app.showNothing("Not available.");
  assert.notEqual(page.text("notes"), "Not available.");
});

/** Presses a link; whether the browser would have followed it by itself, and where the page sent it. */
async function follow(page, link) {
  Object.defineProperty(globalThis, "location", { value: { href: "" }, configurable: true, writable: true });
  const byItself = link.send("click");
  await settle();
  return [byItself, location.href];
}
const links = (page) => page.element("phones").querySelectorAll("a");

test("where nobody takes calls there is no note form, and numbers are links", async () => {
  const page = rig();
  const form = page.element("note").closest("section");
  assert.deepEqual([form.hidden, links(page).length], [false, 0]);
  await page.place(notFound);
  assert.deepEqual([form.hidden, page.element("phones").querySelectorAll("button").length], [true, 0]);
  const [link] = links(page);
  assert.deepEqual([link.attributes.href, link.textContent, link.attributes["aria-label"]],
    ["tel:+14155550132", "(415) 555-0132", "Call Elsa Brandt, Mobile (415) 555-0132"]);
  assert.deepEqual(await follow(page, link), [false, "tel:+14155550132"]);
  page.app.show({ ...context, notes: [] });
  assert.equal(page.placed.length, 1, "a service without calls is not asked again");
});

test("another refusal, and no list, leave note form and buttons", async () => {
  for (const reply of [{ ...notFound, status: 403 }, { kind: "unauthorized", alive: false }, { kind: "ok", status: 200, json: {} }]) {
    const page = rig();
    await page.place(reply);
    assert.deepEqual([page.element("note").closest("section").hidden, links(page).length], [false, 0]);
  }
});

test("a link passes the guard like a button", async () => {
  const page = rig({ state: other });
  await page.place(notFound);
  assert.match(page.text("guard-text"), /^Wrong patient\..* Calling is off\.$/);
  assert.deepEqual(await follow(page, links(page)[0]), [false, ""]);
  assert.equal(page.element("guard-back").focused, 1);

  page.api.show(inbox);
  assert.equal(page.text("guard-text"), "No patient is open in Welkin. We’ll ask before calling.");
  assert.deepEqual(await follow(page, links(page)[0]), [false, ""]);
  assert.equal(page.text("guard-question-text"), "Call Elsa Brandt, born Mar\u00a014,\u00a01951, at Mobile (415) 555-0132?");
  await page.click("guard-yes");
  assert.equal(location.href, "tel:+14155550132");
});

test("calls that were unknown with their patient are asked for again when the patient is there", async () => {
  const page = rig({ told: null });
  await page.place(notFound);
  page.app.show(context);
  assert.equal(links(page).length, 1);
  await page.place({ ...notFound, status: 403 });
  assert.equal(links(page).length, 1, "what is refused says nothing about that");
  page.app.showNothing("Not here yet.", true);
  page.app.show(context);
  await page.place([]);
  assert.deepEqual([links(page).length, page.element("note").closest("section").hidden], [0, false]);
  page.app.show(context);
  assert.equal(page.placed.length, 4, "and then with each change");
});

test("the guard works with a patient without a name", async () => {
  const page = rig({ state: other, told: { ...context, patient: { id: session.patient, first_name: null, last_name: null, birthday: null } } });
  assert.match(page.text("guard-text"), /this App is for the one it was opened for\./);
  assert.equal(page.text("guard-back"), "Go back to the patient");
  page.write("Weight");
  await page.send();
  assert.deepEqual([page.status(), page.asked.length], ["blocked", 0]);
  page.api.show(inbox);
  await page.send();
  assert.equal(page.text("guard-question-text"), "Save this note for Patient without a name?");
  page.api.show(same);
  await page.click("guard-no");
  await page.send();
  assert.equal(page.asked.length, 1);
});

test("a patient whom Welkin has no more is not written to, and a question about him is taken back", async () => {
  const page = rig({ state: inbox });
  page.write("Weight");
  await page.send();
  assert.equal(page.element("guard-question").hidden, false);
  page.app.showNothing("Not available.", true);
  await settle();
  assert.deepEqual([page.status(), page.element("guard-question").hidden, page.asked.length, page.text("phones")], ["closed", true, 0, "Not available."]);
  assert.deepEqual([page.element("note-text").value, page.app.keepsDraft], ["Weight", true]);
  page.app.show(context);
  assert.deepEqual([page.status(), page.notes().length, page.call().textContent], ["draft", 1, "Call"]);
});

test("a change keeps the focus where it is, in the numbers and in the notes", () => {
  const long = { id: "long", text: "Slept well. ".repeat(40), author: "Nora", created_at: 1_000_000 };
  const page = rig({ told: { ...context, notes: [long] } });
  const held = () => page.document.activeElement;
  page.element("fold-long").focus();
  page.app.show({ ...context, notes: [context.notes[0], long] });
  assert.deepEqual([held(), held().focused], [page.element("fold-long"), 1]);
  page.call().focus();
  const more = { id: "N2", phone_number: "+14155550133" };
  page.app.show({ ...context, notes: [long], phone_numbers: [more, ...context.phone_numbers] });
  assert.deepEqual([held(), held().attributes["data-number-id"]], [page.element("phone-N1"), "N1"]);
  page.element("note-text").focus();
  page.app.show({ ...context, notes: [], phone_numbers: [more] });
  assert.equal(held(), page.element("note-text"));
});

test("notes that did not change are left alone", () => {
  const page = rig();
  const [before] = page.element("notes").children;
  page.app.show({ ...context, as_of: 1_000_010 });
  assert.equal(page.element("notes").children[0], before);
  page.app.show({ ...context, notes: [{ ...context.notes[0], text: "Better" }] });
  assert.notEqual(page.element("notes").children[0], before);
});

test("how old notes and numbers are is beside them, as time goes by", () => {
  const page = rig();
  const ages = () => ["notes-age", "phones-age"].map(page.text);
  page.clock.now += 900;
  page.app.tick();
  assert.deepEqual(ages(), ["", ""]);
  page.clock.now += 1;
  page.app.tick();
  for (const text of ages()) assert.match(text, /^Last updated \d/);
  page.app.show({ ...context, as_of: page.clock.now });
  assert.deepEqual(ages(), ["", ""]);
});
