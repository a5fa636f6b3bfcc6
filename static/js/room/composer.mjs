// Where someone writes: the draft, its marks, the reply, the problem line and the nudge in front of it.

import { room } from "../lib/length.mjs";
import * as nudging from "../lib/nudge.mjs";
import { fill, h } from "./dom.mjs";

const MOST_LINES = 5;

/** The elements of templates/rooms/_composer.html, by what they are for. */
export function findParts() {
  const ids = {
    form: "composer", field: "write", marks: "marks", problem: "problem", problemText: "problem-text", done: "note-done", length: "length",
    reply: "reply", replyName: "reply-name", replyText: "reply-text", unreply: "unreply",
    nudge: "nudge", nudgeTitle: "nudge-title", nudgeWhy: "nudge-why", hide: "nudge-hide",
  };
  return Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, document.getElementById(id)]));
}

export class Composer {
  #nudge = null; // {words, sentText} while a nudge is open
  #reply = null;
  #standsBack = false;
  #refused = false; // the problem line says that the draft is too long
  #parts;
  #texts;

  /** `parts` as `findParts` gives them. `on` gets send, changed, nudgeClosed, replyChanged. */
  constructor({ parts, texts, on }) {
    this.#parts = parts;
    this.#texts = texts;
    this.on = on;
    const { form, field } = parts;
    form.addEventListener("submit", (event) => {
      if (this.#standsBack) return;
      event.preventDefault();
      this.#send({ review: event.submitter?.name === "review" });
    });
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("input", () => this.#edited());
    field.addEventListener("scroll", () => (parts.marks.scrollTop = field.scrollTop), { passive: true });
    parts.hide.addEventListener("click", (event) => {
      event.preventDefault();
      this.#hideWords();
    });
    parts.unreply.addEventListener("click", (event) => {
      event.preventDefault();
      this.setReply(null);
      field.focus();
    });
    this.#grow();
    this.#measure();
  }

  get text() {
    return this.#parts.field.value;
  }

  set text(value) {
    this.#parts.field.value = value;
    this.#edited();
  }

  focus() {
    this.#parts.field.focus();
  }

  /** Leave sending to the plain form. */
  standBack() {
    this.#standsBack = true;
  }

  /** Take the draft away for sending. */
  clear() {
    this.#endNudge();
    this.setReply(null);
    this.problem("");
    this.done("");
    this.text = "";
  }

  /** Something came back from the server: it goes in front of what was typed meanwhile. */
  giveBack(text) {
    this.text = nudging.joinDrafts(text, this.text);
  }

  /** One line above the field; empty takes it away. */
  problem(message) {
    this.#refused = false;
    this.#parts.problem.hidden = !message;
    this.#parts.problemText.textContent = message;
  }

  /** One quiet line after something was chosen; it goes with the next message. */
  done(words) {
    this.#parts.done.hidden = !words;
    this.#parts.done.textContent = words;
  }

  /** Reply to {id, name, text}, or to nobody. */
  setReply(reply) {
    this.#reply = reply;
    this.#parts.reply.hidden = !reply;
    this.#parts.replyName.textContent = reply ? this.#texts.replying.replace("{name}", reply.name) : "";
    this.#parts.replyText.textContent = reply?.text ?? "";
    this.on.replyChanged(reply);
  }

  /** Open the nudge on the draft as it was sent. Nothing in the draft changes. */
  nudge({ topic, spans }, { takeFocus }) {
    const words = this.#texts.nudge[topic] ?? this.#texts.nudge.other;
    const found = nudging.ranges(this.text, spans);
    this.#nudge = { words: nudging.words(this.text, found) };
    this.#parts.nudgeTitle.textContent = words.title;
    this.#parts.nudgeWhy.textContent = words.why;
    this.#parts.hide.hidden = !found.length;
    this.#parts.nudge.hidden = false;
    this.#mark(found);
    if (takeFocus) this.#parts.nudge.focus();
  }

  get nudged() {
    return this.#nudge !== null;
  }

  #send({ review }) {
    const text = nudging.clean(this.text);
    const { left, state } = this.#measure();
    if (state === "over") {
      this.problem(this.#count("cut", -left));
      this.#refused = true;
      this.focus();
    } else if (text) this.on.send({ text, review, reply: this.#reply });
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (this.#standsBack) this.#parts.form.requestSubmit();
      else this.#send({ review: false });
    } else if (event.key === "Escape" && this.#reply) {
      this.setReply(null);
      event.preventDefault();
    }
  }

  /** Say how much still fits, near the limit; nothing is ever cut off. */
  #measure() {
    const { field, length } = this.#parts;
    const fits = room(this.text, Number(field.dataset.longest));
    length.hidden = fits.state === "";
    length.textContent = fits.state ? this.#count(fits.state, Math.abs(fits.left)) : "";
    if (this.#refused && fits.state !== "over") this.problem("");
    return fits;
  }

  #count(what, n) {
    const { one, many } = this.#texts.length[what];
    return n === 1 ? one : fill(many, { n });
  }

  #edited() {
    this.#grow();
    this.#measure();
    if (this.#nudge) {
      const found = nudging.findAgain(this.text, this.#nudge.words);
      if (found.length || (this.text.trim() && !this.#nudge.words.length)) this.#mark(found);
      else this.#endNudge();
    }
    this.on.changed(this.text);
  }

  #hideWords() {
    const found = nudging.findAgain(this.text, this.#nudge?.words ?? []);
    this.text = nudging.hide(this.text, found);
    this.focus();
  }

  #endNudge() {
    if (!this.#nudge) return;
    this.#nudge = null;
    this.#parts.nudge.hidden = true;
    this.#mark([]);
    this.on.nudgeClosed();
  }

  #mark(found) {
    const { marks, field } = this.#parts;
    const cut = found.length ? nudging.pieces(this.text, found) : [];
    marks.replaceChildren(...cut.map((piece) => (piece.found ? h("mark", {}, piece.text) : piece.text)));
    marks.scrollTop = field.scrollTop;
  }

  #grow() {
    const { field } = this.#parts;
    field.rows = 1;
    while (field.scrollHeight > field.clientHeight + 1 && field.rows < MOST_LINES) field.rows += 1;
  }
}
