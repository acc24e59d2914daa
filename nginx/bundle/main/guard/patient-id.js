/**
 * A GUID in canonical spelling, for use in a key: the case of its letters has no meaning (RFC 9562, section 4).
 *
 * @param {string} id
 */
export function canonicalID(id) {
  return id.toLowerCase();
}

/**
 * Whether both are ids of the same patient. Two missing ids do not match: a patient without an id, or
 * with one that is not a string, is never a valid target of a write.
 *
 * @param {unknown} one     from Welkin's page, the session or the server
 * @param {unknown} other
 * @returns {boolean}
 */
export function isSamePatient(one, other) {
  return typeof one === "string" && one !== "" && typeof other === "string" && canonicalID(one) === canonicalID(other);
}
