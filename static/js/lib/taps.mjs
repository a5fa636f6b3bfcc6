// Pure: telling three Shift presses on purpose from typing capitals.

export const TAPS = 3; // Windows asks about sticky keys only at five
export const WITHIN_MS = 1500;

/**
 * A counter of Shift presses: give it each key as it goes down, get true when it was Shift three times in a row.
 * Any other key in between, a held key, or a slow hand starts the count again.
 */
export function shiftTaps() {
  let taps = [];
  return function pressed({ key, isRepeat, at }) {
    if (key !== "Shift") {
      taps = [];
      return false;
    }
    if (isRepeat) return false;
    taps = [...taps, at].filter((tap) => at - tap < WITHIN_MS);
    if (taps.length < TAPS) return false;
    taps = [];
    return true;
  };
}
