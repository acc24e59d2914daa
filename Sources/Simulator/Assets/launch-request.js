// @ts-check
// Turns the launch dialog's fields into a request: only the differences from an honest launch.

/**
 * The fields of the server's launch route.
 * @param {FormData} fields the dialog's; `claim.NAME` and `without.NAME` for each claim
 * @param {Record<string, any>} honest the claims of an honest launch from the same place
 * @throws {Error} for a line that is not NAME=JSON
 */
export function launchRequest(fields, honest) {
  const request = new URLSearchParams();
  const text = (/** @type {string} */ name) => String(fields.get(name) ?? '');
  if (honest.welkin_patient_id) request.append('patient', honest.welkin_patient_id);
  if (text('expires-in') !== '600') request.append('expires-in', text('expires-in'));

  for (const [field, value] of fields) {
    const name = field.startsWith('claim.') ? field.slice('claim.'.length) : null;
    if (name === null || fields.has(`without.${name}`) || value === (honest[name] ?? null)) continue;
    request.append('claim', `${name}=${JSON.stringify(value)}`);
  }
  for (const field of fields.keys()) {
    const name = field.startsWith('without.') ? field.slice('without.'.length) : null;
    if (name !== null && name in honest) request.append('without', name);
  }
  for (const line of lines(text('more-claims'))) request.append('claim', line);
  for (const line of lines(text('repeated-claims'))) request.append('repeat-claim', line);

  if (text('algorithm') !== 'HS256') request.append('algorithm', text('algorithm'));
  if (text('type') !== 'JWT') request.append('type', text('type'));
  if (text('critical')) request.append('critical', text('critical'));
  if (text('encoding') !== 'canonical') request.append('encoding', text('encoding'));
  if (text('secret')) request.append('secret', text('secret'));
  // NAME=VALUE, as the route expects.
  const [damage, segment = ''] = text('damage').split('=');
  if (damage) request.append(damage, segment);
  return request;
}

/** @param {string} text */
function lines(text) {
  const found = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const wrong = found.find((line) => line.indexOf('=') < 1);
  if (wrong !== undefined) throw new Error(`“${wrong}” is not NAME=JSON`);
  return found;
}
