import { fullName, phoneNumber } from "../format/format.js";
import { attemptText, choices } from "../phones/call-button.js";
import { make } from "../view/dom.js";

/**
 * Items that must not be missed although they have no place on screen: other calls, and calls
 * placed for a patient who was on screen before. At the foot of the frame, so that nothing
 * moves.
 */
export class Asides {
  #outgoing;
  #onBring;
  #now;
  #shown = "";
  root = make("ul", { id: "asides", "aria-label": "Other calls" });

  /**
   * @param {object} parts
   * @param {import("../phones/outgoing-calls.js").OutgoingCalls} parts.outgoing
   * @param {(id: string) => void} parts.onBring   Shows an incoming call large.
   * @param {() => number} parts.now   seconds since 1970
   */
  constructor({ outgoing, onBring, now }) {
    this.#outgoing = outgoing;
    this.#onBring = onBring;
    this.#now = now;
  }

  /**
   * @param {readonly import("./live-calls.js").Entry[]} calls
   * @param {readonly import("../phones/outgoing-calls.js").Attempt[]} attempts   whose button is not visible
   */
  show(calls, attempts) {
    const content = JSON.stringify([calls.map(({ call, phase }) => [call.id, phase]), attempts]);
    if (content === this.#shown) return;
    this.#shown = content;
    this.root.replaceChildren(
      ...calls.map(({ call, phase }) => row(
        [call.patient ? fullName(call.patient) : phoneNumber(call.phone_number)],
        phase === "answered" || phase === "ending" ? "On a call" : "Also calling",
        button("Show", call.patient ? fullName(call.patient) : phoneNumber(call.phone_number), () => this.#onBring(call.id)))),
      ...attempts.map((attempt) => this.#attempt(attempt)));
  }

  /** @param {import("../phones/outgoing-calls.js").Attempt} attempt */
  #attempt(attempt) {
    const { patient, number, status } = attempt;
    const [name, digits] = [`Call to ${fullName(patient)}`, phoneNumber(number.phone_number)];
    const who = `${name}, ${digits}`;
    const buttons = choices(this.#outgoing, attempt, who);
    if (status === "dialing") buttons.unshift(button("End call", who, () => void this.#outgoing.end(attempt)));
    if (["unknown", "unsent", "refused"].includes(status)) buttons.unshift(button("Try again", who, () => void this.#outgoing.place(patient, number)));
    if (status === "unsent" || status === "refused") buttons.push(button("Dismiss", who, () => this.#outgoing.forget(attempt)));
    return row([`${name}, `, make("span", {}, digits)], status === "calling" ? "Calling…" : attemptText(attempt, this.#now()), ...buttons);
  }
}

/**
 * @param {string} label
 * @param {string} who
 * @param {() => void} click
 */
function button(label, who, click) {
  return make("button", { type: "button", class: "plain", "aria-label": `${label}: ${who}`, click }, label);
}

/**
 * @param {(string | Node)[]} who
 * @param {string} what
 * @param {HTMLElement[]} buttons
 */
function row(who, what, ...buttons) {
  return make("li", {}, make("p", { role: "status" }, make("b", {}, ...who), " ", make("span", {}, what)), ...buttons);
}
