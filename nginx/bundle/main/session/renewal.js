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
  /** @type {Promise<boolean> | null} */
  #running = null;
  #notBefore = -Infinity;

  /**
   * @param {object} options
   * @param {() => Promise<boolean>} options.renew   Renews; resolves to whether it got an answer.
   * @param {Pick<import("./session-clock.js").SessionClock, "left" | "isPastHalf">} options.clock
   * @param {() => number} options.now   milliseconds, never going back
   */
  constructor({ renew, clock, now }) {
    this.#renew = renew;
    this.#clock = clock;
    this.#now = now;
  }

  /** The worker did something. */
  async onActivity() {
    if (this.#clock.isPastHalf && this.#now() >= this.#notBefore) await this.now();
  }

  /**
   * Renews now, or waits for the renewal that is under way.
   *
   * @returns {Promise<boolean>} whether there was an answer
   */
  async now() {
    if (this.#clock.left <= 0) return false;
    this.#running ??= this.#renew();
    try {
      const answered = await this.#running;
      if (!answered) this.#notBefore = this.#now() + pause * 1000;
      return answered;
    } finally {
      this.#running = null;
    }
  }
}
