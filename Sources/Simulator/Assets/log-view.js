// @ts-check
// The list of all messages between the host page and its Apps, newest last.

import { make } from './dom.js';

/** Older messages are dropped, so that a page that stays open all day stays fast. */
const CAPACITY = 500;

export class LogView {
  #list;
  #latest;

  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} latest names the newest message while the list is hidden
   */
  constructor(list, latest) {
    this.#list = list;
    this.#latest = latest;
    this.clear();
  }

  clear() {
    this.#list.replaceChildren();
    this.#latest.textContent = 'No messages yet';
  }

  /** @param {import('./log-entry.js').LogEntry} entry */
  add(entry) {
    const list = this.#list;
    const followsEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 8;
    list.append(row(entry));
    while (list.childElementCount > CAPACITY) list.firstElementChild?.remove();
    if (followsEnd) list.scrollTop = list.scrollHeight;
    this.#latest.textContent = `${ARROW[entry.direction]} ${entry.type}`;
  }
}

const ARROW = { 'to-app': '→', 'from-app': '←' };
const WORDS = { 'to-app': 'to the App', 'from-app': 'from the App' };

/** @param {import('./log-entry.js').LogEntry} entry */
function row(entry) {
  const item = document.createElement('li');
  Object.assign(item.dataset, { direction: entry.direction, type: entry.type, frame: entry.frame, form: entry.form });
  const arrow = make('span', 'arrow', ARROW[entry.direction]);
  arrow.setAttribute('role', 'img');
  arrow.setAttribute('aria-label', WORDS[entry.direction]);
  const summary = document.createElement('summary');
  summary.append(
    make('time', '', entry.time), arrow, make('span', 'which', entry.frame), make('span', 'type', entry.type),
    make('span', entry.note ? 'note' : 'preview', entry.note || entry.preview),
  );
  const details = document.createElement('details');
  const form = entry.form === 'string' ? 'sent as text' : 'sent as an object';
  details.append(summary, make('pre', '', entry.text), make('p', 'dim', form));
  item.append(details);
  return item;
}
