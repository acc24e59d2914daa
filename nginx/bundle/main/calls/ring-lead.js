/** Milliseconds by which visible Welkin tabs precede hidden ones. */
const headStart = 500;

/**
 * Milliseconds for which a call stays locked after it stops ringing: the other tabs learn of it a
 * moment later, and must not start to ring in between.
 */
const linger = 5_000;

/**
 * Lets one Welkin tab ring for each call, and another take over when that tab closes. In browsers
 * without Web Locks (no secure context; older Firefox in a cross-site frame), each tab rings:
 * twice is better than not at all.
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
   * @param {(id: string) => void} parts.onLead   Called when this tab must ring.
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * Competes for exactly these calls.
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
