import { poll } from "../live/poll.js";
import { parseSnapshot } from "./live-calls.js";

/** Seconds: a server that answers at once with nothing new must not be polled in a tight loop. */
const least = 1;

/** Failures after which the pauses stop growing, at 15 s: a call rings for less than a minute. */
const steps = 4;

/**
 * Polls the worker's calls while the session lives.
 *
 * @param {object} options
 * @param {import("../data/repeat.js").Asker} options.data
 * @param {AbortSignal} options.signal   Ends it.
 * @param {(snapshot: NonNullable<ReturnType<typeof parseSnapshot>>) => void} options.onCalls
 * @param {(reached: boolean) => void} options.onReach   Whether calls would ring here now; on each change.
 * @param {() => void} options.onMissing   Called when the server has no calls.
 * @param {typeof import("../data/repeat.js").pause} [options.wait]
 */
export async function pollCalls({ onCalls, onReach, onMissing, ...options }) {
  /** @type {string | null} */
  let after = null;
  /** @type {boolean | null} */
  let reached = null;
  /** @param {boolean} isReached */
  const tell = (isReached) => { if (isReached !== reached) onReach(reached = isReached); };
  const isMissing = await poll({
    ...options,
    name: "calls/await",
    steps,
    body: () => ({ after }),
    take(json) {
      const snapshot = parseSnapshot(json);
      if (!snapshot) return null;
      tell(true);
      if (snapshot.version === after) return least;
      after = snapshot.version;
      onCalls(snapshot);
      return 0;
    },
    onLost() {
      tell(false);
      // The next request must be answered at once, whatever was missed.
      after = null;
    },
  });
  if (isMissing) onMissing();
}
