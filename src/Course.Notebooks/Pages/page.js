(function () {
  "use strict";
  var root = document.body.dataset.root;

  // Long contents are in the way on a small screen, and what scrolls must be reachable with the keyboard.
  var contents = document.querySelector(".contents details");
  if (contents && !window.matchMedia("(min-width: 1180px)").matches) contents.open = false;
  function reachable() {
    document.querySelectorAll("pre, .scroll, .contents, .display").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }
  reachable();
  window.addEventListener("resize", reachable);
  document.addEventListener("toggle", reachable, true);

  // The contents show which section is on the screen.
  var links = {};
  document.querySelectorAll(".contents a").forEach(function (link) { links[decodeURIComponent(link.hash.slice(1))] = link; });
  var headings = Array.prototype.filter.call(document.querySelectorAll("h2, h3"), function (heading) { return links[heading.id]; });
  function mark() {
    var here = null;
    headings.forEach(function (heading) { if (heading.getBoundingClientRect().top < 120) here = links[heading.id]; });
    Object.keys(links).forEach(function (id) {
      links[id].classList.toggle("here", links[id] === here);
      if (links[id] === here) links[id].setAttribute("aria-current", "true"); else links[id].removeAttribute("aria-current");
    });
  }
  if (headings.length) { document.addEventListener("scroll", mark, { passive: true }); mark(); }

  // A question before its answer: a choice says whether it was right, and opens the answer.
  document.querySelectorAll(".predict[data-answer]").forEach(function (question) {
    var list = question.querySelector("ul"), answer = question.querySelector("details");
    if (!list || !answer) return;
    list.className = "choices";
    Array.prototype.forEach.call(list.children, function (item, i) {
      var button = document.createElement("button");
      button.type = "button";
      while (item.firstChild) button.appendChild(item.firstChild);
      button.querySelectorAll("p").forEach(function (p) { p.replaceWith.apply(p, p.childNodes); });
      item.appendChild(button);
      if (button.querySelector("math")) { // whoever hears the page is told the signs, not the TeX beside them
        var spoken = button.cloneNode(true);
        spoken.querySelectorAll("annotation").forEach(function (tex) { tex.remove(); });
        button.setAttribute("aria-label", spoken.textContent.trim());
      }
      button.addEventListener("click", function () {
        list.querySelectorAll("button").forEach(function (other) { delete other.dataset.verdict; });
        button.dataset.verdict = "abcd"[i] === question.dataset.answer ? "right" : "no";
        answer.open = true;
      });
    });
  });

  // Search: the index is a script beside the pages, read when it is first needed.
  var input = document.getElementById("search"), found = document.getElementById("found"), index = null;
  function words(text) { return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").match(/[\p{L}\p{N}]+/gu) || []; }
  function load() {
    if (index) return;
    index = [];
    var script = document.createElement("script");
    script.src = root + "search.js";
    script.onload = function () { index = window.bookSearch || []; show(); };
    document.head.appendChild(script);
  }
  function show() {
    var asked = words(input.value), hits = [];
    found.hidden = asked.length === 0;
    found.textContent = "";
    if (!asked.length) return;
    index.forEach(function (entry) {
      var score = 0, whole = asked.every(function (word) {
        var title = entry.w0 || (entry.w0 = words(entry.t + " " + entry.s)), text = entry.w1 || (entry.w1 = words(entry.x));
        var inTitle = title.some(function (w) { return w.indexOf(word) === 0; });
        var count = text.reduce(function (n, w) { return n + (w.indexOf(word) === 0); }, 0);
        score += (inTitle ? 20 : 0) + Math.min(count, 10);
        return inTitle || count;
      });
      if (whole) hits.push([score, entry]);
    });
    hits.sort(function (a, b) { return b[0] - a[0]; });
    hits.slice(0, 20).forEach(function (hit) {
      var entry = hit[1], item = document.createElement("li"), link = document.createElement("a"), where = document.createElement("small");
      link.href = root + entry.p + (entry.h ? "#" + encodeURIComponent(entry.h) : "");
      link.textContent = entry.s || entry.t;
      where.textContent = entry.t;
      link.appendChild(where);
      item.appendChild(link);
      found.appendChild(item);
    });
    if (!hits.length) {
      var none = document.createElement("li"), text = document.createElement("p");
      text.textContent = "Nothing in the book has “" + input.value.trim() + "”.";
      none.appendChild(text);
      found.appendChild(none);
    }
  }
  input.addEventListener("focus", load);
  input.addEventListener("input", function () { load(); show(); });
  input.form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = found.querySelector("a");
    if (first) first.click();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { found.hidden = true; input.blur(); }
    if (event.key === "/" && !/^(input|textarea)$/i.test(event.target.tagName)) { event.preventDefault(); input.focus(); }
  });
  document.addEventListener("click", function (event) { if (!event.target.closest(".search")) found.hidden = true; });
})();
