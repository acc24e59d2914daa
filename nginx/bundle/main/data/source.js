import { moment } from "../format/format.js";
import { backOff, pause } from "./repeat.js";

/**
 * When Welkin's data were last complete in the service, as an answer tells: seconds since 1970; null
 * while the first load from Welkin is running; undefined before the first answer.
 *
 * @typedef {number | null | undefined} AsOf
 */

/** Seconds after which the page says how old its data are; the operator's setting once the service has answered. */
let late = 15 * 60;

/** Seconds after which they are no longer to be relied on. */
const old = 2 * 3600;

/**
 * What the whole page must say about it.
 *
 * @param {AsOf} asOf
 * @param {number} now   seconds since 1970
 * @returns {"reached" | "partial" | "old"}
 */
export function freshness(asOf, now) {
  if (asOf === null) return "partial";
  return asOf !== undefined && now - asOf > old ? "old" : "reached";
}

/**
 * The text beside the data.
 *
 * @param {AsOf} asOf
 * @param {number} now   seconds since 1970
 * @returns {string} "" while they are new
 */
export function lastUpdated(asOf, now) {
  return asOf && now - asOf > late ? `Last updated ${moment(asOf, now)}` : "";
}

/** Seconds between two requests that nobody has asked for. */
const rest = 60;

/** An answer that the page shows, and asks for again when it may have changed. */
export class Source {
  #options;
  #isAsking = false;
  #again = false;
  #askedAt = -Infinity;
  /** How often in succession the patient was not there yet. */
  #pending = 0;
  #rest = new AbortController();
  /** @type {AsOf} */
  asOf;

  /**
   * @param {object} options
   * @param {(signal: AbortSignal) => Promise<import("./data-client.js").Reply>} options.load
   * @param {(reply: import("./data-client.js").Reply) => void} options.show
   * @param {() => number} options.now   seconds since 1970
   * @param {AbortSignal} options.signal   Ends it.
   * @param {typeof pause} [options.wait]
   */
  constructor(options) {
    this.#options = options;
    options.signal.addEventListener("abort", () => this.#rest.abort());
  }

  get isAsking() {
    return this.#isAsking;
  }

  /** Asks; if a request is on its way, once more after it, since its answer may be older. */
  async ask() {
    this.#again = true;
    if (this.#isAsking) return;
    const { load, show, now, signal, wait } = this.#options;
    this.#isAsking = true;
    this.#rest.abort();
    /** @type {import("./data-client.js").Reply | undefined} */
    let reply;
    while (this.#again && !signal.aborted) {
      this.#again = false;
      this.#askedAt = now();
      reply = await load(signal);
      if (signal.aborted) return;
      if (reply.kind === "ok") {
        this.asOf = reply.json.as_of;
        late = reply.json.stale_after ?? late;
      }
      show(reply);
    }
    this.#isAsking = false;
    this.#pending = reply?.kind === "ok" && reply.json.pending ? this.#pending + 1 : 0;
    if (!reply || this.#pending === 0) return;
    const { signal: over } = (this.#rest = new AbortController());
    await backOff(reply, this.#pending - 1, over, wait);
    if (!over.aborted) void this.ask();
  }

  /**
   * Asks again if it is seen, was not asked for within a minute, and is aging: that Welkin has been
   * read again and nothing has changed is no change, so that the service does not tell of it.
   *
   * @param {boolean} [isDue]   whether there is another reason
   */
  refresh(isDue = false) {
    const now = this.#options.now();
    const isAging = this.asOf === null || (this.asOf !== undefined && now - this.asOf > late - rest);
    if ((isDue || isAging) && document.visibilityState === "visible" && !this.#isAsking && now - this.#askedAt >= rest) void this.ask();
  }
}
