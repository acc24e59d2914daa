/**
 * @typedef {object} PhoneNumber   as in Welkin's Data API
 * @property {string} id
 * @property {string} phone_number
 * @property {string | null} [phone_number_type]
 * @property {string | null} [friendly_name]
 */

/**
 * Groups the digits of North American numbers; others stay as they are.
 *
 * @param {string} number   E.164
 */
export function phoneNumber(number) {
  const parts = /^\+?1([2-9]\d\d)(\d{3})(\d{4})$/.exec(number);
  return parts ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : number;
}

/** @param {PhoneNumber} number */
export function phoneKind(number) {
  const type = number.phone_number_type;
  return number.friendly_name || (type === "cell" ? "Mobile" : type === "landline" ? "Landline" : "Phone");
}
