// @ts-check
// The host page: the worker launches Apps beside a page, and keeps them when moving between pages.

import { AppPanel } from './app-panel.js';
import { DevPanel } from './dev-panel.js';
import { find } from './dom.js';
import { connectFaults } from './faults.js';
import { LaunchDialog } from './launch-dialog.js';
import { honestRequest } from './launch.js';
import { logEntry } from './log-entry.js';
import { LogView } from './log-view.js';
import { follow, show } from './navigation.js';
import { connectPhone } from './phone.js';

const developer = new DevPanel();
const log = new LogView(find('log'), find('dev-latest'));
const panels = { app: panel('app'), persistent: panel('persistent') };

developer.connect(panels, observer);
connectPhone({
  caller: find('ring-patient'), ring: find('ring'), hangUp: find('hang-up'), status: find('phone-status'),
});
connectFaults({
  route: find('fault-route'), mode: find('fault-mode'), set: find('set-fault'), status: find('fault-status'),
});
const dialog = new LaunchDialog(find('launch-dialog'), (request, where) => {
  panels[where].launch(request, { expanded: where === 'app' });
});

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest('button');
  switch (button?.id) {
    case 'launch-app':
      panels.app.launch(honestRequest(button.dataset.patient));
      break;
    case 'launch-persistent':
      launchPersistent();
      break;
    case 'open-launch-dialog':
      dialog.open(patientOnScreen());
      break;
    case 'clear-log':
      log.clear();
      break;
  }
});

follow(() => Object.values(panels).forEach((panel) => panel.pageChanged()));
if ('persistent' in document.body.dataset) launchPersistent();

function launchPersistent() {
  panels.persistent.launch(honestRequest(undefined), { expanded: false });
}

function patientOnScreen() {
  const main = document.querySelector('main');
  return main?.dataset.pageType === 'patient' ? main.dataset.pageId : undefined;
}

/** @param {string} name */
function panel(name) {
  return new AppPanel({
    root: find(`${name}-panel`),
    template: /** @type {HTMLTemplateElement} */ (find(`${name}-frame-template`)),
    origin: document.body.dataset.appOrigin ?? '',
    navigate: (path) => show(path, { mustExist: true }),
    manners: () => developer.manners(),
    initMode: () => developer.initMode(),
    observe: observer(name),
  });
}

/**
 * Returns a function that writes an App's messages to the log.
 * @param {string} name the App's panel
 * @returns {(traffic: import('./bridge.js').Traffic) => void}
 */
function observer(name) {
  return (traffic) => log.add(logEntry(traffic, name, new Date()));
}
