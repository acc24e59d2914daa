import { timeOfDay } from "../format/format.js";

/**
 * @param {unknown} name   America/New_York
 * @returns {string | undefined} undefined if the browser does not know it
 */
export function zoneIn(name) {
  if (typeof name !== "string") return undefined;
  try {
    new Date().toLocaleTimeString([], { timeZone: name });
    return name;
  } catch {
    return undefined;
  }
}

/**
 * Whose time it is, where that is not the browser's.
 *
 * @param {string | undefined} zone
 * @param {number} now   seconds since 1970
 * @returns {string} "" if it is the same
 */
export function placeOf(zone, now) {
  if (!zone || timeOfDay(now, zone) === timeOfDay(now)) return "";
  return `${zone.split("/").at(-1)?.replaceAll("_", " ")} time`;
}

/**
 * A time of day as the browser writes it.
 *
 * @param {string} time   13:30
 */
export function ownTime(time) {
  const seconds = Date.parse(`1970-01-01T${time}Z`) / 1000;
  return Number.isNaN(seconds) ? time : timeOfDay(seconds, "UTC");
}
