// The "Earlier messages" button: one older page at a time, only when asked for.

/** `load()` asks the server for a page, `take(messages)` shows it; `start` says that nothing is older. */
export function setUpOlder({ button, start, line, texts, hasOlder, isEmpty, load, take, failed }) {
  button.hidden = !hasOlder;
  start.hidden = hasOlder || isEmpty;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const stop = tellLoading(line, texts);
    try {
      const answer = await load();
      if (!answer.ok) throw new Error(answer.error);
      take(answer.messages);
      button.hidden = !answer.more;
      start.hidden = answer.more;
    } catch {
      failed();
    }
    stop();
    button.disabled = false;
  });
}

/** Words only when it takes a while: after 0.4 s that it loads, after 5 s that the signal is weak (look.md). */
function tellLoading(line, texts) {
  const show = (text) => {
    line.textContent = text;
    line.hidden = false;
  };
  const timers = [setTimeout(show, 400, texts.loading), setTimeout(show, 5000, texts.slow)];
  return () => {
    timers.forEach(clearTimeout);
    line.hidden = true;
  };
}
