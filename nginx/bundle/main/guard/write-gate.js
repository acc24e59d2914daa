import { writeRule } from "./guard-rule.js";

/**
 * Allows a write, asks first, or blocks it, by the guard's state at that moment; checks again after
 * the worker's answer.
 *
 * @template Question   the question; the gate only passes it on
 */
export class WriteGate {
  #state;
  #asker;
  #onBlocked;

  /**
   * @param {object} options
   * @param {() => import("./guard-rule.js").GuardState} options.state
   * @param {{ ask: (question: Question) => Promise<boolean>, takeBack: () => void }} options.asker
   *   asks the worker; a withdrawn question is answered with false
   * @param {() => void} options.onBlocked   Called when a write is blocked.
   */
  constructor({ state, asker, onBlocked }) {
    this.#state = state;
    this.#asker = asker;
    this.#onBlocked = onBlocked;
  }

  get isBlocked() {
    return writeRule(this.#state()) === "block";
  }

  /**
   * @param {Question} question
   * @returns {Promise<boolean>} whether the write is allowed now
   */
  async ask(question) {
    const rule = writeRule(this.#state());
    if (rule === "confirm" && !(await this.#asker.ask(question))) return false;
    if (!this.isBlocked) return true;
    this.#onBlocked();
    return false;
  }

  /** Withdraws a question that is obsolete because another patient is on screen. */
  update() {
    if (this.isBlocked) this.takeBack();
  }

  /** Withdraws a question whose subject no longer exists. */
  takeBack() {
    this.#asker.takeBack();
  }
}
