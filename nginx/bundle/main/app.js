/**
 * The page of an App at `/a/APP/LAUNCH/`: finds its session, starts the App, and shows when the
 * session is over. Everything here is wiring.
 */

import { AppsApi } from "./apps-api/apps-api.js";
import { closeApp } from "./apps-api/host-answer.js";
import { DataClient } from "./data/data-client.js";
import { pause, read } from "./data/repeat.js";
import { freshness, Source } from "./data/source.js";
import { moment } from "./format/format.js";
import { canonicalID, isSamePatient } from "./guard/patient-id.js";
import { parseLaunchPath, takeHandoff } from "./session/launch-address.js";
import { SessionKeeper } from "./session/session-keeper.js";
import { Banners, noticeFor } from "./view/messages.js";
import { Shell } from "./view/shell.js";

/**
 * The two Apps of this bundle: for a patient, and for calls. A page loads only its own App's
 * modules, and those that both need.
 */
const apps = {
  patient: async () => (await import("./patient/patient-app.js")).startPatient,
  calls: async () => (await import("./calls/calls-app.js")).loadCalls(),
};

/** Milliseconds between looks at the clock: data grow older by themselves. */
const look = 10_000;

const { handoff, kind } = takeHandoff(location, history);
const path = parseLaunchPath(location.pathname);
const shell = new Shell(document);

if (window.top === window.self) {
  // The address alone must not give access to the session: drop the hand-off.
  shell.showNotice("outside", null);
} else {
  const api = new AppsApi();
  if (path) {
    preloadKind(kind, document);
    run(path.launch, handoff, api);
  } else {
    shell.onRetry(() => location.reload());
    shell.onClose(() => closeFor(api));
    shell.showNotice("error", null);
  }
}

/**
 * Asks the page around the App to close it while no session has named that page's origin: a framing
 * page can remove the App anyway, and learns nothing else.
 *
 * @param {AppsApi} api
 */
function closeFor(api) {
  const around = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);
  if (around) api.setHostOrigin(around);
  return closeApp(api);
}

/**
 * @param {string} launch
 * @param {string | null} handoff
 * @param {AppsApi} api
 */
