/**
 * The two Apps of this bundle: for a patient, and for calls. A page loads the modules of
 * its own alone; those that both need are loaded in any case.
 */
const apps = {
  patient: async () => (await import("./patient/patient-app.js")).startPatient,
  calls: async () => (await import("./calls/calls-app.js")).startCalls,
};

/**
 * @template {keyof typeof apps} Kind
 * @param {Kind} kind
 * @returns {ReturnType<typeof apps[Kind]>} what starts it; rejects when there is no connection
 */
export function loadKind(kind) {
  return /** @type {ReturnType<typeof apps[Kind]>} */ (apps[kind]());
}

/**
 * Has the modules of a kind loaded side by side, before anybody asks for them.
 *
 * @param {keyof typeof apps} kind
 * @param {Document} document   index.html has the list, in a template that names the kind.
 */
export function preloadKind(kind, document) {
  const list = document.getElementById(`${kind}-modules`);
  if (list instanceof HTMLTemplateElement) list.replaceWith(list.content);
}
