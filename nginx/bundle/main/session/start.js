/**
 * Asks for the session while the rest of the page still arrives: a script of its own,
 * with few modules, that runs before app.js.
 */

import { takeHandoff } from "./handoff.js";
import { parseLaunchPath } from "./launch-path.js";
import { SessionKeeper } from "./session-keeper.js";

/**
 * Which App it will probably be. The session decides.
 *
 * @type {import("./handoff.js").Opening["kind"]}
 */
export let kind;

/** Whether another page shows this one. */
export let isFramed = false;

/**
 * Null where there is no session to ask for.
 *
 * @type {SessionKeeper | null}
 */
export let keeper = null;

/** Runs by itself, once for a page. */
export function begin() {
  const opening = takeHandoff(location, history);
  const path = parseLaunchPath(location.pathname);
  kind = opening.kind;
  isFramed = window.top !== window.self;
  // Whoever has the address alone must not get the session: the hand-off is dropped.
  keeper = isFramed && path
    ? new SessionKeeper({
      launch: path.launch, handoff: opening.handoff, url: new URL("session", location.href).href,
      fetch: (input, init) => fetch(input, init),
    })
    : null;
  void keeper?.begin();
}
begin();
