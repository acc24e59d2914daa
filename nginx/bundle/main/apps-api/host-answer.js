/**
 * The outcome of a request to Welkin's page.
 *
 * - done: Welkin's page confirms it; only status 200 does
 * - unconfirmed: sent, without an answer
 * - missing: the page does not exist, or the worker may not see it
 * - unreachable: not connected to Welkin's page
 *
 * @typedef {{ kind: "done" } | { kind: "unconfirmed" | "missing" | "unreachable" } | { kind: "refused", status: number }} HostAnswer
 */

/**
 * @param {Promise<import("./apps-api.js").CallResult>} call
 * @returns {Promise<HostAnswer>}
 */
export async function hostAnswer(call) {
  try {
    const result = await call;
    if (result.kind === "sent") return { kind: "unconfirmed" };
    if (result.status === 200) return { kind: "done" };
    return result.status === 404 ? { kind: "missing" } : { kind: "refused", status: result.status };
  } catch {
    return { kind: "unreachable" };
  }
}

/**
 * The outcome in words for the worker.
 *
 * @param {HostAnswer} answer
 * @param {string} byHand   what the worker can do without the App
 */
export function answerText(answer, byHand) {
  switch (answer.kind) {
    case "done":
      return "Done.";
    case "unconfirmed":
      return `Welkin hasn’t confirmed this. If nothing happens: ${byHand}`;
    case "missing":
      return `Welkin can’t find this, or you don’t have access. ${byHand}`;
    case "refused":
      return `Welkin refused (${answer.status}). ${byHand}`;
    default:
      return `Welkin isn’t responding. ${byHand}`;
  }
}

/**
 * Asks Welkin to close the App, and returns the outcome in words.
 *
 * @param {Pick<import("./apps-api.js").AppsApi, "closeFrame">} api
 */
export async function closeApp(api) {
  return answerText(await hostAnswer(api.closeFrame()), "Close the App with Welkin’s own button.");
}
