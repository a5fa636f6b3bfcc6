import assert from "node:assert/strict";
import { test } from "node:test";

import { WITHIN_MS, shiftTaps } from "../../static/js/lib/taps.mjs";

const keys = (pressed, list) => list.map(([key, at, isRepeat = false]) => pressed({ key, at, isRepeat }));

test("Shift three times leaves, and the next press starts over", () => {
  const pressed = shiftTaps();
  assert.deepEqual(keys(pressed, [["Shift", 0], ["Shift", 300], ["Shift", 600], ["Shift", 700]]), [false, false, true, false]);
});

test("typing capitals does not leave", () => {
  const pressed = shiftTaps();
  assert.ok(!keys(pressed, [["Shift", 0], ["N", 50], ["Shift", 200], ["O", 250], ["Shift", 400], ["W", 450]]).includes(true));
});

test("a held Shift counts once", () => {
  const pressed = shiftTaps();
  assert.ok(!keys(pressed, [["Shift", 0], ["Shift", 30, true], ["Shift", 60, true], ["Shift", 90, true]]).includes(true));
});

test("three slow presses do not leave", () => {
  const pressed = shiftTaps();
  assert.ok(!keys(pressed, [["Shift", 0], ["Shift", 800], ["Shift", WITHIN_MS + 1]]).includes(true));
});
