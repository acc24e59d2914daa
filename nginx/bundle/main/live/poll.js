import { backOff, isMissing, pause } from "../data/repeat.js";

/** The server answers a request that waits within 25 s; milliseconds. */
const timeout = 30_000;

/**
 * Asks a route that answers when there is news, again and again, as long as the session lives.
 *
 * @param {object} options
 * @param {import("../data/repeat.js").Asker} options.data
 * @param {string} options.name
 * @param {() => object} options.body   of the next request
 * @param {(json: any) => number | null} options.take
 *   Takes an answer. Returns the seconds before the next request; null if it is no answer.
 * @param {() => void} [options.onLost]   Called after each request without an answer.
 * @param {number} [options.steps]   After so many failures the pauses stop growing.
 * @param {AbortSignal} options.signal   Ends it.
 * @param {() => AbortSignal} [options.round]
 *   Gives each round its signal: aborted, the round ends, and the next begins at once.
 * @param {typeof pause} [options.wait]
 * @returns {Promise<boolean>} whether it ended because the server has no such route
 */
export async function poll({ data, name, body, take, onLost, steps = Infinity, signal, round = () => signal, wait = pause }) {
  let failures = 0;
  while (!signal.aborted) {
    const now = round();
    /** @type {import("../data/data-client.js").Reply} */
    const reply = await data.ask(name, body(), { signal: now, timeout });
    if (signal.aborted) break;
    if (now.aborted) continue;
    const rest = reply.kind === "ok" ? take(reply.json) : null;
    if (rest !== null) {
      failures = 0;
      if (rest > 0) await wait(rest, now, false);
      continue;
    }
    if (isMissing(reply)) return true;
    if (reply.kind === "unauthorized" && !reply.alive) break;
    onLost?.();
    await backOff(reply, Math.min(failures, steps), now, wait);
    failures += 1;
  }
  return false;
}
