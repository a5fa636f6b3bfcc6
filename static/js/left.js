// After Quick exit, Back in this tab must not show our pages again. Runs before anything is drawn, so it is not a module.
(function () {
  "use strict";

  /** Where this tab went when someone left, or null. Written by app.mjs. */
  function address() {
    try {
      return window.sessionStorage.getItem("left");
    } catch {
      return null; // storage is off: nothing was kept
    }
  }

  function goAgain() {
    document.documentElement.hidden = true;
    window.location.replace(address());
  }

  var entry = performance.getEntriesByType && performance.getEntriesByType("navigation")[0];
  if (address()) {
    if (entry && entry.type === "back_forward") goAgain();
    else window.sessionStorage.removeItem("left"); // they came back on purpose
  }
  window.addEventListener("pageshow", function (event) {
    if (event.persisted && address()) goAgain();
  });
})();
