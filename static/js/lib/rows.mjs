// The log as a flat list of rows: days, the "New" line, messages, and my own unsent ones at the end.

import { compareIds } from "./store.mjs";
import { dayKey } from "./times.mjs";

const TOGETHER_MS = 5 * 60 * 1000; // lines this close by one person share one name and time (look.md, room pictures)

/** Does `message` continue what `before` said, so that name and tile need not be repeated? */
export function follows(message, before) {
  if (!before || before.state !== "published" || message.state !== "published") return false;
  if (before.author.id !== message.author.id) return false;
  const gap = new Date(message.at) - new Date(before.at);
  return gap >= 0 && gap < TOGETHER_MS;
}

/**
 * Rows {key, kind, sig, ...} in order. Two rows with the same key are the same thing on screen; a changed `sig`
 * means it has to be drawn again. My message keeps its key from the first try to the last change.
 */
export function rows({ messages, pending = [], me, newFrom = null, zone, released = new Set() }) {
  const out = [];
  const states = new Map(messages.map((message) => [String(message.id), message.state]));
  let before = null;
  let day = null;
  let marked = newFrom === null;
  for (const message of messages) {
    const key = dayKey(message.at, zone);
    if (key !== day) {
      out.push({ key: `day-${key}`, kind: "day", sig: key, at: message.at });
      before = null;
      day = key;
    }
    if (!marked && compareIds(message.id, newFrom) >= 0) {
      out.push({ key: "new", kind: "new", sig: String(newFrom) });
      before = null;
      marked = true;
    }
    out.push(messageRow(message, { me, follows: follows(message, before), released, states }));
    before = message;
  }
  for (const entry of pending) {
    out.push({ key: `c-${entry.cid}`, kind: "pending", sig: `pending.${entry.state}`, entry });
  }
  return out;
}

function messageRow(message, { me, follows: joined, released, states }) {
  const mine = message.author.id === me.id;
  const reply = quoteNow(message.reply, states);
  const wasReleased = released.has(String(message.id));
  return {
    key: mine && message.cid ? `c-${message.cid}` : `m-${message.id}`,
    kind: "message",
    sig: `${message.rev}.${joined ? 1 : 0}${wasReleased ? ".released" : ""}${reply === message.reply ? "" : `.${reply.gone}`}`,
    message,
    mine,
    reply,
    follows: joined,
    released: wasReleased,
  };
}

/** The quote as it may be read now: words that left the room since are not repeated by those who answered them. */
function quoteNow(reply, states) {
  const state = states.get(String(reply?.id));
  if (!reply || reply.gone || !state || state === "published") return reply;
  return { ...reply, text: "", gone: state };
}
