import { isNotWritten, newKey } from "../data/data-client.js";
import { read } from "../data/repeat.js";
import { isSamePatient } from "../guard/patient-id.js";

/**
 * @typedef {import("../format/format.js").Person} Person
 * @typedef {import("../format/format.js").PhoneNumber} PhoneNumber
 * @typedef {import("./placed-call.js").PlacedCall} PlacedCall
 * @typedef {import("./placed-call.js").Outcome} Outcome
 * @typedef {import("../data/data-client.js").Reply} Reply
 *
 * @typedef {"calling" | "dialing" | "over" | "settled" | "refused" | "unsent" | "unknown"} AttemptStatus
 *   calling: requested; dialing: placed; over: the outcome must be recorded; settled: it is recorded;
 *   unsent: certainly not placed, and can be; unknown: it may or may not have been placed
 *
 * @typedef {object} Attempt   One attempt to call a number, permanently bound to patient and number.
 * @property {string} key      The same in every request of the attempt: it calls at most once.
 * @property {string | null} id   The server's, once it is known that the call was placed.
 * @property {Person} patient
 * @property {PhoneNumber} number
 * @property {AttemptStatus} status
 * @property {Outcome | null} outcome   when settled
 * @property {number} at       When it was placed, in seconds since 1970.
 * @property {string | null} detail   Additional information for the worker.
 * @property {boolean} busy    Whether a request about its end or outcome is in progress.
 * @property {boolean} told    Whether the server has reported it.
 */

const offline = "You’re offline. Try again when you’re back online.";

/** The calls that the worker places, until their outcomes are recorded. Dispatches "change" on every change. */
export class OutgoingCalls extends EventTarget {
  /** @type {Map<string, Attempt>} by key, oldest first */
  #attempts = new Map();
  #data;
  #now;
  #signal;

  /**
   * @param {object} options
   * @param {Pick<import("../data/data-client.js").DataClient, "ask" | "write">} options.data
   * @param {() => number} options.now   seconds since 1970
   * @param {AbortSignal} options.signal   Ends it.
   */
  constructor({ data, now, signal }) {
    super();
    this.#data = data;
    this.#now = now;
    this.#signal = signal;
  }

