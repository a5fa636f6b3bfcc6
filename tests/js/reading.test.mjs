import assert from "node:assert/strict";
import { test } from "node:test";

import { Reading } from "../../static/js/lib/reading.mjs";

test("what arrives while someone looks is not new", () => {
  const reading = new Reading();
  reading.arrived([1, 2], { away: false });
  assert.deepEqual([reading.newFrom, reading.waiting], [null, 0]);
});

test("the line stands at the first message of one absence and counts all of them", () => {
  const reading = new Reading();
  reading.arrived([11, 9], { away: true });
  reading.arrived([12], { away: true });
  assert.deepEqual([reading.newFrom, reading.waiting], [9, 3]);
  reading.reachedEnd();
  assert.deepEqual([reading.newFrom, reading.waiting], [9, 0]);
  reading.arrived([20], { away: true });
  assert.deepEqual([reading.newFrom, reading.waiting], [20, 1]);
});

test("answering clears the line, and nothing arriving is nothing", () => {
  const reading = new Reading();
  reading.arrived([3], { away: true });
  reading.wrote();
  reading.arrived([], { away: true });
  assert.deepEqual([reading.newFrom, reading.waiting], [null, 0]);
});
