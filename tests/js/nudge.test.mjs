import assert from "node:assert/strict";
import { test } from "node:test";

import { clean, findAgain, hide, joinDrafts, pieces, ranges, words } from "../../static/js/lib/nudge.mjs";

test("a phone number is hidden and nothing else of the draft changes", () => {
  const text = "my number is 555 010 0142 ok";
  assert.equal(hide(text, ranges(text, [[13, 25]])), "my number is … ok");
});

test("spans count characters, so an emoji before them does not shift them", () => {
  const text = "😀😀 call 5550100142";
  const found = ranges(text, [{ start: 8, end: 18 }]);
  assert.deepEqual(words(text, found), ["5550100142"]);
  assert.equal(hide(text, found), "😀😀 call …");
});

test("spans that touch or overlap become one mark; broken ones are left out", () => {
  const text = "abcdef";
  assert.equal(hide(text, ranges(text, [[2, 4], [1, 3], [4, 5]])), "a…f");
  assert.deepEqual(ranges(text, [[4, 4], [-1, 2], [9, 12], ["1", "2"]]), []);
  assert.deepEqual(ranges(text, [[4, 99]]), [{ start: 4, end: 6 }]);
  assert.deepEqual(ranges(text, undefined), []);
});

test("after an edit the words are found where they stand now, and are gone when they are gone", () => {
  assert.deepEqual(findAgain("ok so 555 0100 and 555 0100", ["555 0100"]), [{ start: 6, end: 14 }, { start: 19, end: 27 }]);
  assert.deepEqual(findAgain("ok so no number", ["555 0100"]), []);
  assert.deepEqual(findAgain("abc", [""]), []);
});

test("pieces put together are the draft again", () => {
  const text = "a 555 b";
  const cut = pieces(text, [{ start: 2, end: 5 }]);
  assert.deepEqual(cut.map((p) => p.found), [false, true, false]);
  assert.equal(cut.map((p) => p.text).join(""), text);
});

test("a draft that comes back is not lost and does not overwrite what was typed meanwhile", () => {
  assert.equal(joinDrafts("first", "  "), "first");
  assert.equal(joinDrafts("first", "second"), "first\nsecond");
  assert.equal(joinDrafts("same", "same"), "same");
});

test("what is sent is what the server keeps: no reordering marks, no control characters, joiners stay", () => {
  assert.equal(clean(" \u202Eabc\u2066\u0007 d\r\ne\n "), "abc d\ne");
  assert.equal(clean("👩‍👧"), "👩‍👧");
});
