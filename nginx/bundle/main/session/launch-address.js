/**
 * @typedef {object} Opening   The launch's data in the address.
 * @property {string | null} handoff      Sealed; null if the address has none.
 * @property {"patient" | "calls"} kind   Probably the App to show. The session decides.
 */

/**
 * Removes the hand-off from the address: `#handoff=SEALED`, and `&patient=none` if the App was
 * opened outside a patient's page.
 *
 * It opens the session for a minute, so it is removed from the address bar, and with it from
 * history, bookmarks and "copy link", before anything else happens. The address is rewritten
 * whether or not the hand-off is used afterwards.
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
 * Reads a page's App and launch from its path.
 *
 * The path may lie in a folder (`/clinic/a/main/…/`).
 *
 * @param {string} pathname   `location.pathname`
 * @returns {LaunchPath | null} null if it is not a launch's path
 */
export function parseLaunchPath(pathname) {
  const match = pattern.exec(pathname);
  if (!match) return null;
  const [, app, launch] = match;
  return app && launch ? { app, launch } : null;
}
