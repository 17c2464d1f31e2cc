// What several pages share: words, the reader's own lists, copying, printing, reading modes. Nothing leaves the browser.
// It stands in the head, so that the modes are there before the page is first seen.
(() => {
  "use strict";
  const MOST = { saved: 50, compare: 4 };
  const root = document.documentElement;

  function read(key, otherwise) {
    try { return JSON.parse(localStorage.getItem("parkpress." + key)) || otherwise; } catch (error) { return otherwise; }
  }
  function write(key, value) {
    try { localStorage.setItem("parkpress." + key, JSON.stringify(value)); } catch (error) { /* private windows may refuse; the page works without */ }
  }
  // The words of a part of the page; {0}, {1} are places for values.
  function words(node) {
    const known = JSON.parse(node.dataset.words || "{}");
    return (key, ...values) => (known[key] || key).replace(/\{(\d)\}/g, (_, n) => values[n]);
  }
  const memory = {};
  function list(kind, of) {
    const key = kind + "." + of;
    return {
      get: () => memory[key] || (memory[key] = read(key, [])),
      has(name) { return this.get().includes(name); },
      // false: the list is full.
      toggle(name) {
        const names = this.get().slice(), at = names.indexOf(name);
        if (at >= 0) names.splice(at, 1);
        else if (names.length >= MOST[kind]) return false;
        else names.push(name);
        this.set(names);
        return true;
      },
      set(names) {
        memory[key] = names;
        write(key, names);
        document.dispatchEvent(new CustomEvent("parkpress:lists"));
      },
    };
  }
  // The buttons of one row: compare it, save it. One listener repaints them all, so that rows may come and go.
  function controls(of, name, title, say) {
    const box = document.createElement("span");
    box.className = "picks";
    for (const kind of ["compare", "saved"]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "pick";
      button.setAttribute("aria-label", say(kind) + " " + title);
      button.repaint = () => {
        const on = list(kind, of).has(name);
        button.setAttribute("aria-pressed", String(on));
        button.textContent = say(on ? kind + "_on" : kind);
      };
      button.addEventListener("click", () => {
        if (!list(kind, of).toggle(name)) announce(say("compare_full"));
      });
      button.repaint();
      box.append(button);
    }
    return box;
  }
  document.addEventListener("parkpress:lists", () => {
    for (const button of document.querySelectorAll(".pick")) if (button.repaint) button.repaint();
  });
  // The bar below a list: how many are chosen, and where to compare them.
  function bar(of, node, say) {
    if (!node) return;
    const paint = () => {
      const chosen = list("compare", of).get(), saved = list("saved", of).get();
      node.hidden = !chosen.length && !saved.length;
      const compare = node.querySelector("[data-compare]"), mine = node.querySelector("[data-saved]");
      compare.hidden = !chosen.length;
      compare.textContent = say("compare_go", chosen.length);
      compare.href = compare.dataset.href + "?rows=" + chosen.map(encodeURIComponent).join(",");
      mine.hidden = !saved.length;
      mine.textContent = say("saved_go", saved.length);
    };
    node.querySelector("[data-clear]").addEventListener("click", () => list("compare", of).set([]));
    document.addEventListener("parkpress:lists", paint);
    window.addEventListener("storage", () => {
      for (const key of Object.keys(memory)) delete memory[key];
      document.dispatchEvent(new CustomEvent("parkpress:lists"));
    });
    paint();
  }
  function announce(text) {
    let live = document.querySelector("[data-live]");
    if (!live) {
      live = document.createElement("p");
      live.className = "toast";
      live.setAttribute("role", "alert");
      live.setAttribute("data-live", "");
      document.body.append(live);
    }
    live.textContent = text;
    clearTimeout(live.timer);
    live.timer = setTimeout(() => { live.textContent = ""; }, 6000);
  }
  function copy(text, done) {
    const fallback = () => {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const ok = document.execCommand("copy");
      area.remove();
      announce(ok ? done : text);
    };
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(() => announce(done), fallback);
    else fallback();
  }

  // Reading modes: elder, its still larger letters, and high contrast. Links switch them (#elder works without this script).
  const on = read("modes", {}), MODES = ["elder", "larger", "contrast"];
  if (location.hash === "#elder" || /[?&]elder=1/.test(location.search)) on.elder = true;
  for (const mode of MODES) root.toggleAttribute("data-" + mode, Boolean(on[mode]));
  write("modes", on);
  function modes() {
    for (const button of document.querySelectorAll("[data-mode]")) {
      const mode = button.dataset.mode;
      button.setAttribute("aria-pressed", String(Boolean(on[mode])));
      button.addEventListener("click", () => {
        on[mode] = !on[mode];
        root.toggleAttribute("data-" + mode, on[mode]);
        button.setAttribute("aria-pressed", String(on[mode]));
        write("modes", on);
        if (!on.elder && location.hash === "#elder") history.replaceState(null, "", location.pathname + location.search);
      });
    }
  }
  // What only a script can use is shown, and what stands in for it put away, while the page still comes in: after the
  // first picture of the page everything below would jump.
  function arrange() {
    for (const node of document.querySelectorAll("[data-finder][hidden], [data-with-script][hidden], [data-mode][hidden], [data-copy-link][hidden], [data-print][hidden]")) node.hidden = false;
    for (const link of document.querySelectorAll("a[data-elder-link]")) link.hidden = true;
    if (!document.querySelector("[data-finder]")) return;
    for (const node of document.querySelectorAll("[data-no-script]")) node.hidden = true;
    if (window.matchMedia("(max-width:40rem)").matches) for (const panel of document.querySelectorAll(".finder__panel[open]")) panel.open = false;
  }
  const arranging = new MutationObserver(arrange);
  arranging.observe(root, { childList: true, subtree: true });

  window.parkpress = { words, list, controls, bar, announce, copy };
  document.addEventListener("DOMContentLoaded", () => {
    arranging.disconnect();
    arrange();
    modes();
    for (const button of document.querySelectorAll("[data-copy-link]")) button.addEventListener("click", () => copy(location.href, button.dataset.done));
    for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
  });
})();
