/**
 * The Apps API: an App in an iframe talks to Welkin's page.
 *
 * Welkin's page sends `welkin_init` with a `MessagePort` to the App's window when the iframe
 * has loaded; from then on both talk over that port. So make an {@link AppsApi} while the
 * page loads: an init that nobody hears is lost.
 *
 * The API is Welkin's "Apps Frontend API", which is marked as in development. Message types
 * and fields that are not known here are ignored; what cannot be read is ignored too, and
 * nothing that the host sends throws or writes to the console.
 */

export interface AppsApiOptions {
  /**
   * Origin of Welkin's page: `https://coach.welkinhealth.com` for Welkin itself. Left out when
   * the page has yet to learn it; see {@link AppsApi.setHostOrigin}.
   */
  hostOrigin?: string;
  /** The App's own window. Default: the global one. */
  window?: Pick<Window, "parent" | "addEventListener" | "removeEventListener">;
  /** How long a call waits for its reply, in milliseconds. Default: 2000. */
  replyTimeout?: number;
  /** How long a call waits for Welkin's page to connect, in milliseconds. Default: 10000. */
  hostTimeout?: number;
}

/** Where the worker is in Welkin, and how the App is shown: `current_state`. Frozen. */
export interface HostState {
  /**
   * Kind of the page around the App: `patient`, `worker_profile`, `profile`, `search`,
   * `inbox`, `admin`, or one that Welkin added since.
   */
  readonly pageType: string;
  /** GUID of the patient or profile that is shown; null on all other pages. */
  readonly pageId: string | null;
  /** null when Welkin did not say, or said something else. */
  readonly frame: "expanded" | "collapsed" | null;
  /** The state as Welkin sent it, under its own names: for fields that it added since. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Something happened in Welkin: `event_notification`. Its documentation names none yet. */
export interface HostNotification {
  /** Which event, say `click_to_call`. */
  readonly event: string;
  /** Depends on the event, and is not checked. Empty when there was none. */
  readonly params: Readonly<Record<string, unknown>>;
  /** null when Welkin sent none; such a notification cannot be told from a repeated one. */
  readonly id: string | null;
}

/**
 * What became of a call.
 *
 * - `done`: Welkin's page replied. `status` is 200 when it did what was asked; `navigateTo`
 *   gets 404 when the page does not exist or the worker may not see it. `value` is what it
 *   returned, undefined when that was nothing.
 * - `sent`: not confirmed. No reply came in time, or the connection ended first. This is the
 *   usual result: Welkin documents its replies as not available yet. A later `state` event
 *   tells whether the page did change.
 */
export type CallResult =
  | { readonly kind: "done"; readonly status: number; readonly value: unknown }
  | { readonly kind: "sent" };

/**
 * - `no_host`: Welkin's page did not connect in time, or its port takes no message. So it is
 *   when the App runs outside Welkin, or with the wrong host origin.
 * - `closed`: {@link AppsApi.close} was called.
 */
export type AppsApiErrorCode = "no_host" | "closed";

/** The call was not sent. */
export class AppsApiError extends Error {
  constructor(code: AppsApiErrorCode);
  readonly code: AppsApiErrorCode;
}

export interface AppsApiEvents {
  /** Welkin's page connected, for the first time or anew. */
  connect: Event;
  /**
   * The state changed; the detail is the new one. null: not known any more, because Welkin's
   * page connected anew or sent a state that cannot be read.
   */
  state: CustomEvent<HostState | null>;
  /** Once for each id: the last 100 are remembered. */
  notification: CustomEvent<HostNotification>;
}

/**
 * The App's end of the connection. One for a window: of two, both would take the same port.
 *
 * A `welkin_init` counts only when it comes from the parent window and from the host origin,
 * and carries exactly one port. A second one (the iframe or Welkin's page was loaded anew)
 * replaces the first: its port is closed, calls that wait for a reply there resolve as `sent`,
 * and `state` is null until the new host says where it is. That is on purpose: until then,
 * the App does not know which patient is on screen.
 *
 * Messages are JSON, as text or as objects; calls are sent in the form that was last
 * received, the first ones as text.
 */
export class AppsApi extends EventTarget {
  /**
   * Listens for `welkin_init` at once.
   *
   * @throws {TypeError} when `hostOrigin` is not an origin
   */
  constructor(options?: AppsApiOptions);

  /** Whether there is a port to Welkin's page. */
  readonly connected: boolean;

  /** The last state that Welkin's page sent on this connection; null when it is not known. */
  readonly state: HostState | null;

  /**
   * Says which origin Welkin's page has. Of the inits that came before, the last is checked
   * now, and connects before this returns; those that come later are checked as they come.
   * Another origin than before ends the connection: `state` is null until that host connects.
   *
   * @param origin As `location.origin` writes it: scheme, host and port, no path, no slash.
   * @throws {TypeError} when it is not an origin
   */
  setHostOrigin(origin: string): void;

  /**
   * Shows the App. Fine when it is shown already.
   *
   * Like every call it waits for the connection when there is none yet, calls keep their
   * order, and every one settles.
   *
   * @returns Rejects with an {@link AppsApiError} when it was not sent.
   */
  openFrame(): Promise<CallResult>;

  /** Minimises the App. Fine when it is minimised already. As {@link openFrame}. */
  minimizeFrame(): Promise<CallResult>;

  /**
   * Ends this instance of the App: Welkin removes the iframe, and with it this page, so the
   * promise may never be seen to settle. Save first. As {@link openFrame}.
   */
  closeFrame(): Promise<CallResult>;

  /**
   * Shows a patient, or the inbox, in Welkin's page around the App.
   *
   * Only in answer to the worker's own click: a page that changes by itself under a worker's
   * hands can put a note on the wrong patient. Welkin asks this of every App; nothing here can
   * check it.
   *
   * @param id The patient's GUID.
   * @returns Rejects with a TypeError, before anything is sent, on other arguments; else as
   *   {@link openFrame}.
   */
  navigateTo(page: "patient", id: string): Promise<CallResult>;
  navigateTo(page: "inbox"): Promise<CallResult>;

  /**
   * Ends the connection for good: calls that wait for a reply resolve as `sent`, those that
   * wait for the connection, and all later ones, reject as `closed`. No event comes any more,
   * and `state` is null. Welkin does not hear of it; to close the App, see {@link closeFrame}.
   */
  close(): void;

  addEventListener<K extends keyof AppsApiEvents>(
    type: K,
    listener: (event: AppsApiEvents[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;

  removeEventListener<K extends keyof AppsApiEvents>(
    type: K,
    listener: (event: AppsApiEvents[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}
