/**
 * @param {Pick<import("../apps-api/apps-api.js").HostState, "pageType" | "pageId"> | null} state
 * @returns {string | null} the patient whom Welkin shows
 */
export function patientOnScreen(state) {
  return state?.pageType === "patient" ? state.pageId : null;
}

/**
 * @param {string | null} one
 * @param {string | null} other
 */
export function isSame(one, other) {
  return one !== null && one.toLowerCase() === other?.toLowerCase();
}

/**
 * @typedef {object} OnScreen   as `patient` answers
 * @property {import("../format/person.js").Person & { birthday?: string | null }} patient
 * @property {import("../format/phone.js").PhoneNumber[]} phone_numbers
 *
 * @typedef {{ kind: "none" } | { kind: "loading" } | { kind: "patient", data: OnScreen }
 *   | { kind: "missing" }} View   never of another patient than the one on screen
 */

/** Loads the patient on screen. The answer for one who was there before is dropped. */
export class ScreenPatient {
  #load;
  #show;
  /** @type {string | null} */
  #id = null;
  #abort = new AbortController();

  /**
   * @param {object} parts
   * @param {(patient: string, signal: AbortSignal) => Promise<import("../data/data-client.js").Reply>} parts.load
   * @param {(view: View, signal: AbortSignal) => void} parts.show   The signal ends with what is shown.
   */
  constructor({ load, show }) {
    this.#load = load;
    this.#show = show;
  }

  /** @param {string | null} id */
  async follow(id) {
    if (id === this.#id || isSame(id, this.#id)) return;
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    this.#id = id;
    // First of all the patient before goes from the screen.
    this.#show({ kind: id === null ? "none" : "loading" }, signal);
    if (id === null) return;
    const reply = await this.#load(id, signal);
    if (signal.aborted) return;
    const data = reply.kind === "ok" && isSame(id, reply.json?.patient?.id) ? reply.json : null;
    this.#show(data && Array.isArray(data.phone_numbers) ? { kind: "patient", data } : { kind: "missing" }, signal);
  }
}
