// @ts-check
// Makes data routes fail on the developer's request.

import { control } from './control.js';

/**
 * @param {{route: HTMLSelectElement, mode: HTMLSelectElement, set: HTMLElement, status: HTMLElement}} parts
 */
export function connectFaults({ route, mode, set, status }) {
  set.addEventListener('click', async () => {
    const { problem } = await control('/faults', { route: route.value, mode: mode.value });
    status.textContent = problem || `${route.value}: ${mode.selectedOptions[0]?.text}`;
  });
}
