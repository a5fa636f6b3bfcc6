import assert from "node:assert/strict";
import { test } from "node:test";

import { clock, dayInFull, dayKey, dayLabel } from "../../static/js/lib/times.mjs";

const zone = "America/Chicago";

test("clock times look the same in both languages", () => {
  const at = "2026-11-25T00:02:00Z";
  assert.equal(clock(at, "en", zone), "6:02 pm");
  assert.equal(clock(at, "es", zone), "6:02 pm");
  assert.equal(clock("2026-11-24T06:05:00Z", "es", zone), "12:05 am");
  assert.equal(clock("2026-11-24T18:05:00Z", "en", zone), "12:05 pm");
  assert.equal(clock("2026-11-25T00:00:30Z", "es", zone), "6 pm");
});

test("days are said in full in the reader's language", () => {
  const at = "2026-11-24T18:00:00Z";
  assert.equal(dayInFull(at, "en", zone), "Tuesday, November 24");
  assert.equal(dayInFull(at, "es", zone), "Martes, 24 de noviembre");
});

test("today and yesterday follow the community's midnight, also when clocks change", () => {
  const words = { lang: "en", zone, today: "Today", yesterday: "Yesterday" };
  const now = new Date("2026-11-01T18:00:00Z"); // clocks went back in the night
  assert.equal(dayKey(now, zone), "2026-11-01");
  assert.equal(dayLabel("2026-11-01T05:30:00Z", now, words), "Today");
  assert.equal(dayLabel("2026-11-01T04:30:00Z", now, words), "Yesterday");
  assert.equal(dayLabel("2026-10-31T04:30:00Z", now, words), "Friday, October 30");
});
