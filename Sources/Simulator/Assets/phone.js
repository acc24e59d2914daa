// @ts-check
// The clinic's phone: calls that the developer makes come in at the simulator.

import { control } from './control.js';

/**
 * @param {{caller: HTMLSelectElement, ring: HTMLElement, hangUp: HTMLButtonElement, status: HTMLElement}} parts
 *   `caller` holds the patients' ids, and an empty one for a number that nobody knows
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
    // A call that is not known any more is over as well.
    if (!problem || code === 404) call = '';
    hangUp.disabled = !call;
    status.textContent = call ? problem : 'Hung up';
  });
}
