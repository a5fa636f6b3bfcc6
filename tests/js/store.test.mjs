import assert from "node:assert/strict";
import { test } from "node:test";

import { MessageStore, Revision, compareIds } from "../../static/js/lib/store.mjs";

const me = { id: "p_me", name: "kite-mango" };
const message = (id, rev, extra = {}) => ({
  id, rev, cid: null, state: "published", at: "2026-11-24T18:02:00Z", text: `text ${id}`,
  author: { id: "p_other", name: "paper-comet", role: "youth" }, reply: null, ...extra,
});
const mine = (id, rev, extra = {}) => message(id, rev, { author: { ...me, role: "youth" }, cid: `cid${id}`, ...extra });

test("messages stand in id order, whatever order they came in, and numbers are not compared as text", () => {
  const store = new MessageStore(me);
  store.upsert([message(10, 4), message(9, 3)]);
  store.upsert([message(2, 9)]);
  assert.deepEqual(store.list().map((m) => m.id), [2, 9, 10]);
  assert.equal(store.oldest().id, 2);
  assert.equal(store.newest().id, 10);
});

test("ids written as text sort like the numbers they are", () => {
  assert.ok(compareIds("9", "10") < 0);
  assert.ok(compareIds("m_a", "m_b") < 0);
  assert.equal(compareIds("m_a", "m_a"), 0);
});

test("the newest revision wins and an old frame that comes late changes nothing", () => {
  const store = new MessageStore(me);
  store.upsert([message(1, 5, { state: "removed", text: "" })]);
  assert.deepEqual(store.upsert([message(1, 2)]), []);
  assert.deepEqual(store.upsert([message(1, 5)]), []);
  assert.equal(store.get("1").state, "removed");
  assert.equal(store.upsert([message(1, 6)])[0].isNew, false);
});

test("a message of mine that was held and is let through is remembered as released; someone else's is not", () => {
  const store = new MessageStore(me);
  store.upsert([mine(1, 1, { state: "held" }), message(2, 2, { state: "held" })]);
  store.upsert([mine(1, 3), message(2, 4)]);
  assert.deepEqual([...store.released], ["1"]);
});

test("settled client ids are mine alone", () => {
  const store = new MessageStore(me);
  store.upsert([mine(1, 1), message(2, 2, { cid: "foreign" })]);
  assert.deepEqual([...store.settledClientIds()], ["cid1"]);
});

test("a live frame moves the mark, but not while older changes are still being paged in", () => {
  const revision = new Revision(50);
  revision.startCatchUp();
  revision.frame([message(9, 120)]);
  revision.paged(70, { more: true });
  assert.equal(revision.value, 70);
  revision.paged(119, { more: false });
  assert.equal(revision.value, 120);
  revision.frame([message(10, 121)]);
  assert.equal(revision.value, 121);
});

test("the mark never goes back and an empty frame leaves it alone", () => {
  const revision = new Revision(null);
  revision.paged(8, { more: false });
  revision.frame([message(1, 3)]);
  revision.frame([]);
  assert.equal(revision.value, 8);
});
