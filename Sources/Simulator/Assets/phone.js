// @ts-check
// The clinic's phone: the developer makes incoming calls.

import { control } from './control.js';

/**
 * @param {{caller: HTMLSelectElement, ring: HTMLElement, hangUp: HTMLButtonElement, status: HTMLElement}} parts
 *   `caller` holds the patients' ids, and an empty one for an unknown number
 */
export function connectPhone({ caller, ring, hangUp, status }) {
  let call = '';

  ring.addEventListener('click', async () => {
    const name = caller.selectedOptions[0]?.text;
    const { content, problem } = await control('/ring', caller.value ? { patient: caller.value } : {});
    if (!problem) call = content.call;
    hangUp.disabled = !call;
    status.textContent = problem || `${name} is calling`;
  });

  hangUp.addEventListener('click', async () => {
    const { status: code, problem } = await control('/hang-up', { call });
    // A call that the simulator no longer knows is over too.
    if (!problem || code === 404) call = '';
    hangUp.disabled = !call;
    status.textContent = call ? problem : 'Hung up';
  });
}
