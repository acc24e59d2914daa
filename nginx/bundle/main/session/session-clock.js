/**
 * @typedef {object} ClockParts
 * @property {() => number} now   milliseconds, any epoch: `Date.now`
 * @property {(run: () => void, delay: number) => unknown} later   `setTimeout`
 */

/** Longest sleep, in seconds. After the computer slept, a long timer would be late. */
const longest = 15;

/**
 * Knows how long the session still lasts, by the server's clock.
 *
 * A worker's computer may be minutes wrong: only the difference to the server's `now`
 * is used. The time that the answer took counts as gone, so the page is early rather
 * than late.
 */
export class SessionClock {
  #parts;
  #onEnd;
  #ahead = 0;
  #idle = 0;
  #expiresAt = -Infinity;
  #generation = 0;

  /**
   * @param {ClockParts} parts
   * @param {() => void} onEnd   Called once when the session has run out.
   */
  constructor(parts, onEnd) {
    this.#parts = parts;
    this.#onEnd = onEnd;
  }

  /**
   * Starts, or starts anew, from what the server just said.
   *
   * @param {import("./session.js").Session} session
   */
  start(session) {
    this.#ahead = session.now - this.#parts.now() / 1000;
    this.#expiresAt = Math.min(session.expiresAt, session.endsAt);
    this.#idle = this.#expiresAt - session.now;
    this.#generation += 1;
    this.check();
  }

  stop() {
    this.#expiresAt = -Infinity;
    this.#generation += 1;
  }

  /** Seconds left; zero or less when the session has run out or there is none. */
  get left() {
    return this.#expiresAt - this.#parts.now() / 1000 - this.#ahead;
  }

  /** Whether less than half of the time is left that the server last gave. */
  get isPastHalf() {
    return this.left < this.#idle / 2;
  }

  /** Ends the session if its time is over, or looks again later. */
  check() {
    if (this.#expiresAt === -Infinity) return;
    const left = this.left;
    if (left <= 0) {
      this.stop();
      this.#onEnd();
      return;
    }
    const generation = ++this.#generation;
    this.#parts.later(() => {
      if (generation === this.#generation) this.check();
    }, Math.min(left, longest) * 1000);
  }
}
