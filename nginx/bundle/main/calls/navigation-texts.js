/**
 * What a worker on a call is told of the way to the patient: in the one line that there is for it.
 *
 * @type {Readonly<Record<import("../guard/patient-navigation.js").Navigation["kind"], string>>}
 */
export const navigationTexts = {
  none: "",
  asking: "Opening the patient in Welkin…",
  shown: "Opened in Welkin.",
  unconfirmed: "Welkin hasn’t confirmed this.",
  missing: "Welkin can’t open this patient.",
  refused: "Welkin didn’t open this patient.",
  unreachable: "Welkin isn’t responding. Open the patient there yourself.",
};
