import { duration, fullName, moment, phoneNumber } from "../format/format.js";
import { icon, make, say } from "../view/dom.js";
import { isOver } from "./live-calls.js";

/** @type {Record<import("./live-calls.js").Phase, string>} */
const lines = {
  ringing: "Incoming call",
  answering: "Answering…",
  declining: "Declining…",
  unknown: "Incoming call",
  answered: "On a call",
  ending: "Ending the call…",
  declined: "Declined",
  refused: "Not answered",
  ended: "Call ended",
};

/**
 * The call's words and buttons; pure.
 *
 * @param {object} shown
 * @param {import("./live-calls.js").Entry | null} shown.entry
 * @param {boolean} shown.isReached    whether calls can ring here now
 * @param {boolean} shown.isElsewhere  whether another Welkin tab rings
 * @param {number} shown.now           seconds since 1970
 */
export function incomingWords({ entry, isReached, isElsewhere, now }) {
  const none = { note: "", open: "", decline: "" };
  if (!entry) {
    return isReached
      ? { ...none, line: "Waiting for calls", caller: "No calls right now", number: "The App opens when somebody calls." }
      : { ...none, line: "Not connected", caller: "Calls can’t ring here", number: "Reconnecting…" };
  }
  const { call, phase, detail } = entry;
  const number = phoneNumber(call.phone_number);
  const name = call.patient && fullName(call.patient);
  const words = { ...none, line: lines[phase], caller: name ?? number, number: name ? number : "Unknown caller" };
  if (phase === "refused") words.note = detail ?? "Somebody else took this call.";
  if (isOver(entry)) return words;
  if (phase === "answered" && entry.resumed) {
    return { ...words, line: `Answered at ${moment(call.since, now)}`, note: "Are you still on this call?", open: "Still on this call", decline: "It’s over" };
  }
  if (phase === "answered" || phase === "ending") return { ...words, note: detail ?? "", open: name ? `Open ${name}` : "", decline: "End call" };
  if (phase === "unknown") words.note = detail ?? "We couldn’t confirm that. Trying again is safe.";
  else if (phase === "ringing" && !isReached) words.note = "Not connected. The caller may have hung up.";
  else if (phase === "ringing" && isElsewhere) words.note = "Ringing in another Welkin tab.";
  return { ...words, open: name ? `Answer and open ${name}` : "Answer", decline: "Decline" };
}

const handset = "M5 3h3.5l1.5 5-2 1.5a12 12 0 0 0 6.5 6.5l1.5-2 5 1.5V19a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2Z";

/** The call's card: always present and always of the same height, so that nothing moves on a ring. */
export class IncomingView {
  #line = make("p", { class: "line", role: "status" });
  #time = make("p", { class: "time", role: "timer", "aria-label": "Duration" });
  #caller = make("h2", { id: "caller" });
  #number = make("p", { class: "number" });
  #note = make("p", { class: "note", role: "status" });
  #open = make("button", { id: "incoming-open", type: "button" });
  #decline = make("button", { id: "incoming-decline", type: "button", class: "plain" });
  #alert = make("p", { class: "unseen", role: "alert" });

  /**
   * @param {object} parts
   * @param {() => void} parts.onOpen
   * @param {() => void} parts.onDecline   Declines, or ends an answered call.
   */
  constructor({ onOpen, onDecline }) {
    this.#open.addEventListener("click", onOpen);
    this.#decline.addEventListener("click", onDecline);
    this.root = make("section", { id: "incoming", class: "card", "aria-labelledby": "caller", tabindex: "-1" },
      make("div", { class: "bell" }, icon(handset)),
      make("div", { class: "who-calls" }, make("div", { class: "phase" }, this.#line, this.#time), this.#caller, this.#number, this.#note),
      make("div", { class: "buttons" }, this.#open, this.#decline), this.#alert);
  }

  /**
   * @param {Parameters<typeof incomingWords>[0] & { isRinging: boolean, navigation: string }} shown
   */
  show(shown) {
    const { entry, isRinging, isElsewhere, navigation } = shown;
    const words = incomingWords(shown);
    const { dataset } = this.root;
    dataset["callId"] = entry?.call.id ?? "";
    const status = (dataset["status"] = entry?.phase ?? (shown.isReached ? "idle" : "offline"));
    dataset["look"] = entry && !isOver(entry) ? "live" : status === "offline" || status === "refused" ? "alarm" : "quiet";
    if (isRinging) dataset["ringing"] = "yes";
    else if (isElsewhere) dataset["ringing"] = "elsewhere";
    else delete dataset["ringing"];

    say(this.#line, words.line);
    say(this.#caller, words.caller);
    say(this.#number, words.number);
    say(this.#note, words.note || navigation);
    const isBusy = ["answering", "declining", "ending"].includes(entry?.phase ?? "");
    this.#button(this.#open, words.open, isBusy);
    this.#button(this.#decline, words.decline, isBusy);
  }

  /** @param {number | null} seconds   How long the call lasts; not read out. */
  tick(seconds) {
    say(this.#time, seconds === null ? "" : duration(seconds));
  }

  /** @param {string} text   Read out at once. */
  announce(text) {
    say(this.#alert, text);
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {string} label   "" if there is nothing to do
   * @param {boolean} isBusy
   */
  #button(button, label, isBusy) {
    if (!label && document.activeElement === button) this.root.focus();
    button.hidden = !label;
    say(button, label);
    button.setAttribute("aria-disabled", String(isBusy));
  }
}
