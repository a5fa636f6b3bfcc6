// Empties the outbox: one message at a time, tried again until the server has answered.

import { retryDelay } from "./outbox.mjs";

export class Sender {
  #busy = false;
  #tries = 0;
  #timer = null;
  #paused = false;

  /**
   * `send(entry)` resolves to the server's answer and rejects when none came. `ready()` says whether a connection
   * stands. `answered(entry, answer)` and `changed()` tell the page, `paused(isPaused)` that the server asked for a
   * pause or that it is over. `later(fn, ms)` is setTimeout.
   */
  constructor({ outbox, send, ready, answered, changed, paused, later }) {
    Object.assign(this, { outbox, send, ready, answered, changed, paused, later });
  }

  /** Send what waits. Safe to call at any time, any number of times. */
  async pump() {
    if (this.#paused) this.#rest();
    if (this.#busy || this.#paused) return;
    this.#busy = true;
    try {
      for (let entry = this.outbox.next(); entry && this.ready(); entry = this.outbox.next()) {
        if (!(await this.#try(entry))) break;
      }
    } finally {
      this.#busy = false;
    }
  }

  async #try(entry) {
    this.outbox.sending(entry.cid);
    this.changed();
    let answer = null;
    try {
      answer = await this.send(entry);
    } catch {
      answer = null; // no answer is no answer, whatever the reason: the message stays and keeps its client id
    }
    if (typeof answer?.ok !== "boolean") {
      this.outbox.unsent(entry.cid);
      this.changed();
      this.#again();
      return false;
    }
    this.#tries = 0;
    if (answer.retry_after > 0) {
      this.#pause(answer.retry_after);
      return false;
    }
    // Taken back to the field or settled by a frame meanwhile: then there is nothing left to answer for.
    const known = this.outbox.remove(entry.cid);
    this.answered(entry, answer, { known: Boolean(known) });
    return true;
  }

  /** Too much in a short time: this one stays first and everything waits behind it, so that the order holds. */
  #pause(seconds) {
    this.#paused = true;
    this.#rest();
    this.later(() => {
      this.#paused = false;
      this.paused(false);
      this.pump();
    }, seconds * 1000);
  }

  #rest() {
    this.outbox.allUnsent();
    this.changed();
    this.paused(true);
  }

  #again() {
    this.#tries += 1;
    if (this.#timer !== null) return;
    this.#timer = this.later(() => {
      this.#timer = null;
      this.pump();
    }, retryDelay(this.#tries));
  }
}
