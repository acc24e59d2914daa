/** Milliseconds that the two clocks may differ before one counts as having jumped. */
const tolerance = 5000;

/**
 * Elapsed milliseconds, whatever happens to the browser's clocks: `Date.now` jumps when somebody
 * sets it, `performance.now` may stop while the computer sleeps. The greater value counts, so a
 * page is early rather than late.
 */
export class Stopwatch {
  #date;
  #steady;
  #lastDate;
  #lastSteady;
  #total = 0;
  #ahead = 0;

  /**
   * @param {() => number} date     `Date.now`
   * @param {() => number} steady   `performance.now`
   */
  constructor(date, steady) {
    this.#date = date;
    this.#steady = steady;
    this.#lastDate = date();
    this.#lastSteady = steady();
  }

  /** Milliseconds, from any beginning; never less than before. */
  now() {
    const [date, steady] = [this.#date(), this.#steady()];
    const [byDate, bySteady] = [date - this.#lastDate, steady - this.#lastSteady];
    [this.#lastDate, this.#lastSteady] = [date, steady];
    this.#total += Math.max(byDate, bySteady, 0);
    this.#ahead += Math.max(byDate - bySteady, 0);
    return this.#total;
  }

  /** Whether the time may be too much, since `trust`: the computer slept, or its clock was set forward. */
  get doubtful() {
    return this.#ahead > tolerance;
  }

  trust() {
    this.#ahead = 0;
  }
}

/**
 * @typedef {object} ClockParts
 * @property {() => number} now   milliseconds, any epoch, never going back
 * @property {(run: () => void, delay: number) => unknown} later   `setTimeout`
 * @property {(left: number) => void} onTick   Called with the seconds left: each second at the end,
 *   before that now and then.
 * @property {() => void} onEnd   Called once when the session has expired.
 */

/** Longest sleep, in seconds. After the computer slept, a long timer would be late. */
const longest = 15;

/** Seconds before the end in which each second counts. */
export const countdown = 60;

/**
 * Tracks how long the session still lasts, by the server's clock.
 *
 * A worker's computer may be hours off, so only elapsed time is used. The time that the answer took
 * counts as elapsed, so the page is early rather than late.
 */
export class SessionClock {
  #parts;
  #ahead = 0;
  #idle = 0;
  #expiresAt = -Infinity;
  #generation = 0;

  /** @param {ClockParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * Starts or restarts from the server's latest times.
   *
   * @param {import("./session-client.js").Session} session
   */
  start(session) {
    this.#ahead = session.now - this.#parts.now() / 1000;
    this.#expiresAt = Math.min(session.expiresAt, session.endsAt);
    this.#idle = this.#expiresAt - session.now;
    this.check();
  }

  stop() {
    this.#expiresAt = -Infinity;
    this.#generation += 1;
  }

  /** Seconds since 1970, by the server's clock. */
  get now() {
    return this.#parts.now() / 1000 + this.#ahead;
  }

  /** Seconds left; zero or less if the session has expired or there is none. */
  get left() {
    return this.#expiresAt - this.now;
  }

  /** Whether less than half of the time that the server last granted is left. */
  get isPastHalf() {
    return this.left < this.#idle / 2;
  }

  /** Ends the session if its time is over; otherwise checks again later. */
  check() {
    if (this.#expiresAt === -Infinity) return;
    const left = this.left;
    if (left <= 0) {
      this.stop();
      this.#parts.onEnd();
      return;
    }
    const generation = ++this.#generation;
    const wait = left > countdown ? Math.min(left - countdown, longest) : Math.min(left, 1);
    this.#parts.later(() => {
      if (generation === this.#generation) this.check();
    }, wait * 1000);
    this.#parts.onTick(left);
  }
}
