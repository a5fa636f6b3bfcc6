import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../../static/css/", import.meta.url);
const source = readFileSync(new URL("tokens.css", folder), "utf8");

function block(opening) {
  const start = source.indexOf(opening);
  assert.notEqual(start, -1, opening);
  const body = source.slice(start + opening.length, source.indexOf("}", start));
  return Object.fromEntries([...body.matchAll(/--([a-z-]+): ([^;]+);/g)].map(([, name, value]) => [name, value]));
}

const light = block("\n:root {\n  color-scheme: light;");
const darkByDevice = block(':root:not([data-theme="light"]) {');
const darkByChoice = block(':root[data-theme="dark"] {');

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const TEXT = [
  ["ink", "ground sheet sunken stone lamp-wash dusk-wash rose-wash"],
  ["ink-soft", "ground sheet sunken stone lamp-wash dusk-wash rose-wash"],
  ["band-ink", "band"],
  ["band-soft", "band"],
  ["on-pine", "pine pine-press"],
  ["pine", "ground sheet"],
  ["pine-press", "ground sheet"],
  ["pine-ink", "pine-wash"],
  ["on-lamp", "lamp"],
  ["lamp-ink", "lamp-wash"],
  ["lamp-edge", "ground sheet"],
  ["sheet", "dusk ink"],
  ["dusk", "ground sheet"],
  ["dusk-ink", "dusk-wash"],
  ["rose", "ground sheet"],
  ["rose-ink", "rose-wash"],
];

const DRAWN = [
  ["edge", "ground sheet sunken"],
  ["band-edge", "band"],
  ["lamp", "band"],
  ["lamp-edge", "ground sheet lamp-wash stone"],
  ["pine", "pine-wash"],
  ["dusk", "dusk-wash"],
  ["rose", "rose-wash"],
  ["focus", "ground sheet lamp-wash dusk-wash rose-wash"],
];

for (const [name, theme] of [["light", light], ["dark", darkByDevice]]) {
  for (const [limit, pairs] of [[4.5, TEXT], [3, DRAWN]]) {
    for (const [front, backs] of pairs) {
      for (const back of backs.split(" ")) {
        test(`${front} on ${back}, ${name}, is at least ${limit}`, () => {
          const found = contrast(theme[front], theme[back]);
          assert.ok(found >= limit, `${front} on ${back} is ${found.toFixed(2)}`);
        });
      }
    }
  }
}

test("dark is the same whether the device or the person chose it", () => {
  assert.deepEqual(darkByDevice, darkByChoice);
  assert.deepEqual(Object.keys(light), Object.keys(darkByDevice));
});

test("only the tokens name colours", () => {
  // Print is black on white by rule; ::backdrop inherited no custom properties before 2024, so it may spell its own.
  const exempt = /\/\*[\s\S]*?\*\/|@media print[\s\S]*$|[^{}]*::backdrop \{[^}]*\}/g;
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".css") && file !== "tokens.css")) {
    const rules = readFileSync(new URL(name, folder), "utf8").replace(exempt, "");
    assert.deepEqual(rules.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/gi) ?? [], [], name);
  }
});
