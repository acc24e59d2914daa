/**
 * The Apps API: an App in an iframe talks to Welkin's page. It needs no other file;
 * apps-api.d.ts, beside it in the source, is its documentation.
 *
 * @typedef {import("./apps-api.js").AppsApi} Declared
 * @typedef {import("./apps-api.js").AppsApiOptions} Options
 * @typedef {import("./apps-api.js").CallResult} CallResult
 * @typedef {import("./apps-api.js").HostState} HostState
 *
 * @typedef {object} Call
 * @property {object} message
 * @property {number} timer   until the host is there, then until its reply
 * @property {(result: CallResult) => void} resolve
 * @property {(error: Error) => void} reject
 */

/** How many notifications are remembered, to tell a repeated one. */
const remembered = 100;

export class AppsApiError extends Error {
  name = "AppsApiError";

  /** @param {"no_host" | "closed"} code */
  constructor(code) {
    super(code === "closed" ? "the Apps API was closed" : "Welkin's page is not connected");
    this.code = code;
  }
}

/** @implements {Declared} */
export class AppsApi extends EventTarget {
  #window;
  #replyTimeout;
  #hostTimeout;
  #hostOrigin = "";
  /** @type {MessageEvent | null} */
  #earlyInit = null;
  /** @type {MessagePort | null} */
  #port = null;
  /** @type {HostState | null} */
  #state = null;
  /** @type {Map<unknown, Call>} not settled, by id, oldest first; with a port, all are sent */
  #calls = new Map();
  /** @type {Set<string>} ids, oldest first */
  #notified = new Set();
  #speaksText = true;
  #closed = false;

