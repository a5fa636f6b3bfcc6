// Haven names: the two letters on a tile, and who is mentioned in a text.

/** "PC" for paper-comet, "R" for Ms. Rivera (titles do not count), "?" for nothing readable. */
export function initials(name) {
  const words = String(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const titled = /^(ms|mrs|mr|mx|dr|sr|sra|srta)$/i.test(words[0] ?? "") && words.length > 1;
  const counted = titled ? words.slice(1) : words;
  const letters = counted.slice(0, 2).map((word) => [...word][0]);
  return letters.join("").toLocaleUpperCase() || "?";
}

/**
 * Cut a text into pieces {text, name}: `name` is set where "@name" stands for someone in `names`.
 * Longer names win ("@paper-comet-2" is not paper-comet), letters before the @ make it no mention.
 */
export function mentions(text, names) {
  const known = [...names].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!known.length) return [{ text, name: null }];
  const pattern = new RegExp(`@(${known.join("|")})(?![\\p{L}\\p{N}]|-[\\p{L}\\p{N}])`, "giu");
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    // Asked here and not by a look-behind in the pattern: older iPhones refuse to read one.
    if (/[\p{L}\p{N}]$/u.test(text.slice(0, match.index))) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), name: null });
    pieces.push({ text: match[0], name: match[1] });
    from = match.index + match[0].length;
  }
  if (from < text.length || !pieces.length) pieces.push({ text: text.slice(from), name: null });
  return pieces;
}

/** True where one of the pieces names this person. */
export function mentionsMe(pieces, myName) {
  const mine = myName.toLocaleLowerCase();
  return pieces.some((piece) => piece.name?.toLocaleLowerCase() === mine);
}
