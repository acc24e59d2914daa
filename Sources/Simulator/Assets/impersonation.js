// @ts-check
// An init message from an origin that is not Welkin's, which an App must refuse.

/**
 * The frames that pose as Welkin, by the App that they were made for.
 * @type {WeakMap<Window, Element>}
 */
const frames = new WeakMap();

/**
 * Sends it to an App, from a frame of its own.
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
      const note = 'Wrong: the App uses a port that it got from another origin.';
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
