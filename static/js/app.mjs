// On every page: Quick exit by button or Shift three times, and passphrase fields that can be shown. Nothing else.

const EXIT_TAPS = 3;
const EXIT_MS = 1500;

const exit = document.getElementById("quick-exit");
let taps = [];

/** End the session in the background and put the plain page in this tab's place, so that Back shows nothing of ours. */
async function leave() {
  document.body.hidden = true;
  try {
    window.sessionStorage.clear(); // drafts and unsent messages; older browsers ignore Clear-Site-Data
  } catch {
    // a browser that keeps nothing has nothing to clear
  }
  try {
    const answer = await fetch(exit.action, { method: "POST", redirect: "manual", headers: { Accept: "application/json" } });
    const { to } = answer.ok ? await answer.json() : {};
    if (to) {
      window.location.replace(to);
      return;
    }
  } catch {
    // no signal: the ordinary form below still leaves this page
  }
  exit.submit();
}

exit.addEventListener("submit", (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift") {
    taps = [];
    return;
  }
  if (event.repeat) return;
  const now = performance.now();
  taps = [...taps, now].filter((tap) => now - tap < EXIT_MS);
  if (taps.length >= EXIT_TAPS) leave();
});

for (const button of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(button.dataset.reveal);
  const show = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = shown ? show : button.dataset.hideText;
    button.setAttribute("aria-pressed", String(!shown));
  });
}
