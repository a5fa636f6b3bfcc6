import assert from "node:assert/strict";
import { test } from "node:test";

import { NoticeQueue, isCard, leadsAway, whoAsks } from "../../static/js/lib/notices.mjs";

const notice = (id, rank, extra = {}) => ({ id, rank, kind: "choice", quiet: false, ...extra });

test("one note at a time, the most protective first, equals in the order they came", () => {
  const queue = new NoticeQueue();
  queue.replace([notice(1, 6), notice(2, 3), notice(3, 1), notice(4, 0), notice(5, 6)]);
  const seen = [];
  for (let current = queue.current(); current; current = queue.current()) {
    seen.push(current.id);
    queue.close(current.id);
  }
  assert.deepEqual(seen, [4, 3, 2, 1, 5]);
});

test("a closed note does not come back with the next list, and one that is gone goes", () => {
  const queue = new NoticeQueue();
  queue.replace([notice(1, 3), notice(2, 4)]);
  queue.close("1");
  queue.replace([notice(1, 3), notice(2, 4)]);
  assert.equal(queue.current().id, 2);
  queue.replace([]);
  assert.equal(queue.current(), null);
});

test("quiet notes are only listed under You", () => {
  const queue = new NoticeQueue();
  queue.replace([notice(1, 0, { quiet: true })]);
  assert.equal(queue.current(), null);
});

test("only kinds that ask are cards, and only some choices lead away", () => {
  const kinds = ["choice-threat", "care-self", "choice", "limit", "message-removed", undefined];
  assert.deepEqual(kinds.map((kind) => isCard({ kind })), [true, true, true, false, false, false]);
  assert.ok(leadsAway("call") && !leadsAway("talk"));
});

test("what a person just wrote asks before any card, and the card is there again after", () => {
  assert.equal(whoAsks({ nudged: true, notice: notice(1, 0) }), "nudge");
  assert.equal(whoAsks({ nudged: false, notice: notice(1, 0) }), "note");
  assert.equal(whoAsks({ nudged: false, notice: null }), "nobody");
});
