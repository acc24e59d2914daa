// @ts-check
// Has the simulator check the App: a browser does not tell a page that a frame stayed empty, or why.

import { control } from './control.js';

/**
 * `is_empty`: a browser shows nothing of the App; `is_certain`: a browser must see the same as the simulator;
 * `may_come`: the App may only be slow.
 * @typedef {{
 *   title: string, detail: string, remedy: string, is_empty: boolean, is_certain: boolean, may_come: boolean,
 * }} Trouble
 */

/** @typedef {{request: string, answer: string, headers: string[]}} Step */

/**
 * `seen`: this page has shown the App since it was last down.
 * @typedef {{trouble: Trouble | null, steps: Step[], seen: boolean}} Report
 */

/**
 * Whether the App is running; it gets a connection and no request.
 * @returns {Promise<Report | null>} null when the simulator does not answer
 */
export function reach() {
  return ask('/check/reach', new URLSearchParams());
}

/**
 * Launches the App with a token of the simulator's own, and checks the answers.
 * @param {URLSearchParams} request the launch
 * @returns {Promise<Report | null>} null when the simulator does not answer
 */
export function checkLaunch(request) {
  return ask('/check/launch', request);
}

/**
 * Whether the launch has no changes: the App may refuse one with changes.
 * @param {URLSearchParams} request
 */
export function isHonest(request) {
  return [...request.keys()].every((name) => name === 'patient');
}

/**
 * @param {string} path
 * @param {URLSearchParams} fields
 * @returns {Promise<Report | null>}
 */
async function ask(path, fields) {
  const { content, problem } = await control(path, fields);
  return problem ? null : content;
}
