import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Host, framedWindow } from "./apps-api-host.mjs";
import { fakeDocument, html } from "./page.mjs";

const main = new URL("../../nginx/bundle/main/", import.meta.url);
const read = (name) => readFileSync(new URL(name, main), "utf8");

/** The example of the guard's README: its markup, and its script. */
const [[, markup], [, script]] = ["html", "js"].map((kind) => new RegExp(`^\`\`\`${kind}\n([^]*?)^\`\`\`$`, "m").exec(read("guard/README.md")));
const [, patient] = /const patient = "([^"]+)"/.exec(script);
const other = "11111111-2222-3333-4444-555555555555";
let opened = 0;

/** The example in a page that has its markup and nothing else, and Welkin's page around it. */
async function open(t) {
  const document = fakeDocument(markup);
  const window = framedWindow();
  const saved = [];
  for (const [name, value] of Object.entries({ document, window, saveWeight: () => saved.push(1) })) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  opened += 1;
  // A module cannot be loaded twice, and one from text has no folder.
  const module = `${script.replaceAll('from "./', `from "${main}`)}\nexport { api };\n// ${opened}`;
  const { api } = await import(`data:text/javascript,${encodeURIComponent(module)}`);
  t.after(() => api.close());
  const host = new Host(t).init(window);
  const element = (id) => document.getElementById(id) ?? assert.fail(`no #${id}`);
  return {
    document, element, host, saved,
    state: () => element("whose").dataset.guard,
    async shows(id, type = "patient") { host.state({ parent_page_type: type, parent_page_id: id, frame: "expanded" }); await host.read(api); await settle(); },
    async save() { element("weight").send("submit"); await settle(); },
    async click(id) { element(id).click(); await settle(); },
  };
}

async function settle() {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

test("in a page with nothing but its containers, the guard makes all that it needs", async (t) => {
  const page = await open(t);
  assert.equal(page.state(), "unknown");
  assert.deepEqual(["whose", "ask"].map((id) => page.element(id).children.length), [2, 1]);
  assert.equal(page.element("guard-question").hidden, true);
  for (const id of ["guard-text", "guard-back", "guard-close", "guard-result"]) assert.equal(page.element("whose").contains(page.element(id)), true);
});

test("the patient of the session on screen, in whatever case: saved", async (t) => {
  const page = await open(t);
  await page.shows(patient.toUpperCase());
  assert.equal(page.state(), "same");
  await page.save();
  assert.equal(page.saved.length, 1);
});

test("not known whom Welkin shows: asked each time, in the container where there is no row or card", async (t) => {
  const page = await open(t);
  for (const id of ["guard-no", "guard-yes"]) {
    await page.save();
    assert.equal(page.saved.length, 0);
    assert.equal(page.element("guard-question").parent, page.element("ask"));
    assert.equal(page.element("guard-question-text").textContent, "Save this weight for Elsa Brandt?");
    assert.equal(page.document.activeElement, page.element("guard-question"));
    await page.click(id);
    assert.equal(page.element("guard-question").hidden, true);
  }
  assert.equal(page.saved.length, 1);
});

test("another patient on screen: stopped, a question that stands is taken back, and there is a way back", async (t) => {
  const page = await open(t);
  await page.save();
  await page.shows(other);
  assert.equal(page.state(), "different");
  assert.equal(page.element("guard-question").hidden, true);
  await page.save();
  assert.equal(page.saved.length, 0);
  assert.equal(page.document.activeElement, page.element("guard-back"));
  assert.match(page.element("guard-text").textContent, /this App is for Elsa Brandt\. Saving is off\.$/);

  await page.click("guard-back");
  const { method, params } = await page.host.call();
  assert.deepEqual([method, params.page_id], ["navigate_to", patient]);
  await page.shows(patient);
  assert.equal(page.state(), "same");
  await page.save();
  assert.equal(page.saved.length, 1);
});

test("its styles need nothing of this page's: their colours are those of its light theme where a page has none", () => {
  const css = read("guard/guard.css");
  const [, theme] = /:root \{([^}]*)\}/.exec(html);
  const colours = Object.fromEntries([...theme.matchAll(/--([a-z-]+): (#[0-9a-f]+);/g)].map(([, name, colour]) => [name, colour]));
  const used = [...css.matchAll(/var\(--([a-z-]+)([^)]*)\)/g)];
  assert.ok(used.length > 20);
  for (const [text, name, own] of used) assert.equal(own, `, ${colours[name]}`, text);
  const documented = [.../Colours are[^]*?without them/.exec(read("guard/README.md"))[0].matchAll(/`--([a-z-]+)`/g)].map(([, name]) => name);
  assert.deepEqual(documented.sort(), [...new Set(used.map(([, name]) => name))].sort());
  // Nothing but what the guard itself makes, its container, and what was pressed.
  const selectors = css.replace(/\/\*[^]*?\*\/|@media[^{]*\{|\{[^{}]*\}/g, ",");
  for (const [name] of selectors.matchAll(/[#.][a-z][a-z-]*/g)) assert.match(name, /^#guard-/);
});

test("the first paint keeps as much place as the guard takes, so that nothing moves", () => {
  const heights = (css, selector) => [...css.matchAll(new RegExp(`${selector} \\{[^}]*?min-height: (\\d+px)`, "g"))].map(([, height]) => height);
  assert.deepEqual(heights(html, "#guard"), ["44px", "64px"]);
  assert.deepEqual(heights(read("guard/guard.css"), "\\[data-guard\\]"), ["44px", "64px"]);
});
