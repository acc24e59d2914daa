/**
 * A note from its first letter to the answer. Decisions only; note-form.js has the effects.
 *
 * @typedef {"empty" | "draft" | "sending" | "saved" | "accepted" | "refused" | "unknown"} NoteStatus
 *
 * @typedef {object} NoteState
 * @property {NoteStatus} status
 * @property {string} text           What is written, or is being sent.
 * @property {string | null} key     Idempotency key, as long as the same text may be sent again.
 * @property {string} detail         For the worker, where there is more to say than the status.
 *
 * @typedef {{ type: "edit", text: string }
 *   | { type: "send", key: string }
 *   | { type: "reply", reply: import("../data/data-client.js").Reply }
 *   | { type: "rewrite" }} NoteEvent
 */

/** @type {NoteState} */
const empty = { status: "empty", text: "", key: null, detail: "" };

/**
 * @param {import("../draft/draft-store.js").Draft | null} draft
 * @returns {NoteState}
 */
export function restore(draft) {
  if (!draft) return empty;
  return { ...empty, status: draft.sent ? "unknown" : "draft", text: draft.text, key: draft.key };
}

/**
 * What has to survive a reload.
 *
 * @param {NoteState} state
 * @returns {import("../draft/draft-store.js").Draft | null}
 */
export function draftOf({ status, text, key }) {
  return text === "" ? null : { text, key, sent: isSent(status) };
}

/**
 * Whether the note has left, and no answer has said what became of it: its text must
 * stay as it is, since the key belongs to it.
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
      // A draft's warning holds until it is sent.
      return { ...empty, status: event.text.trim() ? "draft" : "empty", text: event.text, detail: state.status === "draft" ? state.detail : "" };
    case "send":
      if (state.status === "sending") return state;
      if (!state.text.trim()) return { ...state, status: "empty", detail: "Write the note first." };
      return { ...state, status: "sending", key: state.key ?? event.key, detail: "" };
    case "rewrite":
      if (state.status !== "unknown") return state;
      return { ...state, status: "draft", key: null, detail: "The first version may have been saved. Look at the list before you save this one." };
    case "reply":
      return state.status === "sending" ? answered(state, event.reply) : state;
  }
}

/**
 * @param {NoteState} state
 * @param {import("../data/data-client.js").Reply} reply
 * @returns {NoteState}
 */
function answered(state, reply) {
  switch (reply.kind) {
    case "ok":
      return { ...empty, status: reply.status === 202 ? "accepted" : "saved" };
    case "refused":
      return { ...state, status: "refused", key: null, detail: reply.detail ?? `It was refused (${reply.error}).` };
    case "unauthorized":
      return { ...state, status: "refused", detail: "Your sign-in was not accepted just now. Save it again." };
    case "failed":
      // Turned away before anybody looked at it. Of other failures nobody knows how far it came.
      if (reply.status === 429) return { ...state, status: "refused", detail: "Too much at once. Save it again in a moment." };
      return { ...state, status: "unknown" };
    case "unreachable":
      return { ...state, status: "unknown" };
  }
}
