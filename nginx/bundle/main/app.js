/**
 * The page of an App at `/a/APP/LAUNCH/`: finds out whose session it is, shows it, keeps
 * it while it is used, and says so when it is over. Everything here is wiring.
 */

import { BearerStore } from "./session/bearer.js";
import { takeHandoff } from "./session/handoff.js";
import { parseLaunchPath } from "./session/launch-path.js";
import { noticeFor } from "./view/notices.js";
import { openSession } from "./session/open-session.js";
import { Renewal } from "./session/renewal.js";
import { SessionClient } from "./session/session-client.js";
import { SessionClock } from "./session/session-clock.js";
import { Shell } from "./view/shell.js";

const handoff = takeHandoff(location, history);
const path = parseLaunchPath(location.pathname);
const view = new Shell(document);

if (window.top === window.self) {
  // Whoever has the address alone must not get the session: the hand-off is dropped.
  view.showNotice("outside", null);
} else if (!path) {
  view.showNotice("error", null);
} else {
  run(path.launch, handoff);
}

/**
 * @param {string} launch
 * @param {string | null} handoff
 */
function run(launch, handoff) {
  const bearer = new BearerStore(launch, () => sessionStorage, () => Date.now());
  const url = new URL("session", location.href).href;
  const client = new SessionClient({ url, launch, bearer, fetch: (input, init) => fetch(input, init) });
  const clock = new SessionClock(
    { now: () => Date.now(), later: (run, delay) => setTimeout(run, delay) },
    () => end("expired", null),
  );
  const renewal = new Renewal({ renew, clock, now: () => Date.now() });

  async function open() {
    view.showLoading();
    const outcome = await openSession(client, handoff);
    // Kept for another try as long as no answer has said what became of it.
    if (outcome.kind !== "unreachable") handoff = null;
    if (outcome.kind === "session") show(outcome.session);
    else view.showNotice(noticeFor(outcome), outcome.kind === "unreachable" ? null : outcome.id);
  }

  /** @param {import("./session/session.js").Session} session */
  function show(session) {
    view.showSession(session);
    clock.start(session);
  }

  async function renew() {
    const outcome = await client.renew();
    // An answer after the end is too late: the page has already said that it is over.
    if (clock.left <= 0) {
      bearer.clear();
      return true;
    }
    if (outcome.kind === "session") show(outcome.session);
    else if (outcome.kind === "refused") end(noticeFor(outcome), outcome.id);
    return outcome.kind === "session" || outcome.kind === "refused";
  }

  /**
   * @param {import("./view/notices.js").NoticeState} state
   * @param {string | null} id
   */
  function end(state, id) {
    clock.stop();
    bearer.clear();
    view.showNotice(state, id);
  }

  view.onRetry(() => void open());
  for (const use of ["pointerdown", "keydown", "wheel"]) {
    addEventListener(use, () => void renewal.onActivity(), { passive: true });
  }
  // A computer that wakes up, and a tab that comes back, look at the clock at once.
  for (const wake of ["pageshow", "focus"]) addEventListener(wake, () => clock.check());
  document.addEventListener("visibilitychange", () => clock.check());

  void open();
}
