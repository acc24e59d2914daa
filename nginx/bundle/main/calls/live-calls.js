import { parsePlaced } from "../phones/placed-call.js";

/**
 * The worker's live calls, from the server's snapshots and what the worker did here.
 * Pure: each function returns a new list.
 *
 * @typedef {object} LiveCall   as the server says
 * @property {string} id
 * @property {"ringing" | "answered"} state
 * @property {string} phone_number
 * @property {import("../format/format.js").Person | null} patient   null: unknown number
 * @property {number} since   seconds since 1970
 *
 * @typedef {"answer" | "decline" | "end"} Action
 * @typedef {"ringing" | "answering" | "declining" | "unknown" | "answered" | "ending" | "declined" | "refused" | "ended"} Phase
 *
 * @typedef {object} Entry
 * @property {LiveCall} call
 * @property {Phase} phase
 * @property {string | null} detail   the server's message about it
 * @property {boolean} resumed        whether it was answered before this page knew of it; it may be over
 * @property {boolean} live           whether the last snapshot has it
 * @property {boolean} seen           whether its end was on the screen for a while
 *
 * @typedef {readonly Entry[]} Calls
 */

/** @type {Record<Phase, number>} A call goes forward only: what was answered never rings again. */
const rank = { ringing: 0, answering: 1, declining: 1, unknown: 1, answered: 2, ending: 2, declined: 3, refused: 3, ended: 3 };

/** @param {Entry} entry */
export const isOver = (entry) => rank[entry.phase] === 3;

/** @param {Entry} entry */
export const isOpen = (entry) => entry.phase === "ringing" || entry.phase === "unknown";

/** @type {Record<Action, { going: Phase, done: Phase, may: (entry: Entry) => boolean }>} */
const actions = {
  answer: { going: "answering", done: "answered", may: isOpen },
  decline: { going: "declining", done: "declined", may: isOpen },
  end: { going: "ending", done: "ended", may: (entry) => entry.phase === "answered" },
};

/**
 * @param {Entry} entry
 * @param {Action} action
 */
export const mayAct = (entry, action) => actions[action].may(entry);

/**
 * @param {Calls} calls
 * @param {readonly LiveCall[]} snapshot
 * @returns {Calls}
 */
export function takeSnapshot(calls, snapshot) {
  const known = calls.map((entry) => {
    const call = snapshot.find(({ id }) => id === entry.call.id);
    // The call may be gone before the answer to "decline" arrives.
    const end = /** @type {Phase} */ (entry.phase === "declining" ? "declined" : "ended");
    if (!call) return { ...entry, live: false, phase: isOver(entry) ? entry.phase : end };
    return { ...entry, call, live: true, phase: later(entry.phase, call.state) };
  });
  const fresh = snapshot
    .filter(({ id }) => !calls.some((entry) => entry.call.id === id))
    .map((call) => ({ call, phase: call.state, detail: null, resumed: call.state === "answered", live: true, seen: false }));
  return withoutSeen([...known, ...fresh]);
}

/**
 * The worker clicked.
 *
 * @param {Calls} calls
 * @param {string} id
 * @param {Action} action
 * @returns {Calls}
 */
export function takeAction(calls, id, action) {
  return change(calls, id, (entry) =>
    mayAct(entry, action) ? { ...entry, phase: actions[action].going, detail: null, resumed: false } : entry);
}

/**
 * The worker is still on a call that was answered before this page knew of it.
 *
 * @param {Calls} calls
 * @param {string} id
 * @returns {Calls}
 */
export function takeStay(calls, id) {
  return change(calls, id, (entry) => ({ ...entry, resumed: false }));
}

/**
 * The server answered the click, or failed to.
 *
 * @param {Calls} calls
 * @param {string} id
 * @param {Action} action
 * @param {import("../data/data-client.js").Reply} reply
 * @returns {Calls}
 */
export function takeReply(calls, id, action, reply) {
  return change(calls, id, (entry) => {
    const detail = reply.kind === "refused" ? reply.detail : reply.kind === "unsent" ? "You’re offline. Try again when you’re back online." : null;
    if (reply.kind === "ok") return { ...entry, phase: later(entry.phase, actions[action].done) };
    // It is unknown whether the call has ended, and ending it again is safe.
    if (action === "end" && !isGone(reply)) return isOver(entry) ? entry : { ...entry, phase: "answered", detail: detail ?? "The call may still be on. End it again." };
    if (reply.kind === "refused" && reply.status === 409) return { ...entry, phase: later(entry.phase, "refused"), detail };
    if (isGone(reply)) return { ...entry, phase: later(entry.phase, "ended") };
    // A snapshot that arrived in between is more recent.
    return rank[entry.phase] > 1 ? entry : { ...entry, phase: "unknown", detail };
  });
}

/**
 * The end of the call was shown long enough. The call is remembered while it is in the snapshots,
 * which may be older than its end.
 *
 * @param {Calls} calls
 * @param {string} id
 * @returns {Calls}
 */
export function takeSeen(calls, id) {
  return withoutSeen(change(calls, id, (entry) => (isOver(entry) ? { ...entry, seen: true } : entry)));
}

/**
 * The one call to show large. It stays until it is over, so that no button changes to another call
 * under the pointer; then ringing calls come first, the longest-ringing before others.
 *
 * @param {Calls} calls
 * @param {string | null} current   id of the one that is shown
 * @returns {Entry | null}
 */
export function front(calls, current) {
  const shown = calls.filter((entry) => !entry.seen);
  return shown.find((entry) => entry.call.id === current)
    ?? shown.find(isOpen)
    ?? shown.find((entry) => !isOver(entry))
    ?? shown[0]
    ?? null;
}

/** @param {import("../data/data-client.js").Reply} reply   to an action of the worker's */
function isGone(reply) {
  return reply.kind === "refused" && reply.status === 404;
}

/**
 * @param {Phase} now
 * @param {Phase} next
 */
function later(now, next) {
  return rank[next] > rank[now] ? next : now;
}

/**
 * @param {Calls} calls
 * @param {string} id
 * @param {(entry: Entry) => Entry} run
 * @returns {Calls}
 */
function change(calls, id, run) {
  return calls.map((entry) => (entry.call.id === id ? run(entry) : entry));
}

/** @param {Calls} calls */
function withoutSeen(calls) {
  return calls.filter((entry) => !entry.seen || entry.live);
}

/**
 * Reads a snapshot. Rejects an invalid one entirely: half a list would end calls.
 *
 * @param {any} json
 * @returns {{ version: string, calls: LiveCall[], placed: import("../phones/placed-call.js").PlacedCall[] } | null}
 */
export function parseSnapshot(json) {
  const placed = parsePlaced(json?.placed);
  if (placed === null) return null;
  if (typeof json?.version !== "string" || !Array.isArray(json.calls)) return null;
  const sound = json.calls.every((/** @type {any} */ call) =>
    typeof call?.id === "string" && typeof call.phone_number === "string" && Number.isFinite(call.since)
    && (call.state === "ringing" || call.state === "answered")
    && (call.patient === null || typeof call.patient?.id === "string"));
  return sound ? { version: json.version, calls: json.calls, placed } : null;
}
