import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const scripts = resolve(root, "static/js");

function imported(file, seen = new Set()) {
  for (const [, path] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"/g)) {
    const target = resolve(dirname(file), path);
    if (seen.has(target)) continue;
    seen.add(target);
    imported(target, seen);
  }
  return seen;
}

test("the room page asks for exactly the modules that its script imports", () => {
  const needed = [...imported(resolve(scripts, "pages/room.mjs"))].map((file) => relative(scripts, file).replace(/\.mjs$/, ""));
  const template = readFileSync(resolve(root, "templates/rooms/room.html"), "utf8");
  const asked = [...template.matchAll(/'((?:lib|room)\/[a-z-]+)'/g)].map(([, name]) => name);
  assert.deepEqual(asked.sort(), needed.sort());
});
