// The fit report: every space and every park against the answers, point by point. What is not known is never counted as met.
(() => {
  "use strict";
  const form = document.querySelector("[data-fit]"), types = window.parkpressFit;
  if (!form || !types) return;
  const needs = window.parkpressNeeds, site = window.parkpress, say = site.words(form), root = form.dataset.root;
  const status = document.querySelector("[role=status]"), results = document.querySelector("[data-results]");
  for (const node of document.querySelectorAll("[data-no-script]")) node.hidden = true;
  const SCREEN = 12, lang = document.documentElement.lang, SIGN = { met: "✓ ", unmet: "✗ ", unknown: "? " };

  // The rows of a large finder stand in its own script; the others bring theirs.
  for (const type of types) {
    const rows = type.at ? window.parkpressRows[type.of] : type;
    const at = (n) => (type.at ? type.at[n] : n);
    type.total = (type.at || type.path).length;
    type.row = (n) => ({ path: rows.path[at(n)], title: rows.title[at(n)], key: rows.key[at(n)], parent: rows.parent[at(n)] });
    type.value = (check, n) => (check.column in type.values ? type.values[check.column][n] : rows.values[check.column][at(n)]);
  }

  function element(name, words, look) {
    const node = document.createElement(name);
    if (words !== undefined) node.textContent = words;
    if (look) node.className = look;
    return node;
  }
  function print(n) { return n.toLocaleString(lang, { maximumFractionDigits: 2 }); }
  // A value of an offer as people read it.
  function shown(check, value) {
    if (value === null || value === undefined) return say("missing");
    if (value === "agreed") return say("agreed");
    if (check.test === "named") return check.texts[value].slice(0, 2).map((text, n) => text && (n ? say("fit_refused", text) : text)).filter(Boolean).join(say("stop"));
    const list = Array.isArray(value) ? value : [value];
    if (check.words) return list.map((word) => check.words[word] || word).join("、");
    return list.filter((n) => typeof n === "number").map(print).join("–") + (check.unit ? " " + check.unit : "");
  }
  function wish(check, answer) {
    const sign = { at_least: "≥ ", at_most: "≤ " }[answer.number === undefined ? "" : check.test] || "";
    return sign + answer.text;
  }

  function judge(type, given) {
    const asked = type.checks.filter((check) => given.has(check.question)), offers = [];
    for (let n = 0; n < type.total; n += 1) {
      const offer = { n, results: [], met: 0, unmet: 0, unknown: 0 };
      for (const check of asked) {
        const result = needs.compare(check, given.get(check.question), type.value(check, n));
        offer.results.push(result);
        offer[result] += 1;
      }
      offers.push(offer);
    }
    offers.sort((a, b) => b.met - a.met || a.unmet - b.unmet || a.n - b.n);
    return { type, asked, offers, whole: offers.filter((offer) => offer.met === asked.length).length };
  }

  function draw(report, given, list, from, to) {
    const { type, asked } = report;
    for (const offer of report.offers.slice(from, to)) {
      const row = type.row(offer.n), item = element("li", undefined, offer.met === asked.length ? "fit fit--all" : "fit");
      const name = row.title + (row.key ? " " + row.key : ""), heading = element("h3"), link = element("a", name);
      link.href = root + row.path;
      heading.append(link);
      const checks = element("ul", undefined, "fit__checks");
      asked.forEach((check, at) => {
        const result = offer.results[at], value = type.value(check, offer.n), line = element("li");
        const unstated = result === "unknown" && value !== null && value !== "agreed";
        const words = element("span", check.label + " " + (unstated ? say("fit_unstated", shown(check, value)) : shown(check, value)) + " ");
        words.append(element("small", say("fit_wish", wish(check, given.get(check.question)))));
        line.append(element("strong", SIGN[result] + say("fit_" + result), "is-" + result), " ", words);
        checks.append(line);
      });
      item.append(heading);
      if (row.parent) item.append(element("p", row.parent, "clause__of"));
      item.append(element("p", say("fit_count", offer.met, offer.unmet, offer.unknown)), checks);
      if (form.dataset.enquiryPath) {
        const links = element("p", undefined, "fit__links"), ask = element("a", say("fit_ask"));
        const query = new URLSearchParams(location.search);
        query.set("about", name);
        ask.href = root + form.dataset.enquiryPath + "?" + query;
        ask.setAttribute("aria-label", say("fit_ask") + " " + name);
        links.append(ask);
        item.append(links);
      }
      list.append(item);
    }
  }
  // The same wishes as the finder of the type understands them.
  function filters(report, given) {
    const query = new URLSearchParams(report.type.always);
    for (const check of report.asked) {
      if (!check.filter || check.test === "named") continue;
      const answer = given.get(check.question);
      if (answer.number !== undefined) query.append(check.filter + (check.test === "at_least" ? ".min" : ".max"), answer.number);
      else for (const word of answer.words.flatMap((word) => (check.means && check.means[word]) || [word])) query.append(check.filter, word);
    }
    return query.toString();
  }

  function work() {
    const given = needs.answers(form), reports = types.map((type) => judge(type, given)).filter((report) => report.asked.length);
    results.textContent = "";
    needs.tell(form, given, say);
    status.textContent = reports.length ? reports.map((report) => say("fit_found", report.type.label, report.offers.length, report.whole)).join(say("stop")) : say("fit_ask_first");
    for (const report of reports) {
      const part = element("section"), list = element("ul", undefined, "fits"), query = filters(report, given);
      part.append(element("h2", report.type.label));
      if (query) {
        const way = element("p", undefined, "fit__links"), link = element("a", say("fit_finder"));
        link.href = root + report.type.list + "?" + query;
        way.append(link);
        part.append(way);
      }
      part.append(list);
      draw(report, given, list, 0, SCREEN);
      if (report.offers.length > SCREEN) {
        let drawn = SCREEN;
        const way = element("p", undefined, "tools"), more = element("button", say("fit_more", report.offers.length - drawn), "plain");
        more.type = "button";
        more.addEventListener("click", () => {
          draw(report, given, list, drawn, drawn + SCREEN);
          list.children[drawn].querySelector("a").focus();
          drawn += SCREEN;
          way.hidden = drawn >= report.offers.length;
          more.textContent = say("fit_more", report.offers.length - drawn);
        });
        way.append(more);
        part.append(way);
      }
      results.append(part);
    }
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); status.focus(); status.scrollIntoView({ block: "start" }); });
  needs.bind(form, work);
})();
