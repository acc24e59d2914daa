/**
 * What became of a wish that Welkin's page was asked for.
 *
 * - done: it says that it has done it; 200 is the only status for that
 * - unconfirmed: it was sent, and nothing was said
 * - missing: there is no such page, or the worker may not see it
 * - unreachable: nobody was there to be asked
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
 * The same for the worker.
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
 * Has Welkin close the App, and says what became of that.
 *
 * @param {Pick<import("./apps-api.js").AppsApi, "closeFrame">} api
 */
export async function closeApp(api) {
  return answerText(await hostAnswer(api.closeFrame()), "Close the App with Welkin’s own button.");
}
