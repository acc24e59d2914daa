import { fullName, moment, phoneKind, phoneNumber } from "../format/format.js";
import { make, say } from "../view/dom.js";
import { outcomes } from "./placed-call.js";

/**
 * @typedef {import("./outgoing-calls.js").Attempt} Attempt
 *
 * @typedef {object} CallOptions
 * @property {AbortSignal} signal   Aborts with the list that contains it.
 * @property {() => number} now     seconds since 1970
 * @property {(button: HTMLElement, number: string) => boolean | Promise<boolean>} [permit]
 *   Asked on a click; false prevents the call.
 */

/** @type {Record<import("./outgoing-calls.js").AttemptStatus | "idle", string>} */
const labels = {
  idle: "Call", calling: "Calling…", dialing: "End call", over: "Call", settled: "Call", refused: "Call", unsent: "Call", unknown: "Try again",
};

/**
 * The text about an attempt for the worker.
 *
 * @param {Attempt | null} attempt
 * @param {number} now   seconds since 1970
 */
export function attemptText(attempt, now) {
  if (!attempt) return "";
  const at = moment(attempt.at, now);
  switch (attempt.status) {
    case "calling":
      return "";
    case "dialing":
      return attempt.detail ?? `Dialed ${at}.`;
    case "over":
      return attempt.detail ?? `Called ${at}. How did it go?`;
    case "settled":
      return `${attempt.outcome ? outcomes[attempt.outcome] : ""}, ${at}`;
    case "unknown":
      return attempt.detail ?? "We couldn’t confirm this call was placed. Trying again won’t call twice.";
    default:
      return attempt.detail ?? "This call was refused.";
  }
}

/**
 * The choices about an attempt in addition to its button.
 *
 * @param {import("./outgoing-calls.js").OutgoingCalls} outgoing
 * @param {Attempt | null} attempt
 * @param {string} whom
 * @returns {HTMLElement[]}
 */
export function choices(outgoing, attempt, whom) {
  if (attempt?.status !== "over" && attempt?.status !== "unknown") return [];
  /** @type {(label: string, click: () => void) => HTMLElement} */
  const choice = (label, click) =>
    make("button", { type: "button", class: "plain", "aria-disabled": String(attempt.busy), "aria-label": `${label}: ${whom}`, click }, label);
  const cancel = choice(attempt.status === "over" ? "Cancelled" : "Cancel call", () => void outgoing.cancel(attempt));
  if (attempt.status === "unknown") return [cancel];
  const known = /** @type {import("./placed-call.js").Outcome[]} */ (Object.keys(outcomes));
  return [...known.map((outcome) => choice(outcomes[outcome], () => void outgoing.record(attempt, outcome))), cancel];
}

/**
 * A button that calls a number, for a fixed patient.
 *
 * @param {import("./outgoing-calls.js").OutgoingCalls} outgoing
 * @param {import("../format/format.js").Person} patient
 * @param {import("../format/format.js").PhoneNumber} number
 * @param {CallOptions} options
 * @returns {[HTMLButtonElement, HTMLElement, HTMLElement]} the button, the element for its outcome, and
 *   the one that asks how the call went
 */
export function callButton(outgoing, patient, number, { signal, now, permit = () => true }) {
  const status = make("p", { class: "call-status", role: "status" });
  const button = make("button", { type: "button", class: "call", "data-number-id": number.id });
  const where = `${phoneKind(number)} ${phoneNumber(number.phone_number)}`;
  const whom = `${fullName(patient)}, ${where}`;
  const group = make("div", { class: "choices", role: "group", "aria-label": `How did the call go? ${whom}`, tabindex: "-1" });
  let shown = "";

  function update() {
    const attempt = outgoing.find(patient, number);
    const state = attempt?.status ?? "idle";
    button.dataset["status"] = state;
    // Not `disabled`: that would lose the focus.
    button.setAttribute("aria-disabled", String(state === "calling" || attempt?.busy === true));
    button.setAttribute("aria-label", `${labels[state]} ${whom}`);
    say(button, labels[state]);
    say(status, attemptText(attempt, now()));
    const content = JSON.stringify([attempt?.key, state, attempt?.busy]);
    if (content === shown) return;
    shown = content;
    const held = document.activeElement === button || group.contains(document.activeElement);
    group.replaceChildren(...choices(outgoing, attempt, whom));
    group.hidden = group.children.length === 0;
    button.hidden = state === "over";
    // Do not focus an answer: a second press of Enter must not choose it.
    if (held) (state === "over" ? group : button).focus();
  }

  button.addEventListener("click", async () => {
    const attempt = outgoing.find(patient, number);
    if (attempt?.status === "dialing") void outgoing.end(attempt);
    else if (await permit(button, where)) void outgoing.place(patient, number);
  });
  outgoing.addEventListener("change", update, { signal });
  update();
  return [button, status, group];
}

/**
 * A number as a link, where nobody takes calls: the worker's own telephone may.
 *
 * @param {import("../format/format.js").Person} patient
 * @param {import("../format/format.js").PhoneNumber} number
 * @param {CallOptions["permit"]} [permit]
 */
export function callLink(patient, number, permit = () => true) {
  const [href, text] = [`tel:${number.phone_number}`, phoneNumber(number.phone_number)];
  const where = `${phoneKind(number)} ${text}`;
  const link = make("a", { class: "tel", href, "aria-label": `Call ${fullName(patient)}, ${where}` }, text);
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    if (await permit(link, where)) location.href = href;
  });
  return link;
}

/**
 * The numbers of a patient.
 *
 * @param {import("./outgoing-calls.js").OutgoingCalls | null} outgoing   null where nobody takes calls
 * @param {import("../format/format.js").Person} patient
 * @param {import("../format/format.js").PhoneNumber[]} numbers
 * @param {CallOptions} options
 */
export function phoneList(outgoing, patient, numbers, options) {
  return make("ul", { class: "phones" }, ...numbers.map((number) => {
    const [button, status = "", group = ""] = outgoing ? callButton(outgoing, patient, number, options) : [callLink(patient, number, options.permit)];
    button.id = `phone-${number.id}`;
    const kind = make("span", { class: "kind" }, phoneKind(number));
    const text = outgoing ? [make("b", {}, phoneNumber(number.phone_number)), kind, status] : [button, kind];
    return make("li", {}, make("div", {}, ...text), ...(outgoing ? [button, group] : []));
  }));
}