  /** All attempts that are in progress or that the worker must know about. */
  get all() {
    return [...this.#attempts.values()];
  }

  /**
   * Of several calls to a number, the first unsettled one, otherwise the last.
   *
   * @param {Person} patient
   * @param {PhoneNumber} number
   */
  find(patient, number) {
    const calls = this.all.filter((attempt) => isSamePatient(attempt.patient.id, patient.id) && attempt.number.id === number.id);
    return calls.find(({ status }) => status !== "settled") ?? calls.at(-1) ?? null;
  }

  /**
   * Calls, unless a call is already in progress. After an unknown or unsent one, this repeats the same
   * attempt.
   *
   * @param {Person} patient
   * @param {PhoneNumber} number
   */
  async place(patient, number) {
    const before = this.find(patient, number);
    const again = before?.status === "unknown" || before?.status === "unsent";
    if (before && !again && before.status !== "settled" && before.status !== "refused") return;
    if (before && !again) this.#attempts.delete(before.key);
    const key = again ? before.key : newKey();
    this.#set({ key, id: null, patient, number, status: "calling", outcome: null, at: this.#now(), detail: null, busy: false, told: false });
    const reply = await this.#data.write("calls/place", { key, patient: patient.id, phone_number: number.id });
    this.#update(key, "calling", placed(reply));
    if (this.#attempts.get(key)?.status === "unknown") void this.#lookUp(key);
  }

  /**
   * Hangs up.
   *
   * @param {Attempt} attempt
   */
  async end({ key, id }) {
    if (!this.#begin(key)) return;
    const reply = await this.#data.write("calls/end", { call: id });
    // A call that no longer exists has ended too.
    const ended = reply.kind === "ok" || (reply.kind === "refused" && reply.status === 404);
    this.#update(key, "dialing", ended ? { status: "over" } : { detail: reason(reply, "The call may still be on. End it again.") });
  }

  /**
   * Records the outcome.
   *
   * @param {Attempt} attempt
   * @param {Outcome} outcome
   */
  async record({ key, id }, outcome) {
    if (!this.#begin(key)) return;
    const reply = await this.#data.write("calls/outcome", { call: id, outcome });
    this.#update(key, "over", reply.kind === "ok" ? { status: "settled", outcome } : { detail: reason(reply, "Not recorded. Try again.") });
  }

  /**
   * Cancels it: it was a mistake, or it is unknown whether it was placed.
   *
   * @param {Attempt} attempt
   */
  async cancel(attempt) {
    if (!this.#begin(attempt.key)) return;
    const reply = await this.#data.write("calls/cancel", { key: attempt.key });
    if (reply.kind === "ok") this.forget(attempt);
    else this.#update(attempt.key, attempt.status, { detail: reason(reply, "Not cancelled. Try again.") });
  }

  /** @param {Attempt} attempt */
  forget({ key }) {
    if (this.#attempts.delete(key)) this.dispatchEvent(new Event("change"));
  }

  /**
   * Adopts the server's calls. A call that it no longer reports was settled elsewhere; one that this
   * page did not place may be over, and its outcome must be recorded.
   *
   * @param {readonly PlacedCall[]} calls
   */
  take(calls) {
    for (const { key, told } of this.all) if (told && !calls.some((call) => call.key === key)) this.#attempts.delete(key);
    for (const { id, key, state, outcome, at, patient, phone_number: number } of calls) {
      const known = this.#attempts.get(key);
      const here = state === "dialing" && known && known.status !== "over" && known.status !== "settled";
      /** @type {AttemptStatus} */
      const status = outcome ? "settled" : here ? "dialing" : "over";
      if (known?.busy) continue;
      const detail = known?.status === status ? known.detail : null;
      this.#attempts.set(key, { detail, key, id, patient, number, status, outcome, at, busy: false, told: true });
    }
    this.dispatchEvent(new Event("change"));
  }

  /** @param {string} key */
  async #lookUp(key) {
    const reply = await read(this.#data, "written", { key }, { signal: this.#signal });
    if (this.#signal.aborted) return;
    if (reply.kind === "ok") this.#update(key, "unknown", placed(reply));
    else if (isNotWritten(reply)) this.#update(key, "unknown", { status: "unsent", detail: "The call wasn’t placed." });
  }

  /**
   * Whether a request about the attempt may start now.
   *
   * @param {string} key
   */
  #begin(key) {
    const attempt = this.#attempts.get(key);
    if (!attempt || attempt.busy) return false;
    this.#set({ ...attempt, busy: true, detail: null });
    return true;
  }

  /**
   * Changes the attempt, unless its status has changed meanwhile.
   *
   * @param {string} key
   * @param {AttemptStatus} from
   * @param {Partial<Attempt>} change
   */
  #update(key, from, change) {
    const attempt = this.#attempts.get(key);
    if (attempt) this.#set({ ...attempt, busy: false, ...(attempt.status === from ? change : {}) });
  }

  /** @param {Attempt} attempt */
  #set(attempt) {
    this.#attempts.set(attempt.key, attempt);
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * The attempt's changes after the answer to placing it.
 *
 * @param {Reply} reply
 * @returns {Partial<Attempt>}
 */
function placed(reply) {
  switch (reply.kind) {
    case "ok":
      return { status: "dialing", id: reply.json.call?.id ?? null };
    case "unsent":
      return { status: "unsent", detail: `Not called. ${offline}` };
    case "unreachable":
      return { status: "unknown" };
    case "failed":
      return reply.status === 429 ? { status: "refused", detail: "The App is busy. Call again in a moment." } : { status: "unknown" };
    default:
      return { status: "refused", detail: reply.kind === "refused" ? reply.detail : null };
  }
}

/**
 * @param {Reply} reply   to a request that can be repeated
 * @param {string} words   if the server has no message for the worker
 */
function reason(reply, words) {
  if (reply.kind === "unsent") return offline;
  return (reply.kind === "refused" && reply.detail) || words;
}
