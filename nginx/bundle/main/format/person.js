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

/**
 * @param {string} date   of birth, 1961-04-12
 * @param {number} now    seconds since 1970
 * @returns {string} 65 years; of small children, months
 */
export function age(date, now) {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const today = new Date(now * 1000);
  const months = (today.getFullYear() - year) * 12 + today.getMonth() + 1 - month - (today.getDate() < day ? 1 : 0);
  const [count, unit] = months < 24 ? [months, "month"] : [Math.floor(months / 12), "year"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
