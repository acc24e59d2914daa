// @ts-check
// The simulator's report on the App, in place of its frame.

import { make } from './dom.js';

/**
 * @param {Element} place
 * @param {import('./app-check.js').Report | null} report null if the simulator did not answer
 * @param {{again: () => void, back: () => void}} actions check again; show the frame
 */
export function showReport(place, report, { again, back }) {
  const { trouble, steps } = report ?? { trouble: null, steps: [] };
  /** @type {HTMLElement[]} */
  const parts = trouble
    ? [make('h3', 'trouble', trouble.title), make('p', '', trouble.detail), make('p', 'remedy', trouble.remedy)]
    : [make('h3', '', report ? 'No problem found with the App' : 'The simulator does not answer'),
      make('p', '', report ? 'The simulator launched it itself, and a browser can show its page here. If the frame ' +
        'has not changed, launch the App again.' : 'Is it still running?')];
  if (steps.length) {
    const list = document.createElement('ol');
    list.append(...steps.map(step));
    parts.push(make('h4', '', 'What the simulator saw in its own launch'), list);
  }
  const buttons = document.createElement('div');
  buttons.append(button('Check again', again), button('Show the frame', back));
  place.replaceChildren(...parts, buttons);
}

/** @param {import('./app-check.js').Step} step */
function step({ request, answer, headers }) {
  const item = document.createElement('li');
  item.append(make('code', '', request), make('code', 'answer', answer), ...headers.map((line) => make('code', '', line)));
  return item;
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  const element = make('button', 'small', text);
  element.type = 'button';
  element.addEventListener('click', act);
  return element;
}
