// The finder: filters, sorts, counts and compares the rows of the page. The query string is its whole state.
(() => {
  "use strict";
  const form = document.querySelector("[data-finder]");
  if (!form) return;
  const site = window.parkpress;
  const say = site.words(form);
  const find = (selector) => document.querySelector(selector);
  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  const body = find("[data-rows]"), table = find(".finder-table"), status = find("[role=status]");
  const data = form.dataset.large === "true" && window.parkpressRows;
  const columns = all("thead th", table).slice(1).map((th) => ({ key: th.dataset.field, unit: th.dataset.unit, label: th.textContent }));
  const area = columns.find((column) => column.unit === "m2");
  const rows = data ? fromColumns() : fromPage();
  const SCREEN = 50, MU = 2000 / 3;
  let shown = SCREEN, visible = [], order = "";

  function fromPage() {
    const values = valuesOf(JSON.parse(find("[data-columns]").textContent), body.rows.length);
    return Array.from(body.rows, (row, at) => ({ at, row, name: nameOf(row.dataset.record, row.dataset.row), values: values[at] }));
  }
  function fromColumns() {
    const values = valuesOf(data.values, data.record.length);
    return data.record.map((record, at) => ({ at, name: nameOf(record, data.key[at]), values: values[at] }));
  }
  function valuesOf(columns, length) {
    const values = Array.from({ length }, () => ({}));
    for (const [key, column] of Object.entries(columns)) column.forEach((value, at) => { if (value !== null) values[at][key] = value; });
    return values;
  }
  function nameOf(record, key) { return key ? record + ":" + key : record; }

  // What the form asks: one test for each field.
  function tests() {
    const byKey = new Map();
    const test = (key) => byKey.get(key) || byKey.set(key, { key }).get(key);
    for (const input of form.elements) {
      const field = input.closest("[data-filter]");
      if (!field || !input.name) continue;
      const key = field.dataset.filter;
      if (input.type === "checkbox") {
        if (input.checked) (test(key).words = test(key).words || []).push(input.value);
      } else if (input.value !== "") {
        const side = input.name.slice(input.name.lastIndexOf(".") + 1);
        if (input.type === "date") test(key).day = input.value;
        else if (!isNaN(parseFloat(input.value))) test(key)[side] = parseFloat(input.value);
      }
    }
    return Array.from(byKey.values());
  }

  // A range of rents meets a limit when one of its ends does.
  function number(value, side) {
    if (typeof value === "number") return value;
    const ends = Array.isArray(value) ? value.filter((end) => typeof end === "number") : [];
    return ends.length ? (side === "min" ? Math.max(...ends) : Math.min(...ends)) : undefined;
  }
  // "in", "out", or why a row cannot be judged: "missing", "agreed".
  function judge(test, value) {
    if (value === undefined || value === null) return "missing";
    if (test.words) return wordsOf(value).some((word) => test.words.includes(word)) ? "in" : "out";
    if (test.day) return String(value) <= test.day ? "in" : "out";
    if (value === "agreed") return "agreed";
    for (const side of ["min", "max"]) {
      if (test[side] === undefined) continue;
      const n = number(value, side);
      if (n === undefined) return "missing";
      if (side === "min" ? n < test.min : n > test.max) return "out";
    }
    return "in";
  }
  function wordsOf(value) { return Array.isArray(value) ? value.map(String) : [String(value)]; }
  function inBand(band, value) {
    const n = number(value, "max"), [from, to] = band.split("-");
    return n !== undefined && n >= Number(from) && (to === "" || n < Number(to));
  }

  const facets = all("[data-filter]", form).map((field) => ({
    key: field.dataset.filter,
    options: all("[data-option]", field).map((node) => ({ node, word: node.dataset.option, band: node.hasAttribute("data-band"), count: 0 })),
  })).filter((facet) => facet.options.length);
  // Which choices a value meets never changes: asked once for each value; a row holds the number of its value, and one
  // pass counts values, not choices.
  for (const facet of facets) {
    const known = new Map();
    facet.met = [[]];
    facet.of = Uint32Array.from(rows, (row) => {
      const value = row.values[facet.key], name = String(value);
      if (value === undefined) return 0;
      if (!known.has(name)) known.set(name, facet.met.push(facet.options.filter((option) => option.band ? inBand(option.word, value) : wordsOf(value).includes(option.word))) - 1);
      return known.get(name);
    });
    facet.seen = new Uint32Array(facet.met.length);
  }

  // One pass over all rows. A row that fails one field alone still counts for the choices of that field.
  function sift(active, unsure) {
    const found = { visible: [], missing: 0, agreed: 0, relax: new Map() };
    for (const facet of facets) facet.seen.fill(0);
    for (const row of rows) {
      let failed = null, fails = 0, unknown = "";
      for (const test of active) {
        const answer = judge(test, row.values[test.key]);
        if (answer === "in") continue;
        if (answer !== "out") {
          unknown = answer;
          if (unsure) continue;
        }
        fails += 1;
        failed = { test, answer };
        if (fails > 1 && answer === "out") break;
      }
      if (fails === 0) found.visible.push(row);
      else if (fails === 1 && unknown && failed.answer !== "out") found[unknown] += 1;
      else if (fails === 1) relax(found.relax, failed.test, row.values[failed.test.key]);
      if (fails > 1) continue;
      for (const facet of facets) {
        if (fails && facet.key !== failed.test.key) continue;
        facet.seen[facet.of[row.at]] += 1;
      }
    }
    for (const facet of facets) {
      for (const option of facet.options) option.count = 0;
      facet.met.forEach((options, value) => { for (const option of options) option.count += facet.seen[value]; });
    }
    return found;
  }
  // What giving way in one field alone would bring: how many rows, and the nearest limit that lets one in.
  function relax(map, test, value) {
    const way = map.get(test.key) || { test, rows: 0 };
    way.rows += 1;
    const low = number(value, "max"), high = number(value, "min");
    const nearest = (side, n, better) => {
      if (n === way[side]) way.gain += 1;
      else if (way[side] === undefined || better) { way[side] = n; way.gain = 1; }
    };
    if (test.max !== undefined && low > test.max) nearest("max", low, low < way.max);
    if (test.min !== undefined && high < test.min) nearest("min", high, high > way.min);
    map.set(test.key, way);
  }

  function sorted(list) {
    const sort = form.elements.sort.value, down = sort.startsWith("-"), key = down ? sort.slice(1) : sort;
    if (!sort) return list;
    const of = (row) => {
      const value = row.values[key], n = number(value, down ? "min" : "max");
      return n !== undefined ? n : typeof value === "string" && value !== "agreed" ? value : undefined;
    };
    const keyed = list.map((row) => [of(row), row]);
    keyed.sort(([x, a], [y, b]) => {
      if (x === undefined || y === undefined) return x === y ? a.at - b.at : x === undefined ? 1 : -1;
      return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1) || a.at - b.at;
    });
    return keyed.map(([, row]) => row);
  }

  // Other units, for reading only: 亩 for square metres, the month's rent for the rent of one square metre.
  function converted(column, row) {
    const value = row.values[column.key], m2 = area && number(row.values[area.key], "max");
    const print = (n, digits) => n.toLocaleString(undefined, { maximumFractionDigits: digits });
    if (column.unit === "m2" && chosen("unit") === "mu" && typeof value === "number") return print(value / MU, 2) + " " + say("mu");
    if (column.unit === "元/㎡·月" && chosen("rent") === "month" && m2) {
      const ends = (Array.isArray(value) ? value : [value]).filter((end) => typeof end === "number");
      if (ends.length) return ends.map((end) => print(end * m2, 0)).join("–") + " " + say("per_month");
    }
    return "";
  }
  function convert(row, cells) {
    columns.forEach((column, at) => {
      if (column.unit !== "m2" && column.unit !== "元/㎡·月") return;
      const cell = cells[at], other = converted(column, row);
      let text = cell.querySelector("[data-converted]");
      if (!other && !text) return;
      if (!text) {
        // A plain cell is bare text, which cannot be hidden; its element comes when it is needed.
        if (!cell.children.length) {
          const bare = document.createElement("span");
          bare.append(...cell.childNodes);
          cell.append(bare);
        }
        text = document.createElement("span");
        text.setAttribute("data-converted", "");
        cell.append(text);
      }
      text.textContent = other;
      for (const part of cell.children) if (part !== text) part.hidden = Boolean(other);
    });
  }

  let drawn = [];
  function draw(list) {
    body.textContent = "";
    drawn = list;
    more(0);
  }
  // Rows that stand already are not touched: a reader may be about to press one.
  function more(from) {
    const root = form.dataset.root;
    for (const row of drawn.slice(from, shown)) {
      const line = document.createElement("tr"), name = document.createElement("th"), link = document.createElement("a");
      line.dataset.record = data.record[row.at];
      line.dataset.row = data.key[row.at];
      name.scope = "row";
      link.href = root + data.path[row.at];
      link.textContent = data.title[row.at] + (data.key[row.at] ? " " + data.key[row.at] : "");
      name.append(link);
      line.append(name);
      data.cells[row.at].forEach((text, at) => {
        const cell = document.createElement("td"), span = document.createElement("span");
        cell.dataset.label = columns[at].label;
        span.textContent = text || say("missing");
        cell.append(span);
        line.append(cell);
      });
      body.append(line);
      row.row = line;
      row.dressed = false;
      dress(row);
    }
  }
  // Adds the two buttons of a row and its numbers in the chosen units.
  function dress(row) {
    if (!row.dressed) {
      row.row.cells[0].append(site.controls(form.dataset.of, row.name, row.row.querySelector("a").textContent, say));
      row.dressed = true;
    }
    convert(row, Array.prototype.slice.call(row.row.cells, 1));
  }
  function show() {
    const list = sorted(visible);
    if (data) return draw(list);
    const keep = new Set(visible), sort = form.elements.sort.value;
    for (const row of rows) row.row.hidden = !keep.has(row);
    if (sort !== order) {
      body.append(...sorted(rows).map((row) => row.row));
      order = sort;
    }
    visible.forEach(dress);
  }

  function chosen(name) { return form.elements[name] ? form.elements[name].value : ""; }
  function label(key) { return form.querySelector('[data-filter="' + key + '"]').dataset.label; }
  function unitOf(key) { return form.querySelector('[data-filter="' + key + '"]').dataset.unit || ""; }
  function clear(key) {
    for (const input of all('[data-filter="' + key + '"] input', form)) {
      if (input.type === "checkbox") input.checked = false; else input.value = "";
    }
  }
  function button(text, name, work) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    if (name) made.setAttribute("aria-label", name);
    made.addEventListener("click", () => { work(); apply("push"); status.focus(); });
    return made;
  }
  function chips(active) {
    const list = find("[data-chips]");
    list.textContent = "";
    for (const test of active) {
      const unit = unitOf(test.key);
      const what = test.words ? test.words.map((word) => form.querySelector('[data-filter="' + test.key + '"] [data-option="' + CSS.escape(word) + '"]')?.dataset.words || word).join(say("or"))
        : test.day ? say("by", test.day)
          : test.min !== undefined && test.max !== undefined ? test.min + "–" + test.max + " " + unit
            : (test.min !== undefined ? "≥ " + test.min : "≤ " + test.max) + " " + unit;
      const words = label(test.key) + " " + what, item = document.createElement("li");
      item.append(button(words + " ×", say("remove", words), () => clear(test.key)));
      list.append(item);
    }
  }
  function advise(found, active) {
    const box = find("[data-advice]");
    box.textContent = "";
    box.hidden = found.visible.length > 0 || active.length === 0;
    if (box.hidden) return;
    const ways = Array.from(found.relax.values()).sort((a, b) => b.rows - a.rows).slice(0, 4);
    const lead = document.createElement("p"), list = document.createElement("ul");
    lead.textContent = ways.length ? say("relax") : say("relax_none");
    for (const way of ways) {
      const item = document.createElement("li"), test = way.test, unit = unitOf(test.key);
      const words = way.max !== undefined ? say("raise", label(test.key), way.max + " " + unit, way.gain)
        : way.min !== undefined ? say("lower", label(test.key), way.min + " " + unit, way.gain) : say("drop", label(test.key), way.rows);
      item.append(button(words, "", () => {
        if (way.max !== undefined) form.elements[test.key + ".max"].value = way.max;
        else if (way.min !== undefined) form.elements[test.key + ".min"].value = way.min;
        else clear(test.key);
      }));
      list.append(item);
    }
    box.append(lead, list);
  }

  function apply(remember) {
    const active = tests(), unsure = form.elements.unsure;
    const found = sift(active, unsure.checked);
    visible = found.visible;
    shown = SCREEN;
    for (const facet of facets) {
      for (const option of facet.options) {
        option.node.querySelector("[data-count]").textContent = option.count;
        option.node.classList.toggle("is-empty", option.count === 0);
      }
    }
    const held = found.missing + found.agreed;
    const parts = [say(form.dataset.found, visible.length)];
    if (found.missing) parts.push(say("held_missing", found.missing));
    if (found.agreed) parts.push(say("held_agreed", found.agreed));
    status.textContent = parts.join(say("stop"));
    unsure.closest("label").hidden = !held && !unsure.checked;
    all("[data-go]", form).forEach((node) => { node.textContent = say("show", visible.length); });
    chips(active);
    advise(found, active);
    table.classList.toggle("is-cards", (chosen("view") || (form.dataset.cards === "true" ? "cards" : "")) === "cards");
    show();
    if (remember === "push" || remember === "replace") address(remember);
  }
  function address(how) {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
    const next = location.pathname + (query.toString() ? "?" + query : "");
    if (next === location.pathname + location.search) return;
    try { history[how + "State"](null, "", next); } catch (error) { /* a page opened from a folder may refuse */ }
  }
  function restore() {
    form.reset();
    new URLSearchParams(location.search).forEach((value, name) => {
      const inputs = all("[name]", form).filter((input) => input.name === name);
      for (const input of inputs) {
        if (input.type === "checkbox") { if (input.value === value) input.checked = true; } else input.value = value;
      }
    });
  }

  // The rows that are shown, as a table for a spreadsheet; a cell that it would run begins with an apostrophe.
  function csv() {
    const cell = (text) => '"' + (/^[=+\-@\t\r＝＋－＠]/.test(text) && isNaN(Number(text)) ? "'" + text : text).replace(/"/g, '""') + '"';
    const link = (row) => new URL(data ? form.dataset.root + data.path[row.at] : row.row.querySelector("a").getAttribute("href"), location.href).href;
    const texts = (row) => data ? [data.title[row.at] + " " + data.key[row.at]].concat(data.cells[row.at])
      : [row.row.querySelector("a").textContent].concat(Array.from(row.row.cells).slice(1).map((td) => td.textContent.trim()));
    const lines = [[table.tHead.rows[0].cells[0].textContent].concat(columns.map((column) => column.label), say("link"))];
    for (const row of sorted(visible)) lines.push(texts(row).concat(link(row)));
    const blob = new Blob(["\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" });
    const a = document.createElement("a");
    a.href = URL.createObjectURL(blob);
    a.download = form.dataset.of + ".csv";
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 1000);
  }

  status.tabIndex = -1;
  restore();
  form.addEventListener("submit", (event) => { event.preventDefault(); apply("push"); status.scrollIntoView({ block: "start" }); });
  form.addEventListener("input", () => apply());
  // Every change was an input before. Drawing again here would take away the row on which the reader is just pressing.
  form.addEventListener("change", () => address("push"));
  form.addEventListener("reset", () => setTimeout(() => apply("push")));
  form.addEventListener("click", (event) => {
    const preset = event.target.closest("[data-band]");
    if (!preset) return;
    const [from, to] = preset.dataset.option.split("-"), key = preset.closest("[data-filter]").dataset.filter;
    form.elements[key + ".min"].value = from === "0" ? "" : from;
    form.elements[key + ".max"].value = to;
    apply("push");
  });
  window.addEventListener("popstate", () => { restore(); apply(); });
  find("[data-csv]").addEventListener("click", csv);
  site.bar(form.dataset.of, find("[data-bar]"), say);
  if (data) window.addEventListener("scroll", () => {
    if (shown < visible.length && innerHeight + scrollY > document.body.offsetHeight - 400) { shown += SCREEN; more(shown - SCREEN); }
  }, { passive: true });
  apply();
})();
