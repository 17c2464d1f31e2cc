// pagefind.js BINARY CORPUS QUERIES: the same pages and questions with Pagefind, for comparison. Keywords are a line of
// the page, as Pagefind has no field for them. BINARY is what `npm i pagefind` or `pip install pagefind_bin_extended` brings.
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { execFileSync } = require("node:child_process");
const { createRequire } = require("node:module");
const { serve } = require("./serve.js");
const { chromium } = createRequire(path.resolve(__dirname, "../../browser/package.json"))("playwright-core");

const [binary, corpus, queries] = process.argv.slice(2);
const lines = (file) => fs.readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const site = fs.mkdtempSync(path.join(os.tmpdir(), "pagefind-"));
for (const record of lines(corpus)) {
  const folder = path.join(site, record.id.toLowerCase());
  fs.mkdirSync(folder);
  const body = record.body.map((part) => `<p>${escape(part)}</p>`).join("");
  fs.writeFileSync(path.join(folder, "index.html"), `<!doctype html><html lang="zh-CN"><title>${escape(record.title)}</title><body data-pagefind-body><h1>${escape(record.title)}</h1><p>${escape((record.keywords || []).join(" "))}</p>${body}</body></html>`);
}
fs.writeFileSync(path.join(site, "ask.html"), "<!doctype html><html lang=\"zh-CN\"><title>ask</title><body></body></html>");
execFileSync(binary, ["--site", site], { stdio: "ignore" });

(async () => {
  const server = await serve(site), asked = lines(queries), kinds = {}, cold = [], raw = [];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  for (const query of asked) {
    const context = await browser.newContext(), page = await context.newPage();
    await page.goto(server.base + "ask.html");
    server.sent.length = 0;
    const top = await page.evaluate(async (q) => {
      const pagefind = await import("/pagefind/pagefind.js");
      const found = await pagefind.search(q);
      return (await Promise.all(found.results.slice(0, 10).map((result) => result.data()))).map((data) => data.url.split("/").filter(Boolean).pop());
    }, query.q);
    cold.push(server.sent.reduce((sum, file) => sum + file.gzip, 0) / 1024);
    raw.push(server.sent.reduce((sum, file) => sum + file.raw, 0) / 1024);
    await context.close();
    if (!query.relevant) continue;
    const relevant = new Set(query.relevant.map((id) => id.toLowerCase())), first = top.findIndex((id) => relevant.has(id));
    for (const kind of ["ALL", query.kind]) (kinds[kind] = kinds[kind] || []).push([top.filter((id) => relevant.has(id)).length / Math.min(10, relevant.size), first < 0 ? 0 : 1 / (first + 1), top.length ? 0 : 1]);
  }
  await browser.close();
  server.close();
  fs.rmSync(site, { recursive: true });
  const median = (list) => list.slice().sort((a, b) => a - b)[list.length >> 1].toFixed(1);
  console.log(`Pagefind: first question median ${median(cold)} KB gzip, ${median(raw)} KB raw`);
  for (const [kind, list] of Object.entries(kinds)) console.log(`${kind} n=${list.length} recall@10=${[0, 1, 2].map((i) => (list.reduce((sum, score) => sum + score[i], 0) / list.length).toFixed(3)).join(" MRR=").replace(/ MRR=([^ ]*)$/, " zero=$1")}`);
})();
