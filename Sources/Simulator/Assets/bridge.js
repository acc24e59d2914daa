// @ts-check
// Welkin's end of the Apps API: the init message, the port, and the App's method calls.

/** @typedef {{parent_page_type: string, parent_page_id: string | null, frame: 'expanded' | 'collapsed'}} State */

/**
 * A method that an App may call. False means that the page does not exist, or not for this worker.
 * @typedef {(params: any) => boolean | Promise<boolean>} Method
 */

/**
 * Welkin's behaviour. Today it is `silent` and `string`: its documentation calls method_response not
 * available yet. With `not-found`, navigate_to finds no page.
 * @typedef {{reply: 'silent' | 'reply' | 'not-found', form: 'string' | 'object'}} Manners
 */

/**
 * One message as it went over the port, with a note about it. `type` is for messages without a type of
 * their own.
 * @typedef {{direction: 'to-app' | 'from-app', data: unknown, type?: string, note?: string}} Traffic
 */

export class Bridge {
  /** @type {MessagePort | null} */
  #port = null;
  #stateSent = '';
  #notifications = 0;
  #methods;
  #state;
  #manners;
  #observe;

  /**
   * @param {{
   *   methods: Record<string, Method>,
   *   state: () => State,
   *   manners: () => Manners,
   *   observe: (traffic: Traffic) => void,
   * }} options `state` gives the worker's place; `observe` sees every message
   */
  constructor({ methods, state, manners, observe }) {
    this.#methods = methods;
    this.#state = state;
    this.#manners = manners;
    this.#observe = observe;
  }

  /** Whether an App has a port. */
  get isConnected() {
    return this.#port !== null;
  }

  /**
   * Hands a fresh port to a window that has loaded, then tells it where the worker is.
   * @param {Window} frame
   * @param {string} origin the App's; a window of any other origin gets nothing
   */
  connect(frame, origin) {
    this.close();
    const channel = new MessageChannel();
    const port = channel.port1;
    this.#port = port;
    port.onmessage = (event) => this.#receive(port, event.data);
    this.#observe({ direction: 'to-app', data: 'welkin_init' });
    frame.postMessage('welkin_init', origin, [channel.port2]);
    this.sendState();
  }

  /** Tells the App where the worker is, if that has changed. Does nothing without an App. */
  sendState() {
    const state = this.#state();
    const text = JSON.stringify(state);
    if (!this.#port || text === this.#stateSent) return;
    this.#stateSent = text;
    this.#send({ message_type: 'current_state', message: { state } });
  }

  /**
   * Sends an event notification.
   * @param {string} event
   * @param {unknown} params
   */
  notify(event, params) {
    this.#notifications += 1;
    const id = `notification-${this.#notifications}`;
    this.#send({ message_type: 'event_notification', message: { event, params, event_notification_id: id } });
  }

  /**
   * Sends data unchanged, whether it is a message or not.
   * @param {unknown} data
   * @param {string} type its name in the log
   */
  sendRaw(data, type) {
    if (!this.#port) return;
    this.#observe({ direction: 'to-app', data, type });
    this.#port.postMessage(data);
  }

  /** Ends the connection. */
  close() {
    this.#port?.close();
    this.#port = null;
    this.#stateSent = '';
  }

  /** @param {object} message */
  #send(message) {
    if (!this.#port) return;
    const data = this.#manners().form === 'string' ? JSON.stringify(message) : message;
    this.#observe({ direction: 'to-app', data });
    this.#port.postMessage(data);
  }

  /**
   * Ignores what it does not understand.
   * @param {MessagePort} port
   * @param {unknown} data
   */
  async #receive(port, data) {
    const { message_type: type, message } = read(data);
    const { method: name, params, call_id: call } = message ?? {};
    const method = Object.hasOwn(this.#methods, String(name)) ? this.#methods[name] : undefined;
    if (type !== 'welkin_method' || !method) {
      const reason = type === 'welkin_method' ? 'unknown method' : 'not a welkin_method';
      this.#observe({ direction: 'from-app', data, note: `Ignored: ${reason}.` });
      return;
    }
    this.#observe({ direction: 'from-app', data });
    const { reply } = this.#manners();
    const isFound = !(reply === 'not-found' && name === 'navigate_to') && (await method(params ?? {}));
    if (reply === 'silent' || port !== this.#port) return;
    const status = isFound ? 200 : 404;
    this.#send({ message_type: 'method_response', message: { call_id: call, status_code: status, return: null } });
  }
}

/**
 * A message as an object, whether it came as text or as an object; an empty object if neither.
 * @param {unknown} data
 * @returns {Record<string, any>}
 */
export function read(data) {
  let value = data;
  if (typeof data === 'string') {
    try {
      value = JSON.parse(data);
    } catch {
      return {};
    }
  }
  return typeof value === 'object' && value !== null ? value : {};
}
