// The log on screen: keeps elements in step with the rows, never moves what someone is reading, walks by keyboard.

import { h } from "./dom.mjs";

const NEAR_END = 48; // px: closer than one line of text to the end still counts as reading the newest

export class LogView {
  #rows;
  #frame;
  #draw;
  #known = new Map();
  #wasAtEnd = true;

  /** `frame` scrolls, `rows` holds the articles. `doing(what, id)` is told about every button in the log. */
  constructor({ frame, rows, draw, doing, reachedEnd }) {
    this.#frame = frame;
    this.#rows = rows;
    this.#draw = draw;
    this.doing = doing;
    for (const element of rows.children) if (element.dataset.key) this.#known.set(element.dataset.key, element);
    rows.addEventListener("click", (event) => this.#click(event));
    rows.addEventListener("keydown", (event) => this.#key(event));
    rows.addEventListener("focusin", (event) => this.#rove(event.target.closest("article")));
    rows.addEventListener("toggle", (event) => this.#menuToggled(event.target), true);
    document.addEventListener("click", (event) => this.#closeMenus(event.target.closest?.(".msg-menu")));
    const watch = () => {
      this.#wasAtEnd = this.atEnd();
      if (this.#wasAtEnd) reachedEnd();
    };
    frame.addEventListener("scroll", watch, { passive: true });
    document.addEventListener("scroll", watch, { passive: true });
    // The keyboard of a phone takes half the screen: whoever was at the end stays there.
    window.addEventListener("resize", () => this.#wasAtEnd && this.toEnd());
  }

  /** Make the screen say what `rows` say. Scrolls to the end only for someone who was there, or when `toEnd`. */
  sync(rows, { toEnd = false } = {}) {
    const stay = !toEnd && !this.atEnd();
    const anchor = stay ? this.#firstVisible() : null;
    const before = anchor?.getBoundingClientRect().top;
    this.#place(rows);
    this.#rove();
    if (!stay) this.toEnd();
    else if (anchor?.isConnected) this.#scroller().scrollTop += anchor.getBoundingClientRect().top - before;
  }

  atEnd() {
    const scroller = this.#scroller();
    if (scroller === this.#frame) return Math.abs(scroller.scrollTop) < NEAR_END; // column-reverse counts from the end
    return scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < NEAR_END;
  }

  toEnd() {
    const scroller = this.#scroller();
    scroller.scrollTop = scroller === this.#frame ? 0 : scroller.scrollHeight;
    this.#wasAtEnd = true;
  }

  /** Go to the row with this element id and let it take the focus. False when it is not here. */
  show(id) {
    const element = document.getElementById(id);
    if (!element || !this.#rows.contains(element)) return false;
    element.scrollIntoView({ block: "center" });
    if (element.matches("article")) element.focus({ preventScroll: true });
    return true;
  }

  #scroller() {
    return getComputedStyle(this.#frame).overflowY === "visible" ? document.scrollingElement : this.#frame;
  }

  #place(rows) {
    const keys = new Set(rows.map((row) => row.key));
    for (const [key, element] of this.#known) {
      if (keys.has(key)) continue;
      element.remove();
      this.#known.delete(key);
    }
    let cursor = this.#rows.firstElementChild;
    for (const row of rows) {
      const element = this.#element(row);
      if (element === cursor) cursor = cursor.nextElementSibling;
      else this.#rows.insertBefore(element, cursor);
    }
  }

  #element(row) {
    const known = this.#known.get(row.key);
    if (known?.dataset.sig === row.sig) return known;
    const drawn = this.#draw(row);
    if (!known) {
      this.#known.set(row.key, drawn);
      return drawn;
    }
    const focused = known.contains(document.activeElement);
    for (const { name, value } of drawn.attributes) known.setAttribute(name, value);
    if (!drawn.hasAttribute("aria-live")) known.removeAttribute("aria-live");
    known.replaceChildren(...drawn.childNodes);
    if (focused) known.focus({ preventScroll: true });
    return known;
  }

  #firstVisible() {
    const top = Math.max(0, this.#frame.getBoundingClientRect().top);
    // A message, never a day line: older messages of the same day push that one up.
    return this.#articles().find((article) => article.getBoundingClientRect().bottom > top);
  }

  /** Tab enters at the newest, or where someone was. */
  #rove(to = null) {
    const all = this.#articles();
    const stop = to ?? all.find((article) => article.contains(document.activeElement)) ?? all.at(-1);
    for (const article of all) article.tabIndex = article === stop ? 0 : -1;
  }

  #articles() {
    return [...this.#rows.querySelectorAll(":scope > article")];
  }

  #click(event) {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    if (button.dataset.do === "jump") {
      if (this.show(`m-${button.dataset.id}`)) event.preventDefault();
      return;
    }
    const article = button.closest("article");
    // False means that the live page cannot do it now: then the link or form underneath does.
    if (this.doing(button.dataset.do, button.dataset.id) === false) return;
    event.preventDefault();
    this.#closeMenus(null);
    // The button is gone with its menu; whoever pressed it stays at the message, unless something else took the focus.
    const { activeElement: now, body } = document;
    if (article?.isConnected && (now === body || article.contains(now))) article.focus({ preventScroll: true });
  }

  #key(event) {
    const article = event.target.closest("article");
    if (!article || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const open = article.querySelector(".msg-menu[open]");
      this.#closeMenus(null);
      open?.querySelector("summary").focus();
      return;
    }
    if (event.target !== article) return;
    const all = this.#articles();
    const at = all.indexOf(article);
    const unread = this.#rows.querySelector(".log-new ~ article");
    const to = { ArrowUp: all[at - 1], ArrowDown: all[at + 1], End: all.at(-1), Home: unread ?? all[0] }[event.key];
    const does = { r: '[data-do="reply"]', m: ".msg-menu > summary" }[event.key.toLowerCase()];
    if (to) to.focus();
    else if (does) article.querySelector(does)?.click();
    else return;
    event.preventDefault();
  }

  #menuToggled(menu) {
    if (!menu.matches?.(".msg-menu") || !menu.open) return;
    this.#closeMenus(menu);
    menu.querySelector(".menu").scrollIntoView({ block: "nearest" });
  }

  #closeMenus(except) {
    for (const menu of this.#rows.querySelectorAll(".msg-menu[open]")) if (menu !== except) menu.open = false;
  }
}

/** The "3 new messages" button that waits while someone reads older ones. */
export function pill({ texts, icon, go }) {
  const words = h("span", {});
  const button = h("button", { class: "button is-quiet log-pill", type: "button", hidden: true }, words, icon("down", "small"));
  button.addEventListener("click", go);
  return {
    button,
    show(count) {
      button.hidden = count === 0;
      words.textContent = count === 1 ? texts.newOne : texts.newMany.replace("{n}", String(count));
    },
  };
}
