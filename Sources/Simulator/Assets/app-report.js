// @ts-check
// What the simulator saw of the App, in the place of its frame.

/**
 * @param {Element} place
 * @param {import('./app-check.js').Report | null} report null when the simulator did not answer
 * @param {{again: () => void, back: () => void}} actions to check once more, to show the frame
 */
export function showReport(place, report, { again, back }) {
  const { trouble, steps } = report ?? { trouble: null, steps: [] };
  const parts = trouble
    ? [made('h3', 'trouble', trouble.title), made('p', '', trouble.detail), made('p', 'remedy', trouble.remedy)]
    : [made('h3', '', report ? 'Nothing is wrong with the App' : 'The simulator does not answer'),
      made('p', '', report ? 'The simulator launched it itself, and a browser shows its page here. If the frame is still ' +
        'as it was, launch the App again.' : 'Is it still running?')];
  if (steps.length) {
    const list = document.createElement('ol');
    list.append(...steps.map(step));
    parts.push(made('h4', '', 'What the simulator saw, by a launch of its own'), list);
  }
  const buttons = document.createElement('div');
  buttons.append(button('Check again', again), button('Show the frame', back));
  place.replaceChildren(...parts, buttons);
}

/** @param {import('./app-check.js').Step} step */
function step({ request, answer, headers }) {
  const item = document.createElement('li');
  item.append(made('code', '', request), made('code', 'answer', answer), ...headers.map((line) => made('code', '', line)));
  return item;
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  const element = /** @type {HTMLButtonElement} */ (made('button', 'small', text));
  element.type = 'button';
  element.addEventListener('click', act);
  return element;
}

/**
 * @param {string} name
 * @param {string} kind its class
 * @param {string} text
 */
function made(name, kind, text) {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  element.textContent = text;
  return element;
}
