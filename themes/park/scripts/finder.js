// The finder: filters, sorts and counts the rows of the page. The query string is its state.
(function () {
  "use strict";
  var form = document.querySelector("[data-finder]");
  if (!form) return;
  var body = document.querySelector("[data-rows]");
  var status = document.querySelector("[role=status]");
  var large = form.hasAttribute("data-large") && window.parkpressRows;
  var rows = large ? fromColumns(window.parkpressRows) : fromPage();
  var shown = 50;
  form.hidden = false;
  Array.prototype.forEach.call(document.querySelectorAll("[data-no-script]"), function (part) { part.hidden = true; });

  function fromPage() {
    return Array.prototype.map.call(body.rows, function (row, at) {
      return { row: row, at: at, values: JSON.parse(row.getAttribute("data-values") || "{}") };
    });
  }

  function fromColumns(data) {
    return data.record.map(function (record, at) {
      var values = {};
      Object.keys(data.values).forEach(function (key) { if (data.values[key][at] !== null) values[key] = data.values[key][at]; });
      return { at: at, values: values };
    });
  }

  // A range of rents overlaps a limit when one of its ends lies inside.
  function number(value, want) {
    if (Array.isArray(value)) {
      var parts = value.filter(function (part) { return typeof part === "number"; });
      return parts.length ? (want === "min" ? Math.max.apply(null, parts) : Math.min.apply(null, parts)) : undefined;
    }
    return typeof value === "number" ? value : undefined;
  }

  // "in", "out", or why a row cannot be judged: "missing", "agreed".
  function judge(row, tests) {
    var verdict = "in";
    for (var i = 0; i < tests.length; i += 1) {
      var test = tests[i], value = row.values[test.key], answer;
      if (value === undefined || value === null) answer = "missing";
      else if (test.words) {
        var all = Array.isArray(value) ? value.map(String) : [String(value)];
        answer = all.some(function (word) { return test.words.indexOf(word) >= 0; }) ? "in" : "out";
      } else if (test.date) answer = String(value) <= test.limit ? "in" : "out";
      else if (value === "agreed") answer = "agreed";
      else {
        var n = number(value, test.side);
        answer = n === undefined ? "missing" : (test.side === "min" ? n >= test.limit : n <= test.limit) ? "in" : "out";
      }
      if (answer === "out") return "out";
      if (answer !== "in") verdict = answer;
    }
    return verdict;
  }

  function tests() {
    var list = [], words = {};
    Array.prototype.forEach.call(form.elements, function (input) {
      if (!input.name || input.name === "sort") return;
      if (input.type === "checkbox") {
        if (input.checked) (words[input.name] = words[input.name] || []).push(input.value);
      } else if (input.value !== "") {
        var cut = input.name.lastIndexOf("."), key = input.name.slice(0, cut), side = input.name.slice(cut + 1);
        if (input.type === "date") list.push({ key: key, date: true, limit: input.value });
        else if (!isNaN(parseFloat(input.value))) list.push({ key: key, side: side, limit: parseFloat(input.value) });
      }
    });
    Object.keys(words).forEach(function (key) { list.push({ key: key, words: words[key] }); });
    return list;
  }

  function sorted(list) {
    var sort = form.elements.sort.value;
    if (!sort) return list.slice().sort(function (a, b) { return a.at - b.at; });
    var down = sort.charAt(0) === "-", key = down ? sort.slice(1) : sort;
    function of(row) {
      var value = row.values[key];
      var n = number(value, down ? "min" : "max");
      return n !== undefined ? n : typeof value === "string" && value !== "agreed" ? value : undefined;
    }
    return list.slice().sort(function (a, b) {
      var x = of(a), y = of(b);
      if (x === undefined || y === undefined) return x === y ? a.at - b.at : x === undefined ? 1 : -1;
      return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1) || a.at - b.at;
    });
  }

  function draw(list) {
    var data = window.parkpressRows, head = form.ownerDocument.querySelectorAll(".finder-table thead th");
    var root = document.querySelector(".site-header__name").getAttribute("href").replace(/(index\.html)?$/, "");
    body.textContent = "";
    list.slice(0, shown).forEach(function (row) {
      var line = document.createElement("tr"), name = document.createElement("th"), link = document.createElement("a");
      line.setAttribute("data-record", data.record[row.at]);
      line.setAttribute("data-row", data.key[row.at]);
      name.scope = "row";
      link.href = root + data.path[row.at];
      link.textContent = data.title[row.at] + (data.key[row.at] ? " " + data.key[row.at] : "");
      name.appendChild(link);
      line.appendChild(name);
      data.cells[row.at].forEach(function (text, at) {
        var cell = document.createElement("td");
        cell.setAttribute("data-label", head[at + 1] ? head[at + 1].textContent : "");
        cell.textContent = text || form.getAttribute("data-not-given");
        line.appendChild(cell);
      });
      body.appendChild(line);
    });
  }

  function apply(remember) {
    var active = tests(), counts = { "in": 0, out: 0, missing: 0, agreed: 0 }, visible = [];
    rows.forEach(function (row) {
      var verdict = judge(row, active);
      counts[verdict] += 1;
      row.visible = verdict === "in";
      if (row.visible) visible.push(row);
    });
    if (large) draw(sorted(visible));
    else sorted(rows).forEach(function (row) { row.row.hidden = !row.visible; body.appendChild(row.row); });
    var text = counts["in"] + " " + form.getAttribute("data-found");
    if (counts.missing) text += "; " + counts.missing + " " + form.getAttribute("data-missing");
    if (counts.agreed) text += "; " + counts.agreed + " " + form.getAttribute("data-agreed");
    if (!counts["in"]) text += ". " + form.getAttribute("data-none");
    status.textContent = text;
    if (remember) {
      var query = new URLSearchParams();
      new FormData(form).forEach(function (value, name) { if (value !== "") query.append(name, value); });
      try { history.replaceState(null, "", query.toString() ? "?" + query : location.pathname); } catch (error) { /* file:// may refuse */ }
    }
  }

  function restore() {
    var query = new URLSearchParams(location.search);
    query.forEach(function (value, name) {
      var input = form.elements[name];
      if (!input) return;
      var boxes = input.length !== undefined && !input.options ? Array.prototype.slice.call(input) : input.type === "checkbox" ? [input] : null;
      if (boxes) boxes.forEach(function (box) { if (box.value === value) box.checked = true; });
      else input.value = value;
    });
  }

  restore();
  if (window.matchMedia("(max-width:40rem)").matches) form.querySelector("details").open = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); shown = 50; apply(true); });
  form.addEventListener("input", function () { shown = 50; apply(true); });
  form.addEventListener("reset", function () { setTimeout(function () { apply(true); }, 0); });
  if (large) window.addEventListener("scroll", function () {
    if (shown < rows.length && window.innerHeight + window.scrollY > document.body.offsetHeight - 400) { shown += 50; apply(false); }
  }, { passive: true });
  apply(false);
}());