function run(launch, handoff, api) {
  /** @type {typeof fetch} */
  const send = (input, init) => fetch(input, init);
  const keeper = new SessionKeeper({ launch, handoff, url: new URL("session", location.href).href, fetch: send });
  const data = new DataClient({
    base: new URL("data/", location.href).href, bearer: keeper.bearer, fetch: send,
    onUnauthorized: () => keeper.verify(), onOutcome,
  });
  const banners = new Banners(shell.element, () => keeper.stay());
  const life = new AbortController();
  const { signal } = life;
  /** @type {ReturnType<typeof import("./patient/patient-app.js").startPatient> | null} */
  let patientApp = null;
  /** @type {ReturnType<typeof import("./calls/calls-app.js").startCalls> | null} */
  let calls = null;
  /** @type {Promise<boolean> | null} */
  let started = null;
  let opened = false;
  /** @type {import("./data/data-client.js").Answered} */
  let outcome = "reached";
  /** The route that failed; what shows the patient comes before others. */
  let failing = "";
  let rings = true;
  const now = () => keeper.now();
  /** @type {import("./live/changes.js").Changes | null} */
  let changes = null;
  /** @type {"not yet" | "yes" | "failed"} whether the page hears of changes */
  let hears = "not yet";
  /** The worker's and the patient's names, and what belongs to them. */
  const context = new Source({
    now, signal, show: (reply) => void showContext(reply),
    load: (signal) => read(data, "context", {}, { signal }),
  });

  /**
   * @param {import("./session/session-client.js").Session} session
   * @returns {Promise<boolean>} whether the App has started
   */
  async function start(session) {
    opened = true;
    api.setHostOrigin(session.hostOrigin);
    const { patient } = session;
    const parts = { api, data, signal, now };
    /** @type {() => void} */
    let begin;
    try {
      if (patient === null) {
        const startCalls = await loadKind("calls");
        begin = () => { calls = startCalls({ ...parts, onVersion: hear, onPatient: () => changes?.again(), onReach: (isReached) => { rings = isReached; tellLink(); }, onAsOf: tellLink, root: shell.element("calls") }); };
      } else {
        const startPatient = await loadKind("patient");
        begin = () => { patientApp = startPatient({ ...parts, session: { ...session, patient }, element: shell.element }); };
      }
    } catch {
      shell.showNotice("offline", null);
      return false;
    }
    // The session may already be over.
    if (signal.aborted || !keeper.session) return false;
    shell.showSession(session);
    begin();
    return true;
  }

  /** @param {import("./data/data-client.js").Reply} reply */
  async function showContext(reply) {
    if (!(await started) || signal.aborted || !keeper.session) return;
    const told = reply.kind === "ok" && isFor(reply.json, keeper.session) ? reply.json : null;
    if (told?.patient) patientApp?.show(told);
    else patientApp?.showNothing(told?.pending ? "Not here yet." : "Not available.", told !== null && !told.pending);
    shell.showPeople(told, now(), (reply.kind === "refused" && reply.detail) || "Nothing can be saved or called until then.");
    if (patientApp) void hear(told?.version);
    tellLink();
  }

  /**
   * Hears of changes from now on. That is loaded when there is something to see already.
   *
   * @param {unknown} version   of the first answer; older services have none
   */
  async function hear(version) {
    if (hears === "yes" || typeof version !== "string") return;
    hears = "yes";
    // What is on screen comes first; a version is none the worse for being asked about later.
    await pause(1, signal, false);
    if (signal.aborted) return;
    preloadKind("live", document);
    try {
      const { Changes } = await import("./live/changes.js");
      changes = new Changes({
        data, signal, version, patient: () => calls?.patient ?? null,
        onChange(isPatient, isSchedule) {
          if (calls) calls.onChange(isPatient, isSchedule);
          else if (isPatient) void context.ask();
        },
      });
    } catch {
      hears = "failed";
    }
  }

  function tellLink() {
    const asOf = calls ? calls.asOf : patientApp ? context.asOf : undefined;
    const link = outcome === "reached" ? freshness(asOf, now()) : outcome;
    shell.showLink(outcome === "reached" && !rings ? "silent" : link);
    banners.showConnection(link, asOf ? moment(asOf, now()) : "");
  }

  /** Time has passed. */
  function tick() {
    if (!keeper.session) return;
    // Without word of changes, every minute.
    if (patientApp) context.refresh(hears === "failed");
    patientApp?.tick();
    tellLink();
  }

  /**
   * @param {import("./data/data-client.js").Answered} kind
   * @param {string} [name]   of the route
   */
  function onOutcome(kind, name = "") {
    // Routes are answered by different programs: that another one works does not end a failure.
    const isOver = outcome !== "failed" || name === failing || name === "context";
    if (kind !== "reached" && failing !== "context") failing = name;
    if (kind !== "reached" || isOver) outcome = kind;
    if (outcome === "reached") failing = "";
    tellLink();
    // A read finds out when the fault is over.
    if (kind === "reached") patientApp?.reached();
    else if (keeper.session && !context.isAsking) void context.ask();
  }

  /** @param {import("./session/session-keeper.js").Lack} lack */
  function stop(lack) {
    shell.showNotice(noticeFor(lack), lack.kind === "unreachable" ? null : lack.id, patientApp?.keepsDraft);
    banners.showConnection("reached");
    if (lack.kind !== "refused") return;
    calls?.onSessionEnd();
    life.abort();
    shell.clear();
  }

  keeper.on("opening", () => shell.showLoading());
  keeper.on("session", (session) => {
    if (patientApp || calls) shell.showSession(session);
    if (started) return;
    started = start(session);
    void context.ask();
  });
  keeper.on("ending", (ending) => banners.showEnding(ending));
  keeper.on("lack", stop);

  // A browser does not retry a module that failed to load; the bearer is kept for a reload.
  shell.onPeopleRetry(() => void context.ask());
  shell.onClose(() => (opened ? closeApp(api) : closeFor(api)));
  shell.onRetry(() => (started ? location.reload() : void keeper.open()));
  for (const use of ["pointerdown", "keydown", "wheel"]) {
    addEventListener(use, () => keeper.activity(), { passive: true });
  }
  // Changing pages in Welkin is activity too; a change of the frame is not, because an App can cause it.
  let place = "";
  api.addEventListener("state", () => {
    const now = api.state ? `${api.state.pageType} ${canonicalID(api.state.pageId ?? "")}` : place;
    if (place && now !== place) keeper.activity();
    place = now;
  });
  // Check the clock at once when the computer wakes up or the tab becomes visible.
  for (const wake of ["pageshow", "focus"]) addEventListener(wake, () => keeper.check());
  document.addEventListener("visibilitychange", () => { keeper.check(); tick(); });
  addEventListener("offline", () => { if (started) onOutcome("unreachable"); });
  addEventListener("pagehide", () => { life.abort(); api.close(); });
  // Aborted work does not resume by itself.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  const timer = setInterval(tick, look);
  signal.addEventListener("abort", () => clearInterval(timer));

  void keeper.open();
}

/**
 * Whether it is about the session's patient, or nobody.
 *
 * @param {any} context
 * @param {import("./session/session-client.js").Session} session
 */
function isFor({ patient: told }, { patient }) {
  return told === null || isSamePatient(told?.id, patient);
}

/**
 * @template {keyof typeof apps} Kind
 * @param {Kind} kind
 * @returns {ReturnType<typeof apps[Kind]>} the function that starts it; rejects without a connection
 */
function loadKind(kind) {
  preloadKind(kind, document);
  return /** @type {ReturnType<typeof apps[Kind]>} */ (apps[kind]());
}

/**
 * Loads the modules and styles of a kind in parallel, before they are imported.
 *
 * @param {keyof typeof apps | "live"} kind
 * @param {Document} document   index.html has the list, in a template that names the kind.
 */
function preloadKind(kind, document) {
  const list = document.getElementById(`${kind}-modules`);
  if (list instanceof HTMLTemplateElement) list.replaceWith(list.content);
}
