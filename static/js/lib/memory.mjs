// What a tab may remember between pages: kept per person and room, and nothing at all on a shared device.

const PREFIX = "haven:";

export class Memory {
  #storage;
  #mine;
  #room;

  /** `storage` is sessionStorage, or null when the device is shared or the browser refuses. */
  constructor(storage, { person, room }) {
    this.#storage = storage;
    this.#mine = `${PREFIX}${person}:`;
    this.#room = `${this.#mine}${room}:`;
    this.forget((key) => !key.startsWith(this.#mine));
  }

  read(name) {
    try {
      return JSON.parse(this.#storage?.getItem(this.#room + name) ?? "null");
    } catch {
      return null;
    }
  }

  /** Keep a value; empty ones are erased. A full storage loses the copy, never the page. */
  write(name, value) {
    const empty = value === null || value === "" || (Array.isArray(value) && !value.length);
    try {
      if (empty) this.#storage?.removeItem(this.#room + name);
      else this.#storage?.setItem(this.#room + name, JSON.stringify(value));
    } catch {
      // The words are still on screen and in memory; only the copy for a reload is missing.
    }
  }

  /** Erase what `which(key)` says, everything of Haven's by default. */
  forget(which = () => true) {
    const keys = [];
    for (let i = 0; i < (this.#storage?.length ?? 0); i += 1) keys.push(this.#storage.key(i));
    for (const key of keys) if (key.startsWith(PREFIX) && which(key)) this.#storage.removeItem(key);
  }
}

/** What this tab may keep until it is closed; null where the browser keeps nothing. */
export function tabStorage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
