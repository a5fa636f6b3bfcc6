// The desk, live: new cases appear by themselves, covered lines are fetched when asked for, keys do the rest.

import { lineToShow, mayAct, meaning, move, readyWords, tabTitle } from "../lib/desk.mjs";

const byId = (id) => document.getElementById(id);
const page = JSON.parse(byId("page-data").textContent);
const queue = byId("queue");
const plainTitle = document.title;

/** The tab says how many wait and whether something can't: a desk is often behind another window. */
function title() {
  const list = queue.querySelector(".queue-list");
  document.title = tabTitle(plainTitle, Number(list.dataset.total), list.dataset.now === "yes", page.now);
}
title();

let asked = 0;
async function refresh() {
  asked += 1;
  const mine = asked;
  let answer;
  try {
    answer = await fetch(page.rows);
  } catch {
    return; // no signal: the next connection asks again
  }
  if (!answer.ok || answer.redirected || mine !== asked) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".queue-list");
  if (!fresh) return;
  const focused = document.activeElement?.dataset?.case;
  const before = queue.textContent.replace(/\s+/g, " ");
  for (const row of fresh.querySelectorAll(`[data-case="${page.case}"]`)) row.setAttribute("aria-current", "page");
  queue.replaceChildren(fresh);
  if (focused) queue.querySelector(`[data-case="${focused}"]`)?.focus();
  const total = byId("queue-total");
  total.textContent = total.dataset.open.replace("{n}", fresh.dataset.total);
  title();
  if (queue.textContent.replace(/\s+/g, " ") !== before) byId("said").textContent = page.changed;
}

/** Covered again: the words leave the page. */
function cover(form) {
  const place = byId(`text-${form.dataset.show}`);
  const bar = document.createElement("span");
  bar.className = "cover";
  bar.setAttribute("aria-hidden", "true");
  const word = document.createElement("span");
  word.className = "cover-word";
  word.textContent = page.covered;
  place.replaceChildren(bar, word);
  form.querySelector("button").textContent = page.show;
}

async function show(form) {
  const place = byId(`text-${form.dataset.show}`);
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const { pieces, heavy } = await answer.json();
  const count = byId("heavy");
  count.textContent = count.dataset.text.replace("{n}", heavy);
  byId("rest").hidden = heavy < Number(count.dataset.most);
  place.replaceChildren(
    ...pieces.map(([words, marked]) => {
      const piece = document.createElement(marked ? "mark" : "span");
      piece.textContent = words;
      return piece;
    }),
  );
  form.querySelector("button").textContent = page.hide;
  place.closest(".line").focus({ preventScroll: true });
}

const shows = [...document.querySelectorAll("form[data-show]")];
const isCovered = (form) => byId(`text-${form.dataset.show}`).querySelector(".cover") !== null;
for (const form of shows) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isCovered(form)) show(form);
    else cover(form);
  });
}
const coverAll = () => shows.filter((form) => !isCovered(form)).forEach(cover);
// Nothing stays readable on a screen that someone walked away from, nor behind someone who moved on from the talk. Its
// lines may be read together. Covering moves the page, so while a button of the mouse is down it waits: a press and its
// release must find the same thing.
let pressed = false;
window.addEventListener("pointerdown", () => (pressed = true), true);
for (const name of ["pointerup", "pointercancel"]) {
  window.addEventListener(name, () => setTimeout(() => (pressed = false)), true);
}
const AFTER_CLICK = 50; // ms; the click follows its release at once
const coverOnceReleased = () => (pressed ? setTimeout(coverOnceReleased, AFTER_CLICK) : coverAll());
window.addEventListener("blur", coverAll);
for (const line of new Set(shows.map((form) => form.closest(".line")))) {
  line.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !event.relatedTarget.closest(".line")) coverOnceReleased();
  });
}

// What is folded away can't take the focus: keys pass it by.
const inSight = (one) => one.checkVisibility();
const places = () => [...document.querySelectorAll(page.case ? ".line" : ".queue-row")].filter(inSight);

const acts = {
  move({ step }) {
    const list = places();
    const at = list.findIndex((one) => one.contains(document.activeElement));
    list[move(at, step, list.length)]?.focus();
  },
  show() {
    const near = shows.filter(inSight);
    const at = near.findIndex((form) => form.closest(".line").contains(document.activeElement));
    const found = lineToShow(near.map((form) => ({ covered: isCovered(form) })), at);
    if (found >= 0) show(near[found]);
  },
  cover: coverAll,
  rest() {
    coverAll();
    window.location.assign(page.rest);
  },
  undo: () => document.querySelector('form[action*="/desk/decisions/"] button')?.focus(),
  sure: () => document.querySelector('input[name="confidence"]:checked, input[name="confidence"]')?.focus(),
  talk() {
    const note = document.querySelector('textarea[name^="note-"]');
    if (!note) return;
    note.closest("details").open = true;
    note.focus();
  },
  keys: () => byId("keys").showModal(),
  choose({ number }) {
    const choice = document.querySelector(`[data-key="${number}"]`);
    const fold = choice?.closest("details");
    if (fold) fold.open = true; // nothing is ticked out of sight
    choice?.click();
  },
  decide: () => byId("decision")?.querySelector("[name=then]").focus(),
  why: () => byId("reason")?.focus(),
  guideline: () => byId("guideline")?.focus(),
  next: () => document.querySelector('form[action*="/desk/next"]:not([action*="lighter"])')?.requestSubmit(),
};

// The choice is remembered on this device only; without storage the keys are simply on.
const KEYS = "desk-keys";
const keysOn = byId("keys-on");
try {
  keysOn.checked = window.localStorage.getItem(KEYS) !== "off";
  keysOn.addEventListener("change", () => window.localStorage.setItem(KEYS, keysOn.checked ? "on" : "off"));
} catch {
  // storage refused: the switch works until the page is left
}

document.addEventListener("keydown", (event) => {
  if (byId("keys").open || (!keysOn.checked && event.key !== "?")) return;
  if (!mayAct(event, document.activeElement)) return;
  const wanted = meaning(event.key);
  if (!wanted) return;
  // Space on a button or a row must stay what it is; elsewhere it shows the next covered line.
  if (event.key === " " && document.activeElement?.matches?.("button, a, summary, input")) return;
  event.preventDefault();
  acts[wanted.does](wanted);
});

const rule = byId("guideline");
rule?.addEventListener("change", () => {
  const ready = [...rule.options].map((one) => one.dataset.told ?? "");
  byId("told").value = readyWords(byId("told").value, ready, rule.selectedOptions[0].dataset.told ?? "");
});

byId("refusal")?.focus();

// Last, so that without it everything else still works.
const { io } = await import(page.socket);
const socket = io({ transports: ["websocket"] });
socket.on("case:changed", (change) => {
  refresh();
  if (change.case === page.case && byId("changed")) byId("changed").hidden = false;
});
socket.on("connect", () => {
  byId("offline").hidden = true;
  refresh();
});
for (const lost of ["disconnect", "connect_error"]) socket.on(lost, () => (byId("offline").hidden = false));
socket.on("session:ended", () => window.location.replace("/staff/sign-in"));
