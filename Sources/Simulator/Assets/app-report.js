// @ts-check
// What the simulator saw of the App, in the place of its frame.

import { make } from './dom.js';

/**
 * @param {Element} place
 * @param {import('./app-check.js').Report | null} report null when the simulator did not answer
 * @param {{again: () => void, back: () => void}} actions to check once more, to show the frame
 */
export function showReport(place, report, { again, back }) {
  const { trouble, steps } = report ?? { trouble: null, steps: [] };
  /** @type {HTMLElement[]} */
  const parts = trouble
    ? [make('h3', 'trouble', trouble.title), make('p', '', trouble.detail), make('p', 'remedy', trouble.remedy)]
    : [make('h3', '', report ? 'Nothing is wrong with the App' : 'The simulator does not answer'),
      make('p', '', report ? 'The simulator launched it itself, and a browser shows its page here. If the frame is still ' +
        'as it was, launch the App again.' : 'Is it still running?')];
  if (steps.length) {
    const list = document.createElement('ol');
    list.append(...steps.map(step));
    parts.push(make('h4', '', 'What the simulator saw, by a launch of its own'), list);
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
