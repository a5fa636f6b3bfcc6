import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox, SENDING, UNSENT, newClientId, retryDelay } from "../../static/js/lib/outbox.mjs";

const entry = (cid, text = cid) => ({ cid, text, at: "2026-11-24T18:02:00Z" });

function shelf(value = null) {
  const box = { value };
  return { box, load: () => box.value, save: (list) => { box.value = JSON.parse(JSON.stringify(list)); } };
}

test("messages leave in the order they were written", () => {
  const outbox = new Outbox();
  outbox.add(entry("a"));
  outbox.add(entry("b"));
  assert.equal(outbox.next().cid, "a");
  outbox.remove("a");
  assert.equal(outbox.next().cid, "b");
});

test("without an answer a message stays first, is shown as not sent, and keeps its client id", () => {
  const outbox = new Outbox();
  outbox.add(entry("a"));
  outbox.unsent("a");
  assert.equal(outbox.next().cid, "a");
  assert.equal(outbox.next().state, UNSENT);
  outbox.sending("a");
  assert.equal(outbox.get("a").state, SENDING);
});

test("a reload brings back what was not answered, as not sent, under the same client id", () => {
  const kept = shelf();
  const before = new Outbox(kept);
  before.add({ ...entry("a", "hi"), reply: { id: 4, name: "a", text: "b" }, review: true });
  const after = new Outbox(kept);
  assert.deepEqual(after.list(), [{ ...entry("a", "hi"), reply: { id: 4, name: "a", text: "b" }, review: true, state: UNSENT }]);
});

test("a shared device keeps nothing", () => {
  const outbox = new Outbox();
  outbox.add(entry("a"));
  assert.deepEqual(new Outbox().list(), []);
});

test("broken saved data is left out, not trusted", () => {
  const outbox = new Outbox({ load: () => [null, { cid: 4 }, { cid: "ok", text: "hi" }, "x"], save: () => {} });
  assert.deepEqual(outbox.list().map((e) => e.cid), ["ok"]);
  assert.deepEqual(new Outbox({ load: () => "nonsense", save: () => {} }).list(), []);
});

test("what the room already shows is dropped, here and on the shelf", () => {
  const kept = shelf();
  const outbox = new Outbox(kept);
  outbox.add(entry("a"));
  outbox.add(entry("b"));
  assert.equal(outbox.settle(new Set(["a", "z"])), 1);
  assert.deepEqual(kept.box.value.map((e) => e.cid), ["b"]);
});

test("a lost connection leaves nothing that looks as if it were on its way", () => {
  const outbox = new Outbox();
  outbox.add(entry("a"));
  outbox.add(entry("b"));
  outbox.allUnsent();
  assert.deepEqual(outbox.list().map((e) => e.state), [UNSENT, UNSENT]);
});

test("a nudge holds the line; the edited draft then goes before what waited behind it", () => {
  const outbox = new Outbox();
  outbox.add(entry("a"));
  outbox.add(entry("b"));
  outbox.remove("a");
  outbox.hold();
  assert.equal(outbox.next(), undefined);
  outbox.add(entry("a2"));
  assert.deepEqual(outbox.list().map((e) => e.cid), ["a2", "b"]);
  assert.equal(outbox.next().cid, "a2");
});

test("a nudge that is dropped lets the rest go", () => {
  const outbox = new Outbox();
  outbox.add(entry("b"));
  outbox.hold();
  outbox.letGo();
  assert.equal(outbox.next().cid, "b");
});

test("client ids are long, plain and not repeated", () => {
  const fill = (bytes) => crypto.getRandomValues(bytes);
  const ids = new Set(Array.from({ length: 200 }, () => newClientId(fill)));
  assert.equal(ids.size, 200);
  for (const id of ids) assert.match(id, /^[a-z2-7]{26}$/);
});

test("tries come at 2, 4, 8, 16, then every 30 seconds", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 60].map(retryDelay), [2000, 2000, 4000, 8000, 16000, 30000, 30000]);
});
