/** Milliseconds by which Welkin tabs that can be seen come before those that cannot. */
const headStart = 500;

/**
 * Milliseconds for which a call that rings no longer stays taken: the other tabs hear of
 * it a moment later, and must not begin to ring in between.
 */
const linger = 5_000;

/**
 * Lets one Welkin tab ring for each call, and another one take over when that tab goes
 * away. Where a browser has no Web Locks for us (no secure context; older Firefox in a
 * frame of another site), each tab rings: twice is better than not at all.
 */
export class RingLead {
  #parts;
  /** @type {Map<string, () => void>} */
  #leave = new Map();

  /**
   * @param {object} parts
   * @param {Pick<LockManager, "request"> | undefined} parts.locks   `navigator.locks`
   * @param {(run: () => void, delay: number) => unknown} parts.later   `setTimeout`
   * @param {() => boolean} parts.isVisible
   * @param {(id: string) => void} parts.onLead   This tab is to ring.
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * Takes part for exactly these calls.
   *
   * @param {readonly string[]} ids
   */
  contend(ids) {
    for (const [id, leave] of this.#leave) {
      if (ids.includes(id)) continue;
      this.#leave.delete(id);
      leave();
    }
    for (const id of ids) if (!this.#leave.has(id)) this.#enter(id);
  }

  /** @param {string} id */
  #enter(id) {
    const { locks, later, isVisible, onLead } = this.#parts;
    const abort = new AbortController();
    /** @type {() => void} */
    let release = () => {};
    const over = new Promise((resolve) => {
      release = () => later(() => resolve(undefined), linger);
    });
    this.#leave.set(id, () => {
      abort.abort();
      release();
    });
    const lead = () => {
      if (!abort.signal.aborted) onLead(id);
    };

    async function request() {
      if (abort.signal.aborted) return;
      if (!locks) return lead();
      try {
        await locks.request(`welkin:call:${id}`, { signal: abort.signal }, () => {
          lead();
          return over;
        });
      } catch {
        lead();
      }
    }
    if (isVisible()) void request();
    else later(request, headStart);
  }
}
