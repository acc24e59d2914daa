import { fullName, timeOfDay } from "../format/format.js";
import { PatientNavigation } from "../guard/patient-navigation.js";
import { callButton } from "../phones/call-button.js";
import { make, say } from "../view/dom.js";
import { navigationTexts } from "./navigation-texts.js";

/** Seconds for which a schedule counts as current. */
const fresh = 60;

/** @type {Record<string, string>} */
const marks = { done: "Done", overdue: "Overdue", next: "Next" };

/**
 * @typedef {object} Scheduled
 * @property {string} id
 * @property {number} at   seconds since 1970
 * @property {boolean} done
 * @property {string | null} reason
 * @property {import("../format/format.js").Person} patient
 * @property {import("../format/format.js").PhoneNumber} phone_number
 */

/** The worker's calls of the day. */
export class Schedule {
  #parts;
  #list = make("ol", {});
  #stand = make("p", { class: "as-of" });
  #text = make("p", { class: "none", role: "status" });
  #askedAt = -Infinity;
  #shown = "";
  #rows = new AbortController();

  /**
   * @param {object} parts
   * @param {import("../apps-api/apps-api.js").AppsApi} parts.api
   * @param {(signal: AbortSignal) => Promise<import("../data/data-client.js").Reply>} parts.load
   * @param {import("../phones/outgoing-calls.js").OutgoingCalls} parts.outgoing
   * @param {() => number} parts.now   seconds
   * @param {AbortSignal} parts.signal
   */
  constructor(parts) {
    this.#parts = parts;
    this.root = make("section", { id: "schedule", class: "card", "aria-labelledby": "schedule-title", hidden: "" },
      make("div", { class: "head" }, make("h2", { id: "schedule-title" }, "Calls today"), this.#stand),
      this.#list, this.#text);
    for (let row = 0; row < 3; row += 1) this.#list.append(make("li", {}, make("div", { class: "skeleton bar" })));
  }

  /** @param {boolean} isShown */
  show(isShown) {
    this.root.hidden = !isShown;
    void this.refresh();
  }

  /** Loads the schedule if it is visible and out of date. */
  async refresh() {
    const { now, load, signal } = this.#parts;
    if (this.root.hidden || document.visibilityState !== "visible" || now() - this.#askedAt < fresh) return;
    this.#askedAt = now();
    const reply = await load(signal);
    if (signal.aborted || reply.kind === "unauthorized") return;
    const calls = reply.kind === "ok" && Array.isArray(reply.json.calls) ? reply.json.calls : null;
    if (calls) say(this.#stand, `As of ${timeOfDay(reply.kind === "ok" ? reply.json.as_of : 0)}`);
    this.#fill(calls ?? [], calls ? "No calls planned for today." : "The schedule couldn’t be loaded. We’ll try again in a minute.");
  }

  /**
   * @param {Scheduled[]} calls
   * @param {string} empty   the text if there are no calls
   */
  #fill(calls, empty) {
    const now = this.#parts.now();
    const next = calls.find((call) => !call.done && call.at >= now);
    const stands = calls.map((call) => (call.done ? "done" : call.at < now ? "overdue" : call === next ? "next" : "later"));
    const content = JSON.stringify([calls, stands]);
    say(this.#text, calls.length === 0 ? empty : "");
    if (content === this.#shown) return;
    this.#shown = content;
    this.#rows.abort();
    const { signal } = (this.#rows = new AbortController());
    const focus = document.activeElement?.id ?? "";
    this.#list.replaceChildren(...calls.map((call, index) => this.#row(call, stands[index] ?? "later", signal)));
    if (focus.startsWith("scheduled-")) document.getElementById(focus)?.focus();
  }

  /**
   * @param {Scheduled} scheduled
   * @param {string} mark   done, overdue, next, later
   * @param {AbortSignal} signal
   */
  #row({ id, at, reason, patient, phone_number: number }, mark, signal) {
    const { api, outgoing, now } = this.#parts;
    const name = fullName(patient);
    const went = make("p", { class: "went", role: "status" });
    const navigation = new PatientNavigation(api, ({ kind }) => say(went, navigationTexts[kind]));
    signal.addEventListener("abort", () => navigation.end());
    const open = make("button", { type: "button", class: "open", id: `scheduled-${id}`, "data-patient": patient.id, "aria-label": `${name}, open in Welkin` }, name);
    open.addEventListener("click", () => void navigation.go(patient.id));
    const [call, status, group] = callButton(outgoing, patient, number, { signal, now });
    call.id = `scheduled-call-${id}`;
    return make("li", { "data-mark": mark },
      make("time", {}, timeOfDay(at)),
      make("div", {}, open, status, went, make("span", { class: "reason" }, reason ?? "")),
      make("span", { class: "when" }, marks[mark] ?? ""), call, group);
  }
}
