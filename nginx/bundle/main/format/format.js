/**
 * @typedef {object} Person   as in Welkin's Data API
 * @property {string} id
 * @property {string | null} [first_name]
 * @property {string | null} [last_name]
 */

/**
 * @param {Person} person
 * @param {string} [none]   for one without a name
 */
export function fullName(person, none = "Patient without a name") {
  return [person.first_name, person.last_name].filter(Boolean).join(" ") || none;
}

/**
 * Prevents line breaks: half a date reads as another one.
 *
 * @param {string} text
 */
const solid = (text) => text.replaceAll(" ", "\u00a0");

/**
 * A day is the same day in every time zone.
 *
 * @param {string | null | undefined} date   1961-04-12
 * @returns {string} "" for an invalid date
 */
export function birthday(date) {
  const time = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(time.getTime()) ? "" : solid(time.toLocaleDateString([], { dateStyle: "medium", timeZone: "UTC" }));
}

/**
 * @param {string} date   of birth, 1961-04-12
 * @param {number} now    seconds since 1970
 * @returns {string} 65 years; for small children, months
 */
export function age(date, now) {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const today = new Date(now * 1000);
  const months = (today.getFullYear() - year) * 12 + today.getMonth() + 1 - month - (today.getDate() < day ? 1 : 0);
  const [count, unit] = months < 24 ? [months, "month"] : [Math.floor(months / 12), "year"];
  return solid(`${count} ${unit}${count === 1 ? "" : "s"}`);
}

/**
 * @typedef {object} PhoneNumber   as in Welkin's Data API
 * @property {string} id
 * @property {string} phone_number
 * @property {string | null} [phone_number_type]
 * @property {string | null} [friendly_name]
 */

/**
 * Groups the digits of North American numbers; others stay as they are.
 *
 * @param {string} number   E.164
 */
export function phoneNumber(number) {
  const parts = /^\+?1([2-9]\d\d)(\d{3})(\d{4})$/.exec(number);
  return parts ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : number;
}

/** @param {PhoneNumber} number */
export function phoneKind(number) {
  const type = number.phone_number_type;
  return number.friendly_name || (type === "cell" ? "Mobile" : type === "landline" ? "Landline" : "Phone");
}

/**
 * @param {number} seconds   since 1970
 * @param {string} [timeZone]   otherwise the browser's
 */
export function timeOfDay(seconds, timeZone) {
  return solid(new Date(seconds * 1000).toLocaleTimeString([], { timeStyle: "short", ...(timeZone && { timeZone }) }));
}

/** @param {number} seconds   since 1970 */
export function dateTime(seconds) {
  return solid(new Date(seconds * 1000).toLocaleString([], { dateStyle: "medium", timeStyle: "short" }));
}

/**
 * The time of day, with the date if that is not today.
 *
 * @param {number} seconds   since 1970
 * @param {number} now       the same
 */
export function moment(seconds, now) {
  const day = (/** @type {number} */ time) => new Date(time * 1000).toDateString();
  return day(seconds) === day(now) ? timeOfDay(seconds) : dateTime(seconds);
}

/**
 * @param {number} seconds
 * @returns {string} 0:07, 12:30, 1:02:09
 */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ value) => String(value % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}:${two(whole)}` : `${Math.floor(minutes / 60)}:${two(minutes)}:${two(whole)}`;
}
