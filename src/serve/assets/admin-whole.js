// A record as a whole: a new id, withdrawal, removal. Each is shown before it is done, and can be taken back.
(function () {
  "use strict";
  var app = window.parkpressAdmin, make = app.make, say = app.say, of = app.of;

  function address(type, id, lang) { return "#/edit/" + type + "/" + encodeURIComponent(id) + (lang && lang !== app.site.languages[0] ? "/" + lang : ""); }
  function names(files) { return make("ul", {}, files.map(function (file) { return make("li", {}, make("code", {}, file)); })); }
  // Records that lead here, each a way to its form; anything else by its file.
  function leading(list) {
    return make("ul", {}, list.map(function (one) {
      var name = one.id ? make("a", { href: address(one.type, one.id, one.lang) }, of(app.forms[one.type].label) + " · " + (one.title || one.id)) : make("code", {}, one.file);
      return make("li", {}, name, " ", make("span", { class: "hint" }, say("lines", one.file, one.lines.join(say("comma")))));
    }));
  }

  // Takes a change back; `then` is the page that is shown afterwards.
  function undoing(change, then) {
    return !change ? [] : [{ name: say("undo_change"), act: function () {
      app.act("undo", { change: change }).then(function (back) {
        if (back.status !== 200) { app.tell(app.message(back), true); return; }
        leave(then, [say("undone_change")]);
      });
    } }];
  }
  // Goes to another page and says there what happened.
  function leave(hash, news) {
    app.leaving = null;
    if (location.hash === hash) { app.refresh().then(function () { app.go(); app.tell.apply(null, news); }); return; }
    app.news = news;
    location.hash = hash;
  }

  function show(main, form, whole) {
    var name = whole.title || whole.id, own = { type: form.type, id: whole.id }, home = address(form.type, whole.id);
    document.title = say("whole") + " · " + name;
    app.clear(main);
    app.add(main, [
      make("p", {}, make("a", { class: "back", href: home }, "‹ " + name)),
      make("p", { class: "kind" }, of(form.label), " · ", make("code", {}, whole.id), " ", app.badge(whole.standing)),
      make("h1", { tabindex: "-1", id: "top-heading" }, say("whole")),
      make("div", { class: "wholes" }, renaming(), whole.withdrawable ? withdrawing() : null, removing())]);

    function part(key, inner) {
      return make("section", { class: "whole", "aria-labelledby": "whole-" + key }, [make("h2", { id: "whole-" + key }, say("whole_" + key))].concat(inner));
    }
    // What is refused stands where it was asked for, and is read aloud.
    function slot() { return make("div", { class: "problems", role: "alert" }); }
    function refuse(place, found) {
      var hint = found.told && found.told.hint, wrong = found.told && found.told.wrong;
      app.clear(place);
      app.add(place, [make("p", { class: "problem problem--error" }, app.message(found), hint ? make("span", { class: "problem__hint" }, of(hint)) : null),
        wrong ? make("ul", {}, wrong.map(function (one) { return make("li", {}, of(one.message), " ", make("span", { class: "hint" }, say("lines", one.file || "", one.line || ""))); })) : null,
        found.told && found.told.linked ? leading(found.told.linked) : null]);
    }
    function submit(button, act) {
      return function (event) {
        event.preventDefault();
        button.disabled = true;
        act().then(function () { button.disabled = false; });
      };
    }

    function renaming() {
      var input = app.input("text", whole.id, { spellcheck: "false", autocomplete: "off" }), place = slot(), list = make("div", { "data-plan": true });
      var look = make("button", { type: "submit", class: "button" }, say("rename_look")), hint = app.id("h");
      input.setAttribute("aria-describedby", hint);
      // Another id is another plan.
      input.addEventListener("input", function () { app.clear(list); app.clear(place); });
      var shape = make("form", { novalidate: true, submit: submit(look, ask) },
        make("p", { class: "hint", id: hint }, say("rename_hint")), app.labelled(say("rename_to"), input), place, make("p", { class: "whole__go" }, look), list);
      return part("rename", [shape]);

      function ask() {
        return app.act("rename", Object.assign({ to: input.value }, own)).then(function (found) {
          app.clear(list);
          app.clear(place);
          if (found.status !== 200) { refuse(place, found); input.focus(); return; }
          plan(found.told);
        });
      }
      function plan(told) {
        var heading = make("h3", { tabindex: "-1" }, say("rename_plan", told.id)), go = make("button", { type: "button", class: "button" }, say("rename_go"));
        app.clear(list);
        app.add(list, [make("div", { class: "plan" }, heading,
          told.cell ? make("p", {}, say("rename_cell", told.cell)) : null,
          told.moves.length ? [make("p", {}, say("rename_moves", told.moves.length)), make("ul", {}, told.moves.map(function (move) { return make("li", {}, make("code", {}, move[0]), " → ", make("code", {}, move[1])); }))] : null,
          told.links.length ? [make("p", {}, say("rename_links", told.links.reduce(function (sum, one) { return sum + one.lines.length; }, 0))), leading(told.links)] : make("p", {}, say("rename_no_links")),
          make("p", {}, told.redirect ? [say("rename_redirect"), " ", make("code", {}, told.redirect)] : say("rename_no_redirect")),
          told.signed ? make("p", { class: "problem" }, say("rename_signed")) : null,
          make("p", { class: "whole__go" }, go))]);
        go.addEventListener("click", submit(go, function () {
          return app.act("rename", Object.assign({ to: input.value, plan: told.plan }, own)).then(function (found) {
            if (found.status === 200) { leave(address(form.type, found.told.id), [say("renamed", found.told.id), false, undoing(found.told.change, home)]); return; }
            refuse(place, found);
            if (found.told.now) plan(found.told.now);
          });
        }));
        heading.focus();
      }
    }

    // What the removal looked like is out of date: shown anew.
    function again(found) {
      if (!found.told.now) return false;
      show(main, form, found.told.now);
      app.tell(app.message(found), true);
      return true;
    }

    function withdrawing() {
      var reason = app.input("text", "", { maxlength: 200, autocomplete: "off" }), place = slot(), go = make("button", { type: "submit", class: "button" }, say("to_withdrawn"));
      return part("withdraw", [make("form", { novalidate: true, submit: submit(go, function () {
        return app.act("withdraw", Object.assign({ reason: reason.value, plan: whole.plan }, own)).then(function (found) {
          app.clear(place);
          if (found.status === 200) { leave(home, [say("withdrawn"), false, undoing(found.told.change, home)]); return; }
          if (again(found)) return;
          refuse(place, found);
          reason.focus();
        });
      }) }, make("p", { class: "hint" }, say(whole["public"] ? "withdraw_first" : "withdraw_hint")), app.labelled(say("withdraw_reason"), reason), place, make("p", { class: "whole__go" }, go))]);
    }

    function removing() {
      var place = slot(), sure = make("div", { "data-sure": true }), note = make("p", { class: "hint" }, say(whole["public"] ? "remove_public" : "remove_hint"));
      if (whole.linked.length) return part("remove", [note, make("p", { class: "problem problem--error" }, say("remove_linked", whole.linked.reduce(function (sum, one) { return sum + one.lines.length; }, 0))), leading(whole.linked)]);
      var first = make("button", { type: "button", class: "button button--plain", click: function () {
        var go = make("button", { type: "button", class: "button button--bad" }, say("remove_go"));
        go.addEventListener("click", submit(go, function () {
          return app.act("remove", Object.assign({ plan: whole.plan }, own)).then(function (found) {
            if (found.status === 200) { leave("#/type/" + form.type, [say("removed", name), false, undoing(found.told.change, home)]); return; }
            if (!again(found)) refuse(place, found);
          });
        }));
        app.clear(sure);
        app.add(sure, [make("p", {}, say("remove_sure", name)), make("p", { class: "whole__go" }, go, " ", make("button", { type: "button", class: "button button--plain", click: function () { app.clear(sure); first.hidden = false; first.focus(); } }, say("remove_keep")))]);
        first.hidden = true;
        go.focus();
      } }, say("remove_ask"));
      return part("remove", [note, whole.row ? make("p", {}, say("remove_row", whole.row)) : null, whole.files.length ? [make("p", {}, say("remove_files")), names(whole.files)] : null, make("p", { class: "whole__go" }, first), sure, place]);
    }
  }

  app.whole = show;
}());
