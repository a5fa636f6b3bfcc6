// Notes that wait in front of the composer: one at a time, the most protective first.

const ORDER = ["threat", "care", "choice", "limit"];

function rank(notice) {
  const at = ORDER.indexOf(notice.kind);
  return at === -1 ? ORDER.length : at;
}

export class NoticeQueue {
  #waiting = [];
  #closed = new Set();

  /** A note came in. One that is already here is replaced; one that was closed stays closed. */
  add(notice) {
    const id = String(notice.id);
    if (this.#closed.has(id)) return;
    this.#waiting = this.#waiting.filter((other) => String(other.id) !== id);
    this.#waiting.push(notice);
  }

  /** The one to show, or null. Among equals the one that came first. An open threat card is never replaced. */
  current() {
    const [first] = [...this.#waiting].sort((a, b) => rank(a) - rank(b));
    return first ?? null;
  }

  close(id) {
    this.#closed.add(String(id));
    this.#waiting = this.#waiting.filter((other) => String(other.id) !== String(id));
  }
}

/** True when this note means that its reader cannot write in the rooms for now. */
export function closesComposer(notice) {
  return notice?.kind === "limit";
}

/** True when this note means that the rooms are open again. */
export function opensComposer(notice) {
  return notice?.kind === "limit-over";
}

/** The card look for kinds that ask; every other note is a strip. */
export function isCard(notice) {
  return ["threat", "care", "choice"].includes(notice.kind);
}
