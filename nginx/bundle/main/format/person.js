/**
 * @typedef {object} Person   as in Welkin's Data API
 * @property {string} id
 * @property {string | null} [first_name]
 * @property {string | null} [last_name]
 */

/** @param {Person} person */
export function fullName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ") || "Patient without a name";
}

/**
 * A day is the same day in every time zone.
 *
 * @param {string | null | undefined} date   1961-04-12
 * @returns {string} "" when it is none
 */
export function birthday(date) {
  const time = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(time.getTime()) ? "" : time.toLocaleDateString([], { dateStyle: "medium", timeZone: "UTC" });
}
