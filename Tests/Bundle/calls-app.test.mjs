import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { startCalls } from "../../nginx/bundle/main/calls/calls-app.js";
import { fakeDocument } from "./page.mjs";

const maria = { id: "9d2f6a10", first_name: "Maria", last_name: "Alvarez", birthday: "1961-04-12" };
const john = { id: "11e0c7d2", first_name: "John", last_name: "Okafor", birthday: null };
const mobile = { id: "n1", phone_number: "+12025550134", phone_number_type: "cell" };
const ring = (id = "c1", patient = maria) => ({ id, state: "ringing", phone_number: mobile.phone_number, patient, since: 1000 });
const inbox = { pageType: "inbox", pageId: null, frame: "collapsed" };
const onPatient = ({ id }) => ({ ...inbox, pageType: "patient", pageId: id });

let abort = new AbortController();
function stop() {
  abort.abort();
  mock.timers.reset();
}
afterEach(stop);

/** Starts the App in a Welkin and with a server that the test moves by hand. */
async function start({ state = inbox, answers = {} } = {}) {
  stop();
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  abort = new AbortController();
  const document = Object.assign(fakeDocument(), { visibilityState: "visible", title: "Welkin App" });
  const listeners = new EventTarget();
  const globals = {
    document,
    navigator: { locks: undefined },
    addEventListener: (...args) => listeners.addEventListener(...args),
    removeEventListener: (...args) => listeners.removeEventListener(...args),
  };
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

  const did = [];
  const reach = [];
  const heard = [];
  const api = Object.assign(new EventTarget(), {
    state,
    async openFrame() { did.push("open"); return { kind: "sent" }; },
    async minimizeFrame() { did.push("minimize"); return { kind: "sent" }; },
    async navigateTo(...to) { did.push(to.join(" ")); return { kind: "sent" }; },
  });
  let poll = () => {};
  const asked = [];
  const data = {
    write: (...request) => data.ask(...request),
    ask(name, body, options) {
      if (name === "calls/await") return new Promise((resolve) => { poll = resolve; });
      asked.push([name, body]);
      const answer = answers[name];
      return Promise.resolve(typeof answer === "function" ? answer(body, options) : { kind: "ok", status: 200, json: answer ?? {} });
    },
  };
  const root = document.createElement("section");
  document.body.append(root);
  let app = null;
  app = startCalls({
    api, data, root, signal: abort.signal, now: () => 1010 + Date.now() / 1000,
    onReach: (isReached) => reach.push(isReached), onVersion: (version) => heard.push(version), onPatient: () => heard.push("other patient"), onAsOf: () => heard.push(app?.asOf),
  });
  let version = 0;
  let placed = [];
  const text = () => root.textContent;
  const find = (id, element = root) => element.children.map((child) => (child.attributes?.id === id ? child : child.children && find(id, child))).find(Boolean);
  return {
    app, did, reach, heard, asked, document, listeners, root, text, find,
    async server(...calls) { version += 1; poll({ kind: "ok", status: 200, json: { version: `${version}`, calls, placed } }); await settle(); },
    /** What the server tells of calls to patients, from the next answer on. */
    tells(...calls) { placed = calls; },
    async deny() { poll({ kind: "refused", status: 404, error: "not_found", detail: null, id: null }); await settle(); },
    async lose() { poll({ kind: "unreachable" }); await settle(); },
    async welkin(next) { api.state = next; api.dispatchEvent(new Event("state")); await settle(); },
    async click(id) { find(id).click(); await settle(); },
    async pass(milliseconds) { mock.timers.tick(milliseconds); await settle(); },
    incoming: () => ({ ...find("incoming").dataset }),
  };
}

async function settle() {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
}

test("the frame is never folded from here: somebody may have opened it", async () => {
  for (const frame of ["expanded", "collapsed", null]) {
    const page = await start({ state: { ...inbox, frame } });
    await page.server();
    await page.pass(60_000);
    assert.deepEqual(page.did, []);
    await page.server(ring());
    await page.server();
    await page.pass(60_000);
    assert.deepEqual(page.did, ["open"]);
  }
});

