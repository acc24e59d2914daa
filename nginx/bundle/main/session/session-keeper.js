import { BearerStore } from "./bearer.js";
import { openSession, SessionClient } from "./session-client.js";
import { countdown, SessionClock, Stopwatch } from "./session-clock.js";

/** Seconds to wait after a renewal that got no answer. */
const pause = 20;

/**
 * Renews the session while the worker uses the App.
 *
 * Only a person's actions count as use: the session of a page left open on a desk must expire.
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
   * Renews now, or waits for the renewal in progress.
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

/**
 * @typedef {import("./session-client.js").Session} Session
 * @typedef {Exclude<import("./session-client.js").Outcome, { kind: "session" }>} Lack
 *
 * @typedef {object} Ending
 * @property {number | null} seconds   left; null if the end has moved again
 * @property {boolean} final           Whether no renewal can move it.
 */

/**
 * The data of each event.
 *
 * @typedef {object} SessionEvents
 * @property {null} opening      It is being requested.
 * @property {Session} session   It was opened or renewed.
 * @property {Ending} ending     Each second of the last minute.
 * @property {Lack} lack         There is none, or it has ended.
 */

/**
 * The session of a launch: opens it, renews it while the worker is active, and reports when it is
 * about to end and when it has ended.
 */
export class SessionKeeper {
  /** @type {Session | null} */
  session = null;
  #events = new EventTarget();
  #handoff;
  #client;
  #watch;
  #clock;
  #renewal;
  #ending = false;
  /** @type {Promise<boolean> | null} */
  #verifying = null;

  /**
   * @param {object} options
   * @param {string} options.launch
   * @param {string} options.url               of the session route
   * @param {string | null} options.handoff    from the address, see handoff.js
   * @param {typeof fetch} options.fetch
   */
  constructor({ launch, url, handoff, fetch }) {
    this.#handoff = handoff;
    this.bearer = new BearerStore(launch, () => sessionStorage, () => Date.now());
    this.#client = new SessionClient({ url, launch, bearer: this.bearer, fetch });
    const watch = this.#watch = new Stopwatch(() => Date.now(), () => performance.now());
    this.#clock = new SessionClock({
      now: () => watch.now(),
      later: (run, delay) => setTimeout(run, delay),
      onTick: (left) => this.#tick(left),
      // After a sleep, or if the clock was set forward, only the server knows.
      onEnd: () => void (watch.doubtful ? this.open() : this.#lack({ kind: "refused", reason: "session_expired", id: null })),
    });
    this.#renewal = new Renewal({ renew: () => this.#renew(), clock: this.#clock, now: () => watch.now() });
  }

  /**
   * @template {keyof SessionEvents} Type
   * @param {Type} type
   * @param {(detail: SessionEvents[Type]) => void} run
   */
  on(type, run) {
    this.#events.addEventListener(type, (event) => run(/** @type {CustomEvent<SessionEvents[Type]>} */ (event).detail));
  }

  /** Opens the session, by hand-off, bearer or cookie; also to retry. */
  async open() {
    this.#tell("opening", null);
    const outcome = await openSession(this.#client, this.#handoff);
    // Keep it for a retry until an answer has decided its outcome.
    if (outcome.kind !== "unreachable") this.#handoff = null;
    if (outcome.kind === "session") this.#start(outcome.session);
    else this.#lack(outcome);
    this.bearer.sweep();
  }

  /** The worker did something, in the page or in Welkin. */
  activity() {
    void this.#renewal.onActivity();
  }

  /**
   * The worker asks to stay signed in.
   *
   * @returns {Promise<boolean>} whether there was an answer
   */
  stay() {
    return this.#renewal.now();
  }

  /** Checks the clock when the computer wakes up or the tab becomes visible. */
  check() {
    this.#clock.check();
  }

  /** Seconds since 1970, by the server's clock. */
  now() {
    return this.#clock.now;
  }

  /**
   * Asks the server whether the session lives, after another route has refused it.
   *
   * @returns {Promise<boolean>}
   */
  verify() {
    this.#verifying ??= this.#verify().finally(() => { this.#verifying = null; });
    return this.#verifying;
  }

  async #verify() {
    if (!this.session) return false;
    const outcome = await this.#client.read();
    // Meanwhile it may have expired.
    if (this.#clock.left <= 0) return false;
    if (outcome.kind === "session") this.#start(outcome.session);
    if (outcome.kind === "refused") this.#lack(outcome);
    return outcome.kind === "session";
  }

  async #renew() {
    const outcome = await this.#client.renew();
    if (this.#clock.left <= 0) {
      // Too late: the page has already said that it is over.
      this.bearer.clear();
      return true;
    }
    if (outcome.kind === "session") this.#start(outcome.session);
    if (outcome.kind === "refused") this.#lack(outcome);
    return outcome.kind === "session" || outcome.kind === "refused";
  }

  /** @param {Session} session */
  #start(session) {
    this.session = session;
    this.#watch.trust();
    this.#clock.start(session);
    if (this.session) this.#tell("session", session);
  }

  /** @param {Lack} lack */
  #lack(lack) {
    this.#clock.stop();
    this.session = null;
    if (lack.kind === "refused") this.bearer.clear();
    this.#tick(Infinity);
    this.#tell("lack", lack);
  }

  /** @param {number} left */
  #tick(left) {
    const ending = left <= countdown;
    if (!ending && !this.#ending) return;
    this.#ending = ending;
    const final = this.session !== null && this.session.endsAt <= this.session.expiresAt;
    this.#tell("ending", { seconds: ending ? Math.ceil(left) : null, final });
  }

  /**
   * @template {keyof SessionEvents} Type
   * @param {Type} type
   * @param {SessionEvents[Type]} detail
   */
  #tell(type, detail) {
    this.#events.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
