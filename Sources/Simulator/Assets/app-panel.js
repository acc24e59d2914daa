// @ts-check
// A panel that holds one instance of the App, from its launch until it is closed.

import { checkLaunch, isHonest, reach } from './app-check.js';
import { showReport } from './app-report.js';
import { Bridge } from './bridge.js';
import { post, sign } from './launch.js';

/** Welkin requires an App to appear, or to show a spinner, within this time of its launch. */
const LIMIT_SECONDS = 1;

/** An App that has not loaded after this time is checked. */
const PATIENCE_SECONDS = 5;

/** A frame that has loaded but stays silent this long may show the browser's own error page. */
const SILENCE_SECONDS = 1;

/**
 * On which loads of the iframe the App gets an init message.
 * @typedef {'every' | 'first' | 'none'} InitMode
 */

export class AppPanel {
  #root;
  #template;
  #origin;
  #initMode;
  #observe;
  #bridge;
  #instance = 0;
  #request = new URLSearchParams();
  /** Whether this instance's frame has loaded something: the App, or the browser's error page. */
  #hasLoaded = false;
  /** The status text for that load. */
  #loadedWords = '';
  /** Whether this instance has sent a message, which the browser's error page never does. */
  #hasSpoken = false;
  /** Whether the App may only be slow, given the problem found. */
  #mayCome = false;
  /** Resolves with this instance's first load. */
  #firstLoad = Promise.resolve();
  #noteLoad = () => {};

