/**
 * The wrong-patient guard: whether the patient on Welkin's screen is the one that the App
 * was opened for, and what that means for a write.
 *
 * @typedef {"same" | "different" | "unknown" | "free"} GuardState
 * @typedef {"allow" | "confirm" | "block"} WriteRule
 * @typedef {import("../apps-api/apps-api.js").HostState} HostState
 */

/**
 * @param {string | null} sessionPatient   null when the App was opened from outside a patient
 * @param {Pick<HostState, "pageType" | "pageId"> | null} hostState
 *   null as long as Welkin's page has not said where it is
 * @returns {GuardState} "free" when the session has no patient that could be mistaken
 */
export function guardState(sessionPatient, hostState) {
  if (sessionPatient === null) return "free";
  if (hostState?.pageType !== "patient" || !hostState.pageId) return "unknown";
  // GUIDs: the case of their letters has no meaning (RFC 9562, section 4).
  return hostState.pageId.toLowerCase() === sessionPatient.toLowerCase() ? "same" : "different";
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
