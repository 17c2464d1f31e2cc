// run.js SITE QUERIES [OUT]: asks every question of queries.jsonl through the search page of a built site in Chromium,
// writes { "<query id>": [record ids in their order] } to OUT, scores it where the questions are judged, and measures
// the first question (bytes, requests, time; a fresh browser each) and the next ones (time). Run `npm ci` in
// tests/browser first.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");
const { serve } = require("./serve.js");
const { chromium } = createRequire(path.resolve(__dirname, "../../browser/package.json"))("playwright-core");

const [site, queries, out] = process.argv.slice(2);
const asked = fs.readFileSync(queries, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const sorted = (list) => list.slice().sort((a, b) => a - b);
const at = (list, share) => sorted(list)[Math.min(list.length - 1, Math.floor(list.length * share))];
const kb = (bytes) => (bytes / 1024).toFixed(1);

const ready = () => document.querySelector(".search [role=status]").textContent !== "";
const links = (page) => page.$$eval("[data-search-results] a[href]", (all) => all.map((link) => new URL(link.href).pathname.replace(/index\.html$/, "").split("/").filter(Boolean).pop()));

(async () => {
  const server = await serve(path.resolve(site));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  const cold = { gzip: [], raw: [], all: [], requests: [], ms: [] }, run = {}, next = [], warm = [], troubles = [];
  const watch = (page) => {
    page.on("console", (message) => { if (message.type() === "error") troubles.push(message.text()); });
    page.on("pageerror", (error) => troubles.push(String(error)));
  };
  // Every question as somebody asks it who comes from elsewhere.
  for (const query of asked) {
    const context = await browser.newContext(), page = await context.newPage();
    watch(page);
    server.sent.length = 0;
    const start = process.hrtime.bigint();
    await page.goto(server.base + "search/?q=" + encodeURIComponent(query.q));
    await page.waitForFunction(ready);
    cold.ms.push(Number(process.hrtime.bigint() - start) / 1e6);
    const search = server.sent.filter((file) => /search[./]/.test(file.path) && file.path.endsWith(".js"));
    cold.gzip.push(search.reduce((sum, file) => sum + file.gzip, 0));
    cold.raw.push(search.reduce((sum, file) => sum + file.raw, 0));
    cold.all.push(server.sent.reduce((sum, file) => sum + file.gzip, 0));
    cold.requests.push(search.length);
    run[query.id] = await links(page);
    await context.close();
  }
  // And one after the other on one page.
  const context = await browser.newContext(), page = await context.newPage();
  watch(page);
  await page.goto(server.base + "search/?q=" + encodeURIComponent(asked[0].q));
  await page.waitForFunction(ready);
  const ask = (query) => page.evaluate((q) => new Promise((resolve) => {
      const input = document.querySelector("[data-search-box]"), status = document.querySelector(".search [role=status]");
      input.value = q;
      status.textContent = "";
      const start = performance.now();
      new MutationObserver((_, observer) => { if (status.textContent) { observer.disconnect(); resolve(performance.now() - start); } }).observe(status, { childList: true });
      input.form.requestSubmit();
    }), query.q);
  for (const query of asked.slice(1)) next.push(await ask(query));
  // Once more: the parts of the index that they need are there now.
  for (const query of asked) warm.push(await ask(query));
  await browser.close();
  server.close();
  if (out) fs.writeFileSync(out, JSON.stringify(run));
  console.log(`questions ${asked.length}, troubles ${troubles.length} ${troubles.slice(0, 3).join(" | ")}`);
  for (const [name, list] of Object.entries(cold)) {
    const show = name === "ms" || name === "requests" ? (value) => value.toFixed(0) : kb;
    console.log(`first question ${({ gzip: "KB gzip", raw: "KB raw", all: "KB gzip with page and style", requests: "requests", ms: "ms" })[name]}: median ${show(at(list, 0.5))}, P95 ${show(at(list, 0.95))}, most ${show(at(list, 1))}`);
  }
  for (const [name, list] of [["next question (its parts of the index are loaded)", next], ["question asked again", warm]]) {
    console.log(`${name} ms: median ${at(list, 0.5).toFixed(1)}, P95 ${at(list, 0.95).toFixed(1)}`);
  }
  if (!asked[0].relevant) return;
  const kinds = {};
  for (const query of asked) {
    const top = run[query.id].slice(0, 10), relevant = new Set(query.relevant.map((id) => id.toLowerCase()));
    const first = top.findIndex((id) => relevant.has(id));
    const score = [top.filter((id) => relevant.has(id)).length / Math.min(10, relevant.size), first < 0 ? 0 : 1 / (first + 1), top.length ? 0 : 1];
    for (const kind of ["ALL", query.kind]) (kinds[kind] = kinds[kind] || []).push(score);
    if (process.env.SHOW && score[0] < 1) console.log(" ", query.kind, query.q, score[0].toFixed(2), top.join(" "));
  }
  const mean = (list, i) => (list.reduce((sum, score) => sum + score[i], 0) / list.length).toFixed(3);
  for (const [kind, list] of Object.entries(kinds)) console.log(`${kind} n=${list.length} recall@10=${mean(list, 0)} MRR=${mean(list, 1)} zero=${mean(list, 2)}`);
})();
