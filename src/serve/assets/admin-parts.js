// Small parts that every page of the forms uses: elements, requests, what is said aloud.
(function () {
  "use strict";
  var app = window.parkpressAdmin, say = app.say;

  // Makes an element. Texts become text nodes, never markup; a function is a listener.
  function make(name, attributes) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      var value = attributes[key];
      if (value === null || value === undefined || value === false) return;
      if (typeof value === "function") element.addEventListener(key, value);
      else if (key === "value") element.value = value;
      else element.setAttribute(key, value === true ? "" : value);
    });
    add(element, Array.prototype.slice.call(arguments, 2));
    return element;
  }
  function add(element, parts) {
    parts.forEach(function (part) {
      if (part === null || part === undefined || part === false) return;
      if (Array.isArray(part)) add(element, part);
      else element.appendChild(typeof part === "object" ? part : document.createTextNode(String(part)));
    });
  }
  function clear(element) { while (element.firstChild) element.removeChild(element.firstChild); }

  var number = 0;
  function id(word) { number += 1; return "f" + number + "-" + word; }

  function address(name, query) {
    var parts = Object.keys(query || {}).filter(function (key) { return query[key] !== undefined && query[key] !== null && query[key] !== ""; });
    return "/__parkpress/admin/api/" + name + (parts.length ? "?" + parts.map(function (key) { return key + "=" + encodeURIComponent(query[key]); }).join("&") : "");
  }
  // Answers are {status, told}; what cannot be reached has the status 0.
  function answer(response) {
    return response.text().then(function (text) {
      var told;
      try { told = JSON.parse(text); } catch (error) { told = { message: { zh: text.trim(), en: text.trim() } }; }
      if (response.status === 403) told = { message: { zh: app.words.old_key[0], en: app.words.old_key[1] } };
      return { status: response.status, told: told };
    });
  }
  function unreachable() { return { status: 0, told: { message: { zh: app.words.offline[0], en: app.words.offline[1] } } }; }
  function ask(name, query) { return fetch(address(name, query), { credentials: "same-origin" }).then(answer).catch(unreachable); }
  function key() { return document.querySelector("meta[name=parkpress-key]").content; }
  function act(name, body) {
    return fetch(address(name), { method: "POST", credentials: "same-origin", headers: { "content-type": "application/json", "x-parkpress-key": key() }, body: JSON.stringify(body) }).then(answer).catch(unreachable);
  }
  function upload(file, kind) {
    return fetch(address("upload", { name: file.name, kind: kind }), { method: "POST", credentials: "same-origin", headers: { "content-type": "application/octet-stream", "x-parkpress-key": key() }, body: file }).then(answer).catch(unreachable);
  }
  function message(found) { return app.of(found.told && found.told.message) || say("failed", found.status); }

  // Tells something aloud and on the screen; `actions` are buttons behind it.
  function tell(text, bad, actions) {
    var place = document.querySelector("[data-said]");
    clear(place);
    place.classList.toggle("said--bad", !!bad);
    add(place, [text].concat((actions || []).map(function (action) {
      return make("button", { type: "button", class: "button button--plain", click: action.act }, action.name);
    })));
  }

  function badge(word) { return make("span", { class: "badge badge--" + word }, say("state_" + word)); }

  app.make = make; app.add = add; app.clear = clear; app.id = id; app.ask = ask; app.act = act; app.upload = upload;
  app.message = message; app.tell = tell; app.badge = badge; app.address = address;
}());
