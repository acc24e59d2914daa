import { fullName, phoneNumber } from "../format/format.js";
import { attemptText } from "../phones/call-button.js";
import { make } from "../view/dom.js";

/**
 * What must not be missed although its place is not on the screen: other calls, and calls
 * placed for a patient who was on screen before. At the foot of the frame, so that
 * nothing moves.
 */
export class Asides {
  #outgoing;
  #onBring;
  #shown = "";
  root = make("ul", { id: "asides", "aria-label": "Other calls" });

  /**
   * @param {object} parts
   * @param {import("../phones/outgoing-calls.js").OutgoingCalls} parts.outgoing
   * @param {(id: string) => void} parts.onBring   Shows an incoming call large.
   */
  constructor({ outgoing, onBring }) {
    this.#outgoing = outgoing;
    this.#onBring = onBring;
  }

  /**
   * @param {readonly import("./live-calls.js").Entry[]} calls
   * @param {readonly import("../phones/outgoing-calls.js").Attempt[]} attempts   whose button is not to be seen
   */
  show(calls, attempts) {
    const content = JSON.stringify([calls.map(({ call, phase }) => [call.id, phase]), attempts]);
    if (content === this.#shown) return;
    this.#shown = content;
    this.root.replaceChildren(
      ...calls.map(({ call, phase }) => row(
        call.patient ? fullName(call.patient) : phoneNumber(call.phone_number),
        phase === "answered" ? "On the line" : "Also calling",
        ["Show", () => this.#onBring(call.id)])),
      ...attempts.map((attempt) => row(
        `Call to ${fullName(attempt.patient)}, ${phoneNumber(attempt.number.phone_number)}`,
        attempt.status === "calling" ? "Calling…" : attemptText(attempt),
        ...(attempt.status === "calling" ? [] : [this.#again(attempt), this.#close(attempt)]))));
  }

  /**
   * @param {import("../phones/outgoing-calls.js").Attempt} attempt
   * @returns {[string, () => void]}
   */
  #again({ patient, number }) {
    return ["Try again", () => void this.#outgoing.place(patient, number)];
  }

  /**
   * @param {import("../phones/outgoing-calls.js").Attempt} attempt
   * @returns {[string, () => void]}
   */
  #close(attempt) {
    return ["Dismiss", () => this.#outgoing.forget(attempt)];
  }
}

/**
 * @param {string} who
 * @param {string} what
 * @param {[string, () => void][]} buttons
 */
function row(who, what, ...buttons) {
  return make("li", {}, make("p", { role: "status" }, make("b", {}, who), " ", make("span", {}, what)),
    ...buttons.map(([label, run]) => make("button", { type: "button", class: "plain", "aria-label": `${label}: ${who}`, click: run }, label)));
}
