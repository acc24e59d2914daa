import { make, say } from "../view/dom.js";
import { closeApp, hostAnswer } from "../view/host-answer.js";
import { guardState } from "./patient-guard.js";

/** @typedef {import("../apps-api/apps-api.js").HostState} HostState */

const wrong = "Wrong patient.";

/**
 * What the guard says while Welkin shows no other patient: short, in one place that
 * never changes its height.
 *
 * @param {HostState | null} state
 */
export function unknownText(state) {
  const isElsewhere = state !== null && state.pageType !== "patient";
  return `${isElsewhere ? "No patient is open in Welkin." : "We can’t see which patient is open in Welkin."} We’ll ask before saving.`;
}

/**
 * The elements in which the guard speaks, wherever a page has them.
 *
 * @typedef {object} GuardElements
 * @property {HTMLElement} root      around the others; its `data-guard` is the state
 * @property {HTMLElement} text      says which patient is on screen
 * @property {HTMLElement} actions   around the buttons; shown for another patient only
 * @property {HTMLElement} back      a button: shows the App's patient in Welkin
 * @property {HTMLElement} close     a button: closes the App
 * @property {HTMLElement} result    says what came of either
 */

/** Says which patient the App was opened for, which one is on screen, and what to do. */
export class GuardView {
  #options;

  /**
   * @param {object} options
   * @param {string} options.patient   of the session
   * @param {() => string} options.name   of that patient; "" as long as it is not known
   * @param {import("../apps-api/apps-api.js").AppsApi} options.api
   * @param {GuardElements} options.elements
   */
  constructor(options) {
    this.#options = options;
    const { api, patient, elements } = options;
    const { result } = elements;
    let asked = 0;
    /** @type {(button: HTMLElement, wait: string, ask: () => Promise<string>) => void} */
    const onClick = (button, wait, ask) => button.addEventListener("click", async () => {
      const mine = ++asked;
      say(result, wait);
      const text = await ask();
      if (mine === asked) say(result, text);
    });
    onClick(elements.back, "Asking Welkin…", () => hostAnswer(api.navigateTo("patient", patient), "Open the patient in Welkin yourself."));
    onClick(elements.close, "Closing…", () => closeApp(api));
    this.update();
  }

  get state() {
    return guardState(this.#options.patient, this.#options.api.state);
  }

  update() {
    const { api, name, elements } = this.#options;
    const { root, text } = elements;
    const { state } = this;
    const before = root.dataset["guard"];
    root.dataset["guard"] = state;
    elements.actions.hidden = state !== "different";
    if (state !== "different") {
      say(text, state === "same" ? "Matches the patient open in Welkin." : unknownText(api.state));
      return;
    }
    if (before !== state) say(elements.result, "");
    say(elements.back, `Go back to ${name() || "the patient"}`);
    // Not by name: the session may read no other patient's.
    const words = ` Welkin is showing another patient; this App is for ${name() || "the one it was opened for"}. Saving and calling are off.`;
    if (text.textContent !== wrong + words) text.replaceChildren(make("b", {}, wrong), words);
  }

  /** A write was stopped: shows why. */
  point() {
    this.#options.elements.back.focus();
  }
}
