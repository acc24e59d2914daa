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
