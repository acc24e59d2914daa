import { newKey } from "../data/data-client.js";
import { read } from "../data/repeat.js";
import { say } from "../view/dom.js";
import { draftOf, isSent, next, restore } from "./note-state.js";

const form = "note";

/** Why writing is not possible now. */
const blocks = {
  blocked: "Saving is off: Welkin is showing another patient.",
  closed: "You can write as soon as the patient’s name is here.",
};

/**
 * The text beside the button.
 *
 * @param {import("./note-state.js").NoteState} state
 * @param {boolean} kept   whether the draft is
 */
export function statusText({ status, detail }, kept) {
  switch (status) {
    case "draft":
      return detail || (kept ? "Draft saved." : "Save before you close the App: this browser can’t keep drafts.");
    case "sending":
      return "Sending…";
    case "saved":
      return "Saved.";
    case "accepted":
      return "Saved. It will reach Welkin soon.";
    case "unsent":
      return detail || `Not saved: you’re offline. ${kept ? "Your draft is saved; send it" : "Keep the App open, and save it"} when you’re back online.`;
    case "refused":
      return `Not saved. ${detail}`;
    case "unknown":
      return "We couldn’t confirm this was saved. Sending again is safe: it won’t be saved twice.";
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
   * @param {import("../guard/write-gate.js").WriteGate<import("../guard/question-view.js").Question>} options.gate
   * @param {import("./notes-list.js").NotesList} options.list
   * @param {() => string} options.author
   * @param {() => boolean} options.isKnown whether the page can name the patient; no writes before that
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
    void this.#lookUp();
  }

  /** Whether there is a draft that another session of this worker will find. */
  get isKept() {
    return this.#state.text !== "" && this.#kept;
  }

  get #isSending() {
    return this.#state.status === "sending";
  }

  async #submit() {
    const { gate, whom, isKnown } = this.#options;
    if (this.#isSending || !isKnown()) return;
    if (this.#state.text.trim()) {
      const question = { text: `Save this note for ${whom()}?`, yes: "Yes, save it", near: this.#elements.send };
      if (!(await gate.ask(question)) || this.#isSending) return;
    }
    await this.#send();
  }

  async #send() {
    const { data, patient, signal } = this.#options;
    this.#change({ type: "send" });
    const { status, key } = this.#state;
    const text = this.#state.text.trim();
    if (status !== "sending") return this.#elements.text.focus();
    const reply = await data.write("notes", { key, patient, text }, { signal });
    // The page is closing: the draft records that it was sent, and keeps its key. On 401 it was not sent.
    if (signal.aborted && reply.kind !== "unauthorized") return;
    this.#addIfSaved(reply);
    this.#change({ type: "reply", reply, key: newKey() });
    void this.#lookUp();
  }

  /** Finds out the outcome of a note whose answer was lost, as soon as there is a connection. */
  async #lookUp() {
    const { data, signal } = this.#options;
    const { status, key } = this.#state;
    if (status !== "unknown") return;
    const reply = await read(data, "written", { key }, { signal });
    // Meanwhile the worker may have sent it again, or started another note.
    if (signal.aborted || this.#state.status !== "unknown" || this.#state.key !== key) return;
    this.#addIfSaved(reply);
    this.#change({ type: "found", reply });
  }

  /**
   * Puts the note into the list if it was saved.
   *
   * @param {import("../data/data-client.js").Reply} reply
   */
  #addIfSaved(reply) {
    if (reply.kind !== "ok") return;
    const { list, author, now } = this.#options;
    const { id = this.#state.key, saved_at, queued_at } = reply.json;
    list.add({ id, text: this.#state.text.trim(), author: author(), created_at: saved_at ?? queued_at ?? now(), accepted: reply.status === 202 });
  }

  /** There is a connection, perhaps restored. */
  reached() {
    if (this.#state.status === "unsent") this.#change({ type: "reached" });
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

  /** Also called when the guard's state changes. */
  render() {
    const { gate, list, isKnown } = this.#options;
    const { text, send, rewrite, status } = this.#elements;
    const state = this.#state;
    const sending = this.#isSending;
    const block = sending ? null : gate.isBlocked ? "blocked" : isKnown() ? null : "closed";

    const written = sending ? "" : state.text;
    if (text.value !== written) text.value = written;
    fit(text);
    text.readOnly = block !== null || isSent(state.status);
    say(send, state.status === "unknown" ? "Send again" : "Save note");
    // Not `disabled`: that would lose the focus, and a click would get no response.
    send.setAttribute("aria-disabled", String(block !== null || sending || state.text.trim() === ""));
    rewrite.hidden = state.status !== "unknown" || block !== null;
    status.dataset["status"] = block ?? state.status;
    say(status, block ? blocks[block] : statusText(state, this.#kept));
    list.setPending(isSent(state.status) ? { text: state.text, status: state.status, words: sending ? "" : "Not confirmed" } : null);
  }
}

/**
 * Fits the field's height to its content in browsers whose styles cannot.
 *
 * @param {HTMLTextAreaElement} text
 */
function fit(text) {
  if (globalThis.CSS?.supports("field-sizing", "content")) return;
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`;
}
