/**
 * @typedef {import("./data-client.js").Reply} Reply
 * @typedef {import("./data-client.js").DataClient} DataClient
 */

/** Seconds before the first, second … try again; the last one repeats. */
const pauses = [1, 2, 4, 8, 15, 30];

/**
 * Reads until there is an answer: again after a while, or as soon as the browser says
 * that the network is back. Only for what changes nothing: a write is never repeated.
 *
 * @param {DataClient} data
 * @param {string} name
 * @param {object} body
 * @param {{ signal: AbortSignal, wait?: typeof pause }} options   The signal gives it up.
 * @returns {Promise<Reply>} "failed" and "unreachable" only when it was given up
 */
export async function read(data, name, body, { signal, wait = pause }) {
  let unauthorized = 0;
  for (let tries = 0; ; tries += 1) {
    const reply = await data.ask(name, body, { signal });
    if (signal.aborted) return reply;
    if (reply.kind === "unauthorized") {
      unauthorized += 1;
      if (reply.alive && unauthorized === 1) continue;
      return reply;
    }
    if (reply.kind !== "failed" && reply.kind !== "unreachable") return reply;
    const seconds = pauses[Math.min(tries, pauses.length - 1)] ?? 0;
    // Spread, so that a whole clinic does not come back in the same moment.
    const least = (reply.kind === "failed" && reply.retryAfter) || 0;
    await wait(Math.max(seconds * (0.75 + Math.random() / 2), least), signal, reply.kind === "unreachable");
    if (signal.aborted) return reply;
  }
}

/**
 * @param {number} seconds
 * @param {AbortSignal} signal
 * @param {boolean} online   Whether the network's return ends the wait.
 * @returns {Promise<void>}
 */
export function pause(seconds, signal, online) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    if (online) addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}
