import { readFileSync } from "node:fs";

const html = readFileSync(new URL("../../nginx/bundle/main/index.html", import.meta.url), "utf8");

/** index.html of the page. */
export { html };

/**
 * As much of an element as the page uses. Nothing but text can be put into it: setting
 * innerHTML throws.
 */
class FakeElement extends EventTarget {
  attributes = {};
  dataset = {};
  children = [];
  parent = null;
  hidden = false;
  value = "";
  focused = 0;
  style = {};
  /** Of a link to a style sheet: it is there. */
  sheet = {};
  #text = "";
  #document;

  constructor(document, tag) {
    super();
    this.#document = document;
    this.tag = tag;
  }

  get id() { return this.attributes.id ?? ""; }
  set id(id) { this.attributes.id = id; }
  get textContent() { return this.children.length ? this.children.map((child) => child.textContent ?? child).join("") : this.#text; }
  set textContent(text) { this.replaceChildren(); this.#text = text; }
  set innerHTML(_) { throw new Error("innerHTML"); }

  setAttribute(name, value) {
    this.attributes[name] = value;
    const data = /^data-(.*)$/.exec(name)?.[1];
    if (data) this.dataset[data.replace(/-(.)/g, (_, letter) => letter.toUpperCase())] = value;
  }
  getAttribute(name) { return this.attributes[name] ?? null; }
  append(...children) {
    for (const child of children) {
      if (child instanceof FakeElement) {
        child.parent?.children.splice(child.parent.children.indexOf(child), 1);
        child.parent = this;
      }
      this.children.push(child);
    }
  }
  replaceChildren(...children) { this.children = []; this.append(...children); }
  contains(element) { return element === this || (element?.parent ? this.contains(element.parent) : false); }
  /** Of a selector, only a tag, one class or all. */
  matches(selector) { return selector === "*" || selector === this.tag || (selector[0] === "." && (this.attributes.class ?? "").split(" ").includes(selector.slice(1))); }
  closest(selector) { return this.matches(selector) ? this : this.parent?.closest(selector) ?? null; }
  querySelectorAll(selector) {
    const found = this.children.filter((child) => child instanceof FakeElement);
    return found.flatMap((child) => [...(child.matches(selector) ? [child] : []), ...child.querySelectorAll(selector)]);
  }
  focus() { this.focused += 1; this.#document.activeElement = this; }
  click() { return this.send("click"); }
  /** Dispatches an event of the type; false when its default was prevented. */
  send(type, fields = {}) { return this.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), fields)); }
}

/** As much of a document as the page uses, with the elements of the markup that have an id, each in its section. */
export function fakeDocument(markup = html) {
  const elements = new Map();
  const document = {
    activeElement: null,
    focused: false,
    hasFocus() { return this.focused; },
    addEventListener() {},
    createElement: (tag) => new FakeElement(document, tag),
    createElementNS: (_, tag) => new FakeElement(document, tag),
    getElementById: (id) => elements.get(id) ?? document.body.querySelectorAll("*").find(({ attributes }) => attributes.id === id) ?? null,
    text: (id) => document.getElementById(id).textContent,
  };
  document.body = Object.assign(new FakeElement(document, "body"), { dataset: { state: "loading", people: "waiting" } });

  let section = document.body;
  for (const [tag, closing, name, attributes] of markup.matchAll(/<(\/?)([a-z0-9]+)([^>]*)>/g)) {
    if (name === "section" && closing) section = document.body;
    const id = /\bid="([^"]+)"/.exec(attributes)?.[1];
    if (closing || (!id && name !== "section")) continue;
    const element = new FakeElement(document, name);
    if (id) element.id = id;
    element.hidden = /\shidden\b/.test(tag);
    for (const [, data, value] of attributes.matchAll(/\bdata-([a-z]+)="([^"]*)"/g)) element.dataset[data] = value;
    if (id) elements.set(id, element);
    section.append(element);
    if (name === "section") section = element;
  }
  return document;
}
