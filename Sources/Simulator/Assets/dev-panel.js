// @ts-check
// The developer's panel: Welkin's behaviour, and additional messages to the Apps.

import { find } from './dom.js';
import { impersonate } from './impersonation.js';

/** @typedef {import('./app-panel.js').AppPanel} AppPanel */

/**
 * Data that is not a message of the Apps API, by its name in the panel.
 * @type {Record<string, unknown>}
 */
const malformed = {
  cut: '{"message_type":"current_state","message":{"state":{"parent_page',
  stateless: '{"message_type":"current_state","message":{}}',
  messageless: '{"message_type":"current_state"}',
  unknown: '{"message_type":"weather_report","message":{"sky":"clear"}}',
  array: '[1,2,3]',
  null: null,
  number: 7,
};

export class DevPanel {
  #root = find('dev-panel');
  #toggle = find('dev-toggle');
  /** @type {HTMLSelectElement} */
  #reply = find('reply-mode');
  /** @type {HTMLSelectElement} */
  #form = find('message-form');
  /** @type {HTMLSelectElement} */
  #init = find('init-mode');

  constructor() {
    this.#show(location.hash === '#dev');
    this.#toggle.addEventListener('click', () => {
      const isOpen = this.#toggle.getAttribute('aria-expanded') !== 'true';
      this.#show(isOpen);
      // So that a reload or a shared link restores it.
      history.replaceState(history.state, '', location.pathname + (isOpen ? '#dev' : ''));
    });
  }

  /** @returns {import('./bridge.js').Manners} */
  manners() {
    return /** @type {any} */ ({ reply: this.#reply.value, form: this.#form.value });
  }

  /** @returns {import('./app-panel.js').InitMode} */
  initMode() {
    return /** @type {any} */ (this.#init.value);
  }

  /**
   * Connects the buttons.
   * @param {Record<string, AppPanel>} panels by their names in the panel's list of Apps
   * @param {(name: string) => (traffic: import('./bridge.js').Traffic) => void} observer
   */
  connect(panels, observer) {
    /** @type {HTMLSelectElement} */
    const target = find('send-target');
    const status = find('send-status');
    /** @param {string} id @param {(panel: AppPanel, name: string) => string | void} send */
    const onClick = (id, send) => find(id).addEventListener('click', () => {
      const chosen = Object.entries(panels).filter(
        ([name, panel]) => panel.window && (target.value === 'all' || target.value === name));
      const said = chosen.map(([name, panel]) => send(panel, name) ?? '');
      status.textContent = said.length ? said.join(' ').trim() : 'No App is open.';
    });

    onClick('send-notification', (panel) => {
      const params = this.#params();
      if (params === undefined) return 'Not sent: the parameters are not JSON.';
      panel.bridge.notify(this.#value('notification-event'), params);
    });
    onClick('send-malformed', (panel) => {
      panel.bridge.sendRaw(malformed[this.#value('malformed-kind')], 'malformed');
    });
    onClick('send-second-init', (panel) => panel.initAgain());
    onClick('send-wrong-origin', (panel, name) => {
      if (panel.window) impersonate(panel.window, find('impostor-template'), observer(name));
    });
  }

  /** The notification's parameters; undefined if they are not JSON. */
  #params() {
    const input = find('notification-params');
    let params;
    try {
      params = JSON.parse(this.#value('notification-params'));
    } catch {}
    input.setAttribute('aria-invalid', String(params === undefined));
    return params;
  }

  /** @param {string} id */
  #value(id) {
    return /** @type {HTMLInputElement | HTMLSelectElement} */ (find(id)).value;
  }

  /** @param {boolean} isOpen */
  #show(isOpen) {
    this.#root.dataset.open = String(isOpen);
    find('dev-body').hidden = !isOpen;
    this.#toggle.setAttribute('aria-expanded', String(isOpen));
  }
}
