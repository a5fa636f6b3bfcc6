// Shows the note that waits in front of the composer, and sends what its reader chose.

import { NoticeQueue, closesComposer, isCard, opensComposer } from "../lib/notices.mjs";
import { address, h } from "./dom.mjs";

export class Notices {
  #queue = new NoticeQueue();
  #place;
  #page;
  #shown = null;

  /** `place` holds the one note. `on` gets limited(bool), closed(notice, choice), said(text), failed(). */
  constructor({ place, page, on }) {
    this.#place = place;
    this.#page = page;
    this.on = on;
    place.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#choose(event.target, event.submitter);
    });
  }

  add(notices) {
    for (const notice of notices) {
      this.#queue.add(notice);
      if (closesComposer(notice)) this.on.limited(true);
      if (opensComposer(notice)) this.on.limited(false);
    }
  }

  /** True while a card asks: then a nudge waits behind it. */
  get asking() {
    return isCard(this.#queue.current() ?? {});
  }

  /** Draw the current note, or nothing when `waiting` says that something else asks now. */
  show({ waiting }) {
    const notice = waiting && !this.asking ? null : this.#queue.current();
    const key = notice ? `${notice.id}` : null;
    if (key === this.#shown) return;
    this.#shown = key;
    this.#place.replaceChildren(...(notice ? [this.#draw(notice)] : []));
    this.#place.hidden = !notice;
    if (notice) this.on.said([notice.title, notice.text].filter(Boolean).join(" "));
  }

  #draw(notice) {
    const { texts } = this.#page;
    const choices = notice.choices?.length ? notice.choices : [{ id: "ok", label: texts.ok }];
    const title = notice.title ? h("h2", { id: "note-title" }, notice.title) : null;
    const lines = String(notice.text ?? "").split("\n").filter(Boolean);
    return h(
      "section",
      { class: isCard(notice) ? "notice-card room-card" : "notice-strip", "data-id": notice.id, "aria-labelledby": title ? "note-title" : null },
      title,
      lines.map((line) => h("p", {}, line)),
      h("form", { class: "buttons is-equal", method: "post", action: address(this.#page.urls.choose, notice.id) },
        h("input", { type: "hidden", name: "csrf_token", value: this.#page.token }),
        choices.map((choice) => this.#choice(choice))),
    );
  }

  #choice(choice) {
    if (choice.href) return h("a", { class: "button is-quiet", href: choice.href }, choice.label);
    return h("button", { class: "button is-quiet", name: "choice", value: choice.id }, choice.label);
  }

  async #choose(form, button) {
    const notice = this.#queue.current();
    const body = new FormData(form);
    if (button) body.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body), credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      if (answer.redirected && new URL(answer.url).pathname !== location.pathname) {
        location.assign(answer.url);
        return;
      }
    } catch {
      this.on.failed();
      return;
    }
    this.#queue.close(notice.id);
    this.on.closed(notice, button?.value ?? "");
  }
}
