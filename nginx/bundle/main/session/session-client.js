import { request } from "./request.js";
import { parseSession } from "./session.js";

/**
 * What came of a request to the session route.
 *
 * @typedef {{ kind: "session", session: import("./session.js").Session }} Granted
 * @typedef {{ kind: "refused", reason: string, id: string | null }} Refused  401: no session, and why
 * @typedef {{ kind: "failed", id: string | null }} Failed                    any other answer
 * @typedef {{ kind: "unreachable" }} Unreachable                             no answer
 * @typedef {Granted | Refused | Failed | Unreachable} Outcome
 */

/** A launch is to be usable within a second; who waits this long is told. */
const timeout = 10_000;

/** The session route of one launch: read, exchange, renew. It never throws. */
export class SessionClient {
  #url;
  #launch;
  #bearer;
  #fetch;

  /**
   * @param {object} options
   * @param {string} options.url      of the session route
   * @param {string} options.launch   The launch that answers must be about.
   * @param {import("./bearer.js").BearerStore} options.bearer   Kept up to date from the answers.
   * @param {typeof fetch} options.fetch
   */
  constructor({ url, launch, bearer, fetch }) {
    this.#url = url;
    this.#launch = launch;
    this.#bearer = bearer;
    this.#fetch = fetch;
  }

  /**
   * Trades the hand-off for a session; its bearer token goes to the store.
   *
   * @param {string} handoff
   * @returns {Promise<Outcome>}
   */
  exchange(handoff) {
    return this.#send("POST", null, { handoff });
  }

  /**
   * Asks whose session it is, by bearer where there is one, or else by cookie.
   *
   * A bearer that is refused is forgotten and the cookie tried: it may be the newer one,
   * where storage failed at the last renewal.
   *
   * @returns {Promise<Outcome>}
   */
  async read() {
    const bearer = this.#bearer.get();
    const outcome = await this.#send("GET", bearer);
    if (outcome.kind !== "refused" || bearer === null) return outcome;
    this.#bearer.clear();
    const second = await this.#send("GET", null);
    return second.kind === "session" ? second : outcome;
  }

  /**
   * Makes the session last its idle time from now.
   *
   * @returns {Promise<Outcome>}
   */
  renew() {
    return this.#send("POST", this.#bearer.get(), {});
  }

  /**
   * @param {"GET" | "POST"} method
   * @param {string | null} bearer
   * @param {object} [body]
   * @returns {Promise<Outcome>}
   */
  async #send(method, bearer, body) {
    const answer = await request({ fetch: this.#fetch, url: this.#url, method, bearer, body, timeout });
    return answer ? this.#read(answer) : { kind: "unreachable" };
  }

  /**
   * @param {import("./request.js").Answer} answer
   * @returns {Outcome}
   */
  #read({ status, json }) {
    const id = typeof json?.["id"] === "string" ? json["id"] : null;
    if (status === 401) {
      const reason = typeof json?.["error"] === "string" ? json["error"] : "session_invalid";
      return { kind: "refused", reason, id };
    }
    const session = status === 200 ? parseSession(json) : null;
    // Another launch's session here would be another patient's.
    if (!session || session.launch !== this.#launch) return { kind: "failed", id };
    if (typeof json?.["token"] === "string") {
      this.#bearer.set(json["token"], Math.min(session.expiresAt, session.endsAt) - session.now);
    }
    return { kind: "session", session };
  }
}
