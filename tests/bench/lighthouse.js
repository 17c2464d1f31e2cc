// Lighthouse, mobile, on eight kinds of page: node lighthouse.js FOLDER|URL [RUNS]
// A folder (a built site) is served here as a decent host does: compressed, with the policy as a header, assets cacheable.
// Prints the median of each category over RUNS (5) and ends with 1 below the bar. Not a test: scores move with the load of the machine.
"use strict";
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const zlib = require("node:zlib");

const BAR = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 };
const PAGES = ["", "parks/", "parks/*/", "factories/", "factories/*/", "policies/*/", "news/*/", "search/"];
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".json": "application/json", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

function serve(folder) {
  return http.createServer((request, response) => {
    let name = path.normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    if (name.endsWith("/")) name += "index.html";
    const file = path.join(folder, name), found = file.startsWith(folder) && fs.existsSync(file) && !fs.statSync(file).isDirectory();
    const head = { "content-security-policy": policy, "content-type": types[path.extname(file)] || "application/octet-stream", "cache-control": name.startsWith("/assets/") || name.startsWith("/media/") ? "public, max-age=31536000, immutable" : "no-cache" };
    if (!found) { response.writeHead(404); return response.end(); }
    const bytes = fs.readFileSync(file);
    if (/\.(jpg|png)$/.test(file)) { response.writeHead(200, head); return response.end(bytes); }
    response.writeHead(200, { ...head, "content-encoding": "gzip" });
    response.end(zlib.gzipSync(bytes, { level: 9 }));
  });
}

// The page of a kind that has the most to show; a site without a folder to look into gives it by its list page.
async function find(pattern, folder, base) {
  if (!pattern.includes("*")) return pattern;
  const list = pattern.split("*")[0];
  if (folder) {
    const sizes = fs.readdirSync(path.join(folder, list)).filter((name) => name !== "by" && name !== "page" && name !== "compare" && fs.existsSync(path.join(folder, list, name, "index.html")))
      .map((name) => [fs.statSync(path.join(folder, list, name, "index.html")).size, name]).sort((a, b) => b[0] - a[0]);
    return list + sizes[0][1] + "/";
  }
  const html = await (await fetch(base + list)).text();
  const link = Array.from(html.matchAll(/<a [^>]*href=["']?([^\s"'>#]+)/g), (found) => new URL(found[1], base + list).href).find((url) => url.startsWith(base + list) && !/\/(by|page|compare)\//.test(url) && url.length > (base + list).length);
  return link.slice(base.length);
}

(async () => {
  const [where, runs = "5"] = process.argv.slice(2);
  if (!where) { console.error("node lighthouse.js FOLDER|URL [RUNS]"); process.exit(2); }
  const { default: lighthouse } = await import("lighthouse");
  const { launch } = await import("chrome-launcher");
  const folder = /^https?:/.test(where) ? null : path.resolve(where);
  let base = where.replace(/\/?$/, "/"), server;
  if (folder) {
    server = serve(folder);
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${server.address().port}/`;
  }
  const chrome = await launch({ chromePath: process.env.CHROMIUM || "/usr/bin/chromium", chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
  const median = (list) => list.slice().sort((a, b) => a - b)[Math.floor(list.length / 2)];
  let below = 0;
  for (const pattern of PAGES) {
    const name = await find(pattern, folder, base), scores = {}, complaints = new Set();
    for (let run = 0; run < Number(runs); run += 1) {
      const { lhr } = await lighthouse(base + name, { port: chrome.port, output: "json", logLevel: "error" });
      for (const [id, category] of Object.entries(lhr.categories)) {
        (scores[id] = scores[id] || []).push(Math.round(category.score * 100));
        for (const { id: audit, weight } of category.auditRefs) {
          const { score, scoreDisplayMode, title, displayValue } = lhr.audits[audit];
          if (weight > 0 && score !== null && score < 0.9 && scoreDisplayMode !== "notApplicable") complaints.add(`${audit}: ${title} ${displayValue || ""}`);
        }
      }
    }
    const medians = Object.entries(BAR).map(([id, bar]) => [id, median(scores[id] || [0]), bar]);
    const bad = medians.filter(([, score, bar]) => score < bar);
    below += bad.length;
    console.log(`${bad.length ? "BELOW" : "ok   "} ${medians.map(([id, score]) => `${id} ${score}`).join("  ")}  /${name}`);
    if (bad.length) for (const complaint of complaints) console.log("      " + complaint);
  }
  await chrome.kill();
  if (server) server.close();
  process.exit(below ? 1 : 0);
})();
