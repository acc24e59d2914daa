import { make, say } from "../view/dom.js";
import { guardState } from "./patient-guard.js";

/** @typedef {import("../apps-api/apps-api.js").HostState} HostState */

/** @type {Record<string, string>} */
const pages = { inbox: "the inbox", worker_profile: "a worker", profile: "a profile", search: "the search", admin: "the settings" };

/**
 * What the guard says while Welkin shows no other patient: short, in one place that
 * never changes its height.
 *
 * @param {HostState | null} state
 */
export function unknownText(state) {
  const page = state && (pages[state.pageType] ?? "no patient");
  return `${page ? `Welkin shows ${page}.` : "Not known whom Welkin shows."} Saving asks first.`;
}

/**
 * What became of a wish that Welkin's page was asked for.
 *
 * @param {Promise<import("../apps-api/apps-api.js").CallResult>} call
 * @param {string} byHand   what the worker can do himself
 * @returns {Promise<string>}
 */
export async function outcome(call, byHand) {
  try {
    const result = await call;
    if (result.kind === "sent") return `Sent to Welkin, which has not confirmed it. If nothing happens: ${byHand}`;
    if (result.status === 404) return `Welkin does not find it, or you may not see it. ${byHand}`;
    return result.status < 300 ? "Done." : `Welkin refused (${result.status}). ${byHand}`;
  } catch {
    return `Welkin's page does not answer. ${byHand}`;
  }
}

/** Says which patient the App was opened for, which one is on screen, and what to do. */
export class GuardView {
  #options;
  #root;

  /**
   * @param {object} options
   * @param {string} options.patient   of the session
   * @param {() => string} options.name   of that patient
   * @param {import("../apps-api/apps-api.js").AppsApi} options.api
   * @param {(id: string) => HTMLElement} options.element
   */
  constructor(options) {
    this.#options = options;
    const { api, patient, element } = options;
    this.#root = element("guard");
    const result = element("guard-result");
    let asked = 0;
    /** @type {(id: string, wait: string, call: () => Promise<any>, byHand: string) => void} */
    const button = (id, wait, call, byHand) => element(id).addEventListener("click", async () => {
      const mine = ++asked;
      say(result, wait);
      const text = await outcome(call(), byHand);
      if (mine === asked) say(result, text);
    });
    button("guard-back", "Asking Welkin…", () => api.navigateTo("patient", patient), "Open the patient in Welkin yourself.");
    button("guard-close", "Closing…", () => api.closeFrame(), "Close the App with Welkin's own button.");
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
      say(text, state === "same" ? "Welkin shows the same patient." : unknownText(api.state));
      return;
    }
    if (before !== state) say(element("guard-result"), "");
    say(element("guard-back"), `Go back to ${name()}`);
    const words = `Stop: Welkin shows another patient. This App was opened for ${name()}. Nothing can be saved or called here.`;
    const other = `On screen: ${api.state?.pageId}`;
    if (text.textContent !== words + other) text.replaceChildren(make("b", {}, words), make("span", { class: "id" }, other));
  }

  /** A write was stopped: shows why. */
  point() {
    this.#options.element("guard-back").focus();
  }
}
