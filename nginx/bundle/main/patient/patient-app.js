import { isMissing, read } from "../data/repeat.js";
import { lastUpdated, Source } from "../data/source.js";
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
import { make, refill, say } from "../view/dom.js";

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
  /** Whether somebody takes notes and calls here. */
  let isWritable = true;
  const patient = session.patient;
  const name = () => (context ? fullName(context.patient, "") : "");
  // Two patients may have the same name.
  const whom = () => (context ? [fullName(context.patient), birthday(context.patient.birthday) && `born ${birthday(context.patient.birthday)}`].filter(Boolean).join(", ") : "");

  const guard = new GuardView({
    container: element("guard"), patient, name, api,
    get asks() { return `We’ll ask before ${isWritable ? "saving" : "calling"}.`; },
    get blocked() { return `${isWritable ? "Saving and calling are" : "Calling is"} off.`; },
  });
  const gate = new WriteGate({
    state: () => guardState(patient, api.state), asker: new QuestionView(element("patient-app")), onBlocked: () => guard.point(),
  });
  const drafts = new DraftStore(session.worker, () => sessionStorage);
  drafts.sweep();
  const list = new NotesList(element("notes"));
  const author = () => (context?.worker ? fullName(context.worker, "") : "");
  const note = new NoteForm({ patient, whom, author, isKnown: () => context !== null, data, drafts, gate, list, now, signal, element });
  const outgoing = new OutgoingCalls({ data, now, signal });
  const placed = new Source({
    now, signal,
    load: (signal) => read(data, "calls/placed", { patient }, { signal }),
    show(reply) {
      const calls = reply.kind === "ok" ? parsePlaced(reply.json.calls ?? null) : null;
      if (calls) outgoing.take(calls);
      if ((reply.kind !== "ok" && !isMissing(reply)) || isWritable === !isMissing(reply)) return;
      isWritable = !isWritable;
      /** @type {HTMLElement} */ (element("note").closest("section")).hidden = !isWritable;
      guard.update();
      if (context) showPhones();
    },
  });

  api.addEventListener("state", () => {
    guard.update();
    gate.update();
    note.render();
  }, { signal });

  /** @type {(button: HTMLElement, number: string) => Promise<boolean>} */
  const permit = (button, number) => gate.ask({ text: `Call ${whom()}, at ${number}?`, yes: "Yes, call", near: button });

  function showPhones() {
    const { patient, phone_numbers: numbers } = context;
    const shown = numbers.length
      ? phoneList(isWritable ? outgoing : null, patient, numbers, { signal, now, permit })
      : make("p", { class: "soft" }, "No phone number on record.");
    gate.takeBack();
    refill(element("phones"), shown);
  }

  /** Says how old the data are; to be called now and then, as they grow older by themselves. */
  function tick() {
    const text = context ? lastUpdated(context.as_of, now()) : "";
    for (const id of ["phones-age", "notes-age"]) say(element(id), text);
  }

  void placed.ask();

  return {
    /** Whether an unsaved note will be there when the App is opened again. */
    get keepsDraft() {
      return note.isKept;
    },

    /** There is a connection, perhaps restored. */
    reached() {
      note.reached();
    },

    tick,

    /** @param {any} told   what data/context answered, for this patient */
    show(told) {
      const before = context;
      context = told;
      // Do not rebuild equal ones: one may have the focus.
      const isNew = (/** @type {string} */ part) => JSON.stringify(before?.[part]) !== JSON.stringify(told[part]);
      if (isNew("phone_numbers")) showPhones();
      if (isNew("notes")) list.show(told.notes);
      // Calls may have changed too; and to a patient who was not there yet there were none.
      if (Boolean(before) === isWritable) void placed.ask();
      guard.update();
      note.render();
      tick();
    },

    /**
     * @param {string} words   why nothing came
     * @param {boolean} [isGone]   whether what came before no longer counts
     */
    showNothing(words, isGone = false) {
      if (context && !isGone) return;
      context = null;
      gate.takeBack();
      for (const id of ["phones", "notes"]) element(id).replaceChildren(make(id === "notes" ? "li" : "p", { class: "soft" }, words));
      guard.update();
      note.render();
      tick();
    },
  };
}