test("a call opens the frame once, is announced, and names nobody in the title", async () => {
  const page = await start();
  await page.server(ring());
  await page.server(ring());
  assert.deepEqual(page.did, ["open"]);
  assert.deepEqual(page.incoming(), { callId: "c1", status: "ringing", look: "live", ringing: "yes" });
  assert.match(page.text(), /Incoming call: Maria Alvarez/);
  assert.equal(page.document.title, "Incoming call");
  await page.server();
  assert.equal(page.document.title, "Welkin App");
});

test("only the worker's click goes to the patient, and does so within the click", async () => {
  const page = await start();
  await page.server(ring());
  assert.deepEqual(page.did, ["open"]);
  page.find("incoming-open").click();
  assert.deepEqual(page.did, ["open", `patient ${maria.id}`]);
  assert.equal(page.incoming().status, "answering");
  page.find("incoming-open").click();
  await settle();
  assert.equal(page.incoming().status, "answered");
  assert.match(page.text(), /hasn’t confirmed/);
  assert.deepEqual(page.did.length, 2, "a double click goes there once");
  assert.deepEqual(page.asked.filter(([name]) => name === "calls/answer"), [["calls/answer", { call: "c1" }]]);
  await page.welkin(onPatient({ id: maria.id.toUpperCase() }));
  assert.match(page.text(), /Opened in Welkin/);
});

test("an unknown caller is answered where the worker is", async () => {
  const page = await start();
  await page.server(ring("c1", null));
  await page.click("incoming-open");
  assert.equal(page.incoming().status, "answered");
  assert.deepEqual(page.did, ["open"]);
});

test("a declined call goes to nobody", async () => {
  const page = await start();
  await page.server(ring());
  await page.click("incoming-decline");
  assert.equal(page.incoming().status, "declined");
  assert.deepEqual(page.asked.at(-1), ["calls/decline", { call: "c1" }]);
  assert.deepEqual(page.did, ["open"]);
});

test("a talk is timed by the server's clock, and its end stays readable", async () => {
  const page = await start();
  await page.server(ring());
  await page.server({ ...ring(), state: "answered" });
  assert.match(page.text(), /On a call0:10/);
  await page.server();
  assert.equal(page.incoming().status, "ended");
  await page.pass(3999);
  assert.equal(page.incoming().callId, "c1");
  await page.pass(1);
  assert.deepEqual(page.incoming(), { callId: "", status: "idle", look: "quiet" });
});

test("a call that was answered before the page was there is not taken for going on", async () => {
  const page = await start();
  await page.server({ ...ring(), state: "answered" });
  assert.deepEqual(page.did, [], "what was answered does not ring");
  assert.match(page.find("incoming").textContent, /^Answered at .*Are you still on this call\?Still on this callIt’s over$/);
  await page.pass(1000);
  assert.doesNotMatch(page.find("incoming").textContent, /On a call|\d:\d\d$/);

  await page.click("incoming-open");
  assert.match(page.text(), /On a call0:11/);
  assert.deepEqual([page.did, page.asked.filter(([name]) => name === "calls/answer")], [[], []], "that is no answer, and opens nobody");

  const other = await start();
  await other.server({ ...ring(), state: "answered" });
  await other.pass(1000);
  await other.click("incoming-decline");
  assert.deepEqual(other.asked.at(-1), ["calls/end", { call: "c1" }]);
  assert.equal(other.incoming().status, "ended");
});

test("a call is ended where it is shown", async () => {
  const page = await start();
  await page.server(ring());
  await page.click("incoming-open");
  assert.equal(page.find("incoming-decline").textContent, "End call");
  await page.click("incoming-decline");
  assert.equal(page.incoming().status, "answered", "a button that was another one a moment ago does not count");
  await page.pass(1000);
  await page.click("incoming-decline");
  assert.deepEqual(page.asked.at(-1), ["calls/end", { call: "c1" }]);
  assert.equal(page.incoming().status, "ended");
});

