/**
 * What became of asking Welkin to open a patient.
 *
 * @typedef {"none" | "opening" | "open" | "sent" | "missing" | "failed" | "nobody"} Navigation
 */

/** @type {Record<Navigation, string>} */
const texts = {
  none: "",
  opening: "Opening the patient in Welkin…",
  open: "Opened in Welkin.",
  sent: "Welkin hasn’t confirmed this.",
  missing: "Welkin can’t open this patient.",
  failed: "Welkin didn’t open this patient.",
  nobody: "Welkin isn’t responding. Open the patient there yourself.",
};

/**
 * Sends Welkin to a patient: at once, for it is only allowed in the worker's click.
 *
 * @param {Pick<import("../apps-api/apps-api.js").AppsApi, "navigateTo">} api
 * @param {string} patient
 * @param {(navigation: Navigation) => void} show   Called now, and with the outcome.
 */
export async function openPatient(api, patient, show) {
  const going = api.navigateTo("patient", patient);
  show("opening");
  try {
    const result = await going;
    if (result.kind === "sent") show("sent");
    else show(result.status === 200 ? "open" : result.status === 404 ? "missing" : "failed");
  } catch {
    show("nobody");
  }
}

/**
 * Welkin's reply may never come; the patient on screen is as good.
 *
 * @param {Navigation} navigation
 * @param {boolean} isOnScreen   whether that patient is what Welkin shows
 */
export function navigationText(navigation, isOnScreen) {
  return texts[isOnScreen && (navigation === "opening" || navigation === "sent") ? "open" : navigation];
}
