import { request } from "../session/request.js";

/**
 * What came of a request for data.
 *
 * @typedef {{ kind: "ok", status: number, json: any }} Ok
 * @typedef {{ kind: "refused", status: number, error: string, detail: string | null, id: string | null }} Refused
 *   4xx but 401 and 429: it was not done, and repeating it does not help
 * @typedef {{ kind: "unauthorized", alive: boolean }} Unauthorized
 *   401: it was not done; `alive` when the session route says that the session lives
 * @typedef {{ kind: "failed", status: number, retryAfter: number | null, id: string | null }} Failed
 *   429, 5xx, or not JSON
 * @typedef {{ kind: "unreachable" }} Unreachable   no answer: a write may or may not have been done
 * @typedef {Ok | Refused | Unauthorized | Failed | Unreachable} Reply
 */

/** Requests to `/a/APP/LAUNCH/data/NAME`, each sent once. */
export class DataClient {
  #options;

  /**
   * @param {object} options
   * @param {string} options.base   URL that ends in `data/`
   * @param {Pick<import("../session/bearer.js").BearerStore, "get">} options.bearer
   * @param {typeof fetch} options.fetch
   * @param {() => Promise<boolean> | void} options.onUnauthorized
   *   Called on 401; resolves to whether the session lives nevertheless.
   * @param {(kind: "reached" | "failed" | "unreachable") => void} [options.onOutcome]
   *   Called after each request that was not given up.
   */
  constructor(options) {
    this.#options = options;
  }

  /**
   * It never throws.
   *
   * @param {string} name   of the route, `calls/place` say
   * @param {object} body
   * @param {{ signal?: AbortSignal | undefined, timeout?: number }} options   timeout in milliseconds
   * @returns {Promise<Reply>}
   */
  async ask(name, body, { signal, timeout = 10_000 } = {}) {
    const { base, bearer, fetch, onUnauthorized, onOutcome } = this.#options;
    const answer = await request({ fetch, url: base + name, method: "POST", bearer: bearer.get(), body, timeout, signal });
    const reply = answer ? read(answer) : /** @type {Unreachable} */ ({ kind: "unreachable" });
    const bad = reply.kind === "failed" || reply.kind === "unreachable";
    if (!signal?.aborted) onOutcome?.(bad ? reply.kind : "reached");
    if (reply.kind === "unauthorized") reply.alive = (await onUnauthorized()) === true;
    return reply;
  }
}

/**
 * @param {import("../session/request.js").Answer} answer
 * @returns {Reply}
 */
function read({ status, json, retryAfter }) {
  const id = text(json?.["id"]);
  if (status === 401) return { kind: "unauthorized", alive: false };
  if (json && status >= 200 && status < 300) return { kind: "ok", status, json };
  if (json && status >= 400 && status < 500 && status !== 429) {
    return { kind: "refused", status, error: text(json["error"]) ?? "refused", detail: text(json["detail"]), id };
  }
  return { kind: "failed", status, retryAfter, id };
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" && value !== "" ? value : null;
}
