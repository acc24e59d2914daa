/**
 * The App when opened outside a patient's page: a call centre. It waits for calls, rings, and
 * follows what Welkin shows. Everything here is wiring.
 */

import { read } from "../data/repeat.js";
import { patientOnScreen } from "../guard/patient-on-screen.js";
import { OutgoingCalls } from "../phones/outgoing-calls.js";
import { Asides } from "./asides.js";
import { pollCalls } from "./call-poll.js";
import { HereView, ScreenPatient } from "./here.js";
import { Incoming } from "./incoming.js";
import { Schedule } from "./schedule.js";

/** Milliseconds between checks whether to reload the schedule. */
const look = 10_000;

/**
 * Waits for the styles.
 *
 * @returns {Promise<typeof startCalls>} what starts the App; rejects without a connection
 */
export async function loadCalls() {
  const link = /** @type {HTMLLinkElement | null} */ (document.getElementById("calls-styles"));
  if (link && !link.sheet) {
    await new Promise((resolve, reject) => {
      link.addEventListener("load", resolve);
      link.addEventListener("error", reject);
    });
  }
  return startCalls;
}

/**
 * @param {object} parts
 * @param {import("../apps-api/apps-api.js").AppsApi} parts.api
 * @param {import("../data/data-client.js").DataClient} parts.data
 * @param {HTMLElement} parts.root   empty; everything is built in it
 * @param {AbortSignal} parts.signal   Ends it.
 * @param {() => number} parts.now   seconds since 1970 by the server's clock
 * @param {(version: unknown) => void} parts.onVersion   Called with the version of each answer.
 * @param {() => void} parts.onPatient   Called when another patient is on screen.
 * @param {(isReached: boolean) => void} parts.onReach   Whether calls would ring here; on each change.
 * @param {() => void} parts.onAsOf   Called when other data are on screen.
 */
export function startCalls({ api, data, root, signal, now, onVersion, onPatient, onReach, onAsOf }) {
  /** Whether there are calls here at all. */
  let hasCalls = true;
  const outgoing = new OutgoingCalls({ data, now, signal });
  const incoming = new Incoming({ api, data, now, signal });
  const asides = new Asides({ outgoing, onBring: (id) => incoming.bring(id), now });
  const here = new HereView(outgoing, now);
  /** @type {(reply: import("../data/data-client.js").Reply) => import("../data/data-client.js").Reply} */
  const heard = (reply) => {
    if (reply.kind === "ok") onVersion(reply.json.version);
    return reply;
  };
  const schedule = new Schedule({
    api, outgoing, now, signal, onShow: onAsOf, load: async (signal) => heard(await read(data, "calls/schedule", {}, { signal })),
  });
  const screen = new ScreenPatient({
    now,
    load: async (patient, signal) => heard(await read(data, "patient", { patient }, { signal })),
    show(view, signal) {
      here.show(view, signal);
      onAsOf();
    },
  });
  here.onRetry(() => screen.retry());
  root.replaceChildren(incoming.root, here.root, schedule.root, asides.root);

  function showAsides() {
    const seen = [here.root, schedule.root].filter((part) => !part.hidden)
      .flatMap((part) => Array.from(part.querySelectorAll(".call"), (button) => button.getAttribute("data-number-id")));
    const hidden = outgoing.all.filter(({ number, status }) => status !== "settled" && !seen.includes(number.id));
    asides.show(incoming.others, hidden);
  }

  function follow() {
    const patient = patientOnScreen(api.state);
    if (screen.follow(patient)) onPatient();
    schedule.show(patient === null);
    showAsides();
    onAsOf();
  }

  // Opens the frame for a call, but never folds it: Welkin folds frames that it opened itself, and any
  // other open frame was opened by somebody.
  void pollCalls({
    data,
    signal,
    onCalls({ calls, placed }) {
      incoming.take(calls);
      outgoing.take(placed);
    },
    onReach(isReached) {
      incoming.reach(isReached);
      onReach(isReached);
    },
    onMissing() {
      hasCalls = false;
      incoming.root.hidden = true;
      for (const view of [here, schedule]) view.withoutCalls();
    },
  });

  for (const source of [incoming, outgoing]) source.addEventListener("change", showAsides, { signal });
  api.addEventListener("state", follow, { signal });
  function tick() {
    schedule.refresh();
    screen.refresh();
    here.tick();
  }
  const timer = setInterval(tick, look);
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    screen.follow(null);
  });
  document.addEventListener("visibilitychange", tick, { signal });
  follow();

  return {
    /** The patient on screen. */
    get patient() {
      return screen.patient;
    },

    /** Of the data on screen. */
    get asOf() {
      return screen.patient === null ? schedule.asOf : screen.asOf;
    },

    /**
     * @param {boolean} isPatient    whether the patient on screen may have changed
     * @param {boolean} isSchedule   whether the schedule may have
     */
    onChange(isPatient, isSchedule) {
      if (isPatient) screen.ask();
      if (isSchedule) schedule.ask();
    },

    /** To be called when the session is over, before the signal. */
    onSessionEnd() {
      // Calls no longer ring here; a minimised frame would not show that.
      if (hasCalls && api.state?.frame !== "expanded") api.openFrame().catch(() => {});
    },
  };
}
