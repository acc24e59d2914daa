import { say } from "../view/dom.js";
import { isSamePatient } from "./patient-id.js";
import { patientOnScreen } from "./patient-on-screen.js";

/**
 * The wrong-patient guard: whether the patient on Welkin's screen is the one that the App
 * was opened for, and what that means for a write.
 *
 * @typedef {"same" | "different" | "unknown" | "free"} GuardState
 * @typedef {"allow" | "confirm" | "block"} WriteRule
 * @typedef {import("../apps-api/apps-api.js").HostState} HostState
 */

/**
 * @param {string | null} sessionPatient   null when the App was opened from outside a patient
 * @param {Pick<HostState, "pageType" | "pageId"> | null} hostState
 *   null as long as Welkin's page has not said where it is
 * @returns {GuardState} "free" when the session has no patient that could be mistaken
 */
export function guardState(sessionPatient, hostState) {
  if (sessionPatient === null) return "free";
  const shown = patientOnScreen(hostState);
  if (shown === null) return "unknown";
  return isSamePatient(shown, sessionPatient) ? "same" : "different";
}

/**
 * @param {GuardState} state
 * @returns {WriteRule} "confirm": the worker is asked each time, with the patient's name
 */
export function writeRule(state) {
  switch (state) {
    case "same":
    case "free":
      return "allow";
    case "unknown":
      return "confirm";
    default:
      return "block";
  }
}

/**
 * @typedef {object} Question
 * @property {string} text         names the patient
 * @property {string} yes
 * @property {HTMLElement} near    What was clicked: the question appears below it, in its row or card.
 */

/**
 * Lets a write through, asks first, or stops it, by what the guard knows in that moment;
 * and once more when the worker has answered. The question is a part of the page: a
 * sandboxed iframe has no dialogs of its own.
 */
export class WriteGate {
  #state;
  #onBlocked;
  #panel;
  #text;
  #yes;
  /** @type {((yes: boolean) => void) | null} */
  #answer = null;

  /**
   * @param {object} options
   * @param {() => GuardState} options.state
   * @param {() => void} options.onBlocked   Called when a write was stopped.
   * @param {{ panel: HTMLElement, text: HTMLElement, yes: HTMLElement, no: HTMLElement }} options.elements
   *   in which it is asked, and the buttons that answer; the panel is hidden until then
   */
  constructor({ state, onBlocked, elements }) {
    this.#state = state;
    this.#onBlocked = onBlocked;
    this.#panel = elements.panel;
    this.#text = elements.text;
    this.#yes = elements.yes;
    this.#yes.addEventListener("click", () => this.#answer?.(true));
    elements.no.addEventListener("click", () => this.#answer?.(false));
    this.#panel.addEventListener("keydown", (event) => { if (event.key === "Escape") this.#answer?.(false); });
  }

  get isBlocked() {
    return writeRule(this.#state()) === "block";
  }

  /**
   * @param {Question} question
   * @returns {Promise<boolean>} whether it may be written, now
   */
  async ask(question) {
    const rule = writeRule(this.#state());
    if (rule === "confirm" && !(await this.#confirm(question))) return false;
    if (!this.isBlocked) return true;
    this.#onBlocked();
    return false;
  }

  /** Takes back a question that another patient on screen has answered. */
  update() {
    if (this.isBlocked) this.takeBack();
  }

  /** What was asked about is not there any more. */
  takeBack() {
    this.#answer?.(false);
  }

  /** @param {Question} question */
  async #confirm({ text, yes, near }) {
    this.#answer?.(false);
    say(this.#text, text);
    say(this.#yes, yes);
    (near.closest("li") ?? near.closest("section"))?.append(this.#panel);
    near.dataset["asking"] = "yes";
    this.#panel.hidden = false;
    // Not the button: a second press of Enter must not be the answer.
    this.#panel.focus();
    /** @type {Promise<boolean>} */
    const answered = new Promise((resolve) => { this.#answer = resolve; });
    const mine = this.#answer;
    const result = await answered;
    delete near.dataset["asking"];
    if (this.#answer !== mine) return result;
    this.#answer = null;
    const inside = this.#panel.contains(document.activeElement);
    this.#panel.hidden = true;
    if (inside) near.focus();
    return result;
  }
}
