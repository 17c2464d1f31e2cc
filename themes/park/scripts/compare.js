// The comparison: up to four rows side by side, from the address (?rows=…) or from the reader's own list.
(() => {
  "use strict";
  const box = document.querySelector("[data-comparison]");
  if (!box) return;
  const site = window.parkpress, say = site.words(box), of = box.dataset.of, root = box.dataset.root;
  const parts = box.dataset.parts.split(" "), MOST = 4;
  const asked = new URLSearchParams(location.search).get("rows");
  const saved = site.list("saved", of);
  const names = (asked === null ? saved.get() : asked.split(",")).filter((name, at, all) => name && all.indexOf(name) === at);

  // The same sum as at build time (FNV-1a, 32 bits): it says in which part a record stands.
  function partOf(name) {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(name.split(":")[0])) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return hash % parts.length;
  }
  function load(part) {
    return new Promise((done) => {
      const script = document.createElement("script");
      script.src = root + parts[part];
      script.onload = script.onerror = done;
      document.head.append(script);
    });
  }
  function make(tag, text, attributes) {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
    return node;
  }
  function show(chosen, labels) {
    const table = make("table", undefined, { class: "table compare-table" });
    table.append(make("caption", say("compare_caption", chosen.length)));
    const head = table.createTHead().insertRow();
    head.append(make("th", say("item"), { scope: "col" }));
    for (const row of chosen) {
      const th = make("th", undefined, { scope: "col" });
      th.append(make("a", row.title + (row.key ? " " + row.key : ""), { href: root + row.path }));
      head.append(th);
    }
    const lines = table.createTBody();
    labels.forEach((label, at) => {
      const texts = chosen.map((row) => row.cells[at] || "");
      if (!label || texts.every((text) => !text)) return;
      const line = lines.insertRow(), differs = chosen.length > 1 && texts.some((text) => text !== texts[0]);
      const th = make("th", label, { scope: "row" });
      if (differs) th.append(" ", make("small", say("differs"), { class: "differs" }));
      line.append(th);
      for (const text of texts) {
        const td = line.insertCell();
        td.append(make("span", text || say("missing"), text ? {} : { class: "missing" }));
      }
    });
    const region = box.querySelector("[data-table]");
    region.hidden = false;
    region.textContent = "";
    region.append(table);
  }
  function choose(rows, labels) {
    const list = box.querySelector("[data-list]");
    const chosen = new Set(rows.slice(0, MOST).map((row) => row.row));
    const paint = () => {
      show(rows.filter((row) => chosen.has(row.row)), labels);
      share(rows);
    };
    list.textContent = "";
    if (rows.length > 1 || asked === null) {
      for (const row of rows) {
        const item = make("li"), label = make("label"), tick = make("input", undefined, { type: "checkbox" });
        tick.checked = chosen.has(row.row);
        tick.addEventListener("change", () => {
          if (tick.checked && chosen.size >= MOST) {
            tick.checked = false;
            site.announce(say("compare_full"));
          } else chosen[tick.checked ? "add" : "delete"](row.row);
          paint();
        });
        label.append(tick, " " + row.title + (row.key ? " " + row.key : ""));
        item.append(label);
        if (asked === null) {
          const remove = make("button", say("saved_off"), { type: "button", class: "pick", "aria-label": say("saved_off") + " " + row.title + " " + row.key });
          remove.addEventListener("click", () => { saved.toggle(row.row); location.reload(); });
          item.append(" ", remove);
        }
        list.append(item);
      }
    }
    paint();
  }
  function share(rows) {
    const link = location.origin === "null" ? location.href.split("?")[0] : location.origin + location.pathname;
    const url = link + "?rows=" + rows.map((row) => encodeURIComponent(row.row)).join(",");
    const copy = box.querySelector("[data-share]"), mail = box.querySelector("[data-mail]");
    copy.hidden = mail.hidden = false;
    copy.onclick = () => site.copy(url, say("copied"));
    const lines = rows.map((row) => row.title + " " + row.key).concat(url);
    mail.href = "mailto:?subject=" + encodeURIComponent(document.title) + "&body=" + encodeURIComponent(lines.join("\n"));
  }

  for (const node of document.querySelectorAll("[data-no-script]")) node.hidden = true;
  box.hidden = false;
  if (asked === null) document.querySelector("h1").textContent = say("saved_title");
  const status = box.querySelector("[role=status]");
  if (!names.length) {
    status.textContent = say("compare_empty");
    return;
  }
  Promise.all(Array.from(new Set(names.map(partOf)), load)).then(() => {
    const loaded = window.parkpressCompare || [], byName = new Map();
    for (const part of loaded) for (const row of part.rows) byName.set(row.row, row);
    const rows = names.map((name) => byName.get(name)).filter(Boolean);
    const lost = names.length - rows.length;
    status.textContent = lost ? say("compare_lost", lost) : "";
    if (rows.length) choose(rows, loaded[0].labels);
  });
})();
