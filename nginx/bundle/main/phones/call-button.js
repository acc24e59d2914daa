import { fullName, phoneKind, phoneNumber } from "../format/format.js";
import { make, say } from "../view/dom.js";

const labels = { idle: "Call", calling: "Calling…", dialing: "Dialing…", refused: "Call", unknown: "Try again" };

/**
 * What a worker has to know about an attempt.
 *
 * @param {import("./outgoing-calls.js").Attempt | null} attempt
 */
export function attemptText(attempt) {
  if (attempt?.status === "refused") return attempt.detail ?? "This call was refused.";
  if (attempt?.status === "unknown") return "No answer: it may be dialing. Try again: it calls once.";
  return "";
}

/**
 * A number as a button that calls it, for the patient that it was made for.
 *
 * @param {import("./outgoing-calls.js").OutgoingCalls} outgoing
 * @param {import("../format/format.js").Person} patient
 * @param {import("../format/format.js").PhoneNumber} number
 * @param {object} options
 * @param {AbortSignal} options.signal   Ends with the list that it is in.
 * @param {() => boolean | Promise<boolean>} [options.permit]   Asked in the click; false calls nobody.
 * @returns {[HTMLButtonElement, HTMLElement]} the button, and where it says what became of it
 */
export function callButton(outgoing, patient, number, { signal, permit = () => true }) {
  const status = make("p", { class: "call-status", role: "status" });
  const button = make("button", { type: "button", class: "call", "data-number-id": number.id });
  const whom = `${fullName(patient)}, ${phoneKind(number)} ${phoneNumber(number.phone_number)}`;

  function update() {
    const attempt = outgoing.find(patient, number);
    const state = attempt?.status ?? "idle";
    button.dataset["status"] = state;
    // Not `disabled`, which would take the focus away.
    button.setAttribute("aria-disabled", String(state === "calling" || state === "dialing"));
    button.setAttribute("aria-label", `${labels[state]} ${whom}`);
    say(button, labels[state]);
    say(status, attemptText(attempt));
  }

  button.addEventListener("click", async () => {
    if (await permit()) void outgoing.place(patient, number);
  });
  outgoing.addEventListener("change", update, { signal });
  update();
  return [button, status];
}

/**
 * The numbers of a patient.
 *
 * @param {import("./outgoing-calls.js").OutgoingCalls} outgoing
 * @param {import("../format/format.js").Person} patient
 * @param {import("../format/format.js").PhoneNumber[]} numbers
 * @param {Parameters<typeof callButton>[3]} options
 */
export function phoneList(outgoing, patient, numbers, options) {
  return make("ul", { class: "phones" }, ...numbers.map((number) => {
    const [button, status] = callButton(outgoing, patient, number, options);
    const text = make("div", {}, make("b", {}, phoneNumber(number.phone_number)), status, make("span", { class: "kind" }, phoneKind(number)));
    return make("li", {}, text, button);
  }));
}
