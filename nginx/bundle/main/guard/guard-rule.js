import { isSamePatient } from "./patient-id.js";
import { patientOnScreen } from "./patient-on-screen.js";

/**
 * The wrong-patient guard's rule: whether Welkin shows the patient that the App was opened for, and
 * what that means for a write.
 *
 * @typedef {"same" | "different" | "unknown" | "free"} GuardState
 * @typedef {"allow" | "confirm" | "block"} WriteRule
 */

/**
 * @param {string | null} sessionPatient   null if the App was opened outside a patient's page
 * @param {Parameters<typeof patientOnScreen>[0]} hostState   the current state of the Apps API
 * @returns {GuardState} "free" if the session has no patient that could be mistaken
 */
export function guardState(sessionPatient, hostState) {
  if (sessionPatient === null) return "free";
  const shown = patientOnScreen(hostState);
  if (shown === null) return "unknown";
  return isSamePatient(shown, sessionPatient) ? "same" : "different";
}

/**
 * @param {GuardState} state
 * @returns {WriteRule} "confirm": the worker is asked each time, with the patient's name
 */
export function writeRule(state) {
  switch (state) {
    case "same":
    case "free":
      return "allow";
    case "unknown":
      return "confirm";
    default:
      return "block";
  }
}
