import { isNotWritten, newKey, read } from "../data/data-client.js";
import { isSamePatient } from "../guard/patient-id.js";

/**
 * @typedef {import("../format/format.js").Person} Person
 * @typedef {import("../format/format.js").PhoneNumber} PhoneNumber
 * @typedef {import("./placed-call.js").PlacedCall} PlacedCall
 * @typedef {import("./placed-call.js").Outcome} Outcome
 * @typedef {import("../data/data-client.js").Reply} Reply
 *
 * @typedef {"calling" | "dialing" | "over" | "settled" | "refused" | "unsent" | "unknown"} AttemptStatus
 *   calling: asked for; dialing: placed; over: somebody has to say how it went; settled: that is on
 *   record; unsent: certainly not placed, and it can be; unknown: nobody knows whether it was placed
 *
 * @typedef {object} Attempt   One try to call a number, for good bound to patient and number.
 * @property {string} key      The same in every request of the attempt: it calls once at most.
 * @property {string | null} id   The server's, once it is known that the call was placed.
 * @property {Person} patient
 * @property {PhoneNumber} number
 * @property {AttemptStatus} status
 * @property {Outcome | null} outcome   once it is settled
 * @property {number} at       When it was placed, in seconds since 1970.
 * @property {string | null} detail   What the worker has to know besides.
 * @property {boolean} busy    Whether its end or outcome is on the way to the server.
 * @property {boolean} told    Whether the server has told of it.
 */

const offline = "You’re offline. Try again when you’re back online.";

/** The calls that the worker places, until it is on record how they went. Tells "change" on every change. */
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

  /** All attempts that are under way or that the worker has to know about. */
  get all() {
    return [...this.#attempts.values()];
  }

  /**
   * Of several calls to a number, the first one that is not settled, or else the last.
   *
   * @param {Person} patient
   * @param {PhoneNumber} number
   */
  find(patient, number) {
    const calls = this.all.filter((attempt) => isSamePatient(attempt.patient.id, patient.id) && attempt.number.id === number.id);
    return calls.find(({ status }) => status !== "settled") ?? calls.at(-1) ?? null;
  }

  /**
   * Calls, unless that is under way already. What may have been placed, or could not be, is the
   * same attempt again.
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
    // A call that is not there any more has ended as well.
    const ended = reply.kind === "ok" || (reply.kind === "refused" && reply.status === 404);
    this.#update(key, "dialing", ended ? { status: "over" } : { detail: reason(reply, "The call may still be on. End it again.") });
  }

  /**
   * Records how it went.
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
   * Takes it back: it was not meant, or nobody knows whether it was placed.
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
   * Takes over what the server tells of. A call that it no longer tells of was settled elsewhere; one
   * that this page did not place may be over, and somebody has to say how it went.
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
   * Whether a request about the attempt may begin now.
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
   * Changes the attempt, unless something else has become of it meanwhile.
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
 * What the answer to placing a call makes of it.
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
 * @param {string} words   where the server says nothing for the worker
 */
function reason(reply, words) {
  if (reply.kind === "unsent") return offline;
  return (reply.kind === "refused" && reply.detail) || words;
}
