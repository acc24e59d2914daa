/**
 * What became of a wish that Welkin's page was asked for, for the worker.
 *
 * @param {Promise<import("../apps-api/apps-api.js").CallResult>} call
 * @param {string} byHand   what the worker can do without the App
 * @returns {Promise<string>}
 */
export async function hostAnswer(call, byHand) {
  try {
    const result = await call;
    if (result.kind === "sent") return `Welkin hasn’t confirmed this. If nothing happens: ${byHand}`;
    if (result.status === 404) return `Welkin can’t find this, or you don’t have access. ${byHand}`;
    return result.status < 300 ? "Done." : `Welkin refused (${result.status}). ${byHand}`;
  } catch {
    return `Welkin isn’t responding. ${byHand}`;
  }
}

/**
 * Has Welkin close the App, and says what became of that.
 *
 * @param {Pick<import("../apps-api/apps-api.js").AppsApi, "closeFrame">} api
 */
export function closeApp(api) {
  return hostAnswer(api.closeFrame(), "Close the App with Welkin’s own button.");
}
