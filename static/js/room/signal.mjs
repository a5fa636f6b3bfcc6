// The strip that says there is no signal: after a moment, since a short break that mends itself is no news.

const MOMENT_MS = 2500;

/** `strip` is the element; `isBack()` says whether the connection stands after all. */
export function signalStrip({ strip, isBack }) {
  let timer = null;
  const show = () => {
    strip.hidden = isBack();
  };
  window.addEventListener("offline", show);
  return {
    lost() {
      timer ??= setTimeout(show, MOMENT_MS);
    },
    back() {
      clearTimeout(timer);
      timer = null;
      strip.hidden = true;
    },
  };
}

/** Quick exit has blanked the page (static/js/app.mjs): from then on nothing may be kept, said, or opened here. */
export function isLeaving() {
  return document.body.hidden;
}
