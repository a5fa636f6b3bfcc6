// What is new since its reader looked away: where the "New" line stands and how many messages wait below.

import { compareIds } from "./store.mjs";

export class Reading {
  newFrom = null;
  waiting = 0;

  /** Messages arrived; `away` is true when the reader is scrolled up or on another tab. Mine never count. */
  arrived(ids, { away }) {
    if (!ids.length) return;
    if (!away) return;
    const first = ids.reduce((a, b) => (compareIds(a, b) <= 0 ? a : b));
    if (this.waiting === 0) this.newFrom = first;
    this.waiting += ids.length;
  }

  /** The newest message is on screen and someone is looking. The line stays, so that they can find the place. */
  reachedEnd() {
    this.waiting = 0;
  }

  /** They answered: the line has done its work. */
  wrote() {
    this.waiting = 0;
    this.newFrom = null;
  }
}
