import { AppsApi } from "../../nginx/bundle/main/apps-api/apps-api.js";

export const origin = "https://coach.welkinhealth.com";
export const patient = "9d2f6a10-77c5-4f0e-8a35-0c1d5be2a9f4";

/** A window in Welkin's page: just what the library uses of one. */
export function framedWindow() {
  const listeners = new Set();
  return {
    parent: { name: "Welkin's page" },
    listeners,
    addEventListener: (type, listener) => type === "message" && listeners.add(listener),
    removeEventListener: (type, listener) => type === "message" && listeners.delete(listener),
    receive: (event) => [...listeners].forEach((listener) => listener(event)),
  };
}

/** Welkin's end of one connection, over a real channel. */
export class Host {
  #inbox = [];
  #waiting = [];
  #channel = new MessageChannel();
  constructor(t) {
    this.port.onmessage = ({ data }) => (this.#waiting.shift() ?? ((one) => this.#inbox.push(one)))(data);
    t.after(() => this.port.close());
  }

  get port() {
    return this.#channel.port1;
  }

  /** The init message, as the App's window gets it; `changes` makes it a wrong one. */
  init(window, changes = {}) {
    window.receive({ data: "welkin_init", origin, source: window.parent, ports: [this.#channel.port2], ...changes });
    return this;
  }

  /** What the App sent, whatever form it has. */
  next() {
    return this.#inbox.length ? Promise.resolve(this.#inbox.shift()) : new Promise((got) => this.#waiting.push(got));
  }

  /** The App's next call. */
  async call() {
    const data = await this.next();
    const { message_type: type, message } = typeof data === "string" ? JSON.parse(data) : data;
    if (type !== "welkin_method") throw new Error(`not a call: ${type}`);
    return message;
  }

  send(type, message, { text = true } = {}) {
    const data = { message_type: type, message };
    this.port.postMessage(text ? JSON.stringify(data) : data);
  }

  state(state, form) {
    this.send("current_state", { state }, form);
  }

  reply(id, status = 200, value = null) {
    this.send("method_response", { call_id: id, status_code: status, return: value });
  }

  /** Resolves when the App has read all that was sent before. */
  async read(api) {
    const mark = crypto.randomUUID();
    this.send("event_notification", { event: mark });
    await new Promise((done) => {
      const hear = ({ detail }) => {
        if (detail.event !== mark) return;
        api.removeEventListener("notification", hear);
        done();
      };
      api.addEventListener("notification", hear);
    });
  }
}

/** The library in a window, what it says by events, and a host; timers go by hand. */
export function rig(t, options = { hostOrigin: origin }) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const window = framedWindow();
  const api = new AppsApi({ window, ...options });
  t.after(() => api.close());
  const events = [];
  api.addEventListener("connect", () => events.push("connect"));
  api.addEventListener("state", ({ detail }) => events.push(detail && { ...detail }));
  return { api, window, events, host: new Host(t), tick: (time) => t.mock.timers.tick(time) };
}

/** Connected, in one step. */
export function connected(t, options) {
  const parts = rig(t, options);
  parts.host.init(parts.window);
  return parts;
}

/** A port whose messages arrive when the test says so, closed or not. */
export function portByHand() {
  const sent = [];
  const port = { onmessage: null, close() {}, postMessage: (data) => sent.push(data) };
  return { port, sent, deliver: (data) => port.onmessage?.({ data }) };
}

/** Whether a promise has settled by now: "pending", "resolved" or "rejected". */
export async function stateOf(promise) {
  const pending = {};
  await null;
  return Promise.race([promise, pending]).then((value) => (value === pending ? "pending" : "resolved"), () => "rejected");
}
