// @ts-check
// Has the simulator look at the App: a browser tells a page neither that a frame stayed empty nor why.

import { control } from './control.js';

/**
 * `is_empty` says whether a browser shows nothing of the App's, `is_certain` whether it must see the same as the
 * simulator, `may_come` whether the App may only be slow.
 * @typedef {{
 *   title: string, detail: string, remedy: string, is_empty: boolean, is_certain: boolean, may_come: boolean,
 * }} Trouble
 */

/** @typedef {{request: string, answer: string, headers: string[]}} Step */

/**
 * `seen` says whether the App was seen to be shown in this page since it was last down.
 * @typedef {{trouble: Trouble | null, steps: Step[], seen: boolean}} Report
 */

/**
 * Whether the App is there at all; it gets a connection and nothing else.
 * @returns {Promise<Report | null>} null when the simulator does not answer
 */
export function reach() {
  return ask('/check/reach', new URLSearchParams());
}

/**
 * Launches the App by a token of its own, and looks at what it answers.
 * @param {URLSearchParams} request the launch
 * @returns {Promise<Report | null>} null when the simulator does not answer
 */
export function checkLaunch(request) {
  return ask('/check/launch', request);
}

/**
 * Whether the launch has no changes: one with changes is not due the App's page.
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
