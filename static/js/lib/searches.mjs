// What was searched for in this tab, so that Back, reload and a change of language find it again. Never sent anywhere
// but in the form it came from. It lives in the tab's own storage, which Quick exit empties and closing the tab ends.

const KEY = "searches";
const LONGEST_MS = 30 * 60 * 1000; // a phone left lying must not answer Back with an old search
const MOST = 10; // searches kept; older ones than these are far up the Back button

export class Searches {
  #storage;
  #clock;

  /** `storage` is sessionStorage or alike; one that throws (storage is off) keeps nothing. */
  constructor(storage, clock = Date.now) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** Keep a list of [name, value] pairs. Returns the number it is found by, 0 when nothing can be kept. */
  keep(pairs) {
    const kept = this.#kept();
    const id = (kept.at(-1)?.id ?? 0) + 1;
    return this.#write([...kept, { id, at: this.#clock(), pairs }].slice(-MOST)) ? id : 0;
  }

  /** The pairs of one search, or null when it is gone. */
  find(id) {
    return this.#kept().find((one) => one.id === id)?.pairs ?? null;
  }

  /** The number of the newest search, 0 when there is none. */
  newest() {
    return this.#kept().at(-1)?.id ?? 0;
  }

  #kept() {
    try {
      const all = JSON.parse(this.#storage.getItem(KEY) ?? "[]");
      const kept = all.filter((one) => this.#clock() - one.at < LONGEST_MS);
      if (kept.length < all.length) this.#write(kept);
      return kept;
    } catch {
      return []; // storage is off, or holds something that is not ours
    }
  }

  #write(searches) {
    try {
      this.#storage.setItem(KEY, JSON.stringify(searches));
      return true;
    } catch {
      return false;
    }
  }
}
