// The matching: what the answers mean for each clause. The rules stand in the page; this script only compares and sorts.
(() => {
  "use strict";
  const form = document.querySelector("[data-match]");
  if (!form) return;
  const needs = window.parkpressNeeds, say = window.parkpress.words(form);
  const status = document.querySelector("[role=status]"), all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  const ORDER = ["may", "open", "no"], LOOK = { may: "is-met", open: "is-unknown", no: "is-unmet" };
  const clauses = all("[data-clause]").map((node, at) => ({ at, node, row: document.querySelector('tr[data-of="' + CSS.escape(node.id) + '"]') }));
  const SIGN = { met: "✓ ", unmet: "✗ ", unknown: "? " };

  function judge(clause, given) {
    const results = all("li[data-question]", clause.node).map((rule) => {
      const answer = given.get(rule.dataset.question), result = needs.criterion(rule.dataset.test, rule.dataset.values.split(" "), answer);
      const mark = rule.querySelector("[data-answer]");
      mark.className = "is-" + result;
      mark.textContent = SIGN[result] + say("rule_" + result);
      rule.querySelector("[data-reason]").textContent = answer ? say("your_answer", answer.text) : say("not_answered", rule.dataset.label);
      return result;
    });
    const verdict = needs.verdict(results, clause.node.dataset.over);
    for (const node of [clause.node.querySelector("[data-verdict]"), clause.row.querySelector("td[data-verdict]")]) {
      const badge = node.tagName === "TD" ? document.createElement("span") : node;
      badge.className = "badge " + LOOK[verdict];
      badge.textContent = say("match_" + verdict);
      if (badge !== node) node.replaceChildren(badge);
      node.hidden = false;
    }
    clause.node.classList.toggle("clause--may", verdict === "may");
    clause.node.classList.toggle("clause--no", verdict === "no");
    return verdict;
  }
  function work() {
    const given = needs.answers(form), count = { may: 0, open: 0, no: 0 };
    for (const clause of clauses) count[clause.verdict = judge(clause, given)] += 1;
    const sorted = clauses.slice().sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || a.at - b.at);
    const rows = sorted.map((clause) => clause.row), articles = sorted.map((clause) => clause.node);
    rows[0].parentNode.append(...rows);
    articles[0].parentNode.append(...articles);
    status.textContent = say("match_count", count.may, count.open, count.no);
    needs.tell(form, given, say);
  }
  for (const head of all("th[data-verdict]")) head.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); status.focus(); status.scrollIntoView({ block: "start" }); });
  needs.bind(form, work);
})();
