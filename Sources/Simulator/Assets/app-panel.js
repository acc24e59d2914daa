// @ts-check
// A panel in which one instance of the App lives, from its launch until it is closed.

import { Bridge } from './bridge.js';
import { post, sign } from './launch.js';

/** Welkin asks an App to be there, or to show a spinner, within this time of its launch. */
const LIMIT_SECONDS = 1;

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

  /**
   * @param {{
   *   root: HTMLElement,
   *   template: HTMLTemplateElement,
   *   origin: string,
   *   navigate: (path: string) => Promise<boolean>,
   *   manners: () => import('./bridge.js').Manners,
   *   initMode: () => InitMode,
   *   observe: (traffic: import('./bridge.js').Traffic) => void,
   * }} options `template` holds the iframe; `origin` is the App's; `navigate` says whether there is a
   *   page; `observe` sees every message
   */
  constructor({ root, template, origin, navigate, manners, initMode, observe }) {
    this.#root = root;
    this.#template = template;
    this.#origin = origin;
    this.#initMode = initMode;
    this.#observe = observe;
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
      observe,
    });
    this.#part('toggle').addEventListener('click', () => this.toggle());
    this.#part('close').addEventListener('click', () => {
      this.close();
      // Or else the focus would be nowhere.
      document.querySelector('main')?.focus({ preventScroll: true });
    });
    addEventListener('message', (event) => this.#overheard(event));
  }

  /** The messages' channel; not connected while no App is there. */
  get bridge() {
    return this.#bridge;
  }

  /** The App's window, or null while there is none. */
  get window() {
    return this.#frame?.contentWindow ?? null;
  }

  /**
   * Launches the App anew: has a token signed, makes an iframe, and posts the token into it.
   * @param {URLSearchParams} request what is signed
   * @param {{expanded?: boolean}} options whether the App begins open
   */
  async launch(request, { expanded = true } = {}) {
    const instance = this.#begin(expanded);
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

  /** Takes the App away. As in Welkin, nobody tells it. */
  close() {
    this.#instance += 1;
    this.#bridge.close();
    this.#part('slot').replaceChildren();
    this.#root.hidden = true;
    return true;
  }

  /** Tells the App that the worker is elsewhere now. */
  pageChanged() {
    this.#bridge.sendState();
  }

  /** Hands the App another init message, as a reload inside its iframe may. */
  initAgain() {
    if (this.window) this.#bridge.connect(this.window, this.#origin);
  }

  /**
   * Clears the way for a new instance and gives its number.
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
    const isFirst = this.#root.dataset.phase === 'launching';
    if (isFirst) {
      const seconds = (performance.now() - start) / 1000;
      const late = seconds > LIMIT_SECONDS ? `, Welkin asks for ${LIMIT_SECONDS} s` : '';
      this.#say(`Loaded in ${seconds.toFixed(2)} s${late}`);
      this.#root.dataset.phase = late ? 'late' : 'loaded';
    }
    const mode = this.#initMode();
    if (mode === 'every' || (mode === 'first' && isFirst)) this.#bridge.connect(frame.contentWindow, this.#origin);
  }

  /**
   * What an App posts to the page instead of to its port goes nowhere; its developer should see that.
   * @param {MessageEvent} event
   */
  #overheard(event) {
    if (event.source === null || event.source !== this.window) return;
    this.#observe({ direction: 'from-app', data: event.data, note: 'Ignored: posted to the window, not to the port.' });
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
    const part = this.#root.querySelector(`[data-part="${name}"]`);
    if (!part) throw new Error(`#${this.#root.id} has no ${name}.`);
    return part;
  }
}

/**
 * Whether a load event is only that of the empty document which every iframe begins with.
 * @param {HTMLIFrameElement} frame
 */
function isBlank(frame) {
  try {
    return frame.contentWindow?.location.href === 'about:blank';
  } catch {
    return false; // Another origin's: the App.
  }
}

/**
 * The host's path for the parameters of `navigate_to`, or null when they make no sense.
 * @param {{page_type?: unknown, page_id?: unknown}} params
 */
function pathOf({ page_type: type, page_id: id }) {
  if (type === 'inbox') return '/inbox';
  if (type === 'patient' && typeof id === 'string') return `/patients/${encodeURIComponent(id)}`;
  return null;
}