  /**
   * @param {{
   *   root: HTMLElement,
   *   template: HTMLTemplateElement,
   *   origin: string,
   *   navigate: (path: string) => Promise<boolean>,
   *   manners: () => import('./bridge.js').Manners,
   *   initMode: () => InitMode,
   *   observe: (traffic: import('./bridge.js').Traffic) => void,
   * }} options `template` holds the iframe; `origin` is the App's; `navigate` tells whether the page
   *   exists; `observe` sees every message
   */
  constructor({ root, template, origin, navigate, manners, initMode, observe }) {
    this.#root = root;
    this.#template = template;
    this.#origin = origin;
    this.#initMode = initMode;
    this.#observe = (/** @type {import('./bridge.js').Traffic} */ traffic) => {
      if (traffic.direction === 'from-app') this.#spoke();
      observe(traffic);
    };
    this.#bridge = new Bridge({
      methods: {
        open_frame: () => this.expand(true),
        minimize_frame: () => this.expand(false),
        close_frame: () => this.close(),
        navigate_to: (params) => {
          const path = pathOf(params);
          return path !== null && navigate(path);
        },
      },
      state: () => this.#state(),
      manners,
      observe: this.#observe,
    });
    this.#part('toggle').addEventListener('click', () => this.toggle());
    this.#part('check').addEventListener('click', () => this.#check());
    this.#part('close').addEventListener('click', () => {
      this.close();
      // Otherwise the focus is lost.
      document.querySelector('main')?.focus({ preventScroll: true });
    });
    addEventListener('message', (event) => this.#overheard(event));
  }

  /** The message channel; not connected without an App. */
  get bridge() {
    return this.#bridge;
  }

  /** The App's window, or null without an App. */
  get window() {
    return this.#frame?.contentWindow ?? null;
  }

  /**
   * Launches the App anew: has a token signed, makes an iframe, and posts the token into it.
   * @param {URLSearchParams} request what to sign
   * @param {{expanded?: boolean}} options whether the App starts open
   */
  async launch(request, { expanded = true } = {}) {
    const instance = this.#begin(expanded);
    this.#request = request;
    this.#say('Launching…');
    let signed;
    try {
      signed = await sign(request);
    } catch (error) {
      if (instance === this.#instance) this.#fail(error);
      return;
    }
    if (instance !== this.#instance) return;

    const frame = this.#insertFrame();
    const start = performance.now();
    frame.addEventListener('load', () => this.#loaded(frame, instance, start));
    this.#observe({ direction: 'to-app', type: 'launch', data: signed.payload, note: `POST ${signed.action}` });
    post(signed.action, signed.token, frame.name);
    this.#watch(instance);
  }

  /**
   * Shows the App, or folds the panel to its title bar.
   * @param {boolean} expanded
   */
  expand(expanded) {
    if (!this.#root.hidden && expanded !== this.#isExpanded) {
      this.#showExpanded(expanded);
      this.#bridge.sendState();
    }
    return true;
  }

  /** Folds the panel when it is open, and opens it when it is folded. */
  toggle() {
    this.expand(!this.#isExpanded);
  }

  /** Removes the App. As in Welkin, the App is not told. */
  close() {
    this.#instance += 1;
    this.#bridge.close();
    this.#part('slot').replaceChildren();
    this.#part('report').hidden = true;
    this.#hasLoaded = false;
    this.#hasSpoken = false;
    this.#mayCome = false;
    this.#firstLoad = new Promise((go) => { this.#noteLoad = () => go(); });
    this.#root.hidden = true;
    return true;
  }

  /** Tells the App that the worker has changed pages. */
  pageChanged() {
    this.#bridge.sendState();
  }

  /** Hands the App another init message, as a reload inside its iframe may. */
  initAgain() {
    if (this.window) this.#bridge.connect(this.window, this.#origin);
  }

  /**
   * Removes the old instance and returns the new one's number.
   * @param {boolean} expanded
   */
  #begin(expanded) {
    this.close();
    this.#root.hidden = false;
    this.#root.dataset.phase = 'launching';
    this.#showExpanded(expanded);
    return this.#instance;
  }

  #insertFrame() {
    const content = /** @type {DocumentFragment} */ (this.#template.content.cloneNode(true));
    const frame = /** @type {HTMLIFrameElement} */ (content.firstElementChild);
    this.#part('slot').replaceChildren(frame);
    return frame;
  }

  /**
   * @param {HTMLIFrameElement} frame
   * @param {number} instance
   * @param {number} start
   */
  #loaded(frame, instance, start) {
    if (instance !== this.#instance || !frame.contentWindow || isBlank(frame)) return;
    const isFirst = !this.#hasLoaded;
    this.#hasLoaded = true;
    this.#noteLoad();
    if (this.#root.dataset.phase === 'launching' || this.#mayCome) {
      this.#mayCome = false;
      this.#part('report').hidden = true;
      const took = (performance.now() - start) / 1000;
      const late = took > LIMIT_SECONDS ? `, Welkin requires ${LIMIT_SECONDS} s` : '';
      this.#loadedWords = `Loaded in ${took.toFixed(2)} s${late}`;
      this.#say(this.#loadedWords);
      this.#root.dataset.phase = late ? 'late' : 'loaded';
    }
    const mode = this.#initMode();
    if (mode === 'every' || (mode === 'first' && isFirst)) this.#bridge.connect(frame.contentWindow, this.#origin);
  }

  /**
   * Messages that an App posts to the page instead of its port are lost; the developer should see that.
   * @param {MessageEvent} event
   */
  #overheard(event) {
    if (event.source === null || event.source !== this.window) return;
    this.#observe({ direction: 'from-app', data: event.data, note: 'Ignored: posted to the window, not to the port.' });
  }

  /**
   * Finds out why a frame stays empty. The simulator launches an App with a token of its own only until it has seen
   * the App shown once, and never for a launch with changes.
   * @param {number} instance
   */
  async #watch(instance) {
    const report = await reach();
    const isWatched = () => instance === this.#instance && !this.#hasSpoken;
    if (!report || !isWatched()) return;
    if (!report.trouble?.is_certain) await Promise.race([this.#firstLoad, seconds(PATIENCE_SECONDS)]);
    if (report.trouble) {
      if (isWatched()) this.#tell(report);
      return;
    }
    if (this.#hasLoaded) await seconds(SILENCE_SECONDS);
    if (!isWatched() || !isHonest(this.#request) || (this.#hasLoaded && report.seen)) return;
    const launched = await checkLaunch(this.#request);
    if (launched && isWatched()) this.#tell(launched);
  }

  /**
   * Shows what the simulator saw, in place of the frame if that is empty.
   * @param {import('./app-check.js').Report} report
   */
  #tell(report) {
    if (!report.trouble) {
      if (this.#hasLoaded) this.#say(`${this.#loadedWords}, checked`);
      return;
    }
    if (this.#hasLoaded && !report.trouble.is_certain) {
      this.#say(`${this.#loadedWords}, not checked: ${report.trouble.title}`);
      return;
    }
    this.#mayCome = report.trouble.may_come;
    this.#root.dataset.phase = 'failed';
    this.#say(report.trouble.title);
    if (report.trouble.is_empty) this.#showReport(report);
  }

  /** An App that sends a message is running, whatever the check found: maybe only the browser can reach it. */
  #spoke() {
    this.#hasSpoken = true;
    if (this.#root.dataset.phase !== 'failed' || this.#part('report').hidden) return;
    this.#root.dataset.phase = 'loaded';
    this.#part('report').hidden = true;
    this.#say('Loaded');
  }

  /** Checks the App on the developer's request. */
  async #check() {
    const instance = this.#instance;
    this.#part('check').setAttribute('aria-busy', 'true');
    const unreached = await reach();
    const report = unreached?.trouble ? unreached : await checkLaunch(this.#request);
    this.#part('check').removeAttribute('aria-busy');
    if (instance !== this.#instance) return;
    if (report?.trouble) this.#tell(report);
    this.expand(true);
    this.#showReport(report);
    this.#part('report').focus({ preventScroll: true });
  }

  /** @param {import('./app-check.js').Report | null} report */
  #showReport(report) {
    const place = this.#part('report');
    const back = () => {
      place.hidden = true;
      this.#part('check').focus();
    };
    showReport(place, report, { again: () => this.#check(), back });
    place.hidden = false;
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#root.dataset.phase = 'failed';
    this.#say(`Not launched: ${error instanceof Error ? error.message : error}`);
  }

  /** @param {boolean} expanded */
  #showExpanded(expanded) {
    this.#root.dataset.frame = expanded ? 'expanded' : 'collapsed';
    const toggle = this.#part('toggle');
    toggle.setAttribute('aria-expanded', String(expanded));
    toggle.setAttribute('aria-label', `${expanded ? 'Minimize' : 'Open'} the ${this.#root.getAttribute('aria-label')}`);
  }

  get #isExpanded() {
    return this.#root.dataset.frame === 'expanded';
  }

  /** @returns {import('./bridge.js').State} */
  #state() {
    const main = document.querySelector('main');
    return {
      parent_page_type: main?.dataset.pageType ?? 'search',
      parent_page_id: main?.dataset.pageId ?? null,
      frame: this.#isExpanded ? 'expanded' : 'collapsed',
    };
  }

  /** @param {string} text */
  #say(text) {
    this.#part('status').textContent = text;
  }

  get #frame() {
    return this.#part('slot').querySelector('iframe');
  }

  /** @param {string} name */
  #part(name) {
    /** @type {HTMLElement | null} */
    const part = this.#root.querySelector(`[data-part="${name}"]`);
    if (!part) throw new Error(`#${this.#root.id} has no ${name}.`);
    return part;
  }
}

/** @param {number} count */
function seconds(count) {
  return new Promise((go) => setTimeout(go, count * 1000));
}

/**
 * Whether a load event is only that of an iframe's initial empty document.
 * @param {HTMLIFrameElement} frame
 */
function isBlank(frame) {
  try {
    return frame.contentWindow?.location.href === 'about:blank';
  } catch {
    return false; // Another origin: the App.
  }
}

/**
 * The host's path for the parameters of `navigate_to`, or null if they are invalid.
 * @param {{page_type?: unknown, page_id?: unknown}} params
 */
function pathOf({ page_type: type, page_id: id }) {
  if (type === 'inbox') return '/inbox';
  if (type === 'patient' && typeof id === 'string') return `/patients/${encodeURIComponent(id)}`;
  return null;
}
