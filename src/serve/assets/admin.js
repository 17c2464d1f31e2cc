// The pages of the forms: the list of records, the choice of a type, and the way between them.
(function () {
  "use strict";
  var app = window.parkpressAdmin, make = app.make, say = app.say, of = app.of;
  var main = document.querySelector("[data-main]"), most = 200, filter = { text: "", state: "" }, current = location.hash;

  function refresh() {
    return app.ask("records").then(function (found) {
      if (found.status !== 200) { app.tell(app.message(found), true); return; }
      app.records = found.told.records;
      app.lost = found.told.lost;
    });
  }

  function heading(text) { document.title = text + " · " + app.site.site; return make("h1", { tabindex: "-1", id: "top-heading" }, text); }

  function list(type) {
    var form = type && app.forms[type], fold = function (word) { return word.toLowerCase().replace(/\s+/g, ""); };
    var rank = {}, waits = function (record) { return record.errors ? 0 : ["published", "corrected", "expired", "archived", "withdrawn", "unpublished", "not_public"].indexOf(record.state) < 0 ? 1 : 2; };
    app.site.types.forEach(function (one, at) { rank[one.type] = at; });
    var own = app.records.filter(function (record) { return record.lang === app.site.languages[0] && (!type || record.type === type); });
    // What somebody has to do comes first, then the newest.
    own.sort(function (a, b) { return waits(a) - waits(b) || rank[a.type] - rank[b.type] || (a.date < b.date) - (a.date > b.date) || a.title.localeCompare(b.title, "zh"); });
    var states = own.map(function (record) { return record.state; }).filter(function (state, at, all) { return all.indexOf(state) === at; });
    if (filter.state && states.indexOf(filter.state) < 0) filter.state = "";
    var find = app.input("search", filter.text), state = make("select", {}, make("option", { value: "" }, say("any_state")), states.map(function (word) { return make("option", { value: word }, say("state_" + word)); }));
    state.value = filter.state;
    var count = make("p", { class: "hint", role: "status" }), rows = make("tbody", {});
    var table = make("table", { class: "list" }, make("caption", { class: "visually-hidden" }, form ? of(form.label) : say("all")), make("thead", {}, make("tr", {}, [say("title"), say("state"), say("problems")].map(function (text) { return make("th", { scope: "col" }, text); }))), rows);
    function draw() {
      filter.text = find.value;
      filter.state = state.value;
      var wanted = fold(find.value), found = own.filter(function (record) { return (!wanted || fold(record.title + " " + record.id).indexOf(wanted) >= 0) && (!state.value || record.state === state.value); });
      app.clear(rows);
      app.add(rows, found.slice(0, most).map(row));
      count.textContent = found.length > most ? say("shown_of", most, found.length) : found.length ? say("count", found.length) : say("none");
      table.hidden = !found.length;
    }
    function row(record) {
      var name = record.title || record.id, more = [make("code", {}, record.id)];
      if (!type) more.unshift(of(app.forms[record.type].label) + " · ");
      return make("tr", {},
        make("th", { scope: "row" }, make("a", { href: "#/edit/" + record.type + "/" + encodeURIComponent(record.id) }, name), make("span", { class: "list__more" }, more, record.table ? " · " + say("in_table_hint", record.file) : "")),
        make("td", {}, app.badge(record.state)),
        make("td", {}, record.errors ? make("span", { class: "mark mark--required" }, say("errors_n", record.errors)) : null, record.warnings ? make("span", { class: "mark" }, say("warnings_n", record.warnings)) : null));
    }
    find.addEventListener("input", draw);
    state.addEventListener("change", draw);
    var counts = {};
    app.records.forEach(function (record) { if (record.lang === app.site.languages[0]) counts[record.type] = (counts[record.type] || 0) + 1; });
    var types = [make("a", { href: "#/", "aria-current": type ? null : "page" }, say("all"))].concat(app.site.types.map(function (one) {
      return make("a", { href: "#/type/" + one.type, "aria-current": one.type === type ? "page" : null }, of(one.label), make("span", { class: "types__count" }, counts[one.type] || 0));
    }));
    var narrow = make("select", { class: "types__select" }, make("option", { value: "#/" }, say("all")), app.site.types.map(function (one) { return make("option", { value: "#/type/" + one.type }, of(one.label) + "（" + (counts[one.type] || 0) + "）"); }));
    narrow.value = type ? "#/type/" + type : "#/";
    narrow.addEventListener("change", function () { location.hash = narrow.value; });
    var choose = app.labelled(say("types"), narrow);
    choose.classList.add("types__narrow");
    app.clear(main);
    app.add(main, [make("div", { class: "lists" },
      make("nav", { class: "types", "aria-label": say("types") }, make("ul", {}, types.map(function (link) { return make("li", {}, link); }))),
      make("div", {}, make("div", { class: "list__head" }, heading(form ? of(form.label) : say("app")), make("a", { class: "button", href: type ? "#/new/" + type : "#/new" }, type ? say("new_of", of(form.label)) : say("new_record"))),
        app.lost && app.lost.length && !type ? make("div", { class: "summary summary--errors" }, make("p", {}, say("lost")), make("ul", {}, app.lost.map(function (one) { return make("li", {}, make("code", {}, one.file)); }))) : null,
        make("div", { class: "list__find" }, choose, app.labelled(say("search"), find), app.labelled(say("state"), state)), count, table))]);
    draw();
  }

  function choose() {
    app.clear(main);
    app.add(main, [make("p", {}, make("a", { href: "#/", class: "back" }, "‹ " + say("back"))), heading(say("choose_type")), make("ul", { class: "doors" }, app.site.types.map(function (one) { return make("li", {}, make("a", { href: "#/new/" + one.type }, of(one.label))); }))]);
  }

  function missing(found) {
    app.clear(main);
    app.add(main, [make("p", {}, make("a", { href: "#/", class: "back" }, "‹ " + say("back"))), heading(say("app")), make("p", { class: "problem problem--error" }, app.message(found))]);
  }

  // Goes where the address says. The first part is the page, then type, id and language.
  function go(first) {
    var way = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent), form = app.forms[way[1]];
    current = location.hash;
    app.leaving = null;
    var then = function () { var top = document.getElementById("top-heading"); window.scrollTo(0, 0); if (top && !first) top.focus({ preventScroll: true }); };
    // Ids of pages may have slashes; what follows the last one may be a language.
    var rest = way.slice(2), lang = rest.length > 1 && app.site.languages.indexOf(rest[rest.length - 1]) > 0 ? rest.pop() : "", id = rest.join("/");
    if (way[0] === "new" && form && id && lang) {
      app.ask("record", { type: form.type, id: id }).then(function (found) {
        if (found.status !== 200) { missing(found); then(); return; }
        app.show(main, form, { id: id, lang: lang, title: found.told.title, values: {}, body: "", problems: [], digest: "" }, true);
        then();
      });
    } else if (way[0] === "new" && form) { app.show(main, form, { values: start(form), body: "", problems: [], lang: "", digest: "" }, true); then(); }
    else if (way[0] === "new") { choose(); then(); }
    else if ((way[0] === "edit" || way[0] === "history") && form) {
      app.ask("record", { type: form.type, id: id, lang: lang }).then(function (found) {
        if (found.status !== 200) { missing(found); then(); return; }
        if (way[0] === "edit") { app.show(main, form, found.told, false); then(); } else app.past(main, form, found.told).then(then);
      });
    } else if (way[0] === "whole" && form) {
      app.ask("whole", { type: form.type, id: id }).then(function (found) {
        if (found.status !== 200) missing(found); else app.whole(main, form, found.told);
        then();
      });
    } else { list(way[0] === "type" && form ? way[1] : ""); then(); }
  }

  // What a new record says before anybody has written a word.
  function start(form) {
    var values = {};
    if (form.state) values[form.state] = "draft";
    form.fields.forEach(function (field) { if (field.key === form.date && field.required) values[field.key] = field.kind === "date" ? app.site.now.slice(0, 10) : app.site.now; });
    return values;
  }

  window.addEventListener("hashchange", function () {
    if (location.hash === current || location.hash === "#main") return;
    if (app.leaving && app.leaving() && !window.confirm(say("leave"))) { history.replaceState(null, "", current); return; }
    // What happened on the page before is told on the next one.
    app.tell.apply(null, [].concat(app.news || ""));
    app.news = null;
    refresh().then(function () { go(false); });
  });
  window.addEventListener("beforeunload", function (event) { if (app.leaving && app.leaving()) { event.preventDefault(); event.returnValue = ""; } });

  app.refresh = refresh;
  app.go = function () { go(false); };
  app.ask("forms").then(function (found) {
    if (found.status !== 200) { app.tell(app.message(found), true); return; }
    app.site = found.told;
    app.choose(app.site.tongue);
    app.forms = {};
    app.site.types.forEach(function (form) { app.forms[form.type] = form; });
    document.querySelector("[data-skip]").textContent = say("skip");
    document.querySelector("[data-home]").textContent = app.site.site + " · " + say("app");
    var top = document.querySelector("[data-top]");
    top.setAttribute("aria-label", say("tools"));
    app.add(top, [make("a", { href: "/", target: "_blank", rel: "noopener" }, say("see_site")), make("button", { type: "button", class: "button button--quiet", lang: app.language() === "zh" ? "en" : "zh-CN", click: function () {
      if (app.leaving && app.leaving() && !window.confirm(say("leave"))) return;
      app.leaving = null;
      app.turn();
      location.reload();
    } }, say("other_language"))]);
    refresh().then(function () { go(true); });
  });
  document.querySelector("[data-skip]").addEventListener("click", function (event) { event.preventDefault(); main.focus(); });
}());
