/**
 * The patient whom Welkin shows.
 *
 * @param {Pick<import("../apps-api/apps-api.js").HostState, "pageType" | "pageId"> | null} state
 *   null as long as Welkin's page has not said where it is
 * @returns {string | null} null when it shows no patient, or it is not known whom
 */
export function patientOnScreen(state) {
  return (state?.pageType === "patient" && state.pageId) || null;
}
