// The controls of a form, one for each kind of field. A control is {element, read}: read gives the value as the program
// sent it, so that what nobody touched comes back as it was.
(function () {
  "use strict";
  var app = window.parkpressAdmin, make = app.make, say = app.say, of = app.of;
  var LINES = ["text", "integer", "decimal", "percent", "quantity", "money", "url", "phone", "email", "code", "colour", "range", "month"];

  function marks(field) {
    return [
      field.required ? make("span", { class: "mark mark--required" }, say("required")) : field.perhaps ? make("span", { class: "mark" }, say("perhaps")) : null,
      field.private ? make("span", { class: "mark mark--private" }, say("private_mark")) : field.limited ? make("span", { class: "mark mark--private" }, say("limited_mark")) : null
    ];
  }

  // What helps to fill a field in: its own hint, then limits and an example.
  function hints(field) {
    var texts = [], unit = field.unit ? " " + of(field.unit) : "";
    if (field.hint) texts.push(of(field.hint));
    if (field.kind === "money") texts.push(say("money_hint"));
    if (field.kind === "range") texts.push(say("range_hint"));
    if (field.kind === "month" && !field.many) texts.push(say("month_hint"));
    if (field.kind === "link" && !field.many) texts.push(say(field.text ? "link_text_hint" : "link_hint"));
    if (["integer", "decimal", "percent", "quantity"].indexOf(field.kind) >= 0) {
      if (field.min && field.max) texts.push(say("between", field.min, field.max + unit));
      else if (field.min && field.min !== "0") texts.push(say("at_least", field.min + unit));
      else if (field.max) texts.push(say("at_most", field.max + unit));
    }
    if (field.kind === "text" && Number(field.max) >= 60) texts.push(say("letters_most", field.max));
    if (field.example) texts.push(say("example", field.example));
    return texts.join(app.language() === "zh" ? "；" : "; ");
  }

  // A field with one control: label, hint, control, problems.
  function simple(field, path, control, more) {
    var hint = [hints(field), more || ""].filter(Boolean).join(app.language() === "zh" ? "；" : "; ");
    var own = app.id("c"), about = [];
    control.id = own;
    var problems = make("div", { class: "problems", id: own + "-p", "data-problems": path });
    about.push(own + "-p");
    if (hint) about.unshift(own + "-h");
    control.setAttribute("aria-describedby", about.join(" "));
    if (field.required) control.setAttribute("aria-required", "true");
    var unit = field.unit && !field.many ? make("span", { class: "unit" }, of(field.unit)) : null;
    return make("div", { class: "field field--" + field.kind, "data-path": path },
      make("label", { for: own }, of(field.label), marks(field)),
      hint ? make("p", { class: "hint", id: own + "-h" }, hint) : null,
      make("div", { class: "input" }, control, unit),
      problems);
  }

  // A field of several controls: a fieldset.
  function several(field, path, inner, cls, more) {
    var hint = [field.kind === "link" || !field.many ? hints(field) : field.hint ? of(field.hint) : "", more || ""].filter(Boolean).join("；"), own = app.id("g");
    return make("fieldset", { class: "field field--set " + (cls || ""), "data-path": path, "aria-describedby": (hint ? own + "-h " : "") + own + "-p" },
      make("legend", {}, of(field.label), marks(field)),
      hint ? make("p", { class: "hint", id: own + "-h" }, hint) : null,
      inner,
      make("div", { class: "problems", id: own + "-p", "data-problems": path }));
  }

  function labelled(text, control, required) {
    var own = app.id("s");
    control.id = own;
    return make("div", { class: "part" }, make("label", { for: own }, text, required ? make("span", { class: "mark mark--required" }, say("required")) : null), control);
  }

  function input(type, value, more) {
    return make("input", Object.assign({ type: type, value: value || "", autocomplete: "off" }, more || {}));
  }

  function text(field, value, path) {
    var numeric = ["integer", "decimal", "percent", "quantity"].indexOf(field.kind) >= 0;
    var type = { url: "url", email: "email", phone: "tel" }[field.kind] || "text";
    var long = field.kind === "text" && (String(value || "").indexOf("\n") >= 0 || String(value || "").length > 40 || Number(field.max) > 60);
    var control = long ? make("textarea", { rows: 3, value: value || "" }) : input(type, value, { inputmode: numeric ? "decimal" : null, spellcheck: "false" });
    if (numeric || field.kind === "money") control.classList.add("short");
    return { element: simple(field, path, control), read: function () { return control.value; } };
  }

  function day(field, value, path) {
    var plain = /^\d{4}-\d\d-\d\d$/.test(value) || !value;
    var control = input(plain ? "date" : "text", value, { class: "short", max: plain ? "9999-12-31" : null });
    return { element: simple(field, path, control), read: function () { return control.value; } };
  }
  function moment(field, value, path) {
    var plain = /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(value) || !value;
    var control = input(plain ? "datetime-local" : "text", plain ? (value || "").replace(" ", "T") : value, { class: "short", max: plain ? "9999-12-31T23:59" : null });
    return { element: simple(field, path, control, plain ? "" : say("datetime_hint")), read: function () { return plain ? control.value.replace("T", " ") : control.value; } };
  }

  function choice(field, value, path) {
    var known = field.choices.some(function (one) { return one.key === value; });
    var control = make("select", {}, make("option", { value: "" }, say("not_said")),
      value && !known ? make("option", { value: value }, say("unreadable", value)) : null,
      field.choices.map(function (one) { return make("option", { value: one.key }, of(one.label)); }));
    control.value = value || "";
    return { element: simple(field, path, control), read: function () { return control.value; } };
  }

  function choices(field, values, path) {
    var odd = values.filter(function (value) { return !field.choices.some(function (one) { return one.key === value; }); });
    var boxes = field.choices.map(function (one) { return { key: one.key, label: of(one.label) }; }).concat(odd.map(function (key) { return { key: key, label: say("unreadable", key) }; }));
    boxes.forEach(function (box) { box.control = input("checkbox", box.key); box.control.checked = values.indexOf(box.key) >= 0; });
    var element = several(field, path, make("div", { class: "ticks" }, boxes.map(function (box) { return make("label", { class: "tick" }, box.control, box.label); })));
    return {
      element: element,
      read: function () {
        var ticked = boxes.filter(function (box) { return box.control.checked; }).map(function (box) { return box.key; });
        // What was ticked before keeps its place.
        return values.filter(function (key) { return ticked.indexOf(key) >= 0; }).concat(ticked.filter(function (key) { return values.indexOf(key) < 0; }));
      }
    };
  }

  function flag(field, value, path) {
    var name = app.id("r"), odd = value && value !== "true" && value !== "false";
    var options = [["true", say("yes")], ["false", say("no")], ["", say("not_said")]].concat(odd ? [[value, say("unreadable", value)]] : []);
    var controls = options.map(function (one) { var control = input("radio", one[0], { name: name }); control.checked = one[0] === (value || ""); return control; });
    var element = several(field, path, make("div", { class: "ticks" }, options.map(function (one, at) { return make("label", { class: "tick" }, controls[at], one[1]); })));
    return { element: element, read: function () { var on = controls.filter(function (control) { return control.checked; })[0]; return on ? on.value : ""; } };
  }

  // Several short values: one a line.
  function lines(field, values, path) {
    var control = make("textarea", { rows: Math.max(2, Math.min(8, values.length + 1)), value: values.join("\n") });
    var unit = field.unit ? "（" + of(field.unit) + "）" : "";
    return {
      element: simple(field, path, control, (app.language() === "zh" ? "每行写一个" : "one a line") + unit),
      read: function () { return control.value.split("\n").map(function (line) { return line.trim(); }).filter(Boolean); }
    };
  }

  // A record by its title. What was typed comes back as it was typed, as long as it is not touched.
  function picker(field, value, context) {
    var list = app.id("l"), fold = function (word) { return word.toLowerCase().replace(/\s+/g, ""); };
    var candidates = context.records.filter(function (record) { return field.to.indexOf(record.type) >= 0 && record.lang === context.lang; });
    var plain = String(value || "").replace(/^(\.\.?\/)+/, "").replace(/\.(md|ya?ml)$/, "");
    var name = function (record) { return record.title + "（" + record.id + "）"; };
    var found = candidates.filter(function (record) { return record.id === plain || record.type + "/" + record.id === plain || context.forms[record.type].folder + "/" + record.id === plain; })[0];
    var shown = found ? name(found) : value || "";
    var data = make("datalist", { id: list });
    var control = input("text", shown, { list: list, spellcheck: "false" });
    var fill = function () {
      var wanted = fold(control.value === shown ? "" : control.value);
      app.clear(data);
      candidates.filter(function (record) { return !wanted || fold(name(record)).indexOf(wanted) >= 0; }).slice(0, 40).forEach(function (record) {
        data.appendChild(make("option", { value: name(record) }));
      });
    };
    control.addEventListener("focus", fill);
    control.addEventListener("input", fill);
    return {
      control: control,
      data: data,
      read: function () {
        if (control.value === shown) return value || "";
        var chosen = candidates.filter(function (record) { return name(record) === control.value; })[0];
        if (!chosen) return control.value.trim();
        return field.to.length > 1 ? chosen.type + "/" + chosen.id : chosen.id;
      }
    };
  }
  function link(field, value, path, context) {
    var one = picker(field, value, context), element = simple(field, path, one.control);
    element.appendChild(one.data);
    return { element: element, read: one.read };
  }

  // A picture or an attachment: sent at once, named by the program, described by the person.
  function media(field, value, path, context, bare) {
    var image = field.kind === "image", src = value.src || "";
    var picture = image ? make("img", { class: "media__picture", alt: "" }) : null;
    var name = make("p", { class: "media__name" }), state = make("p", { class: "hint", role: "status" });
    var chosen = make("input", { type: "file", class: "visually-hidden", accept: image ? "image/*" : ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.wps,.et,.dps,.ofd,.txt,.csv,.zip,.jpg,.jpeg,.png,.webp,.mp3,.mp4,.ics,.dwg" });
    var caption = make("span", {});
    var button = make("label", { class: "button button--plain" }, chosen, caption);
    var parts = (image ? [["alt", say("alt")], ["caption", say("caption")], ["credit", say("credit")]] : [["caption", say("file_title")]]).map(function (part) {
      var control = input("text", value[part[0]]);
      return { key: part[0], control: control, element: labelled(part[1], control, part[0] === "alt") };
    });
    var clear = make("button", { type: "button", class: "button button--quiet", click: function () {
      src = "";
      parts.forEach(function (part) { part.control.value = ""; });
      show();
      context.changed();
      chosen.focus();
    } }, say("remove"), make("span", { class: "visually-hidden" }, of(field.label)));
    function show() {
      if (picture) {
        picture.hidden = !src;
        if (src) picture.src = app.address("picture", { from: context.file, src: src });
      }
      name.textContent = src;
      app.clear(caption);
      app.add(caption, [say(src ? (image ? "change_picture" : "change_file") : image ? "choose_picture" : "choose_file"), make("span", { class: "visually-hidden" }, " " + of(field.label))]);
      parts.forEach(function (part) { part.element.hidden = !src; });
      clear.hidden = !src || bare;
    }
    chosen.addEventListener("change", function () {
      var file = chosen.files[0];
      if (!file) return;
      if (file.size > context.largest) { state.textContent = say("too_large", Math.floor(context.largest / 1000000)); return; }
      state.textContent = say("sending");
      app.upload(file, field.kind).then(function (found) {
        chosen.value = "";
        if (found.status !== 200) { state.textContent = app.message(found); state.classList.add("hint--bad"); return; }
        state.classList.remove("hint--bad");
        state.textContent = say("sent", found.told.src);
        src = found.told.src;
        show();
        context.changed();
        if (parts.length && !parts[0].control.value) parts[0].control.focus();
      });
    });
    show();
    var inner = [make("div", { class: "media" }, picture, make("div", { class: "media__side" }, name, make("p", { class: "media__buttons" }, button, " ", clear), state)), parts.map(function (part) { return part.element; })];
    return {
      element: bare ? make("div", { "data-path": path }, inner, make("div", { class: "problems", "data-problems": path })) : several(field, path, inner, "field--media"),
      read: function () {
        var read = Object.assign({}, value, { src: src });
        parts.forEach(function (part) { read[part.key] = part.control.value; });
        if (!src) Object.keys(read).forEach(function (key) { read[key] = ""; });
        return read;
      }
    };
  }

  function place(field, value, path) {
    var lng = input("text", value.lng, { inputmode: "decimal", class: "short" }), lat = input("text", value.lat, { inputmode: "decimal", class: "short" });
    var names = [["GCJ-02", "GCJ-02（高德、腾讯）"], ["WGS-84", "WGS-84（GPS）"], ["BD-09", "BD-09（百度）"], ["CGCS2000", "CGCS2000（天地图）"]];
    if (value.crs && !names.some(function (one) { return one[0] === value.crs; })) names.unshift([value.crs, value.crs]);
    var crs = make("select", {}, make("option", { value: "" }, say("not_said")), names.map(function (one) { return make("option", { value: one[0] }, one[1]); }));
    crs.value = value.crs || "";
    return {
      element: several(field, path, make("div", { class: "row" }, labelled(say("longitude"), lng), labelled(say("latitude"), lat), labelled(say("crs"), crs))),
      read: function () { return { lng: lng.value, lat: lat.value, crs: lng.value || lat.value ? crs.value : "" }; }
    };
  }

  function dates(field, value, path) {
    var controls = field.choices.map(function (one) {
      var typed = value[one.key] || "", control = input(/^\d{4}-\d\d-\d\d$/.test(typed) || !typed ? "date" : "text", typed, { class: "short" });
      return { key: one.key, control: control, element: labelled(of(one.label), control) };
    });
    return {
      element: several(field, path, make("div", { class: "row" }, controls.map(function (one) { return one.element; }))),
      read: function () { var read = {}; controls.forEach(function (one) { if (one.control.value) read[one.key] = one.control.value; }); return read; }
    };
  }

  // Prose, with buttons for the few marks that an office needs.
  function markdown(field, value, path, context, rows) {
    var control = make("textarea", { rows: rows || 6, class: "prose", value: value || "" });
    function put(before, after, line) {
      var from = control.selectionStart, to = control.selectionEnd, all = control.value, chosen = all.slice(from, to);
      if (line) {
        from = all.lastIndexOf("\n", from - 1) + 1;
        chosen = all.slice(from, to).split("\n").map(function (one, at) { return (typeof before === "function" ? before(at) : before) + one; }).join("\n");
      } else chosen = before + chosen + after;
      control.setRangeText(chosen, from, to, "end");
      control.focus();
      context.changed();
    }
    var chosen = make("input", { type: "file", class: "visually-hidden", accept: "image/*" });
    var state = make("span", { role: "status", class: "hint" });
    chosen.addEventListener("change", function () {
      var file = chosen.files[0];
      if (!file) return;
      state.textContent = say("sending");
      app.upload(file, "image").then(function (found) {
        chosen.value = "";
        state.textContent = found.status === 200 ? say("sent", found.told.src) : app.message(found);
        if (found.status === 200) put("\n\n![" + say("md_alt") + "](" + found.told.src + ")\n\n", "");
      });
    });
    var tool = function (name, act) { return make("button", { type: "button", class: "tool", click: act }, name); };
    var tools = make("div", { class: "tools", role: "group", "aria-label": say("md_tools") },
      tool(say("md_heading"), function () { put("## ", "", true); }), tool(say("md_bold"), function () { put("**", "**"); }),
      tool(say("md_list"), function () { put("- ", "", true); }), tool(say("md_numbers"), function () { put(function (at) { return at + 1 + ". "; }, "", true); }),
      make("label", { class: "tool" }, chosen, say("md_picture")), state);
    var element = simple(field, path, control, say("md_hint"));
    element.insertBefore(tools, element.querySelector(".input"));
    return { element: element, read: function () { return control.value; } };
  }

  // The fields of a group, one after another.
  function level(fields, values, path, context) {
    var controls = fields.map(function (field) { return { key: field.key, control: build(field, values[field.key], path ? path + "." + field.key : field.key, context) }; });
    return {
      elements: controls.map(function (one) { return one.control.element; }),
      read: function () { var read = {}; controls.forEach(function (one) { read[one.key] = one.control.read(); }); return read; }
    };
  }
  function group(field, value, path, context) {
    var inner = level(field.fields, value || {}, path, context);
    return { element: several(field, path, make("div", { class: "grid" }, inner.elements), "field--group"), read: inner.read };
  }

  // A list of groups, links or files: each with its own name, to be moved and removed.
  function list(field, values, path, context) {
    var items = [], holder = make("div", { class: "items" }), label = of(field.label);
    var adding = make("button", { type: "button", class: "button button--plain", click: function () {
      var item = append(undefined, null, true);
      context.changed();
      var first = item.element.querySelector("input:not([type=file]), select, textarea");
      if (first) first.focus();
    } }, say("add_of", label));
    function number() {
      items.forEach(function (item, at) {
        item.title.textContent = titleOf(item, at);
        item.up.hidden = at === 0;
        item.up.setAttribute("aria-label", say("up_of", item.title.textContent));
        item.off.setAttribute("aria-label", say("remove_of", item.title.textContent));
        item.element.setAttribute("data-path", path + "." + at);
        Array.prototype.forEach.call(item.element.querySelectorAll("[data-path], [data-problems]"), function (part) {
          ["data-path", "data-problems"].forEach(function (word) {
            var own = part.getAttribute(word);
            if (own !== null) part.setAttribute(word, path + "." + at + own.slice((path + "." + item.was).length));
          });
        });
        item.was = at;
      });
    }
    function titleOf(item, at) {
      var name = label + " " + (at + 1);
      if (field.kind !== "group") return name;
      var read = item.control.read(), key = field.item && read[field.item];
      var given = field.fields.filter(function (one) { return one.key !== field.item && !one.many && typeof read[one.key] === "string" && read[one.key]; });
      var rest = given.filter(function (one) { return one.required; }).concat(given.filter(function (one) { return !one.required; })).slice(0, 3).map(function (one) {
        var chosen = (one.choices || []).filter(function (option) { return option.key === read[one.key]; })[0];
        var shown = chosen ? of(chosen.label) : read[one.key];
        return (shown.length > 16 ? shown.slice(0, 15) + "…" : shown) + (one.unit ? " " + of(one.unit) : "");
      });
      return (key ? label + " " + key : name) + (rest.length ? " · " + rest.join(" · ") : "");
    }
    function append(value, at, fresh) {
      var own = path + "." + items.length, item = { at: at, was: items.length, title: make("span", {}) };
      if (field.kind === "group") {
        var inner = level(field.fields, value || {}, own, context);
        item.control = inner;
      } else {
        var one = Object.assign({}, field, { many: false, required: false, hint: null });
        if (field.kind === "image" || field.kind === "file") item.control = media(one, value || {}, own, context, true);
        else if (field.kind === "link") { item.picker = picker(one, value || "", context); item.control = item.picker; }
        else item.control = build(one, value, own, context);
      }
      item.up = make("button", { type: "button", class: "button button--quiet", click: function () {
        var here = items.indexOf(item);
        if (here < 1) return;
        items.splice(here, 1);
        items.splice(here - 1, 0, item);
        holder.insertBefore(item.element, items[here].element);
        number();
        context.changed();
        item.up.hidden ? item.off.focus() : item.up.focus();
      } }, say("up"));
      item.off = make("button", { type: "button", class: "button button--quiet", click: function () {
        var here = items.indexOf(item), gone = item.title.textContent;
        items.splice(here, 1);
        holder.removeChild(item.element);
        number();
        context.changed();
        app.tell(say("removed_of", gone));
        (items[here] || items[here - 1] || { off: adding }).off.focus();
      } }, say("remove"));
      var buttons = make("span", { class: "item__buttons" }, item.up, item.off);
      if (field.kind === "group") {
        item.element = make("details", { class: "item", "data-path": own, open: fresh || values.length <= 2 },
          make("summary", {}, item.title),
          make("div", { role: "group", class: "item__inner" }, make("div", { class: "grid" }, item.control.elements), make("div", { class: "problems", "data-problems": own }), buttons));
        item.element.addEventListener("change", function () { item.title.textContent = titleOf(item, items.indexOf(item)); });
      } else if (item.picker) {
        item.picker.control.setAttribute("aria-label", label + " " + (items.length + 1));
        item.element = make("div", { class: "item item--line", "data-path": own }, item.title, item.picker.control, item.picker.data, buttons, make("div", { class: "problems", "data-problems": own }));
        item.title.className = "visually-hidden";
      } else {
        item.element = make("div", { class: "item item--box", "data-path": own, role: "group" }, item.title, item.control.element, buttons);
        item.title.className = "visually-hidden";
      }
      items.push(item);
      holder.appendChild(item.element);
      number();
      return item;
    }
    values.forEach(function (value, at) { append(value, at, false); });
    return {
      element: several(field, path, [holder, adding], "field--list"),
      read: function () {
        return items.map(function (item) {
          var read = item.control.read();
          if (field.kind === "group" && item.at !== null) read._at = item.at;
          return read;
        });
      }
    };
  }

  function build(field, value, path, context) {
    if (field.many) {
      var values = Array.isArray(value) ? value : [];
      if (field.kind === "choice") return choices(field, values, path);
      var short = LINES.indexOf(field.kind) >= 0 && !values.some(function (one) { return String(one).indexOf("\n") >= 0; });
      return short ? lines(field, values, path) : list(field, values, path, context);
    }
    switch (field.kind) {
      case "choice": return choice(field, value, path);
      case "flag": return flag(field, value, path);
      case "date": return day(field, value, path);
      case "datetime": return moment(field, value, path);
      case "link": return link(field, value, path, context);
      case "image": case "file": return media(field, value || {}, path, context);
      case "place": return place(field, value || {}, path);
      case "dates": return dates(field, value || {}, path);
      case "markdown": return markdown(field, value, path, context);
      case "group": return group(field, value, path, context);
      default: return text(field, value, path);
    }
  }

  // Is anything filled in? Marks that begin with "_" are no values.
  function filled(value) {
    if (Array.isArray(value)) return value.some(filled);
    if (value && typeof value === "object") return Object.keys(value).some(function (key) { return key[0] !== "_" && filled(value[key]); });
    return !!String(value === undefined || value === null ? "" : value).trim();
  }

  // A value in words, for comparing two texts of a record.
  function shown(field, value) {
    if (!filled(value)) return say("empty");
    var plain = field.many ? null : field.kind;
    if (field.many) return value.filter(filled).map(function (one) { return shown(Object.assign({}, field, { many: false }), one); }).join("\n");
    if (plain === "choice") { var found = field.choices.filter(function (one) { return one.key === value; })[0]; return found ? of(found.label) : value; }
    if (plain === "flag") return value === "true" ? say("yes") : value === "false" ? say("no") : value;
    if (plain === "group") return field.fields.filter(function (one) { return filled(value[one.key]); }).map(function (one) { return of(one.label) + "：" + shown(one, value[one.key]); }).join("；");
    if (typeof value === "object") return Object.keys(value).filter(function (key) { return filled(value[key]); }).map(function (key) { return value[key]; }).join("，");
    return String(value) + (field.unit ? " " + of(field.unit) : "");
  }

  app.build = build; app.filled = filled; app.shown = shown; app.markdown = markdown; app.labelled = labelled; app.input = input;
}());
