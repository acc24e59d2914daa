import { request } from "./request.js";

/**
 * Who is signed in, for which patient, until when. Times are seconds since 1970 by the
 * server's clock.
 *
 * @typedef {object} Session
 * @property {string} app
 * @property {string} launch
 * @property {string} worker
 * @property {string | null} patient   null if the App was opened outside a patient's page
 * @property {string} provider
 * @property {string} hostOrigin       The origin of Welkin's page.
 * @property {number} now              When the server answered.
 * @property {number} expiresAt        The end, unless renewed.
 * @property {number} endsAt           The final end, which no renewal moves.
 */

const texts = /** @type {const} */ (["app", "launch", "worker", "provider", "host_origin"]);
const times = /** @type {const} */ (["now", "expires_at", "ends_at"]);

/**
 * Reads the session from the server's JSON.
 *
 * Checks every member: an incomplete session must not be shown, least of all one without its
 * patient.
 *
 * @param {unknown} value   parsed JSON
 * @returns {Session | null} null if it is not a session
 */
export function parseSession(value) {
  if (typeof value !== "object" || value === null) return null;
  const json = /** @type {Record<string, unknown>} */ (value);
  if (!texts.every((name) => typeof json[name] === "string" && json[name] !== "")) return null;
  if (!times.every((name) => Number.isFinite(json[name]))) return null;
  const patient = json["patient"];
  if (patient !== null && (typeof patient !== "string" || patient === "")) return null;

  const text = /** @type {Record<typeof texts[number], string>} */ (json);
  const time = /** @type {Record<typeof times[number], number>} */ (json);
  return {
    app: text.app,
    launch: text.launch,
    worker: text.worker,
    patient,
    provider: text.provider,
    hostOrigin: text.host_origin,
    now: time.now,
    expiresAt: time.expires_at,
    endsAt: time.ends_at,
  };
}

/**
 * The result of a request to the session route.
 *
 * @typedef {{ kind: "session", session: Session }} Granted
 * @typedef {{ kind: "refused", reason: string, id: string | null }} Refused  401: no session, and why
 * @typedef {{ kind: "failed", id: string | null }} Failed                    any other answer
 * @typedef {{ kind: "unreachable" }} Unreachable                             no answer
 * @typedef {Granted | Refused | Failed | Unreachable} Outcome
 */

/** A launch should be usable within a second; after this long, the worker is told. */
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
   * @param {string} options.launch   The launch that answers must belong to.
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
   * Exchanges the hand-off for a session; stores its bearer token.
   *
   * @param {string} handoff
   * @returns {Promise<Outcome>}
   */
  exchange(handoff) {
    return this.#send("POST", null, { handoff });
  }

  /**
   * Reads the session, by bearer if there is one, otherwise by cookie.
   *
   * Forgets a refused bearer and tries the cookie, which may be newer if storage failed at the last
   * renewal.
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
   * Restarts the session's idle time.
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
    // A session of another launch could be another patient's.
    if (!session || session.launch !== this.#launch) return { kind: "failed", id };
    if (typeof json?.["token"] === "string") {
      this.#bearer.set(json["token"], Math.min(session.expiresAt, session.endsAt) - session.now);
    }
    return { kind: "session", session };
  }
}

/**
 * Finds the session of this launch: by the hand-off, otherwise by bearer or cookie.
 *
 * @param {Pick<SessionClient, "exchange" | "read">} client
 * @param {string | null} handoff
 * @returns {Promise<Outcome>}
 */
export async function openSession(client, handoff) {
  if (handoff === null) return client.read();
  const exchanged = await client.exchange(handoff);
  // Unreachable does not mean refused: the hand-off may still be valid on a retry.
  if (exchanged.kind === "session" || exchanged.kind === "unreachable") return exchanged;

  const read = await client.read();
  if (read.kind === "session" || read.kind === "unreachable") return read;
  // The hand-off's refusal explains more than a missing cookie does.
  const bare = read.kind === "refused" && read.reason === "session_missing";
  return bare ? exchanged : read;
}
