import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { html } from "./page.mjs";

test("the first paint has the spinner and its style in the page itself", () => {
  assert.match(html, /<body data-state="loading"[ >]/);
  assert.match(html, /<p id="state" role="status">Opening…<\/p>/);
  assert.match(html, /<style>[^<]*\[data-state="loading"\] \.icon [^}]*animation/);
  assert.match(html, /prefers-reduced-motion: reduce\) \{ \[data-state="loading"\] \.icon \{ animation: none/);
});

test("a spinner that goes on for long says what to do, even where no script arrived", () => {
  assert.match(html, /\[data-state="loading"\] #slow \{ animation: appear 0s 8s forwards/);
  assert.match(html, /<p id="slow">[^<]*close the App and open it again from Welkin/);
});

test("no style sheet holds up the first paint", () => {
  const loaded = html.replace(/<template[^]*?<\/template>/g, "");
  assert.ok(loaded.indexOf('rel="stylesheet"') > loaded.indexOf("</main>"));
});

test("there is nothing inline that the policy would refuse", () => {
  assert.equal(/\sstyle="/.test(html), false);
  assert.equal(/\son[a-z]+="/.test(html), false);
  for (const [, attributes] of html.matchAll(/<script([^>]*)>/g)) assert.match(attributes, /src="/);
});

test("every module is preloaded, and nothing else is", () => {
  const folder = new URL("../../nginx/bundle/main/", import.meta.url);
  const modules = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js")).sort();
  const named = [...html.matchAll(/assets\/VERSION\/main\/([^"]+\.js)"/g)].map(([, name]) => name);
  assert.deepEqual([...new Set(named)].sort(), modules);
});

test("whoever has scripts switched off is told what is needed", () => {
  assert.match(html, /<noscript>[^]*needs JavaScript[^]*<\/noscript>/);
});

test("each App's list has all that it loads, and nothing that the page has loaded already", () => {
  const folder = new URL("../../nginx/bundle/main/", import.meta.url);
  /** All modules that a module needs, itself included. */
  function reach(name, seen = new Set()) {
    if (seen.has(name)) return seen;
    seen.add(name);
    const source = readFileSync(new URL(name, folder), "utf8");
    for (const [, path] of source.matchAll(/^import [^"]*"(\.[^"]+)";/gm)) {
      reach(new URL(path, new URL(name, folder)).href.slice(folder.href.length), seen);
    }
    return seen;
  }
  const page = reach("app.js");
  const kinds = { patient: "patient/patient-app.js", calls: "calls/calls-app.js" };
  for (const [kind, start] of Object.entries(kinds)) {
    const [, list] = new RegExp(`<template id="${kind}-modules">([^]*?)</template>`).exec(html);
    const named = [...list.matchAll(/main\/([^"]+\.js)"/g)].map(([, name]) => name).sort();
    assert.deepEqual(named, [...reach(start)].filter((name) => !page.has(name)).sort());
  }
});

test("the App's title is its own, and the same at the top of the page and of the window", () => {
  const [, title] = /<title>([^<]+)<\/title>/.exec(html);
  const [, heading] = /<h1 id="app">([^<]+)<\/h1>/.exec(html);
  assert.equal(heading, title);
  const shell = readFileSync(new URL("../../nginx/bundle/main/view/shell.js", import.meta.url), "utf8");
  assert.doesNotMatch(shell, /\bapp: /, "the session's name of the App is for addresses");
});
