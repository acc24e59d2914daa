/**
 * @typedef {object} Opening   What the launch has put into the address.
 * @property {string | null} handoff      Sealed; null when the address has none.
 * @property {"patient" | "calls"} kind   Which App it will probably be. The session decides.
 */

/**
 * Takes the hand-off out of the address: `#handoff=SEALED`, and `&patient=none` where
 * the App was opened from outside a patient.
 *
 * It is a key to the session for a minute, so it leaves the address bar, and with it
 * history, bookmarks and "copy link", before anything else happens. The address is
 * rewritten whether or not the hand-off is used afterwards.
 *
 * @param {Pick<Location, "hash" | "pathname" | "search">} location
 * @param {Pick<History, "replaceState">} history
 * @returns {Opening}
 */
export function takeHandoff(location, history) {
  const fields = new URLSearchParams(location.hash.slice(1));
  if (fields.has("handoff")) history.replaceState(null, "", location.pathname + location.search);
  return { handoff: fields.get("handoff") || null, kind: fields.get("patient") === "none" ? "calls" : "patient" };
}

/**
 * @typedef {object} LaunchPath
 * @property {string} app      Name of the App, as in its App URL ("main" when that names none).
 * @property {string} launch   The launch: 128 random bits, base64url, 22 characters.
 */

const pattern = /\/a\/([a-z][a-z0-9-]*)\/([A-Za-z0-9_-]{22})\/$/;

/**
 * Reads which App and which launch a page is for, from the path that it is shown at.
 *
 * The path may lie in a folder (`/clinic/a/main/…/`).
 *
 * @param {string} pathname   `location.pathname`
 * @returns {LaunchPath | null} null when it is not the path of a launch
 */
export function parseLaunchPath(pathname) {
  const match = pattern.exec(pathname);
  if (!match) return null;
  const [, app, launch] = match;
  return app && launch ? { app, launch } : null;
}
