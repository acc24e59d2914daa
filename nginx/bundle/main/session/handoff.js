/**
 * Takes the hand-off out of the address: `#handoff=SEALED`.
 *
 * It is a key to the session for a minute, so it leaves the address bar, and with it
 * history, bookmarks and "copy link", before anything else happens. The address is
 * rewritten whether or not the hand-off is used afterwards.
 *
 * @param {Pick<Location, "hash" | "pathname" | "search">} location
 * @param {Pick<History, "replaceState">} history
 * @returns {string | null} the sealed hand-off; null when the address has none
 */
export function takeHandoff(location, history) {
  const fields = new URLSearchParams(location.hash.slice(1));
  if (!fields.has("handoff")) return null;
  history.replaceState(null, "", location.pathname + location.search);
  return fields.get("handoff") || null;
}
