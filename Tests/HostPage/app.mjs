import { Bridge } from "../../Sources/Simulator/Assets/bridge.js";

/**
 * A bridge with an App at its other end that keeps what it receives, and a worker who is where the
 * test says.
 */
export function rig({ reply = "silent", form = "string", navigate = () => true } = {}) {
  const app = { inits: [], received: [], waiting: [] };
  const frame = {
    postMessage(data, origin, ports) {
      app.inits.push({ data, origin });
      app.port = ports[0];
      app.port.onmessage = ({ data: message }) => {
        app.received.push(message);
        app.waiting.splice(0).forEach((go) => go());
      };
    },
  };
  const manners = { reply, form };
  const place = { parent_page_type: "patient", parent_page_id: "p-1", frame: "expanded" };
  const called = [];
  const traffic = [];
  const method = (name, run = () => true) => (params) => {
    called.push([name, params]);
    return run(params);
  };
  const bridge = new Bridge({
    methods: { open_frame: method("open_frame"), navigate_to: method("navigate_to", navigate) },
    state: () => ({ ...place }),
    manners: () => manners,
    observe: (entry) => traffic.push(entry),
  });

  return {
    app, bridge, called, frame, manners, place, traffic,
    connect: () => bridge.connect(frame, "https://app.example"),
    /** Resolves when the App has received so many messages. */
    async received(count) {
      while (app.received.length < count) await new Promise((go) => app.waiting.push(go));
      return app.received;
    },
    /** The App calls a method; then a notification shows that all before it was handled. */
    call(name, params, id = "c-1") {
      app.port.postMessage(JSON.stringify(
        { message_type: "welkin_method", message: { method: name, params, call_id: id } }));
    },
    end() {
      bridge.close();
      app.port?.close();
    },
  };
}
