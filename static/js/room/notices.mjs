// Shows the note that waits in front of the composer, and sends what its reader chose.

import { dialled } from "../lib/dial.mjs";
import { NoticeQueue, isCard, leadsAway, whoAsks } from "../lib/notices.mjs";
import { address, h } from "./dom.mjs";

function piece({ text, tel }) {
  return tel ? h("a", { class: "dial", href: `tel:${tel}` }, text) : text;
}

export class Notices {
  #queue = new NoticeQueue();
  #place;
  #page;
  #shown = null;

  /** `place` holds the one note. `on` gets closed(words of the server), said(text), failed(). */
  constructor({ place, page, on }) {
    this.#place = place;
    this.#page = page;
    this.on = on;
    place.addEventListener("submit", (event) => {
      if (leadsAway(event.submitter?.value)) return;
      event.preventDefault();
      this.#choose(event.target, event.submitter);
    });
  }

  replace(notices) {
    this.#queue.replace(notices);
  }

  /** True while a note is on screen. */
  get asking() {
    return this.#shown !== null;
  }

  get focused() {
    return this.#place.contains(document.activeElement);
  }

  /** Draw the current note, or nothing while its writer's own words ask (`nudged`). */
  show({ nudged }) {
    const next = this.#queue.current();
    const notice = whoAsks({ nudged, notice: next }) === "note" ? next : null;
    const key = notice ? String(notice.id) : null;
    if (key === this.#shown) return;
    this.#shown = key;
    this.#place.replaceChildren(...(notice ? [this.#draw(notice)] : []));
    this.#place.hidden = !notice;
    this.#place.scrollTop = 0;
    if (notice) this.on.said([notice.title, notice.text].filter(Boolean).join(" "));
  }

  // The same card as templates/rooms/notice.html.
  #draw(notice) {
    const lines = notice.text.split("\n").filter(Boolean);
    const title = notice.title || lines.shift();
    return h(
      "section",
      { class: isCard(notice) ? "notice-card" : "notice-strip", "data-notice": notice.id, "aria-labelledby": "note-title" },
      h("h2", { id: "note-title", class: notice.title ? null : "is-plain" }, title),
      lines.map((line) => h("p", {}, dialled(line).map(piece))),
      h(
        "form",
        { class: "buttons is-equal", method: "post", action: address(this.#page.urls.choose, notice.id) },
        h("input", { type: "hidden", name: "csrf_token", value: this.#page.token }),
        notice.may_reply ? h("a", { class: "button is-quiet", href: this.#page.urls.you }, this.#page.texts.answer) : null,
        notice.choices.map(({ id, label }) => h("button", { class: "button is-quiet", name: "choice", value: id }, label)),
      ),
    );
  }

  /** The quiet dot beside You: `waits` says whether a note there waits for an answer. */
  tell(waits) {
    for (const dot of document.querySelectorAll("[data-notes-wait]")) dot.hidden = !waits;
  }

  /** Let the note take the focus, for someone who just answered the one before. */
  focus() {
    this.#place.focus();
  }

  async #choose(form, button) {
    const notice = this.#queue.current();
    const body = new URLSearchParams(new FormData(form));
    body.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { text, waits } = await answer.json();
      this.#queue.close(notice.id);
      this.tell(waits);
      this.on.closed(text);
    } catch {
      this.on.failed();
    }
  }
}

/** What the server now says is waiting, {notices, waits}; null when this person may no longer be in the room. Throws without signal. */
export async function fetchNotices() {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (answer.redirected || !answer.ok) return null;
  const data = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("page-data");
  return data ? JSON.parse(data.textContent) : null;
}
