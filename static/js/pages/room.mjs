// A room, live: puts store, outbox, log, composer, notes and connection together. Without it the page still works.

import { Memory, tabStorage } from "../lib/memory.mjs";
import { clean } from "../lib/nudge.mjs";
import { Outbox, newClientId } from "../lib/outbox.mjs";
import { Reading } from "../lib/reading.mjs";
import { rows } from "../lib/rows.mjs";
import { Sender } from "../lib/sender.mjs";
import { MessageStore } from "../lib/store.mjs";
import { Composer, findParts } from "../room/composer.mjs";
import { fill, iconMaker } from "../room/dom.mjs";
import { Live } from "../room/live.mjs";
import { LogView, pill } from "../room/log.mjs";
import { drawer } from "../room/message.mjs";
import { Notices, fetchNotices } from "../room/notices.mjs";
import { setUpOlder } from "../room/older.mjs";
import { isLeaving, signalStrip } from "../room/signal.mjs";

const byId = (id) => document.getElementById(id);
const page = JSON.parse(byId("page-data").textContent);
page.texts = JSON.parse(byId("page-texts").textContent);
const { texts, urls, me } = page;
const icon = iconMaker(urls.icons);

const memory = new Memory(page.shared ? null : tabStorage(), { person: me.id, room: page.room });
const store = new MessageStore(me);
const reading = new Reading();
const outbox = new Outbox({ load: () => memory.read("out"), save: (list) => memory.write("out", list) });

const { draw, time } = drawer({ page, icon, names: () => store.names() });
const waiting = pill({ texts, icon, go: () => log.show("new") || log.toEnd() });
byId("log-place").append(waiting.button);
const log = new LogView({
  frame: byId("log"),
  rows: byId("log-rows"),
  draw,
  doing,
  reachedEnd: () => document.hidden || caughtUp(),
});
const composer = new Composer({ parts: findParts(), texts, on: composerEvents() });
const notices = new Notices({ place: byId("note-place"), page, on: noticeEvents() });
const sender = new Sender({
  outbox,
  send: (entry) => live.send(entry),
  ready: () => live?.ready ?? false,
  answered,
  changed: redraw,
  paused: (isPaused) => composer.done(isPaused ? texts.slowed : ""),
  later: (fn, ms) => setTimeout(fn, ms),
});
let live = null;

start();

async function start() {
  store.upsert(page.messages);
  outbox.settle(store.settledClientIds());
  restoreDraft();
  notices.replace(page.notices);
  redraw({ toEnd: true });
  asks();
  setUpOlder({
    button: byId("earlier"),
    start: byId("log-start"),
    line: byId("loading"),
    texts,
    hasOlder: page.older,
    isEmpty: store.list().length === 0,
    load: () => live.history(store.oldest()?.id ?? null),
    take,
    failed: () => composer.problem(texts.loadFailed),
  });
  byId("offline-again").addEventListener("click", () => {
    live?.retry();
    outbox.letGo();
    sender.pump();
  });
  document.addEventListener("visibilitychange", () => document.hidden || (log.atEnd() && caughtUp()));
  const { io } = await import(urls.socket).catch(() => ({}));
  if (!io) {
    composer.standBack(); // without the connection the plain form still posts
    return;
  }
  live = new Live({ io, room: page.room, after: page.after, on: liveEvents() });
}

function restoreDraft() {
  const kept = memory.read("draft");
  if (!composer.text && typeof kept === "string") composer.text = kept;
  const reply = page.reply ?? memory.read("reply");
  if (reply) composer.setReply(reply);
  if (page.nudge) {
    composer.text = clean(composer.text); // the places the server named are places in this text
    nudge({ text: composer.text }, page.nudge);
  }
}

function redraw({ toEnd = false } = {}) {
  const list = rows({
    messages: store.list(),
    pending: outbox.list(),
    me,
    newFrom: reading.newFrom,
    zone: page.zone,
    released: store.released,
  });
  log.sync(list, { toEnd });
  byId("log-empty").hidden = list.length > 0;
  waiting.show(reading.waiting);
}

function take(messages, { arriving = false } = {}) {
  const away = document.hidden || !log.atEnd();
  const changed = store.upsert(messages);
  const fresh = changed.filter(({ message, isNew }) => isNew && arriving && !store.isMine(message));
  reading.arrived(
    fresh.map(({ message }) => message.id),
    { away },
  );
  for (const { message, isNew } of changed) {
    if (!isNew && store.isMine(message)) say(whatBecame(message));
  }
  outbox.settle(store.settledClientIds());
  redraw();
}

