/** Seconds to wait after a renewal that got no answer. */
const pause = 20;

/**
 * Renews the session while the worker uses the App.
 *
 * Only what a person does counts as use: a page left open on a desk must run out.
 */
export class Renewal {
  #renew;
  #clock;
  #now;
  #running = false;
  #notBefore = -Infinity;

  /**
   * @param {object} options
   * @param {() => Promise<boolean>} options.renew   Renews; resolves to whether it got an answer.
   * @param {Pick<import("./session-clock.js").SessionClock, "left" | "isPastHalf">} options.clock
   * @param {() => number} options.now   milliseconds: `Date.now`
   */
  constructor({ renew, clock, now }) {
    this.#renew = renew;
    this.#clock = clock;
    this.#now = now;
  }

  /** The worker did something. */
  async onActivity() {
    if (this.#running || this.#clock.left <= 0 || !this.#clock.isPastHalf) return;
    if (this.#now() < this.#notBefore) return;
    this.#running = true;
    try {
      if (!(await this.#renew())) this.#notBefore = this.#now() + pause * 1000;
    } finally {
      this.#running = false;
    }
  }
}
