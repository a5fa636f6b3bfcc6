import assert from "node:assert/strict";
import { test } from "node:test";

import { Memory } from "../../static/js/lib/memory.mjs";

function storage(start = {}) {
  const map = new Map(Object.entries(start));
  return {
    map,
    get length() { return map.size; },
    key: (i) => [...map.keys()][i],
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => map.set(key, value),
    removeItem: (key) => map.delete(key),
  };
}

test("a value comes back for the same person and room, and an empty one is erased", () => {
  const shelf = storage();
  const here = { person: "p_me", room: "talk" };
  new Memory(shelf, here).write("draft", "hola");
  assert.equal(new Memory(shelf, here).read("draft"), "hola");
  assert.equal(new Memory(shelf, { ...here, room: "music" }).read("draft"), null);
  new Memory(shelf, here).write("draft", "");
  assert.equal(shelf.map.size, 0);
});

test("whoever signs in next in this tab finds nothing of the person before, and other sites' keys stay", () => {
  const shelf = storage({ "haven:p_before:talk:draft": '"secret"', "haven:p_me2:talk:draft": '"other"', theme: "dark" });
  new Memory(shelf, { person: "p_me", room: "talk" });
  assert.deepEqual([...shelf.map.keys()], ["theme"]);
});

test("forgetting erases everything of Haven's", () => {
  const shelf = storage({ theme: "dark" });
  const memory = new Memory(shelf, { person: "p_me", room: "talk" });
  memory.write("draft", "hola");
  memory.write("out", [{ cid: "a" }]);
  memory.forget();
  assert.deepEqual([...shelf.map.keys()], ["theme"]);
});

test("without storage, with a full one or with broken content the page goes on", () => {
  const nothing = new Memory(null, { person: "p", room: "r" });
  nothing.write("draft", "x");
  nothing.forget();
  assert.equal(nothing.read("draft"), null);
  const full = storage({ "haven:p:r:draft": "{broken" });
  full.setItem = () => { throw new Error("QuotaExceededError"); };
  const memory = new Memory(full, { person: "p", room: "r" });
  memory.write("draft", "x");
  assert.equal(memory.read("draft"), null);
});
