// The messages of one room as this page knows them: one per id, in id order, the newest revision wins.

/** Order of two message ids: numbers as numbers (also when written as text), anything else as text. */
export function compareIds(a, b) {
  const x = Number(a);
  const y = Number(b);
  if (Number.isFinite(x) && Number.isFinite(y)) return x - y;
  return String(a) < String(b) ? -1 : Number(String(a) > String(b));
}

export class MessageStore {
  #byId = new Map();
  #sorted = [];

  constructor(me) {
    this.me = me;
    this.released = new Set(); // ids of my messages that were let through while this page was open
  }

  /**
   * Take in wire messages in any order, any number of times.
   * Returns the messages that were new here or changed; an older or equal revision is ignored.
   */
  upsert(messages) {
    const changed = [];
    for (const message of messages) {
      const key = String(message.id);
      const known = this.#byId.get(key);
      if (known && known.rev >= message.rev) continue;
      if (["held", "again"].includes(known?.state) && message.state === "published" && this.isMine(message)) this.released.add(key);
      this.#byId.set(key, message);
      changed.push({ message, isNew: !known });
    }
    if (changed.length) this.#sorted = [...this.#byId.values()].sort((a, b) => compareIds(a.id, b.id));
    return changed;
  }

  /** All messages, oldest first. */
  list() {
    return this.#sorted;
  }

  get(id) {
    return this.#byId.get(String(id));
  }

  oldest() {
    return this.#sorted[0];
  }

  newest() {
    return this.#sorted.at(-1);
  }

  isMine(message) {
    return message.author.id === this.me.id;
  }

  /** Client ids the server has answered for: nothing with one of these may be sent again. */
  settledClientIds() {
    return new Set(this.#sorted.filter((m) => m.cid && this.isMine(m)).map((m) => m.cid));
  }

  /** Haven names seen in this room, for finding mentions. */
  names() {
    return new Set([this.me.name, ...this.#sorted.map((m) => m.author.name)].filter(Boolean));
  }
}

/**
 * How far this page has caught up with its room. Live frames that arrive while older changes are still being
 * paged in must not move the mark, or a lost connection at that moment would skip what lies between.
 */
export class Revision {
  #catchingUp = true;
  #seen = null;

  constructor(start = null) {
    this.value = start;
  }

  startCatchUp() {
    this.#catchingUp = true;
    this.#seen = null;
  }

  /** One answer to `room:join`: the mark may move, since everything up to `revision` has arrived. */
  paged(revision, { more }) {
    this.#raise(revision);
    if (more) return;
    this.#catchingUp = false;
    if (this.#seen !== null) this.#raise(this.#seen);
  }

  /** A live `room:changes` frame. */
  frame(messages) {
    const newest = Math.max(...messages.map((m) => m.rev));
    if (!Number.isFinite(newest)) return;
    if (this.#catchingUp) this.#seen = Math.max(this.#seen ?? newest, newest);
    else this.#raise(newest);
  }

  #raise(revision) {
    if (this.value === null || revision > this.value) this.value = revision;
  }
}
