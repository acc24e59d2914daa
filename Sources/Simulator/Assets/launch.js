// @ts-check
// A launch as Welkin makes it: the server signs a token, and the page posts it into the iframe.

/** @typedef {{action: string, token: string, claims: Record<string, any>, payload: string}} Signed */

/**
 * Asks the server to sign a launch.
 * @param {URLSearchParams} request the fields of the server's launch route
 * @returns {Promise<Signed>}
 */
export async function sign(request) {
  const answer = await fetch('/launch', { method: 'POST', body: request }).catch(() => {
    throw new Error('the simulator does not answer; is it still running?');
  });
  const content = await answer.json().catch(() => ({}));
  if (answer.ok) return content;
  throw new Error(content.detail ?? `the simulator answered ${answer.status}`);
}

/**
 * The fields of an honest launch.
 * @param {string | undefined} patient the patient's id, if any
 */
export function honestRequest(patient) {
  return new URLSearchParams(patient ? { patient } : {});
}

/**
 * Posts the token as a navigation of the iframe, as Welkin's page does.
 * @param {string} action
 * @param {string} token
 * @param {string} target the iframe's name
 */
export function post(action, token, target) {
  const form = document.createElement('form');
  Object.assign(form, { method: 'post', action, target, hidden: true });
  const field = document.createElement('input');
  Object.assign(field, { type: 'hidden', name: 'token', value: token });
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
}
