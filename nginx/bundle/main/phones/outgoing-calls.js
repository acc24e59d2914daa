import { newKey } from "../data/data-client.js";

/**
 * @typedef {import("../format/format.js").Person} Person
 * @typedef {import("../format/format.js").PhoneNumber} PhoneNumber
 *
 * @typedef {object} Attempt   One try to call a number, for good bound to patient and number.
 * @property {string} key      The same in every request of the attempt: it calls once at most.
 * @property {Person} patient
 * @property {PhoneNumber} number
 * @property {"calling" | "dialing" | "refused" | "unknown"} status
 * @property {string | null} detail   why it was refused, for the worker
 */

/** How long "Dialing" stays, in milliseconds: nobody says what became of the call. */
const shown = 10_000;

/** The calls that the worker places. Tells "change" on every change. */
export class OutgoingCalls extends EventTarget {
  /** @type {Map<string, Attempt>} */
  #attempts = new Map();
  #data;
  #later;

  /**
   * @param {object} options
   * @param {{ ask(name: string, body: object): Promise<import("../data/data-client.js").Reply> }} options.data
   * @param {(run: () => void, delay: number) => unknown} [options.later]
   */
  constructor({ data, later = (run, delay) => setTimeout(run, delay) }) {
    super();
    this.#data = data;
    this.#later = later;
  }

  /** All attempts that are under way or that the worker has to know about. */
  get all() {
    return [...this.#attempts.values()];
  }

  /**
   * @param {Person} patient
   * @param {PhoneNumber} number
   */
  find(patient, number) {
    return this.#attempts.get(slot(patient, number)) ?? null;
  }

  /**
   * Calls, unless that is under way already. After an unknown outcome it is the same
   * attempt again.
   *
   * @param {Person} patient
   * @param {PhoneNumber} number
   */
  async place(patient, number) {
    const before = this.find(patient, number);
    if (before?.status === "calling" || before?.status === "dialing") return;
    const key = before?.status === "unknown" ? before.key : newKey();
    /** @type {Attempt} */
    const attempt = { key, patient, number, status: "calling", detail: null };
    this.#set(attempt);
    const reply = await this.#data.ask("calls/place", { key, patient: patient.id, phone_number: number.id });
    if (reply.kind === "ok") {
      this.#set({ ...attempt, status: "dialing" });
      this.#later(() => this.forget(attempt), shown);
    } else {
      const mayDial = reply.kind === "unreachable" || (reply.kind === "failed" && reply.status !== 429);
      this.#set({ ...attempt, status: mayDial ? "unknown" : "refused", detail: reply.kind === "refused" ? reply.detail : null });
    }
  }

  /** @param {Attempt} attempt */
  forget(attempt) {
    if (this.find(attempt.patient, attempt.number)?.key !== attempt.key) return;
    this.#attempts.delete(slot(attempt.patient, attempt.number));
    this.dispatchEvent(new Event("change"));
  }

  /** @param {Attempt} attempt */
  #set(attempt) {
    this.#attempts.set(slot(attempt.patient, attempt.number), attempt);
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * @param {Person} patient
 * @param {PhoneNumber} number
 */
function slot(patient, number) {
  return `${patient.id} ${number.id}`;
}
