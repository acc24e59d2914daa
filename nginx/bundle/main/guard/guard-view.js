import { answerText, closeApp } from "../apps-api/host-answer.js";
import { make, say } from "../view/dom.js";
import { guardState } from "./patient-guard.js";
import { PatientNavigation } from "./patient-navigation.js";

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

/** @param {import("./patient-navigation.js").Navigation} outcome   of going back to the App's patient */
function backText(outcome) {
  switch (outcome.kind) {
    case "none":
      return "";
    case "asking":
      return "Asking Welkin…";
    case "shown":
      return "Done.";
    default:
      return answerText(outcome, "Open the patient in Welkin yourself.");
  }
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
    const navigation = new PatientNavigation(api, (outcome) => say(result, backText(outcome)));
    // Of the worker's wishes, the last one alone is told of.
    let clicks = 0;
    elements.back.addEventListener("click", () => {
      clicks += 1;
      void navigation.go(patient);
    });
    elements.close.addEventListener("click", async () => {
      navigation.end();
      const click = ++clicks;
      say(result, "Closing…");
      const text = await closeApp(api);
      if (click === clicks) say(result, text);
    });
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