test("an end that was not answered is told, and can be repeated", async () => {
  const replies = [{ kind: "unreachable" }, { kind: "unsent" }, { kind: "refused", status: 404, error: "not_found", detail: null, id: null }];
  const page = await start({ answers: { "calls/end": () => replies.shift() } });
  await page.server(ring());
  await page.click("incoming-open");
  for (const words of [/may still be on/, /offline/]) {
    await page.pass(1000);
    await page.click("incoming-decline");
    assert.equal(page.incoming().status, "answered");
    assert.match(page.text(), words);
  }
  await page.pass(1000);
  await page.click("incoming-decline");
  assert.equal(page.incoming().status, "ended");
});

test("a call that was placed before the page was there waits at its foot to be settled", async () => {
  const page = await start();
  page.tells({ id: "p1", key: "k1", state: "dialing", outcome: null, at: 1000, patient: john, phone_number: mobile });
  await page.server();
  assert.match(page.find("asides").textContent, /Call to John Okafor, .*Called .*How did it go\?AnsweredNo answerBusyWrong numberCancelled/);
  page.find("asides").querySelectorAll("button")[2].click();
  await settle();
  assert.deepEqual(page.asked.at(-1), ["calls/outcome", { call: "p1", outcome: "busy" }]);
  assert.equal(page.find("asides").textContent, "");
});

test("a second call does not take the place of the first, and can be brought there", async () => {
  const page = await start();
  await page.server({ ...ring(), state: "answered" });
  await page.server({ ...ring(), state: "answered" }, ring("c2", john));
  assert.equal(page.incoming().callId, "c1");
  assert.deepEqual(page.did, ["open"]);
  const show = page.find("asides").querySelectorAll("button")[0];
  assert.equal(show.getAttribute("aria-label"), "Show: John Okafor");
  show.click();
  assert.deepEqual(page.incoming(), { callId: "c2", status: "ringing", look: "live", ringing: "yes" });
});

test("a lost connection says that calls cannot ring, and is over with the next answer", async () => {
  const page = await start();
  await page.server();
  await page.lose();
  assert.equal(page.incoming().status, "offline");
  await page.pass(2000);
  await page.server();
  assert.equal(page.incoming().status, "idle");
  assert.deepEqual(page.reach, [true, false, true], "the page's status hears of it");
});

test("on a patient's page there are that patient's numbers, and a call stays with that patient", async () => {
  const answers = {
    patient: ({ patient }) => ({ kind: "ok", status: 200, json: { patient: patient === maria.id ? maria : john, phone_numbers: patient === maria.id ? [mobile] : [] } }),
    "calls/place": () => ({ kind: "unreachable" }),
    written: () => new Promise(() => {}),
  };
  const page = await start({ state: onPatient(maria), answers });
  await settle();
  assert.equal(page.find("here").dataset.patient, maria.id);
  assert.equal(page.find("schedule").hidden, true);
  page.find("here").querySelectorAll(".call")[0].click();
  await settle();
  const placing = () => page.asked.filter(([name]) => name === "calls/place");
  const [[, place]] = placing();
  assert.deepEqual([place.patient, place.phone_number], [maria.id, "n1"]);
  assert.doesNotMatch(page.find("asides").textContent, /Maria/);

  await page.welkin(onPatient(john));
  assert.equal(page.find("here").dataset.patient, john.id);
  assert.doesNotMatch(page.find("here").textContent, /Maria/);
  assert.match(page.find("asides").textContent, /Call to Maria Alvarez/);
  page.find("asides").querySelectorAll("button")[0].click();
  assert.deepEqual(placing(), [["calls/place", place], ["calls/place", place]], "the same attempt, for the same patient");
});

