/**
 * A placed call, as the server reports it.
 *
 * @typedef {"answered" | "no_answer" | "busy" | "wrong_number"} Outcome
 *
 * @typedef {object} PlacedCall
 * @property {string} id
 * @property {string} key   of the write that placed it
 * @property {"dialing" | "ended"} state
 * @property {Outcome | null} outcome   null: not recorded yet
 * @property {number} at    seconds since 1970
 * @property {import("../format/format.js").Person} patient
 * @property {import("../format/format.js").PhoneNumber} phone_number
 */

/** @type {Readonly<Record<Outcome, string>>} in the order in which they are offered */
export const outcomes = { answered: "Answered", no_answer: "No answer", busy: "Busy", wrong_number: "Wrong number" };

/**
 * Reads a list of placed calls. Rejects an invalid list entirely: half a list would settle calls.
 *
 * @param {any} json   undefined if the server does not report them
 * @returns {PlacedCall[] | null}
 */
export function parsePlaced(json = []) {
  const sound = Array.isArray(json) && json.every((call) =>
    [call?.id, call?.key, call?.patient?.id, call?.phone_number?.id, call?.phone_number?.phone_number].every((text) => typeof text === "string")
    && (call.state === "dialing" || call.state === "ended")
    && (call.outcome === null || Object.hasOwn(outcomes, call.outcome))
    && Number.isFinite(call.at));
  return sound ? json : null;
}
