/**
 * Who is signed in, for which patient, until when. Times are seconds since 1970 by the
 * server's clock.
 *
 * @typedef {object} Session
 * @property {string} app
 * @property {string} launch
 * @property {string} worker
 * @property {string | null} patient   null when the App was opened from outside a patient
 * @property {string} provider
 * @property {string} hostOrigin       The origin of Welkin's page.
 * @property {number} now              When the server answered.
 * @property {number} expiresAt        The end unless it is renewed.
 * @property {number} endsAt           The end that no renewal moves.
 */

const texts = /** @type {const} */ (["app", "launch", "worker", "provider", "host_origin"]);
const times = /** @type {const} */ (["now", "expires_at", "ends_at"]);

/**
 * Reads the session from the server's JSON.
 *
 * Every member is checked: half a session must not be shown as one, least of all with
 * its patient missing.
 *
 * @param {unknown} value   parsed JSON
 * @returns {Session | null} null when it is not a session
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
