import { say } from "./dom.js";

/**
 * The states of the page, by the value of `data-state`.
 *
 * @typedef {"expired" | "ended" | "missing" | "outside" | "offline" | "error"} NoticeState
 * @typedef {"loading" | "ready" | NoticeState} State
 *
 * @typedef {object} Notice
 * @property {string} status   For the status line, in a word or two.
 * @property {string} title    What happened.
 * @property {string} text     What that means.
 * @property {string} action   What to do.
 * @property {boolean} retry   Whether trying again can help.
 */

const reopen = "Close the App and open it again from Welkin.";

/**
 * Texts for nurses: what happened, and what to do.
 *
 * @type {Readonly<Record<NoticeState, Notice>>}
 */
export const notices = {
  expired: {
    status: "Session ended",
    title: "Your session has ended",
    text: "To keep patient data safe, the App signs you out when you haven’t used it for a while.",
    action: reopen,
    retry: false,
  },
  ended: {
    status: "Session ended",
    title: "Your session was ended",
    text: "You’re no longer signed in to this App.",
    action: reopen,
    retry: false,
  },
  missing: {
    status: "Not signed in",
    title: "The App couldn’t sign you in",
    text: "Welkin didn’t sign you in to this App, or the sign-in is no longer valid.",
    action: reopen,
    retry: false,
  },
  outside: {
    status: "Outside Welkin",
    title: "This App opens inside Welkin",
    text: "In a window of its own, the App can’t tell who you are.",
    action: "Close this window, go to a patient in Welkin, and open the App there.",
    retry: false,
  },
  offline: {
    status: "No connection",
    title: "The App can’t be reached",
    text: "Your connection may be down for a moment.",
    action: "Check your connection, then try again.",
    retry: true,
  },
  error: {
    status: "Not available",
    title: "The App isn’t available right now",
    text: "Something went wrong on our side. Your work in Welkin isn’t affected.",
    action: `Try again in a minute. If that doesn’t help, ${reopen.charAt(0).toLowerCase()}${reopen.slice(1)}`,
    retry: true,
  },
};

/**
 * The page's state for the result of a request for the session.
 *
 * @param {Exclude<import("../session/session-client.js").Outcome, { kind: "session" }>} outcome
 * @returns {NoticeState}
 */
export function noticeFor(outcome) {
  if (outcome.kind === "unreachable") return "offline";
  if (outcome.kind === "failed") return "error";
  switch (outcome.reason) {
    case "session_expired":
    case "handoff_expired":
      return "expired";
    case "session_ended":
      return "ended";
    default:
      return "missing";
  }
}

/**
 * Whether the screen can be trusted: the last request got an answer, a bad one, or none; the data
 * are incomplete, or old; or calls cannot ring, or the patient was not loaded, is not there yet, or
 * does not exist.
 *
 * @typedef {"reached" | "failed" | "unreachable" | "partial" | "old" | "silent" | "missing" | "pending" | "gone"} Link
 */

/** @type {Readonly<Record<Link, string>>} */
export const linkTexts = {
  reached: "Ready", failed: "Data not available", unreachable: "No connection", partial: "May be incomplete", old: "Not up to date",
  silent: "Calls can’t ring", missing: "Patient not loaded", pending: "Patient not here yet", gone: "Patient not found",
};

/** @type {Partial<Record<Link, (time: string) => string>>} */
const troubles = {
  unreachable: () => "No connection. What you see may be out of date. We’ll keep trying.",
  failed: () => "Patient data isn’t available right now. We’ll keep trying.",
  partial: () => "The first load from Welkin is still running; what you see may be incomplete.",
  old: (time) => `Last updated ${time}. What has changed in Welkin since then is missing here: check there before you rely on this.`,
};

/**
 * Texts about a patient who is not there yet, and about one whom Welkin does not have.
 *
 * @type {Readonly<Record<"pending" | "gone", readonly [string, string]>>}
 */
export const absences = {
  pending: ["This patient is new here", "We keep asking Welkin for the details. They’ll appear here as soon as they arrive."],
  gone: ["Welkin doesn’t have this patient", "The record may have been deleted or merged. Nothing can be saved or called here."],
};

/** Messages that can appear at any time, at the lower edge, so that nothing moves. */
export class Banners {
  #element;
  #warned = false;

  /**
   * @param {(id: string) => HTMLElement} element
   * @param {() => Promise<boolean>} stay   Renews the session; resolves to whether there was an answer.
   */
  constructor(element, stay) {
    this.#element = element;
    const button = element("stay");
    button.addEventListener("click", async () => {
      say(button, "Staying…");
      say(button, (await stay()) ? "Stay signed in" : "No response. Try again");
    });
  }

  /**
   * Details of the page's status, which is read out on its own.
   *
   * @param {Link} link
   * @param {string} [time]   of the last update
   */
  showConnection(link, time = "") {
    const text = troubles[link]?.(time) ?? "";
    this.#element("connection").hidden = text === "";
    say(this.#element("connection"), text);
  }

  /** @param {import("../session/session-keeper.js").Ending} ending */
  showEnding({ seconds, final }) {
    this.#element("ending").hidden = seconds === null;
    this.#element("stay").hidden = final;
    say(this.#element("ending-seconds"), `${seconds ?? ""}`);
    say(this.#element("ending-final"), final ? "This can’t be extended. Save your work." : "");
    // Read out once, not each second, and cleared afterwards.
    if (seconds === null) say(this.#element("announcement"), "");
    else if (!this.#warned) say(this.#element("announcement"), `You’ll be signed out in ${seconds} seconds.`);
    this.#warned = seconds !== null;
  }
}
