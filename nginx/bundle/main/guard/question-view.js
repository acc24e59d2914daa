import { make, say } from "../view/dom.js";

/**
 * @typedef {object} Question
 * @property {string} text         names the patient
 * @property {string} yes
 * @property {HTMLElement} near    The clicked element: the question appears below it, in its row or card.
 */

/** Asks the worker in the page itself: a sandboxed iframe has no dialogs of its own. */
export class QuestionView {
  #container;
  #text = make("p", { id: "guard-question-text" });
  #yes = make("button", { id: "guard-yes", type: "button", click: () => this.#answer?.(true) });
  #no = make("button", { id: "guard-no", type: "button", click: () => this.#answer?.(false) }, "Cancel");
  #panel = make("div", { id: "guard-question", role: "group", "aria-labelledby": "guard-question-text", tabindex: "-1" },
    this.#text, make("div", {}, this.#yes, this.#no));
  /** @type {((yes: boolean) => void) | null} */
  #answer = null;

  /** @param {HTMLElement} container   where the question is while there is none, and where no row or card is its place */
  constructor(container) {
    this.#container = container;
    this.#panel.addEventListener("keydown", (event) => { if (event.key === "Escape") this.#answer?.(false); });
    this.#hide();
  }

  /**
   * Withdraws the previous question.
   *
   * @param {Question} question
   * @returns {Promise<boolean>} the answer; also false if withdrawn
   */
  async ask({ text, yes, near }) {
    this.takeBack();
    say(this.#text, text);
    say(this.#yes, yes);
    (near.closest("li") ?? near.closest("section") ?? this.#container).append(this.#panel);
    near.dataset["asking"] = "yes";
    this.#panel.hidden = false;
    // Do not focus the button: a second press of Enter must not answer.
    this.#panel.focus();
    /** @type {Promise<boolean>} */
    const answered = new Promise((resolve) => { this.#answer = resolve; });
    const mine = this.#answer;
    const result = await answered;
    delete near.dataset["asking"];
    if (this.#answer !== mine) return result;
    this.#answer = null;
    const inside = this.#panel.contains(document.activeElement);
    this.#hide();
    if (inside) near.focus();
    return result;
  }

  takeBack() {
    this.#answer?.(false);
  }

  /** Moves the panel away from where it was asked: a rebuilt list would remove it. */
  #hide() {
    this.#panel.hidden = true;
    this.#container.append(this.#panel);
  }
}
