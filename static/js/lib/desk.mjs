// What the desk's script decides without a page: which keys mean what, and when they may.

/** True when a single key may act: nothing is being typed and no modifier is held. */
export function mayAct(event, active) {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const tag = active?.tagName ?? "";
  if (tag === "TEXTAREA" || tag === "SELECT") return false;
  return !(tag === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(active.type));
}

/** The index after moving by `step` in a list of `count`, kept inside; from nowhere the first. */
export function move(index, step, count) {
  if (count === 0) return -1;
  if (index < 0) return step > 0 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, index + step));
}

/** What a key asks for, or null. */
export function meaning(key) {
  if (/^[1-9]$/.test(key)) return { does: "choose", number: key };
  return (
    {
      j: { does: "move", step: 1 },
      k: { does: "move", step: -1 },
      " ": { does: "show" },
      h: { does: "cover" },
      b: { does: "rest" },
      d: { does: "decide" },
      u: { does: "undo" },
      w: { does: "why" },
      g: { does: "guideline" },
      s: { does: "sure" },
      t: { does: "talk" },
      n: { does: "next" },
      "?": { does: "keys" },
    }[key.toLowerCase()] ?? null
  );
}

/** The covered line that Space shows: the one focus is on, else the first after it that is still covered, else any. */
export function lineToShow(lines, at) {
  const covered = (from) => lines.findIndex((line, index) => index >= from && line.covered);
  const found = covered(Math.max(0, at));
  return found >= 0 ? found : covered(0);
}

/** What stands in a field of ready words once another rule is chosen: new ready words, unless someone wrote their own. */
export function readyWords(written, ready, chosen) {
  return written.trim() === "" || ready.includes(written) ? chosen : written;
}

/** The tab's title: how many cases are open, led by the word for "now" while one that can't wait has had no look. */
export function tabTitle(plain, open, urgent, nowWord) {
  if (!open) return plain;
  return `${urgent ? `${nowWord}! ` : ""}(${open}) ${plain}`;
}
