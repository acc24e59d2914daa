import { birthday, fullName } from "../format/person.js";
import { phoneList } from "../phones/call-button.js";
import { make } from "../view/dom.js";

/** The patient on screen, with the numbers to call. */
export class HereView {
  #outgoing;

  /** @param {import("../phones/outgoing-calls.js").OutgoingCalls} outgoing */
  constructor(outgoing) {
    this.#outgoing = outgoing;
    this.root = make("section", { id: "here", class: "card", "aria-label": "Patient on screen in Welkin", hidden: "" });
  }

  /**
   * @param {import("./screen.js").View} view
   * @param {AbortSignal} signal   Ends with this view.
   */
  show(view, signal) {
    this.root.hidden = view.kind === "none";
    this.root.setAttribute("aria-busy", String(view.kind === "loading"));
    this.root.dataset["patient"] = view.kind === "patient" ? view.data.patient.id : "";
    const label = make("p", { class: "label" }, "On screen in Welkin");
    if (view.kind === "patient") {
      const { patient, phone_numbers: numbers } = view.data;
      const born = birthday(patient.birthday);
      this.root.replaceChildren(label, make("h2", {}, fullName(patient)), make("p", { class: "born" }, born && `Born ${born}`),
        numbers.length > 0
          ? phoneList(this.#outgoing, patient, numbers, { signal })
          : make("p", { class: "none" }, "No phone number."));
    } else if (view.kind === "missing") {
      this.root.replaceChildren(label, make("p", { class: "none", role: "status" }, "The App has nothing about this patient."));
    } else {
      this.root.replaceChildren(label, ...["name", "born", "bar", "bar"].map((part) => make("div", { class: `skeleton ${part}` })));
    }
  }
}