  /** @param {Options} options */
  constructor({ hostOrigin, window = globalThis.window, replyTimeout = 2_000, hostTimeout = 10_000 } = {}) {
    super();
    this.#window = window;
    this.#replyTimeout = replyTimeout;
    this.#hostTimeout = hostTimeout;
    if (hostOrigin !== undefined) this.setHostOrigin(hostOrigin);
    window.addEventListener("message", this.#onMessage);
  }

  get connected() {
    return this.#port !== null;
  }

  get state() {
    return this.#state;
  }

  /** @param {string} origin */
  setHostOrigin(origin) {
    // Anything else would match no message or, as "null", those of every sandboxed page.
    if (new URL(origin).origin !== origin) throw new TypeError("the host origin is not an origin");
    // The current host may be an impostor.
    if (this.#port && origin !== this.#hostOrigin) {
      this.#disconnect();
      this.#setState(null);
    }
    this.#hostOrigin = origin;
    const init = this.#earlyInit;
    this.#earlyInit = null;
    if (init) this.#onMessage(init);
  }

  openFrame() {
    return this.#call("open_frame");
  }

  minimizeFrame() {
    return this.#call("minimize_frame");
  }

  closeFrame() {
    return this.#call("close_frame");
  }

  /**
   * @param {"patient" | "inbox"} page
   * @param {string} [id]
   */
  async navigateTo(page, id) {
    const named = typeof id === "string" && id.trim() !== "";
    if (page === "patient" ? !named : page !== "inbox" || id !== undefined) {
      throw new TypeError('navigateTo takes "patient" and the id of one, or "inbox" alone');
    }
    return this.#call("navigate_to", { page_type: page, page_id: id ?? "None" });
  }

  close() {
    this.#closed = true;
    this.#window.removeEventListener("message", this.#onMessage);
    this.#earlyInit = null;
    this.#state = null;
    this.#disconnect();
    for (const id of this.#calls.keys()) this.#take(id)?.reject(new AppsApiError("closed"));
  }

  /** @param {MessageEvent} event */
  #onMessage = (event) => {
    const [port, another] = event.ports;
    if (event.source !== this.#window.parent || event.data !== "welkin_init" || !port || another) return;
    if (!this.#hostOrigin) this.#earlyInit = event;
    else if (event.origin === this.#hostOrigin) this.#connect(port);
  };

  /** @param {MessagePort} port */
  #connect(port) {
    this.#disconnect();
    this.#port = port;
    port.onmessage = (event) => this.#receive(event.data);
    for (const [id, call] of this.#calls) this.#send(port, id, call);
    // The last host's state may be about a different patient than the new host shows.
    this.#setState(null);
    if (this.#port === port) this.dispatchEvent(new Event("connect"));
  }

  #disconnect() {
    if (!this.#port) return;
    // A closed port may still deliver messages that were in transit.
    this.#port.onmessage = null;
    this.#port.close();
    this.#port = null;
    for (const id of this.#calls.keys()) this.#take(id)?.resolve({ kind: "sent" });
  }

  /**
   * @param {string} method
   * @param {object} params
   * @returns {Promise<CallResult>}
   */
  #call(method, params = {}) {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new AppsApiError("closed");
      // Only pages with https, or on localhost, have `randomUUID`.
      const id = crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
      const message = { message_type: "welkin_method", message: { method, params, call_id: id } };
      const timer = setTimeout(() => this.#take(id)?.reject(new AppsApiError("no_host")), this.#hostTimeout);
      const call = { message, timer, resolve, reject };
      this.#calls.set(id, call);
      if (this.#port) this.#send(this.#port, id, call);
    });
  }

  /**
   * @param {MessagePort} port
   * @param {unknown} id
   * @param {Call} call
   */
  #send(port, id, call) {
    clearTimeout(call.timer);
    call.timer = setTimeout(() => this.#take(id)?.resolve({ kind: "sent" }), this.#replyTimeout);
    try {
      port.postMessage(this.#speaksText ? JSON.stringify(call.message) : call.message);
    } catch {
      this.#take(id)?.reject(new AppsApiError("no_host"));
    }
  }

  /**
   * The call to settle now; undefined if it was already settled or never made.
   *
   * @param {unknown} id
   */
  #take(id) {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    clearTimeout(call?.timer);
    return call;
  }

  /** @param {unknown} data */
  #receive(data) {
    const { message_type: type, message: body } = parse(data);
    if (typeof type !== "string") return;
    this.#speaksText = typeof data === "string";
    const message = object(body);
    if (type === "current_state") {
      this.#setState(readState(object(message["state"])));
    } else if (type === "method_response") {
      const { call_id: id, status_code: status, return: value } = message;
      if (typeof status === "number") this.#take(id)?.resolve({ kind: "done", status, value });
    } else if (type === "event_notification") {
      this.#notify(message);
    }
  }

  /** @param {HostState | null} state */
  #setState(state) {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }

  /** @param {Record<string, unknown>} message */
  #notify({ event, params, event_notification_id: given }) {
    if (typeof event !== "string") return;
    const id = typeof given === "string" || typeof given === "number" ? `${given}` : null;
    if (id !== null) {
      if (this.#notified.has(id)) return;
      this.#notified.add(id);
      const [oldest = id] = this.#notified;
      if (this.#notified.size > remembered) this.#notified.delete(oldest);
    }
    this.dispatchEvent(new CustomEvent("notification", { detail: { event, params: object(params), id } }));
  }
}

/**
 * Turns text and objects into plain JSON, without the one key that could change an object's
 * prototype.
 *
 * @param {unknown} data
 */
function parse(data) {
  try {
    const text = typeof data === "string" ? data : JSON.stringify(data);
    return object(JSON.parse(text, (key, value) => (key === "__proto__" ? undefined : value)));
  } catch {
    return {};
  }
}

/** @returns {Record<string, unknown>} */
function object(/** @type {unknown} */ value) {
  return typeof value === "object" && value ? { ...value } : {};
}

/**
 * @param {Record<string, unknown>} fields
 * @returns {HostState | null}
 */
function readState(fields) {
  const { parent_page_type: pageType, parent_page_id: id, frame } = fields;
  if (typeof pageType !== "string") return null;
  const pageId = typeof id === "string" ? id : null;
  return Object.freeze({ pageType, pageId, frame: frame === "expanded" || frame === "collapsed" ? frame : null, fields });
}
