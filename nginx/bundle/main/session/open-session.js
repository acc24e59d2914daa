/**
 * @typedef {import("./session-client.js").SessionClient} SessionClient
 * @typedef {import("./session-client.js").Outcome} Outcome
 */

/**
 * Finds the session of this launch: by the hand-off, or else by bearer or cookie.
 *
 * @param {Pick<SessionClient, "exchange" | "read">} client
 * @param {string | null} handoff
 * @returns {Promise<Outcome>}
 */
export async function openSession(client, handoff) {
  if (handoff === null) return client.read();
  const exchanged = await client.exchange(handoff);
  // Not reachable is not refused: the hand-off may still be good when it is tried again.
  if (exchanged.kind === "session" || exchanged.kind === "unreachable") return exchanged;

  const read = await client.read();
  if (read.kind === "session" || read.kind === "unreachable") return read;
  // The hand-off says more about why than "there is no cookie" does.
  const bare = read.kind === "refused" && read.reason === "session_missing";
  return bare ? exchanged : read;
}
