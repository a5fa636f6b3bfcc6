import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox, UNSENT } from "../../static/js/lib/outbox.mjs";
import { Sender } from "../../static/js/lib/sender.mjs";

function setup(answers) {
  const log = { sent: [], answered: [], later: [], paused: [], connected: true };
  const outbox = new Outbox();
  const sender = new Sender({
    outbox,
    send: async (entry) => {
      log.sent.push(entry.cid);
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return next;
    },
    ready: () => log.connected,
    answered: (entry, answer, { known }) => log.answered.push([entry.cid, answer.state ?? answer.error, known]),
    changed: () => {},
    paused: (isPaused) => log.paused.push(isPaused),
    later: (fn, ms) => { log.later.push({ fn, ms }); return log.later.length; },
  });
  const add = (...cids) => cids.forEach((cid) => outbox.add({ cid, text: cid, at: "" }));
  return { log, outbox, sender, add };
}

test("each is sent once, in order, and only an answer empties the queue", async () => {
  const { log, outbox, sender, add } = setup([{ ok: true, state: "published" }, { ok: true, state: "held" }]);
  add("a", "b");
  await Promise.all([sender.pump(), sender.pump()]);
  assert.deepEqual(log.sent, ["a", "b"]);
  assert.deepEqual(log.answered, [["a", "published", true], ["b", "held", true]]);
  assert.deepEqual(outbox.list(), []);
});

for (const [name, answer] of [["an error", new Error("timeout")], ["nothing", undefined], ["nonsense", { state: "published" }]]) {
  test(`${name} instead of an answer leaves the message not sent and tries again under the same client id`, async () => {
    const { log, outbox, sender, add } = setup([answer, { ok: true, state: "published" }]);
    add("a", "b");
    await sender.pump();
    assert.equal(outbox.get("a").state, UNSENT);
    assert.deepEqual(log.answered, []);
    assert.deepEqual(log.later.map((l) => l.ms), [2000]);
    outbox.remove("b");
    log.later[0].fn();
    await new Promise(setImmediate);
    assert.deepEqual(log.sent, ["a", "a"]);
    assert.deepEqual(outbox.list(), []);
  });
}

test("without a connection nothing leaves", async () => {
  const { log, sender, add } = setup([]);
  add("a");
  log.connected = false;
  await sender.pump();
  assert.deepEqual(log.sent, []);
});

test("a nudge in the page stops the line behind it", async () => {
  const { log, outbox, sender, add } = setup([{ ok: true, state: "nudge" }, { ok: true, state: "published" }]);
  sender.answered = (entry, answer) => answer.state === "nudge" && outbox.hold();
  add("a", "b");
  await sender.pump();
  assert.deepEqual(log.sent, ["a"]);
  assert.deepEqual(outbox.list().map((e) => e.cid), ["b"]);
});

test("an answer for something a frame already settled says so", async () => {
  const { log, outbox, sender, add } = setup([]);
  sender.send = async (entry) => { outbox.settle(new Set([entry.cid])); return { ok: true, state: "published" }; };
  add("a");
  await sender.pump();
  assert.deepEqual(log.answered, [["a", "published", false]]);
});

test("too much in a short time: the message stays first, nothing overtakes it, and all go out when the pause is over", async () => {
  const ok = { ok: true, state: "published" };
  const { log, outbox, sender, add } = setup([{ ok: false, error: "too-many", retry_after: 9 }, ok, ok, ok]);
  add("h", "i");
  await sender.pump();
  add("j");
  await sender.pump();
  assert.deepEqual(log.sent, ["h"]);
  assert.deepEqual(log.answered, []);
  assert.deepEqual(outbox.list().map((entry) => [entry.cid, entry.state]), [["h", UNSENT], ["i", UNSENT], ["j", UNSENT]]);
  assert.deepEqual(log.later.map((l) => l.ms), [9000]);
  assert.equal(log.paused.at(-1), true);
  log.later[0].fn();
  await new Promise(setImmediate);
  assert.deepEqual(log.sent, ["h", "h", "i", "j"]);
  assert.equal(log.paused.at(-1), false);
});
