// @ts-check
// Launches that an App must refuse, by their flaw: which fields of the dialog to change. The value true
// ticks a checkbox.

/** @type {ReadonlyArray<{name: string, fields: Record<string, string | true>}>} */
export const presets = [
  { name: 'Nothing: as Welkin launches', fields: {} },
  { name: 'Expired five minutes ago', fields: { 'expires-in': '-300' } },
  { name: 'Expires in a day', fields: { 'expires-in': '86400' } },
  { name: 'For another App (aud)', fields: { 'claim.aud': 'https://another-app.example/launch' } },
  { name: 'From another issuer (iss)', fields: { 'claim.iss': 'coach.welkinhealth.com.example' } },
  { name: 'Of another client', fields: { 'claim.welkin_oauth_client_id': 'somebody-else' } },
  { name: 'Signed with another secret', fields: { secret: 'a secret that the App does not have' } },
  { name: 'Not signed (alg none)', fields: { algorithm: 'none' } },
  { name: 'Signed with HS512', fields: { algorithm: 'HS512' } },
  { name: 'Changed after it was signed', fields: { damage: 'tamper=payload' } },
  { name: 'Signature cut off', fields: { damage: 'drop-signature' } },
  { name: 'No worker', fields: { 'without.welkin_worker_id': true } },
  { name: 'No environment (provider)', fields: { 'without.welkin_provider_id': true } },
  { name: 'Patient is a number', fields: { 'more-claims': 'welkin_patient_id=7' } },
  { name: 'No expiry', fields: { 'without.exp': true } },
  { name: 'Expiry twice', fields: { 'repeated-claims': 'exp=4102444800' } },
  { name: 'Valid from 2100 on (nbf)', fields: { 'more-claims': 'nbf=4102444800' } },
];
