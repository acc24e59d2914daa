import { answerText, closeApp } from "../apps-api/host-answer.js";
import { make, say } from "../view/dom.js";
import { guardState } from "./guard-rule.js";
import { PatientNavigation } from "./patient-navigation.js";

/** @typedef {import("../apps-api/apps-api.js").HostState} HostState */

const wrong = "Wrong patient.";

/**
 * The guard's text while Welkin shows no other patient: short, in a place that never changes its
 * height.
 *
 * @param {HostState | null} state
 */
function unknownText(state) {
  const isElsewhere = state !== null && state.pageType !== "patient";
  return isElsewhere ? "No patient is open in Welkin." : "We can’t see which patient is open in Welkin.";
}

/** @param {import("./patient-navigation.js").Navigation} outcome   of going back to the App's patient */
function backText(outcome) {
  switch (outcome.kind) {
    case "none":
      return "";
    case "asking":
      return "Asking Welkin…";
    case "shown":
      return answerText({ kind: "done" }, "");
    default:
      return answerText(outcome, "Open the patient in Welkin yourself.");
  }
}

/** Shows which patient the App was opened for, which one is on screen, and what to do. */
export class GuardView {
  #options;
  /** @type {PatientNavigation} */
  #navigation;
  /** How many clicks there were: only the outcome of the last one is reported. */
  #clicks = 0;
  #text = make("p", { id: "guard-text", role: "status" });
  #back = make("button", { id: "guard-back", type: "button" });
  #close = make("button", { id: "guard-close", type: "button" }, "Close the App");
  #result = make("p", { id: "guard-result", role: "status" });
  #actions = make("div", { id: "guard-actions" }, this.#back, this.#close, this.#result);

  /**
   * @param {object} options
   * @param {HTMLElement} options.container   empty; its `data-guard` is the state
   * @param {string} options.patient   of the session
   * @param {() => string} options.name   of that patient; "" while unknown
   * @param {string} [options.asks]   the text about what is asked before while Welkin shows no patient
   * @param {string} options.blocked   the text about what is off while Welkin shows another patient
   * @param {import("../apps-api/apps-api.js").AppsApi} options.api
   */
  constructor(options) {
    this.#options = options;
    const { api, container, patient } = options;
    this.#navigation = new PatientNavigation(api, (outcome) => say(this.#result, backText(outcome)));
    this.#back.addEventListener("click", () => {
      this.#clicks += 1;
      void this.#navigation.go(patient);
    });
    this.#close.addEventListener("click", async () => {
      this.#navigation.end();
      const click = ++this.#clicks;
      say(this.#result, "Closing…");
      const text = await closeApp(api);
      if (click === this.#clicks) say(this.#result, text);
    });
    container.replaceChildren(this.#text, this.#actions);
    this.update();
  }

  /** Must be called whenever the state of the Apps API, or the patient's name, has changed. */
  update() {
    const { api, asks = "We’ll ask before saving.", blocked, container, name, patient } = this.#options;
    const state = guardState(patient, api.state);
    const before = container.dataset["guard"];
    container.dataset["guard"] = state;
    this.#actions.hidden = state !== "different";
    if (state !== "different") {
      say(this.#text, state === "same" ? "Matches the patient open in Welkin." : `${unknownText(api.state)} ${asks}`);
      return;
    }
    if (before !== state) {
      // What was asked before is answered, or of no use: its outcome must not stand beside another warning.
      this.#navigation.end();
      this.#clicks += 1;
      say(this.#result, "");
    }
    say(this.#back, `Go back to ${name() || "the patient"}`);
    // No name: the session may not read another patient's.
    const words = ` Welkin is showing another patient; this App is for ${name() || "the one it was opened for"}. ${blocked}`;
    if (this.#text.textContent !== wrong + words) this.#text.replaceChildren(make("b", {}, wrong), words);
  }

  /** A write was stopped: shows why. */
  point() {
    this.#back.focus();
  }
}
