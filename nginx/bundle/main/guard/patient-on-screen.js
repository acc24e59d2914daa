/**
 * The patient that Welkin shows.
 *
 * @param {Pick<import("../apps-api/apps-api.js").HostState, "pageType" | "pageId"> | null} state
 *   null until Welkin's page has sent its state
 * @returns {string | null} null if it shows no patient, or an unknown one
 */
export function patientOnScreen(state) {
  return (state?.pageType === "patient" && state.pageId) || null;
}
