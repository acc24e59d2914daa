// @ts-check
// The dialog for launches that are invalid on purpose, claim by claim.

import { honestRequest, sign } from './launch.js';
import { presets } from './launch-presets.js';
import { launchRequest } from './launch-request.js';

export class LaunchDialog {
  #dialog;
  #form;
  #preset;
  #launch;
  /** @type {Record<string, any>} */
  #honest = {};

  /**
   * @param {HTMLDialogElement} dialog
   * @param {(request: URLSearchParams, where: 'app' | 'persistent') => void} launch
   */
  constructor(dialog, launch) {
    this.#dialog = dialog;
    this.#launch = launch;
    this.#form = /** @type {HTMLFormElement} */ (dialog.querySelector('form'));
    this.#preset = /** @type {HTMLSelectElement} */ (dialog.querySelector('#launch-preset'));
    this.#preset.replaceChildren(...presets.map(({ name }, index) => new Option(name, String(index))));
    this.#preset.addEventListener('change', () => this.#fill());
    this.#form.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement && target.name === 'where') this.#leaveOutPatient();
    });
    dialog.querySelector('#launch-cancel')?.addEventListener('click', () => dialog.close());
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /**
   * Opens the dialog with an honest launch.
   * @param {string | undefined} patient the patient on screen
   */
  async open(patient) {
    this.#say('');
    this.#preset.value = '0';
    try {
      // The token that comes with the claims is never used.
      this.#honest = (await sign(honestRequest(patient))).claims;
      this.#fill();
    } catch (error) {
      this.#say(`Cannot load the claims: ${error instanceof Error ? error.message : error}.`);
    }
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  /** Fills in the honest claims, then the preset's changes. */
  #fill() {
    const where = this.#where;
    const preset = this.#preset.selectedIndex;
    this.#form.reset();
    this.#preset.selectedIndex = preset;
    for (const input of this.#form.querySelectorAll('input')) {
      const [kind, claim = ''] = input.name.split('.');
      if (kind === 'claim') input.value = String(this.#honest[claim] ?? '');
      if (kind === 'where') input.checked = input.value === where;
    }
    this.#leaveOutPatient();
    for (const [name, value] of Object.entries(presets[preset]?.fields ?? {})) {
      const field = /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
      if (value === true) field.checked = true;
      else field.value = value;
      field.closest('details')?.setAttribute('open', '');
    }
  }

  /** A persistent App belongs to no patient, and neither does one that is launched from the inbox. */
  #leaveOutPatient() {
    const box = this.#form.elements.namedItem('without.welkin_patient_id');
    if (!(box instanceof HTMLInputElement)) return;
    box.checked = !this.#honest.welkin_patient_id || this.#where === 'persistent';
  }

  get #where() {
    return new FormData(this.#form).get('where') === 'persistent' ? 'persistent' : 'app';
  }

  #submit() {
    try {
      this.#launch(launchRequest(new FormData(this.#form), this.#honest), this.#where);
      this.#dialog.close();
    } catch (error) {
      this.#say(`${error instanceof Error ? error.message : error}.`);
    }
  }

  /** @param {string} text */
  #say(text) {
    const problem = this.#dialog.querySelector('#launch-problem');
    if (problem) problem.textContent = text;
  }
}
