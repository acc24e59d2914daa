import { readFileSync } from "node:fs";

const html = readFileSync(new URL("../../nginx/bundle/main/index.html", import.meta.url), "utf8");

/** index.html of the page. */
export { html };

/**
 * As much of a document as the page uses, with the elements that index.html has.
 *
 * Nothing but text can be put into an element: setting innerHTML throws.
 */
export function fakeDocument() {
  const elements = new Map();
  for (const [tag, id] of html.matchAll(/<[^>]*\bid="([^"]+)"[^>]*>/g)) {
    const classes = new Set();
    elements.set(id, {
      textContent: "",
      hidden: /\shidden\b/.test(tag),
      focused: 0,
      listeners: {},
      classList: { toggle: (name, on) => (on ? classes.add(name) : classes.delete(name)), contains: (name) => classes.has(name) },
      focus() { this.focused += 1; },
      addEventListener(name, run) { this.listeners[name] = run; },
      set innerHTML(_) { throw new Error("innerHTML"); },
    });
  }
  return {
    body: { dataset: { state: "loading" } },
    focused: false,
    hasFocus() { return this.focused; },
    getElementById: (id) => elements.get(id) ?? null,
    text: (id) => elements.get(id).textContent,
  };
}
