// @ts-check
// Welkin's end of the Apps API: the init message, the port, and the App's method calls.

/** @typedef {{parent_page_type: string, parent_page_id: string | null, frame: 'expanded' | 'collapsed'}} State */
/** @typedef {Record<string, (params: any) => void>} Methods */

export class Bridge {
  /** @type {MessagePort | null} */
  #port = null;
  #methods;
  #state;

  /**
   * @param {Methods} methods what an App may call, by name
   * @param {() => State} state where the worker is
   */
  constructor(methods, state) {
    this.#methods = methods;
    this.#state = state;
  }

  /**
   * Hands a fresh port to a window that has loaded, then tells it where the worker is.
   * @param {Window} frame
   * @param {string} origin the App's; a window of any other origin gets nothing
   */
  connect(frame, origin) {
    this.close();
    const channel = new MessageChannel();
    this.#port = channel.port1;
    this.#port.onmessage = (event) => this.#receive(event.data);
    frame.postMessage('welkin_init', origin, [channel.port2]);
    this.sendState();
  }

  /** Tells the App where the worker is. Without an App nothing happens. */
  sendState() {
    const message = { message_type: 'current_state', message: { state: this.#state() } };
    this.#port?.postMessage(JSON.stringify(message));
  }

  /** Ends the connection. */
  close() {
    this.#port?.close();
    this.#port = null;
  }

  /**
   * Welkin's documentation gives method_response as not available yet, so no call is answered, and
   * what is not understood is ignored.
   * @param {unknown} data
   */
  #receive(data) {
    const message = typeof data === 'string' ? parse(data) : data;
    if (message?.message_type !== 'welkin_method') return;
    const { method, params } = message.message ?? {};
    if (typeof method === 'string' && Object.hasOwn(this.#methods, method)) {
      this.#methods[method](params ?? {});
    }
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