test("elsewhere there is the day's schedule, loaded once a minute at most, and only where it is seen", async () => {
  const calls = [{ id: "s1", at: 1000, done: false, reason: "Weight check", patient: maria, phone_number: mobile }];
  const page = await start({ answers: { "calls/schedule": { calls, as_of: 1000 } } });
  await settle();
  const loads = () => page.asked.filter(([name]) => name === "calls/schedule").length;
  assert.match(page.find("schedule").textContent, /Maria Alvarez.*Weight check/);
  await page.welkin(onPatient(john));
  await page.welkin(inbox);
  await page.pass(50_000);
  assert.equal(loads(), 1);
  await page.pass(10_000);
  assert.equal(loads(), 2);
  page.document.visibilityState = "hidden";
  await page.pass(120_000);
  page.document.visibilityState = "visible";
  await page.welkin(onPatient(john));
  await page.pass(120_000);
  assert.equal(loads(), 2);
  await page.welkin(inbox);
  const row = page.find("schedule").querySelectorAll("li")[0];
  row.querySelectorAll(".open")[0].click();
  assert.deepEqual(page.did, [`patient ${maria.id}`]);
  await settle();
  assert.match(row.textContent, /Welkin hasn’t confirmed this/);
  await page.welkin(onPatient(maria));
  assert.match(row.textContent, /Opened in Welkin/);
});

test("calls whose time is over look overdue, and the next one is the next to come", async () => {
  const at = (id, at, done, overdue = false) => ({ id, at, done, overdue, reason: null, patient: maria, phone_number: mobile });
  const calls = [at("a", 900, true), at("b", 950, false, true), at("c", 1020, false), at("d", 1500, false)];
  const page = await start({ answers: { "calls/schedule": () => ({ kind: "ok", status: 200, json: { calls, as_of: 1010 } }) } });
  await settle();
  const marks = () => page.find("schedule").querySelectorAll("li").map((row) => [row.dataset.mark, row.querySelectorAll(".when")[0].textContent]);
  assert.deepEqual(marks(), [["done", "Done"], ["overdue", "Overdue"], ["next", "Next"], ["later", ""]]);
  calls[2] = { ...calls[2], overdue: true };
  await page.pass(60_000);
  assert.deepEqual(marks().map(([mark]) => mark), ["done", "overdue", "overdue", "next"], "the same calls, a minute later");
});

test("a patient who could not be loaded is asked for again", async () => {
  const replies = [{ kind: "refused", status: 404, error: "not_found", detail: null, id: null }, { kind: "ok", status: 200, json: { patient: maria, phone_numbers: [mobile] } }];
  const page = await start({ state: onPatient(maria), answers: { patient: () => replies.shift() } });
  await settle();
  assert.match(page.find("here").textContent, /We couldn’t load this patient\.Try again$/);
  page.find("here").querySelectorAll("button")[0].click();
  await settle();
  assert.match(page.find("here").textContent, /Maria Alvarez/);
});

test("when the session is over the frame is opened, so that somebody sees it", async () => {
  const page = await start();
  page.app.onSessionEnd();
  assert.deepEqual(page.did, ["open"]);
  const seen = await start({ state: { ...inbox, frame: "expanded" } });
  seen.app.onSessionEnd();
  assert.deepEqual(seen.did, []);
});

test("after the end nothing rings, asks or names anybody", async () => {
  const page = await start();
  await page.server(ring());
  const asked = page.asked.length;
  abort.abort();
  await page.server(ring("c2", john));
  await page.pass(120_000);
  assert.equal(page.document.title, "Welkin App");
  assert.equal(page.asked.length, asked);
  assert.doesNotMatch(page.text(), /Maria|John/);
});

const entry = (id, more = {}) => ({ id, at: 1000, done: false, overdue: false, reason: "Weight check", patient: maria, patient_time: null, phone_number: mobile, ...more });
const day = (...calls) => ({ version: "v1", as_of: 1000, timezone: "UTC", calls });
const rows = (page) => page.find("schedule").querySelectorAll("li");

test("what is for all day has no time, and is not the next to come", async () => {
  const calls = [entry("a", { at: null, day: "2026-11-30" }), entry("b", { at: null, day: "2026-11-30", done: true }), entry("c", { overdue: true }), entry("d")];
  const page = await start({ answers: { "calls/schedule": day(...calls) } });
  await settle();
  assert.deepEqual(rows(page).map((row) => row.dataset.mark), ["later", "done", "overdue", "next"]);
  assert.deepEqual(rows(page).map((row) => row.querySelectorAll("time")[0].textContent === "All day"), [true, true, false, false]);
});

