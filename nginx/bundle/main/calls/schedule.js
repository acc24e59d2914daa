import { lastUpdated, Source } from "../data/source.js";
import { fullName, timeOfDay } from "../format/format.js";
import { PatientNavigation } from "../guard/patient-navigation.js";
import { callButton, callLink } from "../phones/call-button.js";
import { make, refill, say } from "../view/dom.js";
import { navigationTexts } from "./navigation-texts.js";
import { ownTime, placeOf, zoneIn } from "./time-zone.js";

/** @type {Record<string, string>} */
const marks = { done: "Done", overdue: "Overdue", next: "Next" };

/**
 * @typedef {object} Scheduled
 * @property {string} id
 * @property {number | null} at   seconds since 1970; null: all day
 * @property {boolean} done       has an outcome
 * @property {boolean} overdue
 * @property {string | null} reason
 * @property {import("../format/format.js").Person} patient
 * @property {string | null} patient_time   13:30, where the patient has another time
 * @property {import("../format/format.js").PhoneNumber | null} phone_number
 */

/** The worker's calls of the day. */
export class Schedule {
  #parts;
  #list = make("ol", {});
  #age = make("p", { class: "as-of" });
  #text = make("p", { class: "none", role: "status" });
  #source;
  /** Whether there has been a change that is not loaded yet. */
  #isDue = true;
  #hasCalls = true;
  /** @type {[Scheduled[], string | undefined] | null} the calls, and the worker's time zone */
  #told = null;
  #shown = "";
  #rows = new AbortController();

  /**
   * @param {object} parts
   * @param {import("../apps-api/apps-api.js").AppsApi} parts.api
   * @param {(signal: AbortSignal) => Promise<import("../data/data-client.js").Reply>} parts.load
   * @param {import("../phones/outgoing-calls.js").OutgoingCalls} parts.outgoing
   * @param {() => number} parts.now   seconds
   * @param {() => void} parts.onShow   Called after each answer.
   * @param {AbortSignal} parts.signal
   */
  constructor(parts) {
    const { load, now, signal } = (this.#parts = parts);
    this.#source = new Source({ load, now, signal, show: (reply) => this.#take(reply) });
    this.root = make("section", { id: "schedule", class: "card", "aria-labelledby": "schedule-title", hidden: "" },
      make("div", { class: "head" }, make("h2", { id: "schedule-title" }, "Calls today"), this.#age),
      this.#list, this.#text);
    for (let row = 0; row < 3; row += 1) this.#list.append(make("li", {}, make("div", { class: "skeleton bar" })));
  }

  /** @param {boolean} isShown */
  show(isShown) {
    this.root.hidden = !isShown;
    this.refresh();
  }

  get asOf() {
    return this.#source.asOf;
  }

  /** Loads the schedule, at once if it is visible, otherwise as soon as it is. */
  ask() {
    this.#isDue = true;
    this.refresh();
  }

  /** Loads the schedule if it is visible, and out of date or a minute old: calls become overdue by themselves. */
  refresh() {
    this.#tick();
    if (this.root.hidden || document.visibilityState !== "visible") return;
    if (this.#isDue) void this.#source.ask();
    else this.#source.refresh(true);
    this.#isDue = false;
  }

  /** Nobody takes calls here: shows numbers as links. */
  withoutCalls() {
    this.#hasCalls = false;
    this.#shown = "";
    if (this.#told) this.#fill();
  }

  /** @param {import("../data/data-client.js").Reply} reply */
  #take(reply) {
    if (reply.kind === "unauthorized") return;
    const told = reply.kind === "ok" && Array.isArray(reply.json.calls) ? reply.json : null;
    this.#told = [told?.calls ?? [], zoneIn(told?.timezone)];
    this.#fill();
    say(this.#text, !told ? "The schedule couldn’t be loaded. We’ll try again in a minute." : told.calls.length === 0 ? "No calls planned for today." : "");
    this.#tick();
    this.#parts.onShow();
  }

  /** Says how old the data are, and where the times are those of the clock. */
  #tick() {
    const now = this.#parts.now();
    say(this.#age, [lastUpdated(this.asOf, now), placeOf(this.#told?.[1], now)].filter(Boolean).join(" · "));
  }

  #fill() {
    const [calls, zone] = this.#told ?? [[]];
    const next = calls.find(({ at, done, overdue }) => at !== null && !done && !overdue);
    const content = JSON.stringify([calls, zone]);
    if (content === this.#shown) return;
    this.#shown = content;
    this.#rows.abort();
    const { signal } = (this.#rows = new AbortController());
    refill(this.#list, ...calls.map((call) =>
      this.#row(call, call.done ? "done" : call.overdue ? "overdue" : call === next ? "next" : "later", zone, signal)));
  }

  /**
   * @param {Scheduled} scheduled
   * @param {string} mark   done, overdue, next, later
   * @param {string | undefined} zone
   * @param {AbortSignal} signal
   */
  #row({ id, at, reason, patient, patient_time: own, phone_number: number }, mark, zone, signal) {
    const { api, outgoing, now } = this.#parts;
    const name = fullName(patient);
    const went = make("p", { class: "went", role: "status" });
    const navigation = new PatientNavigation(api, ({ kind }) => say(went, navigationTexts[kind]));
    signal.addEventListener("abort", () => navigation.end());
    const open = make("button", { type: "button", class: "open", id: `scheduled-${id}`, "data-patient": patient.id, "aria-label": `${name}, open in Welkin` }, name);
    open.addEventListener("click", () => void navigation.go(patient.id));
    const [call, status = "", group = ""] = !number ? [] : this.#hasCalls ? callButton(outgoing, patient, number, { signal, now }) : [callLink(patient, number)];
    if (call) call.id = `scheduled-call-${id}`;
    return make("li", { "data-mark": mark },
      make("time", {}, at === null ? "All day" : timeOfDay(at, zone)),
      make("div", {}, open, status, went, make("span", { class: "reason" }, [reason, own && `${ownTime(own)} for the patient`].filter(Boolean).join(" · "))),
      make("span", { class: "when" }, marks[mark] ?? ""), call ?? "", group);
  }
}
