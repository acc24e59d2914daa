import { writeRule } from "./guard-rule.js";

/**
 * Lets a write through, asks first, or stops it, by what the guard knows in that moment;
 * and once more when the worker has answered.
 *
 * @template Question   whatever is asked; the gate only passes it on
 */
export class WriteGate {
  #state;
  #asker;
  #onBlocked;

  /**
   * @param {object} options
   * @param {() => import("./guard-rule.js").GuardState} options.state
   * @param {{ ask: (question: Question) => Promise<boolean>, takeBack: () => void }} options.asker
   *   asks the worker; a question that is taken back is answered with false
   * @param {() => void} options.onBlocked   Called when a write was stopped.
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
   * @returns {Promise<boolean>} whether it may be written, now
   */
  async ask(question) {
    const rule = writeRule(this.#state());
    if (rule === "confirm" && !(await this.#asker.ask(question))) return false;
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
    this.#asker.takeBack();
  }
}
