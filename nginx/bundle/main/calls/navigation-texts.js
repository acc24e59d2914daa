/**
 * Texts for a worker on a call about opening the patient; each must fit on one line.
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
