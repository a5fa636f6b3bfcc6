import assert from "node:assert/strict";
import { test } from "node:test";

import { room } from "../../static/js/lib/length.mjs";

test("nothing is said far from the limit, then how many fit, then how many are too many", () => {
  const said = (length) => room("a".repeat(length), 2000);
  assert.equal(said(1899).state, "");
  assert.deepEqual(said(1900), { left: 100, state: "near" });
  assert.deepEqual(said(2000), { left: 0, state: "near" });
  assert.deepEqual(said(2003), { left: -3, state: "over" });
});

test("it counts as the server does: characters, not UTF-16 units, and no blanks at the ends", () => {
  assert.deepEqual(room("\u{1F409}".repeat(2000), 2000), { left: 0, state: "near" });
  assert.deepEqual(room(`  ${"a".repeat(2000)}\n\n`, 2000), { left: 0, state: "near" });
});
