// The switch to large text holds from page to page until the tab is closed, where scripts run.
(function () {
  "use strict";
  var larger = document.getElementById("larger");
  if (!larger) return;
  // A browser may forbid keeping anything; the switch then works page by page.
  try { larger.checked = window.sessionStorage.getItem("mingcha-larger") === "yes"; } catch (no) { /* nothing was kept */ }
  larger.addEventListener("change", function () {
    try { window.sessionStorage.setItem("mingcha-larger", larger.checked ? "yes" : ""); } catch (no) { /* nothing is kept */ }
  });
})();
