import { birthday, fullName } from "../format/format.js";
import { isSamePatient } from "../guard/patient-id.js";
import { phoneList } from "../phones/call-button.js";
import { make } from "../view/dom.js";

/**
 * @typedef {object} OnScreen   as `patient` answers
 * @property {import("../format/format.js").Person & { birthday?: string | null }} patient
 * @property {import("../format/format.js").PhoneNumber[]} phone_numbers
 *
 * @typedef {{ kind: "none" } | { kind: "loading" } | { kind: "patient", data: OnScreen }
 *   | { kind: "missing" }} View   never of a patient who is not on screen
 */

/** Loads the patient on screen. Drops answers for an earlier patient. */
export class ScreenPatient {
  #load;
  #show;
  /** @type {string | null} */
  #id = null;
  #abort = new AbortController();

  /**
   * @param {object} parts
   * @param {(patient: string, signal: AbortSignal) => Promise<import("../data/data-client.js").Reply>} parts.load
   * @param {(view: View, signal: AbortSignal) => void} parts.show   The signal aborts when the view changes.
   */
  constructor({ load, show }) {
    this.#load = load;
    this.#show = show;
  }

  /** Loads again, whatever came before. */
  retry() {
    const id = this.#id;
    this.#id = null;
    void this.follow(id);
  }

  /** @param {string | null} id */
  async follow(id) {
    if (id === null ? this.#id === null : isSamePatient(id, this.#id)) return;
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    this.#id = id;
    // First remove the previous patient from the screen.
    this.#show({ kind: id === null ? "none" : "loading" }, signal);
    if (id === null) return;
    const reply = await this.#load(id, signal);
    if (signal.aborted) return;
    const data = reply.kind === "ok" && isSamePatient(id, reply.json?.patient?.id) ? reply.json : null;
    this.#show(data && Array.isArray(data.phone_numbers) ? { kind: "patient", data } : { kind: "missing" }, signal);
  }
}

/** The patient on screen, with the numbers to call. */
export class HereView {
  #outgoing;
  #now;
  #retry = () => {};

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

  /**
   * @param {View} view
   * @param {AbortSignal} signal   Ends with this view.
   */
  show(view, signal) {
    this.root.hidden = view.kind === "none";
    this.root.setAttribute("aria-busy", String(view.kind === "loading"));
    this.root.dataset["patient"] = view.kind === "patient" ? view.data.patient.id : "";
    const label = make("p", { class: "label" }, "Open in Welkin");
    if (view.kind === "patient") {
      const { patient, phone_numbers: numbers } = view.data;
      const born = birthday(patient.birthday);
      this.root.replaceChildren(label, make("h2", {}, fullName(patient)), make("p", { class: "born" }, born && `Born ${born}`),
        numbers.length > 0
          ? phoneList(this.#outgoing, patient, numbers, { signal, now: this.#now })
          : make("p", { class: "none" }, "No phone number on record."));
    } else if (view.kind === "missing") {
      this.root.replaceChildren(label, make("p", { class: "none", role: "status" }, "We couldn’t load this patient."),
        make("button", { type: "button", class: "plain retry", click: () => this.#retry() }, "Try again"));
    } else {
      this.root.replaceChildren(label, ...["name", "born", "bar", "bar"].map((part) => make("div", { class: `skeleton ${part}` })));
    }
  }
}