function whatBecame(message) {
  if (message.state === "published") return store.released.has(String(message.id)) ? texts.released : "";
  return { held: texts.held, again: texts.again, removed: texts.removed, withdrawn: texts.tookBack }[message.state] ?? "";
}

function caughtUp() {
  if (reading.waiting === 0) return;
  reading.reachedEnd();
  waiting.show(0);
}

function say(text) {
  if (text) byId("said").textContent = text;
}

/** One thing asks at a time (lib/notices.mjs says which). Whoever stood in what goes away is not left standing nowhere. */
function asks() {
  const stoodThere = notices.focused;
  notices.show({ nudged: composer.nudged });
  if (!stoodThere || notices.focused) return;
  if (notices.asking) notices.focus();
  else composer.focus();
}

function nudge(entry, answer) {
  outbox.hold();
  outbox.allUnsent();
  const busy = composer.text.trim() !== "" && composer.text !== entry.text;
  composer.giveBack(entry.text);
  composer.nudge(answer, { takeFocus: !busy });
  asks();
}

function answered(entry, answer, { known }) {
  if (answer.ok && answer.message) {
    store.upsert([answer.message]);
    say(answer.state === "held" ? texts.held : fill(texts.sent, { time: time(answer.message.at) }));
  } else if (known && answer.state === "nudge") {
    composer.setReply(entry.reply);
    nudge(entry, answer);
  } else if (known) {
    outbox.hold();
    outbox.allUnsent();
    composer.setReply(entry.reply);
    composer.giveBack(entry.text);
    composer.problem(answer.message ?? texts.waitAnswer);
  }
  redraw();
}

function composerEvents() {
  return {
    send({ text, review, reply }) {
      const cid = newClientId((bytes) => crypto.getRandomValues(bytes));
      outbox.add({ cid, text, reply, review, at: new Date().toISOString() });
      composer.clear();
      composer.focus();
      reading.wrote();
      redraw({ toEnd: true });
      sender.pump();
    },
    changed(text) {
      memory.write("draft", text);
      if (!text.trim()) letQueueGo();
    },
    nudgeClosed: () => asks(),
    replyChanged: (reply) => memory.write("reply", reply),
  };
}

function letQueueGo() {
  outbox.letGo();
  sender?.pump();
}

function noticeEvents() {
  return {
    closed(words) {
      asks();
      composer.done(notices.asking ? "" : words);
      if (notices.asking) notices.focus();
      else composer.focus();
    },
    failed: () => composer.problem(texts.choiceFailed),
    said: say,
  };
}

/** A note came. It travels without words, so the page asks for them in its own language. */
async function refreshNotices() {
  let now;
  try {
    now = await fetchNotices();
  } catch {
    return; // no signal: the note is on the page when it comes back, since joining asks again
  }
  if (now === null) return location.reload(); // a break, or signed out: the server shows what is open now
  notices.replace(now.notices);
  notices.tell(now.waits);
  asks();
}

function liveEvents() {
  const signal = signalStrip({ strip: byId("offline"), isBack: () => live?.ready ?? false });
  return {
    messages: (messages, how) => take(messages, how),
    changed: (message) => take([message]),
    notice: () => refreshNotices(),
    joined(again) {
      if (again) refreshNotices();
      signal.back();
      sender.pump();
    },
    lost() {
      if (isLeaving()) return;
      outbox.allUnsent();
      redraw();
      signal.lost();
    },
    ended() {
      if (isLeaving()) return;
      memory.forget();
      location.replace(urls.signIn);
    },
    refused(answer) {
      if (["on-a-break", "rights-first", "session-ended", "not-found"].includes(answer.error)) location.reload();
      else composer.problem(answer.message);
    },
  };
}

function doing(what, id) {
  if (what === "now") {
    outbox.letGo();
    live?.retry();
    sender.pump();
  } else if (what === "delete") {
    outbox.remove(id);
    redraw();
    composer.focus();
  } else if (what === "reply") {
    const message = store.get(id);
    composer.setReply({ id: message.id, name: message.author.name, text: message.text });
    composer.focus();
  } else if (what === "back") {
    if (!live) return false;
    takeBack(id);
  }
  return true;
}

async function takeBack(id) {
  try {
    const answer = await live.withdraw(store.get(id).id);
    composer.problem(answer.ok ? "" : (answer.message ?? texts.waitAnswer));
  } catch {
    composer.problem(texts.waitAnswer);
  }
}
