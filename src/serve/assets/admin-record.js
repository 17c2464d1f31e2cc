// One record: its form, its problems beside the fields, its preview, its states, signatures and earlier texts.
(function () {
  "use strict";
  var app = window.parkpressAdmin, make = app.make, say = app.say, of = app.of;

  function context(form, record, changed) {
    return { forms: app.forms, records: app.records, lang: app.site.languages[0], file: record.file || "content/" + form.folder + "/x.md", largest: app.site.largest, changed: changed };
  }

  // The fields of a type in sections: what must be filled in, the main facts, the sections of the type, the prose, the rest.
  function sections(form, inTable) {
    var own = form.fields.filter(function (field) { return field.key !== form.state && field.key !== form.body; });
    var first = own.filter(function (field) { return field.required && field.key !== form.rows; });
    first.sort(function (a, b) { return (b.key === form.title) - (a.key === form.title); });
    var rest = own.filter(function (field) { return first.indexOf(field) < 0; });
    var main = rest.filter(function (field) { return field.key === form.summary || field.key === form.cover || !field.common && !field.section; });
    var made = [{ key: "required", label: say("required_part"), fields: first }, { key: "main", label: say("main_part"), fields: main.filter(function (field) { return field.key !== form.rows; }) }];
    var rows = rest.filter(function (field) { return field.key === form.rows; });
    if (rows.length) made.push({ key: "rows", label: of(rows[0].label), fields: rows });
    form.sections.forEach(function (section) {
      made.push({ key: "s-" + section.key, label: of(section.label), fields: rest.filter(function (field) { return field.section === section.key && rows.indexOf(field) < 0 && main.indexOf(field) < 0; }) });
    });
    made.push({ key: "body", label: say("body_part"), fields: [] });
    made.push({ key: "office", label: say("office_part"), fields: rest.filter(function (field) { return field.common && main.indexOf(field) < 0 && !field.private; }) });
    made.push({ key: "private", label: say("private_part"), fields: rest.filter(function (field) { return field.common && main.indexOf(field) < 0 && field.private; }) });
    // A row of a table has no prose.
    return made.filter(function (section) { return section.fields.length || section.key === "body" && form.body && !inTable; });
  }

  // Shows a record. `fresh` says that it is to be made.
  function show(main, form, record, fresh) {
    var controls = {}, body = null, dirty = false, touched = {}, attempted = !fresh, timer = null, busy = false, again = false, open = app.opened || {};
    app.opened = null;
    var own = context(form, record, changed);
    // A record in another language is made beside one that there is: it takes over its id and its state.
    var idInput = null, idTouched = false, round = 0, beside = fresh && !!record.id, aim = fresh && !beside ? "draft" : null;
    var state = make("span", { class: "unsaved", role: "status" });
    var summary = make("div", { class: "summary", tabindex: "-1", "data-summary": true });
    var conflict = make("div", {});
    var frame = null, coming = null, stage = make("div", { class: "preview" });
    var frameNote = make("p", { class: "hint" });

    var parts = sections(form, record.table).map(function (section) {
      var inner = [], holder;
      if (section.key === "required" && fresh && !beside) inner.push(idField());
      section.fields.forEach(function (field) {
        controls[field.key] = app.build(field, record.values[field.key], field.key, own);
        inner.push(controls[field.key].element);
      });
      if (section.key === "body") {
        var bodyField = form.fields.filter(function (field) { return field.key === form.body; })[0];
        body = app.markdown(bodyField, record.body, form.body, own, 16);
        inner.push(body.element);
      }
      var count = section.fields.filter(function (field) { return app.filled(record.values[field.key]); }).length;
      var isOpen = open[section.key] === undefined ? section.key === "required" || section.key === "body" || section.key === "rows" && count > 0 || section.key === "main" && (fresh || count > 0) : open[section.key];
      holder = make("details", { class: "section", open: isOpen, "data-section": section.key },
        make("summary", {}, make("h2", {}, section.label), make("span", { class: "section__count" }, section.key === "rows" ? say("items", record.values[form.rows] ? record.values[form.rows].length : 0) : section.fields.length && !fresh ? say("filled", count) : "")),
        make("div", { class: "grid" }, inner));
      return holder;
    });

    var toggleAll = make("button", { type: "button", class: "button button--quiet", click: function () {
      var shut = parts.some(function (part) { return !part.open; });
      parts.forEach(function (part) { part.open = shut; });
      toggleAll.textContent = say(shut ? "close_all" : "open_all");
    } }, say("open_all"));

    var saving = make("button", { type: "submit", class: "button" }, say(fresh && !beside || record.state === "draft" ? "save_draft" : "save"));
    var showPreview = make("button", { type: "button", class: "button button--plain narrow", "aria-expanded": "false", click: function () {
      var on = side.classList.toggle("is-open");
      showPreview.setAttribute("aria-expanded", String(on));
      showPreview.textContent = say(on ? "preview_hide" : "preview_show");
      if (on) { check(); side.scrollIntoView(); }
    } }, say("preview_show"));
    var bar = make("div", { class: "bar" }, saving, showPreview, fresh ? null : moves(), state);
    var shape = make("form", { class: "record", novalidate: true, submit: function (event) { event.preventDefault(); save(fresh && !beside ? "draft" : null); } }, summary, conflict, make("p", { class: "record__tools" }, toggleAll), parts, bar);
    shape.addEventListener("input", function (event) { touch(event.target); changed(); });
    shape.addEventListener("change", function (event) { touch(event.target); changed(); });
    var side = make("aside", { class: "side", "aria-label": say("preview") }, fresh || !record.review ? null : review(), make("h2", {}, say("preview_of")), frameNote, stage);
    app.clear(main);
    app.add(main, [make("div", { class: "pair" }, make("div", { class: "pair__form" }, head(), shape), side)]);
    problems(record.problems || [], false);
    check();
    app.leaving = function () { return dirty; };

    function head() {
      var title = beside ? record.title + " · " + say("lang_" + record.lang) : fresh ? say("new_of", of(form.label)) : record.title || record.id;
      document.title = title + " · " + say("app");
      var others = fresh && !beside ? null : make("p", { class: "record__languages" }, (record.others || []).map(function (lang) {
        return make("a", { href: "#/edit/" + form.type + "/" + encodeURIComponent(record.id) + "/" + lang }, say("language_of", say("lang_" + lang)));
      }), (record.missing || []).map(function (lang) {
        return make("a", { href: "#/new/" + form.type + "/" + encodeURIComponent(record.id) + "/" + lang }, say("make_translation", say("lang_" + lang)));
      }), !record.default ? make("span", { class: "hint" }, say("translate_note")) : null);
      return make("div", { class: "record__head" },
        make("p", {}, make("a", { href: "#/type/" + form.type, class: "back" }, "‹ " + say("back"))),
        make("p", { class: "kind" }, of(form.label), fresh ? null : [" · ", make("code", {}, record.id), " ", app.badge(record.standing || record.state)]),
        make("h1", { tabindex: "-1", id: "top-heading" }, title),
        record.table ? make("p", { class: "hint" }, say("in_table_note", record.file)) : null,
        fresh ? null : make("p", { class: "record__links" },
          record.page ? make("a", { href: "/" + record.page, target: "_blank", rel: "noopener" }, say("page")) : null,
          // Only what readers see goes out of the house; the server asks the same again.
          ["published", "corrected", "expired", "archived"].indexOf(record.standing) < 0 ? null : [["wechat", say("kit_wechat")], ["poster-a4", say("kit_poster_a4")], ["poster-a3", say("kit_poster_a3")]].map(function (piece) {
            return make("a", { href: "kit/" + record.lang + "/" + form.type + "/" + encodeURIComponent(record.id) + "/" + piece[0] + ".html", target: "_blank", rel: "noopener" }, piece[1]);
          }),
          make("a", { href: "#/history/" + form.type + "/" + encodeURIComponent(record.id) + (record.default ? "" : "/" + record.lang) }, say("history_n", record.versions)),
          record.default ? make("a", { href: "#/whole/" + form.type + "/" + encodeURIComponent(record.id) }, say("whole")) : null),
        others);
    }

    function idField() {
      idInput = app.input("text", "", { spellcheck: "false" });
      idInput.addEventListener("input", function () { idTouched = true; });
      var wrap = app.labelled(say("id"), idInput, true);
      wrap.className = "field";
      wrap.setAttribute("data-path", "_id");
      var hint = app.id("h"), slot = app.id("p");
      idInput.setAttribute("aria-describedby", hint + " " + slot);
      wrap.insertBefore(make("p", { class: "hint", id: hint }, say("id_hint")), idInput);
      wrap.appendChild(make("div", { class: "problems", id: slot, "data-problems": "_id" }));
      return wrap;
    }
    function suggest() {
      if (!idInput || idTouched || !controls[form.title]) return Promise.resolve();
      var title = controls[form.title].read();
      if (!title.trim()) return Promise.resolve();
      return app.ask("suggest", { type: form.type, title: title }).then(function (found) { if (found.status === 200 && !idTouched) idInput.value = found.told.id; });
    }

    function touch(target) {
      for (var at = target; at && at !== shape; at = at.parentNode) {
        var path = at.getAttribute && at.getAttribute("data-path");
        if (path) touched[path.split(".")[0]] = true;
      }
    }
    function changed() {
      dirty = true;
      state.textContent = say("unsaved");
      clearTimeout(timer);
      timer = setTimeout(check, 900);
    }

    function read() {
      var values = {};
      Object.keys(controls).forEach(function (key) { values[key] = controls[key].read(); });
      if (form.state) values[form.state] = record.values[form.state] || "";
      return values;
    }
    function asked(word) {
      var wanted = { type: form.type, id: idInput ? idInput.value.trim() : record.id, lang: record.lang || "", "new": fresh, digest: record.digest || "", values: read(), body: body ? body.read() : record.body };
      if (word) wanted.state = word;
      return wanted;
    }

    // Has the program judge what is in the form, and shows how it would look. One at a time; the last one counts.
    function check() {
      if (busy) { again = true; return; }
      var asking = round;
      busy = true;
      frameNote.textContent = say("preview_wait");
      suggest().then(function () {
        var wanted = asked(aim);
        if (fresh && !wanted.id) wanted.id = "x";
        return app.act("check", wanted);
      }).then(function (found) {
        busy = false;
        if (!shape.isConnected) return;
        // An answer to what was asked before the last save says nothing any more.
        if (asking !== round) again = true;
        if (found.status === 200) {
          if (asking === round) problems(found.told.problems, false);
          stage.hidden = !found.told.page;
          if (found.told.page) look(found.told.page); else frameNote.textContent = say("preview_none");
        } else {
          frameNote.textContent = app.message(found);
          if (found.told.problems && asking === round) problems(found.told.problems, false);
        }
        if (again) { again = false; check(); }
      });
    }

    // Loads a page behind the one that is seen, and changes them when it is there: nothing flickers, and the place on the
    // page is kept. A frame of its own for each also keeps them out of the way back. No script of the page runs in it.
    function look(address) {
      var next = make("iframe", { class: "preview__frame is-coming", sandbox: "allow-same-origin", title: say("preview_of"), src: address });
      next.addEventListener("load", function () {
        if (next !== coming) return;
        coming = null;
        try { next.contentWindow.scrollTo(0, frame ? frame.contentWindow.scrollY : 0); } catch (error) { /* It begins at its top. */ }
        if (frame) stage.removeChild(frame);
        next.classList.remove("is-coming");
        frame = next;
        frameNote.textContent = "";
      });
      if (coming) stage.removeChild(coming);
      coming = next;
      stage.appendChild(next);
    }

    // Puts every problem beside its field, or above the form where it has none here.
    function problems(list, focus) {
      Array.prototype.forEach.call(shape.querySelectorAll("[data-problems]"), app.clear);
      Array.prototype.forEach.call(shape.querySelectorAll("[aria-invalid]"), function (control) { control.removeAttribute("aria-invalid"); });
      var shown = list.filter(function (problem) { return attempted || !problem.field || touched[problem.field.split(".")[0]]; });
      if (!attempted) shown = shown.filter(function (problem) { return problem.field; });
      var errors = [], remarks = [];
      shown.forEach(function (problem) {
        var slot = null, path = problem.field || "";
        while (path && !slot) {
          slot = shape.querySelector("[data-problems=\"" + path.replace(/["\\]/g, "\\$&") + "\"]");
          if (!slot) path = path.indexOf(".") >= 0 ? path.slice(0, path.lastIndexOf(".")) : "";
        }
        var text = of(problem.message);
        // How a line of the file would look helps nobody who fills in a form.
        var more = /^field-(missing|expected)$/.test(problem.code) ? [] : problem.hints.map(of).filter(Boolean);
        var field = slot && shape.querySelector("[data-path=\"" + path.replace(/["\\]/g, "\\$&") + "\"]");
        if (slot) {
          slot.appendChild(make("p", { class: problem.error ? "problem problem--error" : "problem" }, text, more.length ? make("span", { class: "problem__hint" }, more.join(" ")) : null, " ", make("a", { class: "problem__why", href: "/__parkpress/explain/" + problem.code, target: "_blank", rel: "noopener", title: problem.code }, say("explain"))));
          var control = field && (field.querySelector("input:not([type=file]):not([type=hidden]), select, textarea"));
          if (problem.error && control && !field.matches("fieldset")) control.setAttribute("aria-invalid", "true");
        }
        (problem.error ? errors : remarks).push({ text: text, more: more, field: field });
      });
      app.clear(summary);
      summary.classList.toggle("summary--errors", errors.length > 0);
      var entry = function (one) {
        return make("li", {}, one.field ? make("a", { href: "#main", click: function (event) { event.preventDefault(); reach(one.field); } }, one.text) : [one.text, one.more.length ? " " + one.more.join(" ") : ""]);
      };
      if (errors.length) app.add(summary, [make("h2", {}, say("fix_first", errors.length)), make("ul", {}, errors.map(entry))]);
      if (remarks.length) app.add(summary, [make("details", {}, make("summary", {}, say("look_at", remarks.length)), make("ul", {}, remarks.map(entry)))]);
      if (focus) summary.focus();
    }
    function reach(field) {
      for (var at = field; at && at !== shape; at = at.parentNode) if (at.tagName === "DETAILS") at.open = true;
      var control = field.querySelector("input:not([type=file]), select, textarea, button, input");
      field.scrollIntoView({ block: "center" });
      if (control) control.focus({ preventScroll: true });
    }

    function remember() {
      var kept = {};
      parts.forEach(function (part) { kept[part.getAttribute("data-section")] = part.open; });
      app.opened = kept;
    }

    // Saves; `word` is the state that the record shall have.
    function save(word, merged) {
      clearTimeout(timer);
      saving.disabled = true;
      // What is judged from now on is judged for the state that the record shall have.
      aim = word || aim;
      round += 1;
      app.tell("");
      state.textContent = say("saving");
      return suggest().then(function () {
        var wanted = merged || asked(word);
        if (fresh && !wanted.id) {
          saving.disabled = false;
          attempted = true;
          reach(shape.querySelector("[data-path=_id]"));
          return null;
        }
        return app.act("save", wanted);
      }).then(function (found) {
        if (!found) return;
        saving.disabled = false;
        state.textContent = dirty ? say("unsaved") : "";
        attempted = true;
        if (found.status === 200) {
          var before = record.digest, top = window.scrollY;
          dirty = false;
          remember();
          app.refresh().then(function () {
            var hash = "#/edit/" + form.type + "/" + encodeURIComponent(found.told.id) + (found.told.default ? "" : "/" + found.told.lang);
            history.replaceState(null, "", hash);
            show(main, form, found.told, false);
            window.scrollTo(0, fresh ? 0 : top);
            var same = before === found.told.digest;
            app.tell(same ? say("nothing_changed") : word ? say("saved_as", say("state_" + (found.told.standing || found.told.state))) + (word === "published" ? say("publish_note") : "") : say("saved"), false, same || fresh ? [] : [{ name: say("undo"), act: function () { undo(found.told); } }]);
          });
          return;
        }
        app.tell(app.message(found), true);
        if (found.status === 409 && found.told.now) clash(found.told.now, word);
        else if (found.told.problems) problems(found.told.problems, true);
        else if (idInput && (found.status === 409 || found.status === 422)) {
          var slot = shape.querySelector("[data-problems=_id]");
          app.clear(slot);
          slot.appendChild(make("p", { class: "problem problem--error" }, app.message(found)));
          reach(shape.querySelector("[data-path=_id]"));
        }
      });
    }

    function undo(saved) {
      var wanted = { type: form.type, id: saved.id, lang: saved.default ? "" : saved.lang };
      app.ask("history", wanted).then(function (found) {
        var newest = found.status === 200 && found.told.versions[0];
        if (!newest) { app.tell(found.status === 200 ? say("history_none") : app.message(found), true); return; }
        app.act("restore", Object.assign({ digest: saved.digest, version: newest.name }, wanted)).then(function (back) {
          if (back.status !== 200) { app.tell(app.message(back), true); return; }
          remember();
          app.refresh().then(function () { show(main, form, back.told, false); app.tell(say("undone")); });
        });
      });
    }

    function moves() {
      return make("span", { class: "moves", role: "group", "aria-label": say("moves") }, record.next.map(function (word) {
        return make("button", { type: "button", class: "button button--plain", "data-to": word, click: function () {
          if (word === "withdrawn" && form.withdrawal && controls[form.withdrawal] && !app.filled(controls[form.withdrawal].read())) {
            app.tell(say("withdraw_note"), true);
            reach(controls[form.withdrawal].element);
            return;
          }
          save(word);
        } }, say("to_" + word));
      }));
    }

    // Two texts of the same record: field by field, the person chooses.
    function clash(now, word) {
      var mine = read(), rows = [], fields = form.fields.filter(function (field) { return field.key in mine && field.key !== form.state; });
      var bare = function (value) { return JSON.stringify(strip(value)); };
      fields.forEach(function (field) {
        if (bare(mine[field.key]) !== bare(now.values[field.key])) rows.push({ key: field.key, label: of(field.label), mine: app.shown(field, mine[field.key]), theirs: app.shown(field, now.values[field.key]) });
      });
      var text = body ? body.read().trim() : record.body;
      if (text !== now.body) rows.push({ key: "", label: say("body_part"), mine: text || say("empty"), theirs: now.body || say("empty") });
      app.clear(conflict);
      var picks = rows.map(function (row) {
        var name = app.id("k"), ours = app.input("radio", "mine", { name: name }), others = app.input("radio", "theirs", { name: name });
        // What this person did not touch is as the file says.
        var kept = row.key ? bare(mine[row.key]) === bare(record.values[row.key]) : text === record.body;
        (kept ? others : ours).checked = true;
        row.ours = ours;
        return make("fieldset", { class: "field field--set clash" }, make("legend", {}, row.label),
          make("label", { class: "clash__side" }, ours, make("strong", {}, say("mine")), make("span", { class: "clash__text" }, row.mine)),
          make("label", { class: "clash__side" }, others, make("strong", {}, say("theirs")), make("span", { class: "clash__text" }, row.theirs)));
      });
      var go = make("button", { type: "button", class: "button", click: function () {
        var values = Object.assign({}, now.values), prose = now.body;
        rows.forEach(function (row) {
          if (!row.ours.checked) return;
          if (row.key) values[row.key] = strip(mine[row.key]);
          else prose = text;
        });
        record.digest = now.digest;
        save(word, { type: form.type, id: record.id, lang: record.lang || "", "new": false, digest: now.digest, values: values, body: prose, state: word || undefined });
      } }, say("save_chosen"));
      var drop = make("button", { type: "button", class: "button button--plain", click: function () { dirty = false; app.go(); } }, say("drop_mine"));
      app.add(conflict, [make("section", { class: "conflict", "aria-labelledby": "conflict-heading" },
        make("h2", { id: "conflict-heading", tabindex: "-1" }, say("conflict")), make("p", {}, rows.length ? say("conflict_text") : say("conflict_same")), picks, make("p", { class: "conflict__go" }, go, " ", drop))]);
      document.getElementById("conflict-heading").focus();
    }
    function strip(value) {
      if (Array.isArray(value)) return value.map(strip).filter(app.filled);
      if (value && typeof value === "object") {
        var bare = {};
        Object.keys(value).sort().forEach(function (key) { if (key[0] !== "_" && app.filled(value[key])) bare[key] = strip(value[key]); });
        return bare;
      }
      return typeof value === "string" ? value.trim() : value;
    }

    function review() {
      var found = record.review;
      if (!found.required && !found.begun) return null;
      var slot = make("div", { class: "problems", id: "review-problem" });
      var by = app.input("text", "", { autocomplete: "off", maxlength: 30, "aria-describedby": "review-problem" }), note = app.input("text", "", { maxlength: 200 });
      var open = found.stages.filter(function (one) { return one.open; });
      var sign = function (one) {
        return make("button", { type: "button", class: "button button--plain", click: function () {
          app.clear(slot);
          if (dirty) { slot.appendChild(make("p", { class: "problem problem--error" }, say("review_save"))); return; }
          app.act("sign", { type: form.type, id: record.id, lang: record.default ? "" : record.lang, stage: one.stage, by: by.value, note: note.value, seen: found.digest }).then(function (told) {
            if (told.status === 200) {
              remember();
              app.refresh().then(function () { show(main, form, told.told, false); app.tell(say("signed", of(one.label))); });
              return;
            }
            slot.appendChild(make("p", { class: "problem problem--error" }, app.message(told)));
            (told.told.field === "note" ? note : by).focus();
          });
        } }, say("sign", of(one.label)));
      };
      return make("section", { class: "review", "aria-labelledby": "review-heading" },
        make("h2", { id: "review-heading" }, say("review") + "：" + of(found.said)),
        found.required ? make("p", { class: "hint" }, say("needs_signs")) : null,
        make("ul", { class: "review__stages" }, found.stages.map(function (one) {
          return make("li", { class: one.by ? "is-signed" : "" }, make("strong", {}, of(one.label)), " ", one.by ? one.by + " " + one.at + (one.note ? "：" + one.note : "") : say("not_signed"));
        })),
        open.length ? [make("div", { class: "row" }, app.labelled(say("signer"), by), app.labelled(say("remark"), note)), slot, make("p", { class: "review__buttons" }, open.map(sign))] : null,
        make("p", { class: "hint" }, say("review_note")));
    }
  }

  // The earlier texts of a record.
  function past(main, form, record) {
    var wanted = { type: form.type, id: record.id, lang: record.default ? "" : record.lang };
    document.title = say("history") + " · " + (record.title || record.id);
    return app.ask("history", wanted).then(function (found) {
      app.clear(main);
      var detail = make("div", { "aria-live": "polite" });
      var list = (found.told.versions || []).map(function (version) {
        var when = say("before_" + version.verb, version.until);
        return make("li", { class: "version" }, make("span", {}, when), make("span", { class: "version__buttons" },
          make("button", { type: "button", class: "button button--plain", click: function () { compare(version); } }, say("look"), make("span", { class: "visually-hidden" }, " " + when)),
          make("button", { type: "button", class: "button button--plain", click: function () {
            app.act("restore", Object.assign({ digest: found.told.digest, version: version.name }, wanted)).then(function (back) {
              if (back.status !== 200) { app.tell(app.message(back), true); return; }
              app.news = say("restored");
              app.refresh().then(function () { location.hash = "#/edit/" + form.type + "/" + encodeURIComponent(record.id) + (record.default ? "" : "/" + record.lang); });
            });
          } }, say("restore"), make("span", { class: "visually-hidden" }, " " + when))));
      });
      app.add(main, [
        make("p", {}, make("a", { class: "back", href: "#/edit/" + form.type + "/" + encodeURIComponent(record.id) + (record.default ? "" : "/" + record.lang) }, "‹ " + (record.title || record.id))),
        make("h1", { tabindex: "-1", id: "top-heading" }, say("history")), make("p", { class: "hint" }, say("history_text")),
        list.length ? make("ol", { class: "versions" }, list) : make("p", {}, found.status === 200 ? say("history_none") : app.message(found)), detail]);
      function compare(version) {
        app.ask("version", Object.assign({ version: version.name }, wanted)).then(function (old) {
          app.clear(detail);
          if (old.status !== 200) { app.tell(app.message(old), true); return; }
          var rows = form.fields.filter(function (field) { return field.key in old.told.values && JSON.stringify(old.told.values[field.key]) !== JSON.stringify(old.told.now.values[field.key]); }).map(function (field) {
            return [of(field.label), app.shown(field, old.told.values[field.key]), app.shown(field, old.told.now.values[field.key])];
          });
          if (old.told.body !== old.told.now.body) rows.push([say("body_part"), old.told.body || say("empty"), old.told.now.body || say("empty")]);
          app.add(detail, [make("h2", {}, say("differences")), rows.length ? make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": say("differences") }, make("table", {}, make("thead", {}, make("tr", {}, [say("field"), say("then") + "（" + version.until + "）", say("now")].map(function (text) { return make("th", { scope: "col" }, text); }))),
            make("tbody", {}, rows.map(function (row) { return make("tr", {}, make("th", { scope: "row" }, row[0]), make("td", {}, row[1]), make("td", {}, row[2])); })))) : make("p", {}, say("same_text"))]);
        });
      }
    });
  }

  app.show = show; app.past = past;
}());
