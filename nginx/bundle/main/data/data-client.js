import { request } from "../session/request.js";

/**
 * The result of a request for data.
 *
 * @typedef {{ kind: "ok", status: number, json: any }} Ok
 * @typedef {{ kind: "refused", status: number, error: string, detail: string | null, id: string | null }} Refused
 *   4xx except 401 and 429: not done, and repeating does not help
 * @typedef {{ kind: "unauthorized", alive: boolean }} Unauthorized
 *   401: not done; `alive` if the session route says that the session lives
 * @typedef {{ kind: "failed", status: number, retryAfter: number | null, id: string | null }} Failed
 *   429, 5xx, or not JSON
 * @typedef {{ kind: "unreachable" }} Unreachable   no answer: a write may or may not have been done
 * @typedef {{ kind: "unsent" }} Unsent             a write that was never sent: no connection
 * @typedef {"reached" | "failed" | "unreachable"} Answered   how far a request got
 * @typedef {Ok | Refused | Unauthorized | Failed | Unreachable | Unsent} Reply
 */

/** Requests to `/a/APP/LAUNCH/data/NAME`, each sent once. */
export class DataClient {
  #options;
  /** Whether the last request had an answer. */
  #reached = true;

  /**
   * @param {object} options
   * @param {string} options.base   URL that ends in `data/`
   * @param {Pick<import("../session/bearer.js").BearerStore, "get">} options.bearer
   * @param {typeof fetch} options.fetch
   * @param {() => Promise<boolean> | void} options.onUnauthorized
   *   Called on 401; resolves to whether the session is still alive.
   * @param {(kind: Answered, name: string) => void} [options.onOutcome]
   *   Called after each request that was not aborted, with its route.
   */
  constructor(options) {
    this.#options = options;
  }

  /**
   * It never throws.
   *
   * @param {string} name   of the route, for example `calls/place`
   * @param {object} body
   * @param {{ signal?: AbortSignal | undefined, timeout?: number }} options   timeout in milliseconds
   * @returns {Promise<Reply>}
   */
  async ask(name, body, { signal, timeout = 10_000 } = {}) {
    const { base, bearer, fetch, onUnauthorized, onOutcome } = this.#options;
    const answer = await request({ fetch, url: base + name, method: "POST", bearer: bearer.get(), body, timeout, signal });
    const reply = answer ? replyIn(answer) : /** @type {Unreachable} */ ({ kind: "unreachable" });
    const bad = reply.kind === "failed" || reply.kind === "unreachable";
    if (!signal?.aborted) {
      this.#reached = reply.kind !== "unreachable";
      onOutcome?.(bad ? reply.kind : "reached", name);
    }
    if (reply.kind === "unauthorized") reply.alive = (await onUnauthorized()) === true;
    return reply;
  }

  /**
   * Sends a write. If the connection seems to be down, a read checks that first: a write that was
   * certainly not sent is better than one with an unknown outcome.
   *
   * @param {string} name
   * @param {object} body
   * @param {{ signal?: AbortSignal | undefined }} options
   * @returns {Promise<Reply>}
   */
  async write(name, body, { signal } = {}) {
    const doubtful = !this.#reached || navigator.onLine === false;
    if (doubtful && (await this.ask("context", {}, { signal, timeout: 5_000 })).kind === "unreachable") return { kind: "unsent" };
    return this.ask(name, body, { signal });
  }
}

/**
 * @param {import("../session/request.js").Answer} answer
 * @returns {Reply}
 */
function replyIn({ status, json, retryAfter }) {
  const id = text(json?.["id"]);
  if (status === 401) return { kind: "unauthorized", alive: false };
  if (json && status >= 200 && status < 300) return { kind: "ok", status, json };
  if (json && status >= 400 && status < 500 && status !== 429) {
    return { kind: "refused", status, error: text(json["error"]) ?? "refused", detail: text(json["detail"]), id };
  }
  return { kind: "failed", status, retryAfter, id };
}

/**
 * Whether a look-up by key has found that a write was not done. Other refusals prove nothing.
 *
 * @param {Reply} reply   of the route `written`
 */
export function isNotWritten(reply) {
  return reply.kind === "refused" && reply.error === "not_written";
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" && value !== "" ? value : null;
}

/**
 * A new idempotency key, a random UUID. `crypto.randomUUID` does not exist over plain HTTP, in some
 * browsers not even on a developer's own machine.
 *
 * @returns {string}
 */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
