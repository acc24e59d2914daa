/** Milliseconds that the two clocks may differ without one of them having jumped. */
const tolerance = 5000;

/**
 * Milliseconds that went by, whatever happens to the browser's clocks: `Date.now` jumps
 * when somebody sets it, `performance.now` may stand still while the computer sleeps.
 * Whichever says more counts, so a page is early rather than late.
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

  /** Whether the time may be too much, since `trust`: the computer slept, or its clock was put on. */
  get doubtful() {
    return this.#ahead > tolerance;
  }

  trust() {
    this.#ahead = 0;
  }
}
