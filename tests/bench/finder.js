// How long a change of a filter takes at 10,000 rows: node finder.js PARKPRESS FOLDER [ROWS]
// Builds a site of ROWS lettable units in FOLDER, opens its finder in Chromium and prints the median of 40 changes:
// the script alone, and up to the layout of what it drew. One frame is 16 ms. Needs `npm ci` in ../browser.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { execFileSync } = require("node:child_process");
const { createRequire } = require("node:module");
const { pathToFileURL } = require("node:url");
const { chromium } = createRequire(path.join(__dirname, "../browser/package.json"))("playwright-core");

const [binary, folder, count = "10000"] = process.argv.slice(2);
if (!folder) { console.error("node finder.js PARKPRESS FOLDER [ROWS]"); process.exit(2); }
const content = path.join(folder, "content"), example = path.resolve(__dirname, "../../content");
fs.cpSync(example, content, { recursive: true });
fs.cpSync(path.resolve(__dirname, "../../docs"), path.join(folder, "docs"), { recursive: true });
const text = fs.readFileSync(path.join(example, "factories/valley-1.md"), "utf8");
const units = text.match(/^ +- no: /gm).length;
let seed = 1;
const less = (most) => { seed = (seed * 48271) % 2147483647; return Math.floor((seed / 2147483647) * most); };
for (let at = 0; at * units < Number(count); at += 1) {
  fs.writeFileSync(path.join(content, `factories/more-${at}.md`), text.replace(/^title: .*$/m, `title: 示例县云谷工业园第${at}号厂房`)
    .replace(/^( +area_m2: )(\d+)$/gm, (_, key, number) => key + (Number(number) - less(Number(number) / 2)))
    .replace(/^( +rent: )(\d+)\.\d$/gm, (_, key) => key + (6 + less(14)) + "." + less(10)));
}
execFileSync(binary, ["build", "--root", folder, "--out", path.join(folder, "out"), "--portable"], { stdio: "inherit" });

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path.join(folder, "out/factories/index.html")).href);
  const result = await page.evaluate(() => {
    const field = document.querySelector("[name='area_m2.min']"), rent = document.querySelector("[name='rent.max']");
    const script = [], whole = [];
    for (let at = 0; at < 40; at += 1) {
      field.value = 1000 + at * 50;
      rent.value = 20 - (at % 8);
      const start = performance.now();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      script.push(performance.now() - start);
      document.body.getBoundingClientRect();
      whole.push(performance.now() - start);
    }
    const median = (list) => list.sort((a, b) => a - b)[list.length / 2];
    return { total: window.parkpressRows ? Object.values(window.parkpressRows)[0].record.length : document.querySelectorAll("[data-rows] tr").length, script: median(script), whole: median(whole), said: document.querySelector("[role=status]").textContent };
  });
  console.log(`${result.total} rows: a change of a filter takes ${result.script.toFixed(1)} ms in the script, ${result.whole.toFixed(1)} ms with layout (${result.said})`);
  await browser.close();
  process.exit(result.script <= 16 ? 0 : 1);
})();
