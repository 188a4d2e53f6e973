// The receipt where scripts run: the draft of what was sent is cleared, the digits can be copied and the page printed.
(function () {
  "use strict";
  try { window.localStorage.removeItem("mingcha-draft"); } catch (no) { /* nothing was kept */ }
  var paper = document.getElementById("print");
  if (paper) {
    paper.hidden = false;
    paper.addEventListener("click", function () { window.print(); });
  }
  var button = document.getElementById("copy"), says = document.getElementById("copied");
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", function () {
    navigator.clipboard.writeText(button.getAttribute("data-digits")).then(function () {
      says.textContent = says.getAttribute("data-done");
    }, function () { says.textContent = says.getAttribute("data-failed"); });
  });
})();
