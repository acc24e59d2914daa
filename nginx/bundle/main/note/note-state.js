import { isNotWritten } from "../data/data-client.js";

/**
 * A note from its first letter to the answer. Decisions only; note-form.js has the effects.
 *
 * @typedef {"empty" | "draft" | "sending" | "saved" | "accepted" | "refused" | "unsent" | "unknown"} NoteStatus
 *   unsent: certainly not saved, and can be saved now
 *
 * @typedef {object} NoteState
 * @property {NoteStatus} status
 * @property {string} text           The text, or the text being sent.
 * @property {string | null} key     Idempotency key, from the first letter on: a browser that duplicates
 *   the tab copies the draft, and both copies must be one note. null when nothing is written.
 * @property {string} detail         For the worker, if there is more to say than the status.
 *
 * An event's `key` is a new one, used only if the note needs another.
 *
 * @typedef {{ type: "edit", text: string, key: string }
 *   | { type: "send" }
 *   | { type: "reply", reply: import("../data/data-client.js").Reply, key: string }
 *   | { type: "found", reply: import("../data/data-client.js").Reply }
 *   | { type: "reached" }
 *   | { type: "rewrite", key: string }} NoteEvent
 */

/** For a draft that was open in two tabs, and was changed in one of them. */
const twin = "Another version of this note was already saved, probably in another tab. Check the latest notes first: saving now adds this as a second note.";

/** @type {NoteState} */
const empty = { status: "empty", text: "", key: null, detail: "" };

/**
 * @param {import("../draft/draft-store.js").Draft | null} draft
 * @param {string} key   a new one, for a draft that has none
 * @returns {NoteState}
 */
export function restore(draft, key) {
  if (!draft) return empty;
  return { ...empty, status: draft.sent ? "unknown" : "draft", text: draft.text, key: draft.key ?? key };
}

/**
 * The part that must survive a reload.
 *
 * @param {NoteState} state
 * @returns {import("../draft/draft-store.js").Draft | null}
 */
export function draftOf({ status, text, key }) {
  return text === "" ? null : { text, key, sent: isSent(status) };
}

/**
 * Whether the note was sent and its outcome is unknown: its text must not change, because the key
 * belongs to it.
 *
 * @param {NoteStatus} status
 */
export function isSent(status) {
  return status === "sending" || status === "unknown";
}

/**
 * @param {NoteState} state
 * @param {NoteEvent} event
 * @returns {NoteState}
 */
export function next(state, event) {
  switch (event.type) {
    case "edit":
      if (isSent(state.status)) return state;
      if (!event.text.trim()) return { ...empty, text: event.text };
      // A draft's warning holds until it is sent.
      return { status: "draft", text: event.text, key: state.key ?? event.key, detail: state.status === "draft" ? state.detail : "" };
    case "send":
      if (state.status === "sending") return state;
      if (!state.text.trim()) return { ...state, status: "empty", detail: "Write the note first." };
      return { ...state, status: "sending", detail: "" };
    case "rewrite":
      if (state.status !== "unknown") return state;
      return { ...state, status: "draft", key: event.key, detail: "The first version may have been saved. Check the latest notes before you save this one." };
    case "found":
      if (state.status !== "unknown") return state;
      if (event.reply.kind === "ok") return done(event.reply);
      return isNotWritten(event.reply) ? { ...state, status: "unsent", detail: "This note wasn’t saved. Save it again." } : state;
    case "reached":
      if (state.status !== "unsent" || state.detail) return state;
      return { ...state, status: "draft", detail: "You’re back online. Save the note now." };
    case "reply":
      return state.status === "sending" ? answered(state, event) : state;
  }
}

/**
 * @param {NoteState} state
 * @param {Extract<NoteEvent, { type: "reply" }>} event
 * @returns {NoteState}
 */
function answered(state, { reply, key }) {
  switch (reply.kind) {
    case "ok":
      return done(reply);
    case "refused":
      // The draft had a twin, which was saved with a different text.
      if (reply.error === "key_reused") return { ...state, status: "refused", key, detail: twin };
      return { ...state, status: "refused", detail: reply.detail ?? `It was refused (${reply.error}).` };
    case "unauthorized":
      return { ...state, status: "refused", detail: "Your sign-in wasn’t accepted just now. Save it again." };
    case "unsent":
      return { ...state, status: "unsent" };
    case "failed":
      // 429 is rejected before processing. After other failures, the outcome is unknown.
      if (reply.status === 429) return { ...state, status: "refused", detail: "The App is busy. Save it again in a moment." };
      return { ...state, status: "unknown" };
    case "unreachable":
      return { ...state, status: "unknown" };
  }
}

/**
 * @param {import("../data/data-client.js").Ok} reply
 * @returns {NoteState}
 */
function done(reply) {
  return { ...empty, status: reply.status === 202 ? "accepted" : "saved" };
}
