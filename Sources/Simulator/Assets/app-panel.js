// @ts-check
// The panel at the right in which one instance of the App lives, from its launch until it is closed.

import { Bridge } from './bridge.js';

/** Welkin asks an App to be there, or to show a spinner, within this time of its launch. */
const LIMIT_SECONDS = 1;

export class AppPanel {
  #root;
  #template;
  #origin;
  #bridge;
  #instance = 0;

  /**
   * @param {{
   *   root: HTMLElement,
   *   template: HTMLTemplateElement,
   *   origin: string,
   *   navigate: (path: string) => void,
   * }} options `template` holds the iframe; `origin` is the App's
   */
  constructor({ root, template, origin, navigate }) {
    this.#root = root;
    this.#template = template;
    this.#origin = origin;
    this.#bridge = new Bridge(
      {
        open_frame: () => this.expand(true),
        minimize_frame: () => this.expand(false),
        close_frame: () => this.close(),
        navigate_to: (params) => {
          const path = pathOf(params);
          if (path) navigate(path);
        },
      },
      () => this.#state(),
    );
  }

  /**
   * Launches the App anew: has a token signed, makes an iframe, and posts the token into it.
   * @param {string | null} patient the patient's id, or null outside of one
   */
  async launch(patient) {
    const instance = this.#begin();
    this.#say('Launching…');
    let signed;
    try {
      signed = await sign(patient);
    } catch (error) {
      if (instance === this.#instance) this.#fail(error);
      return;
    }
    if (instance !== this.#instance) return;

    const frame = this.#insertFrame();
    const start = performance.now();
    frame.addEventListener('load', () => this.#loaded(frame, instance, start));
    post(signed.action, signed.token, frame.name);
  }

  /**
   * Shows the App, or folds the panel to its title bar.
   * @param {boolean} expanded
   */
  expand(expanded) {
    if (this.#root.hidden || expanded === (this.#root.dataset.frame !== 'collapsed')) return;
    this.#showExpanded(expanded);
    this.#bridge.sendState();
  }

  /** Folds the panel when it is open, and opens it when it is folded. */
  toggle() {
    this.expand(this.#root.dataset.frame === 'collapsed');
  }

  /** Takes the App away. As in Welkin, nobody tells it. */
  close() {
    this.#instance += 1;
    this.#bridge.close();
    this.#slot.replaceChildren();
    this.#root.hidden = true;
    document.body.classList.remove('with-app');
  }

  /** Tells the App that the worker is elsewhere now. */
  pageChanged() {
    this.#bridge.sendState();
  }

  /** Clears the way for a new instance and gives its number. */
  #begin() {
    this.close();
    this.#root.hidden = false;
    this.#root.dataset.phase = 'launching';
    this.#showExpanded(true);
    return this.#instance;
  }

  #insertFrame() {
    const content = /** @type {DocumentFragment} */ (this.#template.content.cloneNode(true));
    const frame = /** @type {HTMLIFrameElement} */ (content.firstElementChild);
    this.#slot.replaceChildren(frame);
    return frame;
  }

  /**
   * @param {HTMLIFrameElement} frame
   * @param {number} instance
   * @param {number} start
   */
  #loaded(frame, instance, start) {
    if (instance !== this.#instance || !frame.contentWindow || isBlank(frame)) return;
    if (this.#root.dataset.phase === 'launching') {
      const seconds = (performance.now() - start) / 1000;
      const late = seconds > LIMIT_SECONDS ? `, Welkin asks for ${LIMIT_SECONDS} s` : '';
      this.#say(`Loaded in ${seconds.toFixed(2)} s${late}`);
      this.#root.dataset.phase = late ? 'late' : 'loaded';
    }
    this.#bridge.connect(frame.contentWindow, this.#origin);
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#root.dataset.phase = 'failed';
    this.#say(`Not launched: ${error instanceof Error ? error.message : error}`);
  }

  /** @param {boolean} expanded */
  #showExpanded(expanded) {
    this.#root.dataset.frame = expanded ? 'expanded' : 'collapsed';
    document.body.classList.toggle('with-app', expanded);
    const toggle = this.#root.querySelector('#toggle-app');
    toggle?.setAttribute('aria-expanded', String(expanded));
    toggle?.setAttribute('aria-label', expanded ? 'Minimize the App' : 'Open the App');
  }

  /** @returns {import('./bridge.js').State} */
  #state() {
    const main = document.querySelector('main');
    return {
      parent_page_type: main?.dataset.pageType ?? 'search',
      parent_page_id: main?.dataset.pageId ?? null,
      frame: this.#root.dataset.frame === 'collapsed' ? 'collapsed' : 'expanded',
    };
  }

  /** @param {string} text */
  #say(text) {
    const status = this.#root.querySelector('#app-status');
    if (status) status.textContent = text;
  }

  get #slot() {
    return /** @type {HTMLElement} */ (this.#root.querySelector('#app-slot'));
  }
}

/**
 * @param {string | null} patient
 * @returns {Promise<{action: string, token: string}>}
 */
async function sign(patient) {
  const answer = await fetch('/launch', {
    method: 'POST',
    body: new URLSearchParams(patient ? { patient } : {}),
  }).catch(() => {
    throw new Error('the simulator does not answer, is it still running?');
  });
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}`);
  return answer.json();
}

/**
 * Posts the token as a navigation of the iframe, as Welkin's page does.
 * @param {string} action
 * @param {string} token
 * @param {string} target the iframe's name
 */
function post(action, token, target) {
  const form = document.createElement('form');
  Object.assign(form, { method: 'post', action, target, hidden: true });
  const field = document.createElement('input');
  Object.assign(field, { type: 'hidden', name: 'token', value: token });
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
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
