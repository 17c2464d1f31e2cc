// What the questions have in common: reading the answers, the address that holds them, and what an answer means. Three values
// everywhere: met, unmet, and unknown where an answer or a value is missing. What is unknown is never counted as met.
(() => {
  "use strict";

  // Of several numbers (a range of rents, the spaces of a park) the one that is best for the reader counts.
  function number(value, side) {
    if (typeof value === "number") return value;
    const ends = Array.isArray(value) ? value.flat().filter((end) => typeof end === "number") : [];
    return ends.length ? (side === "min" ? Math.max(...ends) : Math.min(...ends)) : undefined;
  }
  function words(value) { return (Array.isArray(value) ? value : [value]).map(String); }

  // An answer against a value of an offer. `check.means` says what an answer means in the words of the field.
  function compare(check, answer, value) {
    if (answer === undefined || value === null || value === undefined || value === "agreed") return "unknown";
    const said = (met) => (met ? "met" : "unmet");
    if (check.test === "named") {
      const [, , named, refused] = check.texts[value], meant = (list) => answer.words.some((word) => list.includes(word));
      return meant(refused) ? "unmet" : meant(named) ? "met" : "unknown";
    }
    if (answer.words && check.test !== "yes") {
      const wanted = answer.words.flatMap((word) => (check.means && check.means[word]) || [word]);
      const found = words(value).some((word) => wanted.includes(word));
      return said(check.test === "none_of" ? !found : found);
    }
    if (check.test === "yes") {
      if (answer.words[0] !== "yes") return "met";
      return said(value === "true" || value === true || number(value, "min") > 0);
    }
    const n = number(value, check.test === "at_least" ? "min" : "max");
    if (n === undefined || answer.number === undefined) return "unknown";
    return said(check.test === "at_least" ? n >= answer.number : n <= answer.number);
  }

  // An answer against a criterion of a clause.
  function criterion(test, values, answer) {
    if (answer === undefined) return "unknown";
    const said = (met) => (met ? "met" : "unmet");
    switch (test) {
      case "yes": return said(answer.words[0] === "yes");
      case "no": return said(answer.words[0] === "no");
      case "one_of": return said(answer.words.some((word) => values.includes(word)));
      case "none_of": return said(!answer.words.some((word) => values.includes(word)));
      case "at_least": return answer.number === undefined ? "unknown" : said(answer.number >= Number(values[0]));
      case "at_most": return answer.number === undefined ? "unknown" : said(answer.number <= Number(values[0]));
      default: return "unknown";
    }
  }
  // One criterion that is not met settles it; otherwise one unknown leaves it open. Without criteria nothing can be decided here.
  function verdict(results, over) {
    if (over || results.includes("unmet")) return "no";
    return !results.length || results.includes("unknown") ? "open" : "may";
  }

  if (typeof module !== "undefined") {
    module.exports = { compare, criterion, verdict };
    return;
  }

  const nodes = (form) => Array.from(form.querySelectorAll("[data-question]"));
  // By question: the words that were chosen or the number, and how people read it.
  function answers(form) {
    const found = new Map();
    for (const node of nodes(form)) {
      const given = [], shown = [];
      let amount;
      for (const input of node.querySelectorAll("[name]")) {
        const value = input.value.trim();
        if (value === "" || (input.type === "checkbox" && !input.checked)) continue;
        given.push(value);
        if (input.type === "number") amount = Number(value);
        shown.push(input.type === "checkbox" ? input.parentNode.textContent.trim() : input.tagName === "SELECT" ? input.selectedOptions[0].textContent : value);
      }
      if (!given.length) continue;
      const unit = node.dataset.unit ? " " + node.dataset.unit : "";
      found.set(node.dataset.question, { words: amount === undefined ? given : undefined, number: amount, label: node.dataset.label, text: shown.join("、") + unit });
    }
    return found;
  }
  // The answers as an address has them.
  function query(form) {
    const pairs = new URLSearchParams();
    for (const node of nodes(form)) {
      for (const input of node.querySelectorAll("[name]")) {
        if (input.value.trim() !== "" && (input.type !== "checkbox" || input.checked)) pairs.append(input.name, input.value.trim());
      }
    }
    return pairs.toString();
  }
  // The questions of a part of a page: its address is their state, so that a link shares them and Back works.
  function bind(form, work) {
    const state = form.querySelector("[data-needs-fields]") || form;
    // What another page asks and this one does not is kept, so that going to and fro loses no answer.
    const asked = () => new Set(Array.from(state.querySelectorAll("[name]"), (input) => input.name));
    function address(how) {
      const own = asked(), pairs = new URLSearchParams(query(state));
      new URLSearchParams(location.search).forEach((value, name) => { if (!own.has(name)) pairs.append(name, value); });
      const text = pairs.toString();
      for (const link of document.querySelectorAll("[data-same-answers]")) link.href = link.href.split("?")[0] + (text ? "?" + text : "");
      const next = location.pathname + (text ? "?" + text : "");
      if (!how || next === location.pathname + location.search) return;
      try { history[how + "State"](null, "", next); } catch (error) { /* a page opened from a folder may refuse */ }
    }
    function restore() {
      for (const input of state.querySelectorAll("[name]")) if (input.type === "checkbox") input.checked = false; else input.value = "";
      new URLSearchParams(location.search).forEach((value, name) => {
        for (const input of state.querySelectorAll("[name]")) {
          if (input.name !== name) continue;
          if (input.type === "checkbox") { if (input.value === value) input.checked = true; } else input.value = value;
        }
      });
      // A word that a select does not have leaves it without a choice.
      for (const select of state.querySelectorAll("select")) if (select.selectedIndex < 0) select.value = "";
    }
    restore();
    form.addEventListener("input", () => work());
    form.addEventListener("change", () => { address("push"); work(); });
    form.addEventListener("reset", () => setTimeout(() => { address("push"); work(); }));
    window.addEventListener("popstate", () => { restore(); address(); work(); });
    address();
    work();
  }
  // What was answered, as a list of its own: it is printed where the form is not.
  function tell(form, given, say) {
    const box = document.querySelector("[data-answers]"), list = box.querySelector("ul");
    box.hidden = !given.size;
    form.classList.toggle("needs--answered", given.size > 0);
    list.textContent = "";
    for (const answer of given.values()) {
      const item = document.createElement("li");
      item.textContent = say("need_line", answer.label, answer.text);
      list.append(item);
    }
  }
  window.parkpressNeeds = { compare, criterion, verdict, answers, bind, tell };
})();
