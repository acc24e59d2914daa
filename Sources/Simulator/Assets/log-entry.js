// @ts-check
// A message as the log shows it.

import { read } from './bridge.js';

/**
 * @typedef {{
 *   time: string, direction: 'to-app' | 'from-app', frame: string, type: string, form: string,
 *   note: string, preview: string, text: string,
 * }} LogEntry `form` is how the message was sent: string or object
 */

const PREVIEW_LENGTH = 160;

/**
 * @param {import('./bridge.js').Traffic} traffic
 * @param {string} frame which App
 * @param {Date} time
 * @returns {LogEntry}
 */
export function logEntry({ direction, data, type, note = '' }, frame, time) {
  const message = read(data);
  const isMessage = typeof message.message_type === 'string';
  return {
    time: clock(time),
    direction,
    frame,
    type: type ?? (isMessage ? message.message_type : data === 'welkin_init' ? data : 'unreadable'),
    form: typeof data === 'string' ? 'string' : 'object',
    note,
    preview: pretty(isMessage ? message.message : data, 0).slice(0, PREVIEW_LENGTH),
    text: pretty(data, 2),
  };
}

/**
 * Indented JSON if possible; otherwise the data's own text.
 * @param {unknown} data
 * @param {number} indent
 */
function pretty(data, indent) {
  try {
    const value = typeof data === 'string' ? JSON.parse(data) : data;
    return JSON.stringify(value, null, indent) ?? String(data);
  } catch {
    return String(data);
  }
}

/** @param {Date} time */
function clock(time) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  const thousandths = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${thousandths}`;
}
