import { pause } from "../data/data-client.js";
import { parseSnapshot } from "./live-calls.js";

/** The server answers within 25 s; milliseconds. */
const timeout = 30_000;

/** Seconds: a server that answers at once with nothing new must not be polled in a tight loop. */
const least = 1;

/** Seconds before the next request after the first, second … one that failed. */
const pauses = [1, 2, 4, 8, 15];

/**
 * Polls the worker's calls while the session lives.
 *
 * @param {object} options
 * @param {Pick<import("../data/data-client.js").DataClient, "ask">} options.data
 * @param {AbortSignal} options.signal   Ends it.
 * @param {(snapshot: NonNullable<ReturnType<typeof parseSnapshot>>) => void} options.onCalls
 * @param {(reached: boolean) => void} options.onReach   Whether calls would ring here now; on each change.
 * @param {typeof pause} [options.wait]
 */
export async function pollCalls({ data, signal, onCalls, onReach, wait = pause }) {
  /** @type {string | null} */
  let after = null;
  let failures = 0;
  while (!signal.aborted) {
    /** @type {import("../data/data-client.js").Reply} */
    const reply = await data.ask("calls/await", { after }, { signal, timeout });
    if (signal.aborted) return;
    /** @type {ReturnType<typeof parseSnapshot>} */
    const snapshot = reply.kind === "ok" ? parseSnapshot(reply.json) : null;
    if (snapshot) {
      if (failures > 0 || after === null) onReach(true);
      const isNew = snapshot.version !== after;
      failures = 0;
      after = snapshot.version;
      if (isNew) onCalls(snapshot);
      else await wait(least, signal, false);
      continue;
    }
    if (reply.kind === "unauthorized" && !reply.alive) return;
    if (failures === 0) onReach(false);
    // The next request must be answered at once, whatever was missed.
    after = null;
    const seconds = pauses[Math.min(failures, pauses.length - 1)] ?? 0;
    failures += 1;
    const floor = (reply.kind === "failed" && reply.retryAfter) || 0;
    await wait(Math.max(seconds * (0.75 + Math.random() / 2), floor), signal, reply.kind === "unreachable");
  }
}
