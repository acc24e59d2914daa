import { DraftStore } from "../draft/draft-store.js";
import { birthday, fullName } from "../format/format.js";
import { guardState } from "../guard/guard-rule.js";
import { GuardView } from "../guard/guard-view.js";
import { QuestionView } from "../guard/question-view.js";
import { WriteGate } from "../guard/write-gate.js";
import { NoteForm } from "../note/note-form.js";
import { NotesList } from "../note/notes-list.js";
import { phoneList } from "../phones/call-button.js";
import { OutgoingCalls } from "../phones/outgoing-calls.js";
import { parsePlaced } from "../phones/placed-call.js";
import { make } from "../view/dom.js";

/**
 * The patient action: a note, the latest notes, and the numbers to call, all for the session's
 * patient only.
 *
 * @param {object} options
 * @param {import("../session/session-client.js").Session & { patient: string }} options.session
 * @param {import("../apps-api/apps-api.js").AppsApi} options.api
 * @param {import("../data/data-client.js").DataClient} options.data
 * @param {AbortSignal} options.signal   Aborted when the page closes, or the session is over.
 * @param {() => number} options.now     seconds since 1970, by the server's clock
 * @param {(id: string) => HTMLElement} options.element
 */
export function startPatient({ session, api, data, signal, now, element }) {
  /** @type {any} */
  let context = null;
  const patient = session.patient;
  const name = () => (context ? fullName(context.patient) : "");
  // Two patients may have the same name.
  const whom = () => [name(), birthday(context?.patient.birthday) && `born ${birthday(context.patient.birthday)}`].filter(Boolean).join(", ");

  const guard = new GuardView({ container: element("guard"), patient, name, blocked: "Saving and calling are off.", api });
  const gate = new WriteGate({
    state: () => guardState(patient, api.state), asker: new QuestionView(element("patient-app")), onBlocked: () => guard.point(),
  });
  const drafts = new DraftStore(session.worker, () => sessionStorage);
  drafts.sweep();
  const list = new NotesList(element("notes"));
  const author = () => (context?.worker ? fullName(context.worker) : "");
  const note = new NoteForm({ patient, whom, author, isKnown: () => context !== null, data, drafts, gate, list, now, signal, element });
  const outgoing = new OutgoingCalls({ data, now, signal });

  api.addEventListener("state", () => {
    guard.update();
    gate.update();
    note.render();
  }, { signal });

  /** @type {(button: HTMLElement, number: string) => Promise<boolean>} */
  const permit = (button, number) => gate.ask({ text: `Call ${whom()}, at ${number}?`, yes: "Yes, call", near: button });

  /** @param {any[]} numbers */
  function showPhones(numbers) {
    const shown = numbers.length
      ? phoneList(outgoing, context.patient, numbers, { signal, now, permit })
      : make("p", { class: "soft" }, "No phone number on record.");
    gate.takeBack();
    element("phones").replaceChildren(shown);
  }

  return {
    /** Whether an unsaved note will be there when the App is opened again. */
    get keepsDraft() {
      return note.isKept;
    },

    /** There is a connection, perhaps restored. */
    reached() {
      note.reached();
    },

    /** @param {any} told   what data/context answered, for this patient */
    show(told) {
      const before = context;
      context = told;
      // Do not rebuild equal ones: one may have the focus.
      if (JSON.stringify(before?.phone_numbers) !== JSON.stringify(told.phone_numbers)) showPhones(told.phone_numbers);
      list.show(told.notes);
      const calls = parsePlaced(told.calls);
      if (calls) outgoing.take(calls);
      guard.update();
      note.render();
    },

    /** @param {string} words   why nothing came */
    showNothing(words) {
      if (context) return;
      for (const id of ["phones", "notes"]) element(id).replaceChildren(make(id === "notes" ? "li" : "p", { class: "soft" }, words));
    },
  };
}
