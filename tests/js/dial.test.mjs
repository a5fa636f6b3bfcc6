import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { dialled } from "../../static/js/lib/dial.mjs";

test("numbers can be tapped and the sentence stays whole", () => {
  const sentence = "Call 988, or 1-800-786-2929.";
  const pieces = dialled(sentence);
  assert.deepEqual(pieces.map((piece) => piece.tel).filter(Boolean), ["988", "18007862929"]);
  assert.equal(pieces.map((piece) => piece.text).join(""), sentence);
  assert.deepEqual(dialled("no number 98"), [{ text: "no number 98", tel: null }]);
});

test("the server's template links the same numbers", () => {
  const template = readFileSync(new URL("../../templates/rooms/_dial.html", import.meta.url), "utf8");
  for (const number of ["1-800-786-2929", "1-800-843-5678", "988"]) {
    assert.ok(template.includes(`'${number}'`));
    assert.equal(dialled(number)[0].tel, number.replaceAll("-", ""));
  }
});
