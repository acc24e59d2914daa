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

/** Says which patient the App was opened for, which one is on screen, and what to do. */
export class GuardView {
  #options;
  #root;

  /**
   * @param {object} options
   * @param {string} options.patient   of the session
   * @param {() => string} options.name   of that patient; "" as long as it is not known
   * @param {import("../apps-api/apps-api.js").AppsApi} options.api
   * @param {(id: string) => HTMLElement} options.element
   */
  constructor(options) {
    this.#options = options;
    const { api, patient, element } = options;
    this.#root = element("guard");
    const result = element("guard-result");
    let asked = 0;
    /** @type {(id: string, wait: string, ask: () => Promise<string>) => void} */
    const button = (id, wait, ask) => element(id).addEventListener("click", async () => {
      const mine = ++asked;
      say(result, wait);
      const text = await ask();
      if (mine === asked) say(result, text);
    });
    button("guard-back", "Asking Welkin…", () => hostAnswer(api.navigateTo("patient", patient), "Open the patient in Welkin yourself."));
    button("guard-close", "Closing…", () => closeApp(api));
    this.update();
  }

  get state() {
    return guardState(this.#options.patient, this.#options.api.state);
  }

  update() {
    const { api, name, element } = this.#options;
    const { state } = this;
    const before = this.#root.dataset["guard"];
    this.#root.dataset["guard"] = state;
    element("guard-actions").hidden = state !== "different";
    const text = element("guard-text");
    if (state !== "different") {
      say(text, state === "same" ? "Matches the patient open in Welkin." : unknownText(api.state));
      return;
    }
    if (before !== state) say(element("guard-result"), "");
    say(element("guard-back"), `Go back to ${name() || "the patient"}`);
    // Not by name: the session may read no other patient's.
    const words = ` Welkin is showing another patient; this App is for ${name() || "the one it was opened for"}. Saving and calling are off.`;
    if (text.textContent !== wrong + words) text.replaceChildren(make("b", {}, wrong), words);
  }

  /** A write was stopped: shows why. */
  point() {
    this.#options.element("guard-back").focus();
  }
}
