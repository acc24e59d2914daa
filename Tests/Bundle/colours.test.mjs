import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { html } from "./page.mjs";

const css = readFileSync(new URL("../../nginx/bundle/main/app.css", import.meta.url), "utf8");

/** The page's colours by name, of the light theme and of the dark one. */
const [light, dark] = [...html.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) =>
  Object.fromEntries([...block.matchAll(/--([a-z-]+): #([0-9a-f]+);/g)].map(([, name, hex]) => [name, channels(hex)])));

/** Red, green, blue and opacity, from 0 to 1. */
function channels(hex) {
  const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
  return [0, 2, 4, 6].map((at) => (at < long.length ? parseInt(long.slice(at, at + 2), 16) / 255 : 1));
}

const over = (veil, colour) => colour.map((value, index) => (index < 3 ? veil[index] * veil[3] + value * (1 - veil[3]) : 1));

/** As in WCAG 2. */
function contrast(one, other) {
  const luminance = (colour) => colour.slice(0, 3)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test("the contrast is that of WCAG", () => {
  assert.equal(contrast(channels("000"), channels("fff")).toFixed(2), "21.00");
  assert.equal(contrast(channels("767676"), channels("ffffff")).toFixed(2), "4.54");
});

const buttons = [["accent-ink", "accent"], ["accent", "accent-tint"], ["ink", "card"], ["mark", "tint"], ["stop", "stop-tint"], ["card", "stop"], ["bg", "ink"]];
for (const [theme, colours] of Object.entries({ light, dark: { ...light, ...dark } })) {
  test(`${theme}: a button is read under the pointer as well`, () => {
    for (const [ink, paper] of buttons) {
      for (const [what, colour] of Object.entries({ plain: colours[paper], hovered: over(colours.lift, colours[paper]) })) {
        const found = contrast(colours[ink], colour);
        assert.ok(found >= 4.5, `${ink} on ${paper}, ${what}: ${found.toFixed(2)}`);
      }
    }
  });

  test(`${theme}: the edge of a button that calls is seen on its card, and so is that of a field`, () => {
    for (const edge of ["accent", "mark", "stop", "edge"]) {
      const found = contrast(colours[edge], colours.card);
      assert.ok(found >= 3, `${edge}: ${found.toFixed(2)}`);
    }
  });
}

test("no pointer brightens a colour, and what does nothing does not answer to it", () => {
  assert.doesNotMatch(css, /filter: brightness/);
  assert.match(css, /button\.call \{[^}]*border-color: var\(--accent\)/);
  for (const [rule] of css.matchAll(/button[^{}]*:(?:hover|active)[^{}]*\{/g)) assert.match(rule, /:not\(\[aria-disabled="true"\]\)/);
});
