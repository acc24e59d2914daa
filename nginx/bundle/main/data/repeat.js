/**
 * Requests that are repeated until there is an answer. For reads only: a write is never repeated.
 *
 * @typedef {import("./data-client.js").Reply} Reply
 * @typedef {Pick<import("./data-client.js").DataClient, "ask">} Asker
 */

/** Seconds before the first, second … retry; the last one repeats. */
const pauses = [1, 2, 4, 8, 15, 30];

/**
 * Waits before the next try. Randomised, so that a whole clinic does not retry at the same moment.
 *
 * @param {Reply} reply      the one that was no answer; its Retry-After is the least
 * @param {number} failures  how many came before it
 * @param {AbortSignal} signal
 * @param {typeof pause} [wait]
 */
export function backOff(reply, failures, signal, wait = pause) {
  const seconds = pauses[Math.min(failures, pauses.length - 1)] ?? 0;
  const least = (reply.kind === "failed" && reply.retryAfter) || 0;
  return wait(Math.max(seconds * (0.75 + Math.random() / 2), least), signal, reply.kind === "unreachable");
}

/**
 * Reads until there is an answer: retries after a pause, or as soon as the browser reports that the
 * network is back.
 *
 * @param {Asker} data
 * @param {string} name
 * @param {object} body
 * @param {{ signal: AbortSignal, wait?: typeof pause }} options   The signal aborts it.
 * @returns {Promise<Reply>} "failed" and "unreachable" only if aborted, or for a 404
 */
export async function read(data, name, body, { signal, wait = pause }) {
  let unauthorized = 0;
  for (let failures = 0; ; failures += 1) {
    const reply = await data.ask(name, body, { signal });
    if (signal.aborted) return reply;
    if (reply.kind === "unauthorized") {
      unauthorized += 1;
      if (reply.alive && unauthorized === 1) continue;
      return reply;
    }
    if ((reply.kind !== "failed" && reply.kind !== "unreachable") || isMissing(reply)) return reply;
    await backOff(reply, failures, signal, wait);
    if (signal.aborted) return reply;
  }
}

/**
 * Whether the server has no such route, or not what was asked for; also if a web server says so with
 * a page of its own.
 *
 * @param {Reply} reply
 */
export function isMissing(reply) {
  return (reply.kind === "refused" || reply.kind === "failed") && reply.status === 404;
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