test("the day's times are those of the worker's time zone, which is named where the browser has another", async () => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const time = (page) => rows(page)[0].querySelectorAll("time")[0].textContent;
  const same = await start({ answers: { "calls/schedule": { ...day(entry("a")), timezone: here } } });
  await settle();
  const local = time(same);
  assert.doesNotMatch(same.text(), / time/);
  const away = await start({ answers: { "calls/schedule": { ...day(entry("a")), timezone: "Pacific/Marquesas" } } });
  await settle();
  assert.notEqual(time(away), local);
  assert.match(away.text(), /Marquesas time/);
  const odd = await start({ answers: { "calls/schedule": { ...day(entry("a")), timezone: "Nowhere/At_all" } } });
  await settle();
  assert.deepEqual([time(odd), / time/.test(odd.text())], [local, false]);
});

test("the patient's own time is there where it is another one", async () => {
  const page = await start({ answers: { "calls/schedule": day(entry("a", { patient_time: "13:30" }), entry("b"), entry("c", { reason: null, patient_time: "09:05" })) } });
  await settle();
  const reasons = rows(page).map((row) => row.querySelectorAll(".reason")[0].textContent.replaceAll("\u00a0", " "));
  assert.match(reasons[0], /^Weight check · 1:30 PM for the patient$/);
  assert.equal(reasons[1], "Weight check");
  assert.match(reasons[2], /^9:05 AM for the patient$/);
});

test("a patient without a number has no button, and the rest of the row", async () => {
  const page = await start({ answers: { "calls/schedule": day(entry("a", { phone_number: null }), entry("b")) } });
  await settle();
  assert.deepEqual(rows(page).map((row) => row.querySelectorAll(".call").length), [0, 1]);
  assert.match(rows(page)[0].textContent, /Maria Alvarez.*Weight check/);
  await page.deny();
  assert.deepEqual(rows(page).map((row) => row.querySelectorAll("a").length), [0, 1]);
});

test("where there are no calls, nothing of them is shown, and the rest works", async () => {
  const answers = { "calls/schedule": day(entry("a")), "patient": { patient: maria, phone_numbers: [mobile], as_of: 1000 } };
  const page = await start({ answers });
  await settle();
  assert.deepEqual([page.find("incoming").hidden, page.root.querySelectorAll(".call").length], [false, 1]);
  await page.deny();
  assert.deepEqual([page.find("incoming").hidden, page.root.querySelectorAll(".call").length, page.reach], [true, 0, []]);
  assert.deepEqual(rows(page)[0].querySelectorAll("a").map(({ attributes }) => attributes.href), ["tel:+12025550134"]);
  await page.welkin(onPatient(maria));
  assert.deepEqual([page.find("here").querySelectorAll("a").length, page.root.querySelectorAll(".call").length], [1, 0]);
  page.app.onSessionEnd();
  assert.deepEqual(page.did, [], "nothing rings here that somebody could miss");
});

test("a patient who was on screen before it was known that there are no calls has links too", async () => {
  const page = await start({ state: onPatient(maria), answers: { patient: { patient: maria, phone_numbers: [mobile], as_of: 1000 } } });
  await settle();
  assert.equal(page.find("here").querySelectorAll(".call").length, 1);
  await page.deny();
  assert.deepEqual([page.find("here").querySelectorAll(".call").length, page.find("here").querySelectorAll("a").length], [0, 1]);
});

test("versions and patients are passed on, for the one request that waits for changes", async () => {
  const page = await start({ answers: { "calls/schedule": day(), "patient": { version: "v2", patient: john, phone_numbers: [], as_of: 1005 } } });
  await settle();
  assert.deepEqual([page.heard.filter((each) => typeof each === "string"), page.app.patient, page.app.asOf], [["v1"], null, 1000]);
  await page.welkin(onPatient(john));
  assert.deepEqual([page.heard.filter((each) => typeof each === "string"), page.app.patient, page.app.asOf], [["v1", "other patient", "v2"], john.id, 1005]);
  await page.welkin({ ...onPatient(john), frame: "expanded" });
  assert.equal(page.heard.filter((each) => each === "other patient").length, 1);
  assert.equal(page.heard.at(-1), 1005, "and that other data may be on screen");
});

