import { newKey } from "../data/data-client.js";
import { say } from "../view/dom.js";
import { draftOf, isSent, next, restore } from "./note-state.js";

const form = "note";

const labels = { sending: "Sending…", unknown: "Send again" };

/**
 * What the worker reads beside the button.
 *
 * @param {import("./note-state.js").NoteState} state
 * @param {boolean} kept   whether the draft is
 */
export function statusText({ status, detail }, kept) {
  switch (status) {
    case "draft":
      return detail || (kept ? "Draft kept" : "Save it before you close the App: this browser keeps no draft.");
    case "sending":
      return "Sending…";
    case "saved":
      return "Saved";
    case "accepted":
      return "Accepted, will reach Welkin";
    case "refused":
      return `Not saved. ${detail}`;
    case "unknown":
      return "We do not know whether it was saved. To send it again does not save it twice.";
    default:
      return detail;
  }
}

/** The note form of one patient. */
export class NoteForm {
  #options;
  #state;
  #kept = true;
  #elements;

  /**
   * @param {object} options
   * @param {string} options.patient
   * @param {import("../data/data-client.js").DataClient} options.data
   * @param {import("../draft/draft-store.js").DraftStore} options.drafts
   * @param {import("../guard/patient-guard.js").WriteGate} options.gate
   * @param {import("./notes-list.js").NotesList} options.list
   * @param {() => string} options.author
   * @param {() => string} options.whom     the patient, so that no other can be meant
   * @param {() => number} options.now      seconds since 1970
   * @param {AbortSignal} options.signal
   * @param {(id: string) => HTMLElement} options.element
   */
  constructor(options) {
    this.#options = options;
    const { element, drafts, patient } = options;
    const text = /** @type {HTMLTextAreaElement} */ (element("note-text"));
    this.#elements = { text, send: element("note-send"), rewrite: element("note-rewrite"), status: element("note-status") };
    this.#state = restore(drafts.load(patient, form), newKey());

    const submit = () => void this.#submit();
    element("note").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
    text.addEventListener("input", () => this.#change({ type: "edit", text: text.value, key: newKey() }));
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
    });
    this.#elements.rewrite.addEventListener("click", () => { this.#change({ type: "rewrite", key: newKey() }); text.focus(); });
    this.#keep();
    this.render();
  }

  /** Whether something is written that another session of this worker will find again. */
  get isKept() {
    return this.#state.text !== "" && this.#kept;
  }

  async #submit() {
    const { gate, whom } = this.#options;
    if (this.#state.status === "sending") return;
    if (this.#state.text.trim()) {
      const question = { text: `Save this note for ${whom()}?`, yes: "Save note", near: this.#elements.send };
      if (!(await gate.ask(question)) || isSending(this.#state)) return;
    }
    await this.#send();
  }

  async #send() {
    const { data, patient, list, author, now, signal } = this.#options;
    this.#change({ type: "send" });
    const { status, key } = this.#state;
    const text = this.#state.text.trim();
    if (status !== "sending") return this.#elements.text.focus();
    const reply = await data.ask("notes", { key, patient, text }, { signal });
    // The page is going: the draft says that it was sent, and keeps its key. On 401 it was not.
    if (signal.aborted && reply.kind !== "unauthorized") return;
    if (reply.kind === "ok") {
      const { id = key, saved_at, queued_at } = reply.json;
      list.add({ id, text, author: author(), created_at: saved_at ?? queued_at ?? now(), accepted: reply.status === 202 });
    }
    this.#change({ type: "reply", reply, key: newKey() });
  }

  /** @param {import("./note-state.js").NoteEvent} event */
  #change(event) {
    this.#state = next(this.#state, event);
    this.#keep();
    this.render();
  }

  #keep() {
    const { drafts, patient } = this.#options;
    this.#kept = drafts.save(patient, form, draftOf(this.#state));
  }

  /** Also when the guard has something else to say. */
  render() {
    const { gate, list } = this.#options;
    const { text, send, rewrite, status } = this.#elements;
    const state = this.#state;
    const sending = state.status === "sending";
    const blocked = gate.isBlocked && !sending;

    const written = sending ? "" : state.text;
    if (text.value !== written) text.value = written;
    text.readOnly = blocked || isSent(state.status);
    say(send, labels[/** @type {keyof typeof labels} */ (state.status)] ?? "Save note");
    // Not `disabled`, which would take the focus away, and the answer to a click.
    send.setAttribute("aria-disabled", String(blocked || sending || state.text.trim() === ""));
    rewrite.hidden = state.status !== "unknown" || blocked;
    status.dataset["status"] = blocked ? "blocked" : state.status;
    say(status, blocked ? "Nothing can be saved while Welkin shows another patient." : statusText(state, this.#kept));
    list.setPending(isSent(state.status) ? { text: state.text, status: state.status, words: sending ? "Sending…" : "Not known whether saved" } : null);
  }
}

/** @param {import("./note-state.js").NoteState} state */
function isSending(state) {
  return state.status === "sending";
}
