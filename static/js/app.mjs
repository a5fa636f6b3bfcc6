// On every page: Quick exit, the error summary's focus, and passphrase fields that can be shown. Nothing else.

import { shiftTaps } from "./lib/taps.mjs";

const PATIENCE_MS = 2000; // the page is blank by then; after this the ordinary form leaves instead
const exit = document.getElementById("quick-exit");

/** Blank at once; end the session; put the plain page in this tab's place, so that Back shows nothing of ours. */
async function leave() {
  document.body.hidden = true;
  document.title = exit.dataset.title;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    window.sessionStorage.clear(); // drafts and unsent messages; older browsers ignore Clear-Site-Data
    const answer = await fetch(exit.action, {
      method: "POST",
      redirect: "manual",
      headers: { Accept: "application/json" },
      signal: patience.signal,
    });
    const { to } = answer.ok ? await answer.json() : {};
    if (to) {
      window.sessionStorage.setItem("left", to); // read by left.js when someone presses Back
      window.location.replace(to);
      return;
    }
  } catch {
    // no signal, or a browser that keeps nothing: the ordinary form below still leaves this page
  } finally {
    clearTimeout(timer);
  }
  exit.submit();
}

exit.addEventListener("submit", (event) => {
  event.preventDefault();
  leave();
});

const pressed = shiftTaps();
document.addEventListener("keydown", (event) => {
  if (pressed({ key: event.key, isRepeat: event.repeat, at: performance.now() })) leave();
});

document.getElementById("error-summary")?.focus(); // a form came back: what needs another look is read first

for (const button of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(button.dataset.reveal);
  const show = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = field.type === "text";
    field.type = isShown ? "password" : "text";
    button.textContent = isShown ? show : button.dataset.hideText;
    button.setAttribute("aria-pressed", String(!isShown));
  });
}
