// @ts-check
// An init message from an origin other than Welkin's, which an App must refuse.

/**
 * The frames that pose as Welkin, by App.
 * @type {WeakMap<Window, Element>}
 */
const frames = new WeakMap();

/**
 * Sends that message to an App, from a new frame.
 * @param {Window} app
 * @param {HTMLTemplateElement} template holds the frame that poses as Welkin
 * @param {(traffic: import('./bridge.js').Traffic) => void} observe
 */
export function impersonate(app, template, observe) {
  const content = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const frame = /** @type {HTMLIFrameElement} */ (content.firstElementChild);
  frame.addEventListener('load', () => {
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => {
      const note = 'Wrong: the App uses a port from another origin.';
      observe({ direction: 'from-app', data, note });
    };
    const index = [...Array(window.length).keys()].findIndex((number) => window[number] === app);
    observe({ direction: 'to-app', data: 'welkin_init', type: 'wrong_origin', note: 'welkin_init from origin "null"' });
    frame.contentWindow?.postMessage({ index }, '*', [channel.port2]);
  }, { once: true });
  frames.get(app)?.remove();
  frames.set(app, frame);
  document.body.append(frame);
}
