// Draws one row of the log. The same shapes are drawn by templates/rooms/_message.html when the page first loads.

import { initials, mentions, mentionsMe } from "../lib/people.mjs";
import { clock, dayInFull, dayLabel } from "../lib/times.mjs";
import { address, fill, h } from "./dom.mjs";

/** `page` is what the page said about itself; `icon` makes icons; `names()` are the Haven names in the room. */
export function drawer({ page, icon, names }) {
  const { texts, urls, me, lang, zone } = page;
  const time = (at) => clock(at, lang, zone);

  function draw(row) {
    if (row.kind === "day") return day(row);
    if (row.kind === "new") return mark(row, "log-new", h("span", {}, texts.newLine));
    return row.kind === "pending" ? pending(row) : message(row);
  }

  function mark(row, kind, inside) {
    return h("h2", { class: `log-mark ${kind}`, id: row.key, "data-key": row.key, "data-sig": row.sig }, inside);
  }

  function day(row) {
    const label = dayLabel(row.at, new Date(), { lang, zone, today: texts.today, yesterday: texts.yesterday });
    const spoken = dayInFull(row.at, lang, zone);
    return mark(row, "log-day", h("time", { datetime: row.sig, "aria-label": label === spoken ? null : `${label}, ${spoken}` }, label));
  }

  function article(row, classes, label, ...inside) {
    const shell = { id: row.message ? `m-${row.message.id}` : row.key, "data-key": row.key, "data-sig": row.sig, tabindex: "-1", "aria-label": label };
    // My own words are no news to me; what becomes of them is said by the page's status line.
    return h("article", { ...shell, class: `msg ${classes}`, "aria-live": row.mine === false ? null : "off" }, ...inside);
  }

  function label(name, when, text) {
    return fill(texts.label, { name, time: when, text });
  }

  function pending(row) {
    const { entry } = row;
    const sending = entry.state === "sending";
    return article(
      row,
      `is-mine ${sending ? "is-sending" : "is-unsent"}`,
      label(texts.you, sending ? texts.sending : texts.unsent, entry.text),
      h("div", { class: "msg-line" }, h("div", { class: "bubble" }, quote(entry.reply), h("p", { class: "msg-text" }, entry.text))),
      h("p", { class: "msg-status" }, sending ? texts.sending : [icon("hourglass", "small"), texts.unsent]),
      sending ? null : actions(doing("now", texts.unsentNow, entry.cid), doing("delete", texts.unsentDelete, entry.cid)),
    );
  }

  function message(row) {
    const { message: m, mine } = row;
    const classes = [`is-${m.state}`, mine && "is-mine", row.follows && "is-joined"];
    if (!mine && m.author.role === "staff") classes.push("is-staff");
    if (!mine && m.author.role === "provider") classes.push("is-service");
    const cut = mentions(m.text, names());
    if (!mine && m.state === "published" && mentionsMe(cut, me.name)) classes.push("is-mention");
    const said = isText(m, mine) ? m.text : plainState(m, mine);
    return article(
      row,
      classes.filter(Boolean).join(" "),
      label(mine ? texts.you : m.author.name, time(m.at), said),
      mine || row.follows ? null : head(m),
      body(row, cut),
    );
  }

  function head(m) {
    const kind = { staff: " is-staff", provider: " is-service" }[m.author.role] ?? "";
    const badge = { staff: texts.badgeStaff, provider: texts.badgeService }[m.author.role];
    return [
      h("span", { class: `avatar${kind}`, "aria-hidden": "true" }, initials(m.author.name)),
      h(
        "p",
        { class: "msg-head" },
        h("span", { class: "msg-name" }, m.author.name),
        badge ? h("span", { class: `badge${kind === " is-service" ? kind : ""}` }, icon("check"), badge) : null,
        h("time", { datetime: m.at }, time(m.at)),
      ),
    ];
  }

  function plainState(m, mine) {
    if (m.state === "again") return texts.againRoom;
    if (m.state === "withdrawn") return mine ? texts.tookBack : fill(texts.takenBack, { name: m.author.name });
    return mine ? texts.removedNote : texts.removed;
  }

  function isText(m, mine) {
    return m.state === "published" || (mine && (m.state === "held" || m.state === "again"));
  }

  function body(row, cut) {
    const { message: m, mine } = row;
    if (!isText(m, mine)) return gone(m, mine);
    const line = h("div", { class: "msg-line" }, h("div", { class: "bubble" }, quote(row.reply), words(cut)), menu(m, mine));
    if (!mine) return line;
    if (m.state !== "published") {
      return [
        line,
        h("p", { class: "msg-status" }, icon("hourglass", "small"), h("span", {}, texts[m.state])),
        actions(link(texts.talk, urls.talk), takeBack(m)),
      ];
    }
    return [
      line,
      h("p", { class: "msg-status" }, fill(texts.sent, { time: time(m.at) })),
      row.released ? h("p", { class: "msg-status is-released" }, icon("check", "small"), texts.released) : null,
    ];
  }

  function gone(m, mine) {
    const sign = { withdrawn: "undo", again: "hourglass" }[m.state] ?? "removed";
    const soft = h("p", { class: "msg-gone" }, icon(sign, "small"), h("span", {}, plainState(m, mine)));
    if (!mine || m.state === "withdrawn") return soft;
    return h(
      "div",
      { class: "msg-down" },
      soft,
      m.text
        ? h("details", { class: "fold" }, h("summary", {}, icon("next", "small"), texts.removedWords), h("p", { class: "msg-text" }, m.text))
        : null,
      actions(link(texts.removedWhy, urls.you), link(texts.talk, urls.talk)),
    );
  }

  function quote(reply) {
    if (!reply) return null;
    const said = texts.gone[reply.gone] ?? reply.text;
    const classes = reply.gone ? "quote is-gone" : "quote";
    return h("a", { class: classes, href: `#m-${reply.id}`, "data-do": "jump", "data-id": reply.id }, h("b", {}, reply.name), ` ${said}`);
  }

  function words(cut) {
    return h("p", { class: "msg-text" }, cut.map((piece) => (piece.name ? h("strong", { class: "at" }, piece.text) : piece.text)));
  }

  function menu(m, mine) {
    const items = mine
      ? [m.state === "published" ? takeBack(m) : null]
      : [
          doing("reply", texts.reply, m.id, "reply"),
          me.member && link(texts.report, address(urls.report, m.id), "flag"),
          me.member && m.author.role !== "staff" && link(texts.mute, address(urls.mute, m.author.id), "mute"),
          me.member && m.author.role !== "staff" && link(texts.block, address(urls.block, m.author.id), "block"),
        ];
    const shown = items.filter(Boolean);
    if (!shown.length) return null;
    return h(
      "details",
      { class: "msg-menu" },
      h("summary", { class: "icon-button", "aria-label": texts.more, title: texts.more }, icon("more")),
      h("ul", { class: "menu" }, shown.map((item) => h("li", {}, item))),
    );
  }

  function actions(...items) {
    return h("div", { class: "msg-actions" }, ...items);
  }

  function link(text, href, name) {
    return h("a", { class: "act", href }, name ? icon(name) : null, text);
  }

  function doing(what, text, id, name) {
    return h("button", { class: "act", type: "button", "data-do": what, "data-id": id }, name ? icon(name) : null, text);
  }

  function takeBack(m) {
    return doing("back", texts.takeBack, m.id, "undo");
  }

  return { draw, time };
}
