import assert from "node:assert/strict";
import { test } from "node:test";

import { Searches } from "../../static/js/lib/searches.mjs";

function storage() {
  const held = new Map();
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, text) => held.set(key, text), held };
}

test("a search is found again by its number, in a later page too", () => {
  const tab = storage();
  const first = new Searches(tab).keep([["words", "cama"]]);
  const second = new Searches(tab).keep([["words", "comida"]]);
  assert.deepEqual(new Searches(tab).find(first), [["words", "cama"]]);
  assert.equal(new Searches(tab).newest(), second);
  assert.equal(new Searches(tab).find(99), null);
});

test("after half an hour nothing is left of it, not even in the storage", () => {
  const tab = storage();
  let now = 0;
  const searches = new Searches(tab, () => now);
  const id = searches.keep([["words", "cama"]]);
  now = 30 * 60 * 1000;
  assert.equal(searches.find(id), null);
  assert.equal(searches.newest(), 0);
  assert.doesNotMatch([...tab.held.values()].join(), /cama/);
});

test("only the last ten are kept", () => {
  const searches = new Searches(storage());
  const ids = Array.from({ length: 12 }, (_, n) => searches.keep([["words", String(n)]]));
  assert.equal(searches.find(ids[1]), null);
  assert.deepEqual(searches.find(ids[2]), [["words", "2"]]);
});

test("a storage that is off or holds rubbish keeps nothing and breaks nothing", () => {
  const off = { getItem: () => { throw new Error("off"); }, setItem: () => { throw new Error("off"); } };
  assert.equal(new Searches(off).keep([]), 0);
  assert.equal(new Searches(off).newest(), 0);
  assert.equal(new Searches({ getItem: () => "{", setItem: () => {} }).newest(), 0);
  assert.equal(new Searches(null).keep([]), 0);
});
