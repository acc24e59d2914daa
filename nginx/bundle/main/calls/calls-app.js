/**
 * The App when opened outside a patient's page: a call centre. It waits for calls, rings, and
 * follows what Welkin shows. Everything here is wiring.
 */

import { read } from "../data/data-client.js";
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
 * @param {object} parts
 * @param {import("../apps-api/apps-api.js").AppsApi} parts.api
 * @param {import("../data/data-client.js").DataClient} parts.data
 * @param {HTMLElement} parts.root   empty; everything is built in it
 * @param {AbortSignal} parts.signal   Ends it.
 * @param {() => number} parts.now   seconds since 1970 by the server's clock
 * @param {(isReached: boolean) => void} parts.onReach   Whether calls would ring here; on each change.
 * @returns {{ onSessionEnd: () => void }} to be called when the session is over, before the signal
 */
export function startCalls({ api, data, root, signal, now, onReach }) {
  const outgoing = new OutgoingCalls({ data, now, signal });
  const incoming = new Incoming({ api, data, now, signal });
  const asides = new Asides({ outgoing, onBring: (id) => incoming.bring(id), now });
  const here = new HereView(outgoing, now);
  const schedule = new Schedule({ api, outgoing, now, signal, load: (signal) => read(data, "calls/schedule", {}, { signal }) });
  const screen = new ScreenPatient({
    load: (patient, signal) => read(data, "patient", { patient }, { signal }),
    show: (view, signal) => here.show(view, signal),
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
    void screen.follow(patient);
    schedule.show(patient === null);
    showAsides();
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
  });

  for (const source of [incoming, outgoing]) source.addEventListener("change", showAsides, { signal });
  api.addEventListener("state", follow, { signal });
  const timer = setInterval(() => void schedule.refresh(), look);
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    void screen.follow(null);
  });
  document.addEventListener("visibilitychange", () => void schedule.refresh(), { signal });
  follow();

  return {
    onSessionEnd() {
      // Calls no longer ring here; a minimised frame would not show that.
      if (api.state?.frame !== "expanded") api.openFrame().catch(() => {});
    },
  };
}
