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
