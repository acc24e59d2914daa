/**
 * A GUID in one spelling, for a key say: the case of its letters has no meaning (RFC 9562, section 4).
 *
 * @param {string} id
 */
export function canonicalID(id) {
  return id.toLowerCase();
}

/**
 * Whether both are the id of one patient. Nobody is not the same as nobody: what has no id, or one that
 * is no text, is no patient whom something could be written for.
 *
 * @param {unknown} one     as Welkin's page, the session or the server tells it
 * @param {unknown} other
 * @returns {boolean}
 */
export function isSamePatient(one, other) {
  return typeof one === "string" && one !== "" && typeof other === "string" && canonicalID(one) === canonicalID(other);
}