test("a change of the schedule is loaded at once where it is seen, and otherwise when it is", async () => {
  const answers = { "calls/schedule": day(entry("a")), "patient": { patient: john, phone_numbers: [], as_of: 1000 } };
  const page = await start({ answers });
  await settle();
  const loads = (name = "calls/schedule") => page.asked.filter(([asked]) => asked === name).length;
  page.document.activeElement = null;
  rows(page)[0].querySelectorAll(".open")[0].focus();
  answers["calls/schedule"] = day(entry("b"), entry("a"));
  page.app.onChange(false, true);
  await settle();
  assert.deepEqual([loads(), loads("patient"), rows(page).length], [2, 0, 2]);
  assert.equal(page.document.activeElement, rows(page)[1].querySelectorAll(".open")[0], "the focus stays with the call");
  await page.welkin(onPatient(john));
  page.app.onChange(false, true);
  await settle();
  assert.equal(loads(), 2);
  await page.welkin(inbox);
  assert.equal(loads(), 3);
  page.app.onChange(true, false);
  await settle();
  assert.deepEqual([loads(), loads("patient")], [3, 1], "nobody is on screen");
});

test("a change of the patient on screen is shown without a gap, and the focus stays", async () => {
  const answers = { patient: { patient: maria, phone_numbers: [mobile], as_of: 1000 } };
  const page = await start({ state: onPatient(maria), answers });
  await settle();
  const [button] = page.find("here").querySelectorAll(".call");
  button.focus();
  page.app.onChange(true, false);
  assert.match(page.find("here").textContent, /Maria Alvarez/);
  await settle();
  assert.equal(page.find("here").querySelectorAll(".call")[0], button, "what is equal is left alone");
  answers.patient = { ...answers.patient, phone_numbers: [{ ...mobile, id: "n0" }, mobile] };
  page.app.onChange(true, false);
  await settle();
  assert.deepEqual([page.find("here").querySelectorAll(".call").length, page.document.activeElement.attributes.id], [2, "phone-n1"]);
});

test("how old it is is said of what is on screen", async () => {
  const answers = { "calls/schedule": { ...day(entry("a")), as_of: 1010 - 901 }, "patient": { patient: john, phone_numbers: [], as_of: 1010 } };
  const page = await start({ answers });
  await settle();
  assert.match(page.find("schedule").textContent, /Last updated \d/);
  await page.welkin(onPatient(john));
  assert.doesNotMatch(page.find("here").textContent, /Last updated/);
  let answer;
  answers.patient = () => new Promise((resolve) => { answer = resolve; });
  await page.pass(910_000);
  assert.match(page.find("here").textContent, /Last updated \d/, "an answer that does not come does not make them newer");
  answer({ kind: "ok", status: 200, json: { patient: john, phone_numbers: [], as_of: 1010 + 910 } });
  await settle();
  assert.doesNotMatch(page.find("here").textContent, /Last updated/);
});

test("a patient who is not there yet, or whom Welkin does not have, is said to be", async () => {
  const replies = [{ patient: null, pending: true }, { patient: null }, { patient: maria, phone_numbers: [], as_of: 1000 }];
  const page = await start({ state: onPatient(maria), answers: { patient: () => ({ kind: "ok", status: 200, json: replies.shift() }) } });
  await settle();
  assert.match(page.find("here").textContent, /This patient is new here.*We keep asking/);
  await page.pass(1300);
  assert.match(page.find("here").textContent, /Welkin doesn’t have this patient\.Try again$/);
  page.find("here").querySelectorAll("button")[0].click();
  await settle();
  assert.match(page.find("here").textContent, /Maria Alvarez/);
});
