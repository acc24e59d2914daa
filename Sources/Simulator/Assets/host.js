// @ts-check
// The host page: lets the worker launch the App beside what is on screen, and move between pages
// without losing it.

import { AppPanel } from './app-panel.js';
import { follow, show } from './navigation.js';

const panel = new AppPanel({
  root: find('app-panel'),
  template: /** @type {HTMLTemplateElement} */ (find('app-frame-template')),
  origin: document.body.dataset.appOrigin ?? '',
  navigate: (path) => show(path, { mustExist: true }),
});

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest('button');
  switch (button?.id) {
    case 'launch-app':
      panel.launch(button.dataset.patient ?? null);
      break;
    case 'toggle-app':
      panel.toggle();
      break;
    case 'close-app':
      panel.close();
      break;
  }
});

follow(() => panel.pageChanged());

/** @param {string} id */
function find(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}.`);
  return element;
}
