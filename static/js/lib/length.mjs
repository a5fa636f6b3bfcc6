// How long a draft is, as the server counts it (community/web/commands.py), and from where its writer should know.

import { clean } from "./nudge.mjs";

const NEAR = 100; // letters before the limit: enough to end a sentence

/** `left` letters fit still (below zero: so many too many); `state` is "" far from the limit, "near" or "over". */
export function room(text, longest) {
  if (text.length < longest - NEAR) return { left: longest - text.length, state: "" };
  const left = longest - [...clean(text)].length;
  if (left < 0) return { left, state: "over" };
  return { left, state: left <= NEAR ? "near" : "" };
}
