// The board: a search is sent by script and its answer put into this page, so that Back and reload never ask to send a
// form again. Without this file the form works as forms do. Why it is built so: docs/decisions/0014-search-and-back.md.

import { Searches } from "../lib/searches.mjs";

const form = () => document.getElementById("search");
const home = form()?.getAttribute("action"); // the address of results; what was typed is never in it

/** The tab's storage; null where the browser keeps nothing, and on a device the person said is shared. */
function storage() {
  try {
    return form()?.dataset.keep === "no" ? null : window.sessionStorage;
  } catch {
    return null;
  }
}

const searches = new Searches(storage());

let asking = new AbortController();

/** Ask the server and put its answer where this page's is. False when there is no good answer, null when a later
 * question overtook this one. */
async function show(address, pairs) {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const main = document.querySelector("main");
  main.setAttribute("aria-busy", "true");
  try {
    const options = pairs ? { method: "POST", body: new URLSearchParams(pairs), signal } : { signal };
    const answer = await fetch(address, options);
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"); // our own page; scripts don't run
    main.replaceWith(document.adoptNode(page.querySelector("main")));
    document.title = page.title;
    keepLanguage();
    return true;
  } catch {
    return signal.aborted ? null : false; // no signal: whoever asked falls back on the browser
  } finally {
    main.removeAttribute("aria-busy");
  }
}

/** Pairs as they were typed, with the token of today: the kept one may be of an earlier session. */
function fresh(pairs) {
  const token = form().elements.csrf_token.value;
  return [["csrf_token", token], ...pairs.filter(([name]) => name !== "csrf_token")];
}

/** A change of language comes back to where we are. */
function keepLanguage() {
  for (const next of document.querySelectorAll('form[action="/language"] [name="next"]')) {
    next.value = window.location.pathname;
  }
}

async function search(pairs, submitter) {
  rememberPlace();
  const id = searches.keep(pairs.filter(([name]) => name !== "csrf_token"));
  const shown = id ? await show(home, pairs) : false;
  if (shown === null) return;
  if (!shown) {
    // HTMLFormElement.submit sends no button, so a pressed one goes along as a field.
    if (submitter?.name) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: submitter.name, value: submitter.value });
      form().append(field);
    }
    form().submit();
    return;
  }
  window.history.pushState({ search: id }, "", home);
  keepLanguage();
  const title = document.getElementById("results-title");
  window.scrollTo(0, 0);
  // On a phone the answer is below the form: without a move it looks as if nothing had happened.
  if (title.getBoundingClientRect().top > window.innerHeight / 2) title.scrollIntoView();
  title.focus({ preventScroll: true });
}

/** Show again what this entry of the history showed. */
async function again(state) {
  const pairs = searches.find(state?.search ?? searches.newest());
  if (!pairs) return;
  if ((await show(home, fresh(pairs))) && state?.top) window.scrollTo(0, state.top);
}

function rememberPlace() {
  if (window.history.state?.search) {
    window.history.replaceState({ ...window.history.state, top: window.scrollY }, "");
  }
}

if (home && storage()) {
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (target.id !== "search" || submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    const pairs = [...new FormData(target)];
    if (submitter?.name) pairs.push([submitter.name, submitter.value]);
    search(pairs, submitter);
  });
  window.addEventListener("pagehide", rememberPlace);
  window.addEventListener("popstate", ({ state }) => {
    if (window.location.hash) return; // a jump inside the page
    if (window.location.pathname === home) again(state);
    else show(window.location.href);
  });
  if (window.location.pathname === home && form().dataset.answered !== "yes") {
    if (!window.history.state?.search && searches.newest()) {
      window.history.replaceState({ search: searches.newest() }, "");
    }
    again(window.history.state);
  }
}
