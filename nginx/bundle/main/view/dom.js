/**
 * Makes an element. Text goes in as text, never as HTML.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | ((event: Event) => void)>} [attributes]   functions listen to the event of that name
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/**
 * A drawing that screen readers ignore.
 *
 * @param {string} path   in a square of 24
 */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/**
 * Replaces an element's children. The focus stays on what has the same id.
 *
 * @param {Element} element
 * @param {(Node | string)[]} children
 */
export function refill(element, ...children) {
  const held = document.activeElement;
  const id = held && element.contains(held) ? held.id : "";
  element.replaceChildren(...children);
  if (id) document.getElementById(id)?.focus({ preventScroll: true });
}

/**
 * Sets an element's text only if it changed, so that a live region is not read out twice.
 *
 * @param {Element} element
 * @param {string} text
 */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
