import assert from "node:assert/strict";
import { test } from "node:test";

import { rows } from "../../static/js/lib/rows.mjs";

const me = { id: "p_me", name: "kite-mango" };
const zone = "America/Chicago";
const message = (id, at, extra = {}) => ({
  id, rev: id, cid: null, state: "published", at, text: "x", author: { id: "p_a", name: "a", role: "youth" }, reply: null, ...extra,
});
const keys = (list) => list.map((row) => row.key);

test("a day begins in the community's zone, not in UTC", () => {
  const list = rows({ me, zone, messages: [message(1, "2026-11-24T05:30:00Z"), message(2, "2026-11-24T06:30:00Z")] });
  assert.deepEqual(keys(list), ["day-2026-11-23", "m-1", "day-2026-11-24", "m-2"]);
});

test("lines close together by one person share one name; five minutes, another person or a removal part them", () => {
  const at = (minute) => `2026-11-24T18:0${minute}:00Z`;
  const messages = [
    message(1, at(0)), message(2, at(1)), message(3, at(2), { state: "removed" }), message(4, at(2)), message(5, at(7)),
    message(6, at(7), { author: { id: "p_b", name: "b", role: "youth" } }),
  ];
  const list = rows({ me, zone, messages }).filter((row) => row.kind === "message");
  assert.deepEqual(list.map((row) => row.follows), [false, true, false, false, false, false]);
});

test("the New line stands before the first new message and parts a pair", () => {
  const messages = [message(1, "2026-11-24T18:00:00Z"), message(2, "2026-11-24T18:01:00Z")];
  const list = rows({ me, zone, messages, newFrom: 2 });
  assert.deepEqual(keys(list), ["day-2026-11-24", "m-1", "new", "m-2"]);
  assert.equal(list.at(-1).follows, false);
});

test("a message of mine is the same row from the first try until it is stored", () => {
  const pending = [{ cid: "abc", text: "hi", state: "sending" }];
  const [before] = rows({ me, zone, messages: [], pending });
  const stored = message(3, "2026-11-24T18:00:00Z", { cid: "abc", author: { ...me, role: "youth" } });
  const after = rows({ me, zone, messages: [stored] }).at(-1);
  assert.equal(before.key, after.key);
  assert.notEqual(before.sig, after.sig);
  assert.equal(after.mine, true);
});

test("someone else's client id never becomes a key, and a release is drawn anew", () => {
  const messages = [message(1, "2026-11-24T18:00:00Z", { cid: "abc" })];
  const plain = rows({ me, zone, messages }).at(-1);
  assert.equal(plain.key, "m-1");
  const released = rows({ me, zone, messages, released: new Set(["1"]) }).at(-1);
  assert.notEqual(plain.sig, released.sig);
});

test("a quote does not repeat words that left the room since, and says why", () => {
  const reply = { id: 1, name: "a", text: "x", gone: "" };
  const answer = message(2, "2026-11-24T18:01:00Z", { reply });
  const quoted = (state) => rows({ me, zone, messages: [message(1, "2026-11-24T18:00:00Z", { state }), answer] }).at(-1);
  assert.deepEqual(quoted("published").reply, reply);
  for (const state of ["removed", "withdrawn", "again"]) {
    assert.deepEqual(quoted(state).reply, { ...reply, text: "", gone: state });
    assert.notEqual(quoted(state).sig, quoted("published").sig);
  }
  assert.equal(rows({ me, zone, messages: [{ ...answer, reply: { ...reply, gone: "hidden" } }] }).at(-1).reply.gone, "hidden");
});
