// My messages that the server has not answered for yet: sent one at a time, in order, under one lasting client id.

export const SENDING = "sending";
export const UNSENT = "unsent";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** 26 random letters (130 bits). `fill` fills a Uint8Array; the page passes crypto.getRandomValues. */
export function newClientId(fill) {
  return [...fill(new Uint8Array(26))].map((byte) => ALPHABET[byte & 31]).join("");
}

export class Outbox {
  #entries = [];
  #save;
  #held = false;

  /** `load` gives what an earlier page saved (or null), `save` keeps the list; both do nothing on a shared device. */
  constructor({ load = () => null, save = () => {} } = {}) {
    this.#save = save;
    const saved = load();
    for (const entry of Array.isArray(saved) ? saved : []) {
      if (typeof entry?.cid === "string" && typeof entry?.text === "string") {
        this.#entries.push({ ...entry, state: UNSENT });
      }
    }
  }

  list() {
    return this.#entries;
  }

  get(cid) {
    return this.#entries.find((entry) => entry.cid === cid);
  }

  /** Queue a message; `reply` is {id, name, text} or null. While a nudge holds the line, an edited draft goes before what was queued behind it. */
  add({ cid, text, reply = null, review = false, at }) {
    const entry = { cid, text, reply, review, at, state: SENDING };
    if (this.#held) this.#entries.unshift(entry);
    else this.#entries.push(entry);
    this.#held = false;
    this.#keep();
    return entry;
  }

  /** The message to send now, or undefined when the queue is empty or held by a nudge. */
  next() {
    return this.#held ? undefined : this.#entries[0];
  }

  /** No answer came: it stays, visibly not sent, and keeps its client id. */
  unsent(cid) {
    this.#change(cid, UNSENT);
  }

  /** A try is under way. */
  sending(cid) {
    this.#change(cid, SENDING);
  }

  /** The connection is gone: nothing here may still look as if it were on its way. */
  allUnsent() {
    for (const entry of this.#entries) entry.state = UNSENT;
    this.#keep();
  }

  /** Answered (stored, refused, nudged) or deleted by its writer. Returns the entry, or undefined if unknown. */
  remove(cid) {
    const entry = this.get(cid);
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#keep();
    return entry;
  }

  /** Drop everything the room already shows under the same client id (an answer that got lost on the way). */
  settle(clientIds) {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => !clientIds.has(entry.cid));
    if (this.#entries.length !== before) this.#keep();
    return before - this.#entries.length;
  }

  /** A nudge is open: nothing behind it goes out until it is answered. */
  hold() {
    this.#held = true;
  }

  letGo() {
    this.#held = false;
  }

  #change(cid, state) {
    const entry = this.get(cid);
    if (!entry || entry.state === state) return;
    entry.state = state;
    this.#keep();
  }

  #keep() {
    this.#save(this.#entries.map(({ cid, text, reply, review, at }) => ({ cid, text, reply, review, at })));
  }
}

/** Milliseconds to wait before try number `n` (1, 2, …): 2 s, doubling, never more than 30 s. */
export function retryDelay(n) {
  return Math.min(30_000, 1000 * 2 ** Math.max(1, n));
}
