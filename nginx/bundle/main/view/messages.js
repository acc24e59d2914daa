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
 * What a nurse is told: what happened, and what to do.
 *
 * @type {Readonly<Record<NoticeState, Notice>>}
 */
export const notices = {
  expired: {
    status: "Session ended",
    title: "Your session has ended",
    text: "To keep patient data safe, the App signs you out after a while.",
    action: reopen,
    retry: false,
  },
  ended: {
    status: "Session ended",
    title: "Your session was ended",
    text: "The App is no longer signed in for this patient or inbox.",
    action: reopen,
    retry: false,
  },
  missing: {
    status: "Not signed in",
    title: "The App could not sign you in",
    text: "It did not get a session from Welkin, or the one that it got is not valid here.",
    action: reopen,
    retry: false,
  },
  outside: {
    status: "Outside Welkin",
    title: "This App opens inside Welkin",
    text: "It was opened in a window of its own, where it does not know who you are.",
    action: "Close this window, go to a patient in Welkin, and open the App there.",
    retry: false,
  },
  offline: {
    status: "No connection",
    title: "The App cannot be reached",
    text: "There was no answer. Your network may be down for a moment.",
    action: "Check your connection, then try again.",
    retry: true,
  },
  error: {
    status: "Not available",
    title: "The App is not available right now",
    text: "Something went wrong on our side. Your work in Welkin is not affected.",
    action: `Try again in a minute. If that does not help: ${reopen.charAt(0).toLowerCase()}${reopen.slice(1)}`,
    retry: true,
  },
};

/**
 * Which state says what became of a request for the session.
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

/** @type {Record<string, string>} */
const troubles = {
  unreachable: "No connection. What you see may be old; the App tries again by itself.",
  failed: "Patient data is not available right now. The App tries again by itself.",
};

/** What may be said at any time, at the lower edge, so that nothing moves. */
export class Banners {
  #element;
  #trouble = "";
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
      say(button, (await stay()) ? "Stay signed in" : "No answer. Try again");
    });
  }

  /** @param {"reached" | "failed" | "unreachable"} kind */
  showConnection(kind) {
    const text = troubles[kind] ?? "";
    if (text === this.#trouble) return;
    this.#announce(text || "The connection is back.");
    this.#trouble = text;
    this.#element("connection").hidden = text === "";
    if (text) say(this.#element("connection"), text);
  }

  /** @param {import("../session/session-keeper.js").Ending} ending */
  showEnding({ seconds, final }) {
    this.#element("ending").hidden = seconds === null;
    this.#element("stay").hidden = final;
    say(this.#element("ending-seconds"), `${seconds ?? ""}`);
    say(this.#element("ending-final"), final ? "It cannot last longer: save what you write." : "");
    // Once, not each second.
    if (seconds !== null && !this.#warned) this.#announce(`You will be signed out in ${seconds} seconds.`);
    this.#warned = seconds !== null;
  }

  /** @param {string} text   for who does not see the page */
  #announce(text) {
    say(this.#element("announcement"), text);
  }
}
