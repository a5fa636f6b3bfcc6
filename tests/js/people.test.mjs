import assert from "node:assert/strict";
import { test } from "node:test";

import { initials, mentions, mentionsMe } from "../../static/js/lib/people.mjs";

test("a tile shows two letters of a Haven name, and a title is not a name", () => {
  const seen = ["paper-comet", "Ms. Rivera", "Sr. Ortiz", "kite", "árbol-ñandú", "Sr", "…", "one-two-three"].map(initials);
  assert.deepEqual(seen, ["PC", "R", "O", "K", "ÁÑ", "S", "?", "OT"]);
});

test("@name is found where it means someone in the room", () => {
  const cut = mentions("hey @paper-comet, and @nobody", new Set(["paper-comet", "kite-mango"]));
  assert.deepEqual(cut, [
    { text: "hey ", name: null },
    { text: "@paper-comet", name: "paper-comet" },
    { text: ", and @nobody", name: null },
  ]);
});

test("a longer name is not cut short, and a mail address is no mention", () => {
  const names = new Set(["paper", "paper-comet"]);
  assert.deepEqual(mentions("@paper-comet", names).map((p) => p.name), ["paper-comet"]);
  assert.deepEqual(mentions("@paper-plane x@paper", names).map((p) => p.name), [null]);
  assert.deepEqual(mentions("@paper-", names).map((p) => p.name), ["paper", null]);
});

test("names with signs of their own are taken literally", () => {
  assert.deepEqual(mentions("@Ms. Rivera hi", new Set(["Ms. Rivera"])).map((p) => p.name), ["Ms. Rivera", null]);
  assert.deepEqual(mentions("@MsX Rivera", new Set(["Ms. Rivera"])).map((p) => p.name), [null]);
});

test("I am mentioned in any case of letters, and an empty text has one empty piece", () => {
  assert.ok(mentionsMe(mentions("yo @Kite-Mango", new Set(["kite-mango"])), "kite-mango"));
  assert.ok(!mentionsMe(mentions("yo kite-mango", new Set(["kite-mango"])), "kite-mango"));
  assert.deepEqual(mentions("", new Set(["a"])), [{ text: "", name: null }]);
  assert.deepEqual(mentions("x", new Set()), [{ text: "x", name: null }]);
});
