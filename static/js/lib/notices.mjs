// Notes that wait in front of the composer: one at a time, the most protective first.

export class NoticeQueue {
  #waiting = [];
  #closed = new Set();

  /**
   * What the server says is waiting now; each has a `rank`, lower is more protective (community/safety/notices.py).
   * One that was closed here stays closed; one that the server no longer names is gone.
   */
  replace(notices) {
    this.#waiting = notices.filter((notice) => !notice.quiet && !this.#closed.has(String(notice.id)));
  }

  /** The one to show, or null. Among equals the one that came first. */
  current() {
    const [first] = [...this.#waiting].sort((a, b) => a.rank - b.rank);
    return first ?? null;
  }

  close(id) {
    this.#closed.add(String(id));
    this.#waiting = this.#waiting.filter((other) => String(other.id) !== String(id));
  }
}

/** Kinds that ask get the card; every other note is a strip. */
export function isCard(notice) {
  return /^(choice|care)(-|$)/.test(notice?.kind ?? "");
}

/** Choices that lead to another page instead of being answered in place. */
export function leadsAway(choice) {
  return ["help", "call", "look"].includes(choice);
}

/**
 * What asks in front of the composer now. One thing at a time: the nudge comes first, because it answers what its
 * writer did this moment, and without it the words would only seem stuck. The card waits and is there again after.
 */
export function whoAsks({ nudged, notice }) {
  if (nudged) return "nudge";
  return notice ? "note" : "nobody";
}
