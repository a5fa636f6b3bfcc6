// The found words of a nudge: where they stand in the draft, and the draft without them.
// The server counts characters (code points); the browser counts UTF-16 units. This file is where they meet.

/**
 * The text as the server will keep it (community/web/commands.py): without reordering marks and control characters,
 * ends trimmed. Sent like this, so that the places the server names are places in the same text.
 */
export function clean(text) {
  return text.replace(/\r\n/g, "\n").replace(/[\u202A-\u202E\u2066-\u2069]|(?!\n)\p{Cc}/gu, "").trim();
}

/** Spans as the wire carries them ([start, end] or {start, end}, in code points) as UTF-16 ranges, in order. */
export function ranges(text, spans) {
  const offsets = [0];
  for (const point of text) offsets.push(offsets.at(-1) + point.length);
  const last = offsets.length - 1;
  const found = (spans ?? [])
    .map((span) => (Array.isArray(span) ? { start: span[0], end: span[1] } : span))
    .filter(({ start, end }) => Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && start < last)
    .map(({ start, end }) => ({ start: offsets[start], end: offsets[Math.min(end, last)] }))
    .sort((a, b) => a.start - b.start);
  return merged(found);
}

/** The draft with every found word replaced by "…". */
export function hide(text, found) {
  let out = "";
  let from = 0;
  for (const { start, end } of merged(found)) {
    out += `${text.slice(from, start)}…`;
    from = end;
  }
  return out + text.slice(from);
}

/** The found words themselves, so that they can be looked for again after the draft was edited. */
export function words(text, found) {
  return found.map(({ start, end }) => text.slice(start, end));
}

/** Where those words stand now. Empty when the writer has taken all of them out. */
export function findAgain(text, sought) {
  const found = [];
  for (const word of sought) {
    for (let at = text.indexOf(word); word && at !== -1; at = text.indexOf(word, at + word.length)) {
      found.push({ start: at, end: at + word.length });
    }
  }
  return merged(found.sort((a, b) => a.start - b.start));
}

/** The text in pieces {text, found} for drawing marks under a draft. */
export function pieces(text, found) {
  const out = [];
  let from = 0;
  for (const { start, end } of found) {
    if (start > from) out.push({ text: text.slice(from, start), found: false });
    out.push({ text: text.slice(start, end), found: true });
    from = end;
  }
  if (from < text.length) out.push({ text: text.slice(from), found: false });
  return out;
}

/** What goes back into the field when a message returns from the server while its writer already typed on. */
export function joinDrafts(returned, typed) {
  if (!typed.trim() || typed === returned) return returned;
  return `${returned}\n${typed}`;
}

function merged(found) {
  const out = [];
  for (const { start, end } of found) {
    const before = out.at(-1);
    if (before && start <= before.end) before.end = Math.max(before.end, end);
    else out.push({ start, end });
  }
  return out;
}
