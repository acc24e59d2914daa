import { hostAnswer } from "../apps-api/host-answer.js";
import { isSamePatient } from "./patient-id.js";
import { patientOnScreen } from "./patient-on-screen.js";

/**
 * The outcome of asking Welkin to show a patient: not asked, asking, shown, or the answer of Welkin's page.
 *
 * @typedef {{ kind: "none" | "asking" | "shown" } | Exclude<import("../apps-api/host-answer.js").HostAnswer, { kind: "done" }>} Navigation
 */

/**
 * Asks Welkin to show a patient, and reports the outcome of the last request.
 *
 * A patient is shown when Welkin's page says so: by its reply or, because that may never come, by a state with that
 * patient on screen. A sent request alone proves nothing; and a refused request stays refused, whoever appears on
 * screen afterwards.
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
   * Asks at once: Welkin allows it only in answer to the worker's click.
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
    // A missing reply does not undo what was seen.
    else if (answer.kind !== "unconfirmed" || this.#outcome.kind !== "shown") this.#set(answer);
  }

  /** Forgets the request: its outcome no longer matters. */
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
