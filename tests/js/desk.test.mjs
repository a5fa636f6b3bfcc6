import assert from "node:assert/strict";
import { test } from "node:test";

import { lineToShow, mayAct, meaning, move, readyWords, tabTitle } from "../../static/js/lib/desk.mjs";

const plain = { ctrlKey: false, metaKey: false, altKey: false };

test("single keys rest while someone types or picks", () => {
  assert.equal(mayAct(plain, { tagName: "TEXTAREA" }), false);
  assert.equal(mayAct(plain, { tagName: "SELECT" }), false);
  assert.equal(mayAct(plain, { tagName: "INPUT", type: "text" }), false);
  assert.equal(mayAct(plain, { tagName: "INPUT", type: "checkbox" }), true);
  assert.equal(mayAct({ ...plain, ctrlKey: true }, { tagName: "BODY" }), false);
  assert.equal(mayAct(plain, null), true);
});

test("moving stays inside the list and starts at its near end", () => {
  assert.equal(move(-1, 1, 3), 0);
  assert.equal(move(-1, -1, 3), 2);
  assert.equal(move(2, 1, 3), 2);
  assert.equal(move(0, -1, 3), 0);
  assert.equal(move(0, 1, 0), -1);
});

test("keys mean what the page says", () => {
  assert.deepEqual(meaning("J"), { does: "move", step: 1 });
  assert.deepEqual(meaning("4"), { does: "choose", number: "4" });
  assert.equal(meaning("0"), null);
  assert.equal(meaning("x"), null);
});

test("Space shows the line with focus, else the next covered one, else from the top", () => {
  const lines = [true, false, true].map((covered) => ({ covered }));
  assert.equal(lineToShow(lines, -1), 0);
  assert.equal(lineToShow(lines, 1), 2);
  assert.equal(lineToShow([{ covered: true }, { covered: false }], 1), 0);
  assert.equal(lineToShow([{ covered: false }], 0), -1);
});

test("the list of keys and undo have their keys", () => {
  assert.deepEqual(meaning("?"), { does: "keys" });
  assert.deepEqual(meaning("U"), { does: "undo" });
});

test("the tab says how many wait, and shouts only for what nobody has looked at", () => {
  assert.equal(tabTitle("Desk", 0, false, "Now"), "Desk");
  assert.equal(tabTitle("Desk", 3, false, "Now"), "(3) Desk");
  assert.equal(tabTitle("Desk", 3, true, "Now"), "Now! (3) Desk");
});

test("ready words come with a rule and never over someone's own", () => {
  const ready = ["", "About offers.", "About pictures."];
  assert.equal(readyWords("  ", ready, "About offers."), "About offers.");
  assert.equal(readyWords("About offers.", ready, "About pictures."), "About pictures.");
  assert.equal(readyWords("About offers, and mine.", ready, "About pictures."), "About offers, and mine.");
  assert.equal(readyWords("About offers.", ready, ""), "");
});
