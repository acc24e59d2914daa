import { dateTime } from "../format/format.js";
import { make, refill, say } from "../view/dom.js";

/**
 * @typedef {object} Note
 * @property {string} id
 * @property {string} text
 * @property {string} author
 * @property {number} created_at     seconds since 1970
 * @property {boolean} [accepted]    accepted here, but not known to be in Welkin yet
 *
 * @typedef {{ text: string, status: string, words: string }} Pending   A note on its way.
 */

/**
 * Notes in transit or saved here come first; notes that the server has since reported are not
 * repeated.
 *
 * @param {Note[]} told
 * @param {Note[]} own   newest first
 */
export function mergeNotes(told, own) {
  return [...own.filter((note) => !told.some(({ id, text, created_at }) =>
    id === note.id || (note.accepted && text === note.text && created_at >= note.created_at))), ...told];
}

/** A note with more characters or lines than these is folded. */
const [longest, lines] = [280, 5];

/** @param {string} text */
export const isLong = (text) => text.length > longest || text.split("\n").length > lines;

/** The patient's latest notes. */
export class NotesList {
  #root;
  /** @type {Note[] | null} */
  #told = null;
  /** @type {Note[]} */
  #own = [];
  /** @type {Pending | null} */
  #pending = null;
  /** @type {Set<string>} ids of the notes that the worker has unfolded */
  #unfolded = new Set();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  /** @param {Note[]} notes */
  show(notes) {
    this.#told = notes;
    this.#render();
  }

  /** @param {Pending | null} pending */
  setPending(pending) {
    if (JSON.stringify(pending) === JSON.stringify(this.#pending)) return;
    this.#pending = pending;
    this.#render();
  }

  /** @param {Note} note */
  add(note) {
    this.#own = [note, ...this.#own];
    this.#pending = null;
    this.#render();
  }

  #render() {
    const items = mergeNotes(this.#told ?? [], this.#own).map((note) => {
      const words = note.accepted ? "On its way to Welkin" : this.#own.includes(note) ? "Saved" : "";
      return this.#item(note.id, note.text, [note.author, dateTime(note.created_at)].filter(Boolean).join(" · "), note.accepted ? "accepted" : "saved", words);
    });
    if (this.#pending) items.unshift(this.#item("", this.#pending.text, "", this.#pending.status, this.#pending.words));
    if (!items.length && this.#told) items.push(make("li", { class: "soft" }, "No notes yet."));
    // Until the server has answered, the placeholder bars stay below the notes written here.
    const bars = this.#told ? [] : Array.from(this.#root.querySelectorAll(".skeleton"));
    refill(this.#root, ...items, ...bars);
  }

  /**
   * @param {string} id      "" of the one on its way
   * @param {string} text
   * @param {string} from
   * @param {string} status
   * @param {string} words
   */
  #item(id, text, from, status, words) {
    const note = make("p", { class: "note" }, text);
    const meta = make("p", { class: "meta" }, from, from && words ? " · " : "", make("b", {}, words));
    return make("li", { "data-status": status }, note, ...(isLong(text) ? [this.#fold(id, note)] : []), meta);
  }

  /**
   * @param {string} id
   * @param {HTMLElement} note
   */
  #fold(id, note) {
    const button = make("button", { type: "button", id: `fold-${id}`, class: "plain fold", click: () => {
      if (!this.#unfolded.delete(id)) this.#unfolded.add(id);
      show();
    } });
    const show = () => {
      const isOpen = this.#unfolded.has(id);
      note.dataset["folded"] = String(!isOpen);
      button.setAttribute("aria-expanded", String(isOpen));
      say(button, isOpen ? "Show less" : "Show all");
    };
    show();
    return button;
  }
}
