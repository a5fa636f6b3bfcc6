import assert from "node:assert/strict";
import { test } from "node:test";

import { NoticeQueue, closesComposer, isCard, opensComposer } from "../../static/js/lib/notices.mjs";

test("one note at a time, the most protective first, equals in the order they came", () => {
  const queue = new NoticeQueue();
  for (const [id, kind] of [[1, "note"], [2, "choice"], [3, "care"], [4, "threat"], [5, "note"]]) queue.add({ id, kind });
  const seen = [];
  for (let notice = queue.current(); notice; notice = queue.current()) {
    seen.push(notice.id);
    queue.close(notice.id);
  }
  assert.deepEqual(seen, [4, 3, 2, 1, 5]);
});

test("a note that comes twice is shown once, and a closed one does not come back", () => {
  const queue = new NoticeQueue();
  queue.add({ id: 1, kind: "note", text: "old" });
  queue.add({ id: "1", kind: "note", text: "new" });
  assert.equal(queue.current().text, "new");
  queue.close(1);
  queue.add({ id: 1, kind: "note" });
  assert.equal(queue.current(), null);
});

test("only a limit closes the composer, only its end opens it, and only asking kinds are cards", () => {
  assert.ok(closesComposer({ kind: "limit" }) && !closesComposer({ kind: "care" }) && !closesComposer(null));
  assert.ok(opensComposer({ kind: "limit-over" }) && !opensComposer({ kind: "limit" }));
  assert.deepEqual(["threat", "care", "choice", "limit", "note"].map((kind) => isCard({ kind })), [true, true, true, false, false]);
});
