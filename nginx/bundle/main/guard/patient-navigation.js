import { hostAnswer } from "../apps-api/host-answer.js";
import { isSamePatient } from "./patient-id.js";
import { patientOnScreen } from "./patient-on-screen.js";

/**
 * What became of asking Welkin to show a patient: asked for nobody, on its way, shown, or what Welkin's page answered.
 *
 * @typedef {{ kind: "none" | "asking" | "shown" } | Exclude<import("../apps-api/host-answer.js").HostAnswer, { kind: "done" }>} Navigation
 */

/**
 * Leads Welkin to a patient, and tells what became of the last wish.
 *
 * A patient is shown when Welkin's page says so: by its reply, or, since that may never come, by the state in which
 * that patient is on its screen. That a wish was sent shows nobody; and what was refused was not done by it, whoever
 * comes on the screen afterwards.
 */
export class PatientNavigation {
  #api;
  #tell;
  /** @type {Navigation} */
  #outcome = { kind: "none" };
  #wish = new AbortController();

  /**
   * @param {Pick<import("../apps-api/apps-api.js").AppsApi, "navigateTo" | "state" | "addEventListener">} api
   * @param {(outcome: Navigation) => void} tell   Called on each change.
   */
  constructor(api, tell) {
    this.#api = api;
    this.#tell = tell;
  }

  get outcome() {
    return this.#outcome;
  }

  /**
   * Asks at once: it is only allowed in the worker's click.
   *
   * @param {string} patient
   */
  async go(patient) {
    const reply = hostAnswer(this.#api.navigateTo("patient", patient));
    this.end();
    const { signal } = (this.#wish = new AbortController());
    const look = () => {
      const isOpen = this.#outcome.kind === "asking" || this.#outcome.kind === "unconfirmed";
      if (isOpen && isSamePatient(patientOnScreen(this.#api.state), patient)) this.#set({ kind: "shown" });
    };
    this.#set({ kind: "asking" });
    look();
    this.#api.addEventListener("state", look, { signal });
    const answer = await reply;
    if (signal.aborted) return;
    if (answer.kind === "done") this.#set({ kind: "shown" });
    // A reply that is missing takes nothing back of what was seen.
    else if (answer.kind !== "unconfirmed" || this.#outcome.kind !== "shown") this.#set(answer);
  }

  /** Nobody wants to know any more. */
  end() {
    this.#wish.abort();
    this.#outcome = { kind: "none" };
  }

  /** @param {Navigation} outcome */
  #set(outcome) {
    this.#outcome = outcome;
    this.#tell(outcome);
  }
}
