import { lastUpdated, Source } from "../data/source.js";
import { birthday, fullName } from "../format/format.js";
import { isSamePatient } from "../guard/patient-id.js";
import { phoneList } from "../phones/call-button.js";
import { make, refill, say } from "../view/dom.js";
import { absences } from "../view/messages.js";

/**
 * @typedef {object} OnScreen   as `patient` answers
 * @property {import("../format/format.js").Person & { birthday?: string | null }} patient
 * @property {import("../format/format.js").PhoneNumber[]} phone_numbers
 * @property {import("../data/source.js").AsOf} as_of
 *
 * @typedef {{ kind: "none" } | { kind: "loading" } | { kind: "patient", data: OnScreen }
 *   | { kind: "missing" | "pending" | "gone" }} View   never of a patient who is not on screen
 */

/** Loads the patient on screen. Drops answers for an earlier patient. */
export class ScreenPatient {
  #parts;
  /** @type {string | null} */
  #id = null;
  #abort = new AbortController();
  /** @type {Source | null} */
  #source = null;

  /**
   * @param {object} parts
   * @param {() => number} parts.now   seconds since 1970
   * @param {(patient: string, signal: AbortSignal) => Promise<import("../data/data-client.js").Reply>} parts.load
   * @param {(view: View, signal: AbortSignal) => void} parts.show   The signal aborts when the view changes.
   */
  constructor(parts) {
    this.#parts = parts;
  }

  get patient() {
    return this.#id;
  }

  get asOf() {
    return this.#source?.asOf;
  }

  /** Loads again, whatever came before. */
  retry() {
    const id = this.#id;
    this.#id = null;
    this.follow(id);
  }

  /** Loads again, while what there is stays. */
  ask() {
    void this.#source?.ask();
  }

  /** Loads again if it is time. */
  refresh() {
    this.#source?.refresh();
  }

  /**
   * @param {string | null} id
   * @returns {boolean} whether that is another one
   */
  follow(id) {
    if (id === null ? this.#id === null : isSamePatient(id, this.#id)) return false;
    const { load, now, show } = this.#parts;
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    this.#id = id;
    this.#source = null;
    // First remove the previous patient from the screen.
    show({ kind: id === null ? "none" : "loading" }, signal);
    if (id === null) return true;
    let isShown = false;
    this.#source = new Source({
      now, signal, load: (signal) => load(id, signal),
      show(reply) {
        const view = viewOf(id, reply);
        // Earlier data stays valid, unless Welkin no longer has the patient.
        if (isShown && (view.kind === "missing" || view.kind === "pending")) return;
        isShown = view.kind === "patient";
        show(view, signal);
      },
    });
    this.ask();
    return true;
  }
}

/**
 * @param {string} id
 * @param {import("../data/data-client.js").Reply} reply
 * @returns {View}
 */
function viewOf(id, reply) {
  const data = reply.kind === "ok" ? reply.json : null;
  if (isSamePatient(id, data?.patient?.id) && Array.isArray(data.phone_numbers)) return { kind: "patient", data };
  return { kind: data?.patient !== null ? "missing" : data.pending ? "pending" : "gone" };
}

/** The patient on screen, with the numbers to call. */
export class HereView {
  /** @type {import("../phones/outgoing-calls.js").OutgoingCalls | null} */
  #outgoing;
  #now;
  #retry = () => {};
  #age = make("p", { class: "as-of" });
  #shown = "";
  /** @type {[View, AbortSignal] | null} */
  #view = null;

  /**
   * @param {import("../phones/outgoing-calls.js").OutgoingCalls} outgoing
   * @param {() => number} now   seconds since 1970
   */
  constructor(outgoing, now) {
    this.#outgoing = outgoing;
    this.#now = now;
    this.root = make("section", { id: "here", class: "card", "aria-label": "Patient open in Welkin", hidden: "" });
  }

  /** @param {() => void} run   Called when the worker asks for the patient once more. */
  onRetry(run) {
    this.#retry = run;
  }

  /** Nobody takes calls here: shows numbers as links. */
  withoutCalls() {
    this.#outgoing = null;
    this.#shown = "";
    if (this.#view) this.show(...this.#view);
  }

  /** Says how old the data are; to be called now and then. */
  tick() {
    const [view] = this.#view ?? [];
    say(this.#age, view?.kind === "patient" ? lastUpdated(view.data.as_of, this.#now()) : "");
  }

  /**
   * @param {View} view
   * @param {AbortSignal} signal   Ends when another patient is on screen.
   */
  show(view, signal) {
    this.#view = [view, signal];
    this.root.hidden = view.kind === "none";
    this.root.setAttribute("aria-busy", String(view.kind === "loading"));
    this.root.dataset["patient"] = view.kind === "patient" ? view.data.patient.id : "";
    this.tick();
    // Do not rebuild an equal one: it may have the focus.
    const content = JSON.stringify(view.kind === "patient" ? [view.data.patient, view.data.phone_numbers] : view.kind);
    if (content === this.#shown) return;
    this.#shown = content;
    refill(this.root, make("div", { class: "head" }, make("p", { class: "label" }, "Open in Welkin"), this.#age), ...this.#parts(view, signal));
  }

  /**
   * @param {View} view
   * @param {AbortSignal} signal
   * @returns {HTMLElement[]}
   */
  #parts(view, signal) {
    switch (view.kind) {
      case "patient": {
        const { patient, phone_numbers: numbers } = view.data;
        const born = birthday(patient.birthday);
        return [make("h2", {}, fullName(patient)), make("p", { class: "born" }, born && `Born ${born}`),
          numbers.length > 0
            ? phoneList(this.#outgoing, patient, numbers, { signal, now: this.#now })
            : make("p", { class: "none" }, "No phone number on record.")];
      }
      case "pending":
        return [make("h2", {}, absences.pending[0]), make("p", { class: "none", role: "status" }, absences.pending[1])];
      case "missing":
      case "gone":
        return [make("p", { class: "none", role: "status" }, view.kind === "gone" ? `${absences.gone[0]}.` : "We couldn’t load this patient."),
          make("button", { type: "button", class: "plain retry", click: () => this.#retry() }, "Try again")];
      default:
        return ["name", "born", "bar", "bar"].map((part) => make("div", { class: `skeleton ${part}` }));
    }
  }
}
