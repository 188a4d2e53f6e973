// What the report form can do more where scripts run: its proof of work, the position, photos one by one, a draft.
(function () {
  "use strict";
  var form = document.getElementById("report");
  if (!form || !window.Promise || !window.Uint8Array) return;
  var field = function (name) { return form.elements[name]; };
  var at = function (id) { return document.getElementById(id); };
  var show = function (element, is) { if (element) element.hidden = !is; };

  // 1. The proof of work: numbers are tried until the hash of number, challenge and zeros begins with enough zero bits.
  var BYTES = 16384, AT_ONCE = 16;
  var subtle = window.crypto && window.crypto.subtle;
  var solving = null;
  function begins(hash, bits) {
    var bytes = new Uint8Array(hash), whole = bits >> 3, rest = bits & 7, i;
    for (i = 0; i < whole; i++) if (bytes[i]) return false;
    return !rest || bytes[whole] >> (8 - rest) === 0;
  }
  function solve(challenge) {
    var bits = +challenge.split(".")[2], next = 0, i;
    var messages = [];
    for (i = 0; i < AT_ONCE; i++) {
      var message = new Uint8Array(BYTES);
      for (var c = 0; c < challenge.length; c++) message[8 + c] = challenge.charCodeAt(c);
      messages.push(message);
    }
    function round() {
      return Promise.all(messages.map(function (message) {
        var number = next++;
        new DataView(message.buffer).setUint32(4, number);
        return subtle.digest("SHA-256", message).then(function (hash) { return begins(hash, bits) ? number : -1; });
      })).then(function (numbers) {
        for (var k = 0; k < numbers.length; k++) if (numbers[k] >= 0) return String(numbers[k]);
        return round();
      });
    }
    return round();
  }
  function prove() {
    var challenge = field("challenge").value;
    if (!subtle || !challenge || field("proof").value) return Promise.resolve();
    solving = solving || solve(challenge).then(function (answer) {
      if (field("challenge").value === challenge) field("proof").value = answer;
    });
    return solving;
  }
  // A form that has been open for hours, or that somebody comes back to, needs a fresh challenge.
  function refresh() {
    return fetch("/report/challenge").then(function (answer) { return answer.json(); }).then(function (fresh) {
      solving = null;
      field("proof").value = "";
      field("challenge").value = fresh.challenge;
      return prove();
    });
  }
  function isOld() {
    return Date.now() / 1000 - field("challenge").value.split(".")[1] > +form.getAttribute("data-valid");
  }
  // Work begins when somebody writes: whoever only looks keeps their battery.
  form.addEventListener("input", prove);
  window.addEventListener("pageshow", function (event) {
    var sent = form.getAttribute("data-sent");
    form.removeAttribute("data-sent");
    working(false);
    if (event.persisted && sent && window.fetch) refresh().catch(function () {});
  });
  function working(is) {
    show(at("working"), is);
    at("send").disabled = is;
  }
  form.addEventListener("submit", function (event) {
    if (field("danger").checked || form.getAttribute("data-sent") || !subtle) return;
    event.preventDefault();
    working(true);
    var patience = new Promise(function (done) { setTimeout(done, 20000); });
    var ready = Promise.all([isOld() && window.fetch ? refresh() : prove(), fitting]);
    // Whatever happens, the report goes off: without a proof the other side waits.
    Promise.race([ready, patience]).catch(function () {}).then(function () {
      form.setAttribute("data-sent", "1");
      form.submit();
    });
  });

  // 2. The position.
  var place = field("place"), latitude = field("latitude"), longitude = field("longitude");
  function positioned() {
    var is = latitude.value !== "";
    show(at("position-taken"), is);
    place.required = !is;
  }
  if (navigator.geolocation && window.isSecureContext !== false) {
    show(at("position"), true);
    // Words that name the button are shown with it.
    Array.prototype.forEach.call(form.querySelectorAll(".with-position"), function (words) { show(words, true); });
    at("position-take").addEventListener("click", function () {
      var says = at("position-says");
      says.textContent = says.getAttribute("data-asking");
      navigator.geolocation.getCurrentPosition(function (found) {
        latitude.value = found.coords.latitude.toFixed(5);
        longitude.value = found.coords.longitude.toFixed(5);
        says.textContent = "";
        at("position-accuracy").textContent = Math.round(found.coords.accuracy);
        positioned();
      }, function () { says.textContent = says.getAttribute("data-failed"); },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
    });
  }
  at("position-drop").addEventListener("click", function () {
    latitude.value = longitude.value = "";
    positioned();
    at("position-take").focus();
  });
  positioned();

  // 3. Photos one by one: whatever is chosen or taken joins those from before.
  var all = at("photos"), taken = at("photos-taken"), list = at("photos-list");
  var most = +list.getAttribute("data-most"), largest = +list.getAttribute("data-largest");
  var kept = [], fitting = Promise.resolve();
  function canCollect() {
    try { return !!new DataTransfer().items; } catch (no) { return false; }
  }
  function collect(input) {
    var problem = "";
    Array.prototype.forEach.call(input.files, function (file) {
      var key = [file.name, file.size, file.lastModified].join("|");
      if (kept.some(function (one) { return one.key === key; })) return;
      if (kept.length >= most) problem = list.getAttribute("data-too-many");
      else kept.push({ key: key, file: file });
    });
    if (input !== all) input.value = "";
    shown(problem);
    // One after the other: a photo that is unpacked takes a hundred times what its file does.
    kept.forEach(function (one) {
      if (one.fits) return;
      one.fits = true;
      fitting = fitting.then(function () { return lighter(one.file); }).then(function (file) {
        if (kept.indexOf(one) < 0) return;
        one.file = file;
        if (file.size > largest) kept.splice(kept.indexOf(one), 1);
        shown(file.size > largest ? list.getAttribute("data-too-large") : at("photos-says").textContent);
      });
    });
  }
  // What a poor line would take minutes for is made smaller here; what cannot be opened goes as it is.
  var LIGHT = 1048576, SIDE = 2048;
  function lighter(file) {
    if (file.size <= LIGHT || !window.createImageBitmap) return Promise.resolve(file);
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var scale = Math.min(1, SIDE / Math.max(picture.width, picture.height)), canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      var surface = canvas.getContext("2d");
      surface.fillStyle = "#fff";
      surface.fillRect(0, 0, canvas.width, canvas.height);
      surface.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", 0.85); });
    }).then(function (small) {
      return small && small.size < file.size ? new File([small], file.name, { type: small.type, lastModified: file.lastModified }) : file;
    }).catch(function () { return file; });
  }
  function shown(problem) {
    var files = new DataTransfer();
    list.textContent = "";
    kept.forEach(function (one, index) {
      var file = one.file;
      files.items.add(file);
      var item = document.createElement("li"), picture = document.createElement("img"), drop = document.createElement("button");
      picture.alt = list.getAttribute("data-photo") + (index + 1);
      picture.src = URL.createObjectURL(file);
      picture.onload = picture.onerror = function () { URL.revokeObjectURL(picture.src); };
      drop.type = "button";
      drop.textContent = list.getAttribute("data-drop");
      drop.setAttribute("aria-label", drop.textContent + picture.alt);
      drop.addEventListener("click", function () { kept.splice(index, 1); shown(""); all.focus(); });
      item.appendChild(picture);
      item.appendChild(drop);
      list.appendChild(item);
    });
    all.files = files.files;
    at("photos-says").textContent = problem;
  }
  if (canCollect()) [all, taken].forEach(function (input) { input.addEventListener("change", function () { collect(input); }); });

  // 4. A draft, on this device only and only if wanted; never who somebody is, nor whom it is about.
  var KEY = "mingcha-draft", KEPT = 7 * 24 * 3600 * 1000;
  var TEXTS = ["place", "division", "seen_when", "narrative"];
  var keep = at("draft-keep");
  var storage = null;
  try { storage = window.localStorage; } catch (no) { storage = null; }
  function forget() { try { storage.removeItem(KEY); } catch (no) { /* nothing was kept */ } }
  function save() {
    if (!keep.checked) return;
    var draft = { at: Date.now(), seen: [] };
    TEXTS.forEach(function (name) { if (field(name)) draft[name] = field(name).value; });
    Array.prototype.forEach.call(form.querySelectorAll("[name=seen]:checked"), function (box) { draft.seen.push(box.value); });
    try { storage.setItem(KEY, JSON.stringify(draft)); } catch (full) { keep.checked = false; }
  }
  function restore() {
    var draft = null;
    try { draft = JSON.parse(storage.getItem(KEY)); } catch (damaged) { draft = null; }
    if (!draft) return;
    if (!(Date.now() - draft.at < KEPT)) return forget();
    keep.checked = true;
    if (TEXTS.some(function (name) { return field(name) && field(name).value; })) return;
    TEXTS.forEach(function (name) { if (field(name)) field(name).value = draft[name] || ""; });
    Array.prototype.forEach.call(form.querySelectorAll("[name=seen]"), function (box) { box.checked = (draft.seen || []).indexOf(box.value) >= 0; });
    show(at("draft-restored"), true);
  }
  if (storage) {
    show(at("draft"), true);
    restore();
    keep.addEventListener("change", function () { if (keep.checked) save(); else forget(); });
    form.addEventListener("input", save);
    at("draft-drop").addEventListener("click", function () {
      forget();
      keep.checked = false;
      form.reset();
      show(at("draft-restored"), false);
      positioned();
      place.focus();
    });
  }
})();
