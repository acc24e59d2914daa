import { poll } from "./poll.js";

/**
 * Seconds before the next request: after an answer, so that a service that has much to tell is not
 * asked in a tight loop; of a service that cannot wait; and of a page that nobody sees.
 */
const [least, unwaited, unseen] = [1, 30, 60];

/**
 * Hears of changes as soon as the service knows of them: one waiting request a page. A service
 * without that route is not asked again.
 */
export class Changes {
  #options;
  /** @type {string} */
  #after;
  #round = new AbortController();

  /**
   * @param {object} options
   * @param {import("../data/repeat.js").Asker} options.data
   * @param {string} options.version   of the first answer
   * @param {() => string | null} options.patient   whom else to tell of, in a session without a patient
   * @param {(isPatient: boolean, isSchedule: boolean) => void} options.onChange   Called with what may have changed.
   * @param {AbortSignal} options.signal   Ends it.
   * @param {typeof import("../data/repeat.js").pause} [options.wait]
   */
  constructor(options) {
    this.#options = options;
    this.#after = options.version;
    const { patient } = options;
    options.signal.addEventListener("abort", () => this.again());
    // Whoever looks again sees at once what has changed: the computer may have slept.
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") this.again(); }, { signal: options.signal });
    void poll({
      ...options,
      name: "changes",
      body: () => ({ after: this.#after, ...(patient() ? { patient: patient() } : {}) }),
      take: (json) => this.#take(json),
      round: () => (this.#round = new AbortController()).signal,
    });
  }

  /** Asks at once, about the patient of now. */
  again() {
    this.#round.abort();
  }

  /** @param {any} json */
  #take({ version, reset, patient_changed: isPatient, schedule_changed: isSchedule, wait }) {
    if (typeof version !== "string") return null;
    this.#after = version;
    if (reset || isPatient || isSchedule) this.#options.onChange(Boolean(reset || isPatient), Boolean(reset || isSchedule));
    if (document.visibilityState === "hidden") return unseen;
    return wait === false ? unwaited : least;
  }
}
