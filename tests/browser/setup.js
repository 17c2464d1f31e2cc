// What the browser tests share: the built site at "/" and below a sub-path, a folder to open by double click, a browser.
"use strict";
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");
const { execFileSync } = require("node:child_process");
const { chromium } = require("playwright-core");

const root = path.resolve(__dirname, "../..");
const binary = path.resolve(process.env.PARKPRESS || path.join(root, "target/release/parkpress"));
const temp = fs.mkdtempSync(path.join(os.tmpdir(), "parkpress-browser-"));
// One run of all files builds the two folders once (see tests/run); a file that runs alone builds its own.
const built = process.env.PARKPRESS_SITES ? path.resolve(process.env.PARKPRESS_SITES) : temp;
const site = path.join(built, "site");
const folder = path.join(built, "folder");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".json": "application/json", ".xml": "application/xml" };
// The policy that a careful operator also sends as a header; every page says it again in its head.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";
let browser;
const servers = [];

const kit = { root, binary, temp, site, folder, policy, base: "", top: "", start, stop, open, serve, listen, build, watch, pages, kinds, values };

// A plain file server below a sub-path, as an office has it.
function serve(prefix, from = site) {
  return http.createServer((request, response) => {
    const head = { "content-security-policy": policy };
    let name = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const missing = () => {
      const own = path.join(from, "404.html");
      response.writeHead(404, { ...head, "content-type": types[".html"] });
      response.end(fs.existsSync(own) ? fs.readFileSync(own) : "");
    };
    if (!name.startsWith(prefix)) return missing();
    name = name.slice(prefix.length - 1);
    if (name.endsWith("/")) name += "index.html";
    const file = path.join(from, path.normalize(name));
    if (!file.startsWith(from) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) return missing();
    response.writeHead(200, { ...head, "content-type": types[path.extname(file)] || "application/octet-stream" });
    response.end(fs.readFileSync(file));
  });
}

// Serves a folder until the tests of this file end, and says where.
async function listen(prefix, from = site) {
  const server = serve(prefix, from);
  servers.push(server);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}${prefix}`;
}

function build(from, out, ...more) {
  execFileSync(binary, ["build", "--root", from, "--out", out, ...more], { stdio: ["ignore", "ignore", "inherit"] });
}

async function start() {
  if (!fs.existsSync(site)) build(root, site);
  if (!fs.existsSync(folder)) build(root, folder, "--portable");
  // The one page with absolute links, 404.html, is at home below the path of base_url alone.
  kit.base = await listen(new URL(/^base_url: (.*)$/m.exec(fs.readFileSync(path.join(root, "content/site.yaml"), "utf8"))[1] + "/").pathname);
  kit.top = await listen("/");
  // No name is looked up: what is not on this machine cannot be reached, only noticed.
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
}

async function stop() {
  if (browser) await browser.close();
  for (const server of servers) server.close();
  fs.rmSync(temp, { recursive: true, force: true });
}

async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await watch(page);
  if (url !== undefined) await page.goto(url);
  return page;
}

// Notes in page.troubles whatever a visitor would not see but must not be: errors, refusals by the policy, foreign requests.
async function watch(page) {
  page.troubles = [];
  page.requests = [];
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => console.error("policy: " + event.violatedDirective + " " + event.blockedURI)));
  page.on("console", (message) => { if (message.type() === "error" || /Content Security Policy/.test(message.text())) page.troubles.push([message.text(), message.location().url].join(" ").trim()); });
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("request", (request) => {
    page.requests.push(request.url());
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:|file:)/.test(request.url())) page.troubles.push("foreign " + request.url());
  });
  // A picture of a page that is left before it came is nobody's loss. A missing one is an answer of 404, a refused one is
  // told by the console; both are counted.
  // So is what a preview in a frame still wanted when the next one took its place.
  const framed = (request) => { try { return request.frame() !== page.mainFrame(); } catch { return false; } };
  const left = (request) => (request.resourceType() === "image" || framed(request) || /\/assets\/icon\./.test(request.url())) && request.failure()?.errorText === "net::ERR_ABORTED";
  page.on("requestfailed", (request) => { if (!left(request)) page.troubles.push("failed " + request.url()); });
  page.on("response", (response) => { if (response.status() >= 400) page.troubles.push(response.status() + " " + response.url()); });
}

// Every page of a built folder: its address, what it says it is, and its text.
function pages(from = site) {
  return fs.readdirSync(from, { recursive: true }).map(String).filter((name) => name.endsWith(".html")).sort().map((name) => {
    const html = fs.readFileSync(path.join(from, name), "utf8"), body = /<body[^>]*>/.exec(html)?.[0] || "";
    const word = (attribute) => new RegExp(attribute + "=[\"']?([^\\s\"'>]*)").exec(body)?.[1] || "";
    return { name: name.split(path.sep).join("/"), path: name.split(path.sep).map(encodeURIComponent).join("/").replace(/(^|\/)index\.html$/, "$1"), kind: word("data-page") + " " + word("data-type"), html };
  });
}

// The fewest pages that show everything the theme can print: the longest page of each kind, the English home page, and
// then pages until every class name of the site stands on one of them. A new kind of page or component joins by itself.
function kinds(from = site) {
  const all = pages(from).map((page) => ({ ...page, classes: new Set(Array.from(page.html.matchAll(/\sclass=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g), (found) => (found[1] || found[2] || found[3] || "").split(/\s+/)).flat()) }));
  const chosen = new Map(), seen = new Set();
  const choose = (page) => { chosen.set(page.name, page); for (const name of page.classes) seen.add(name); };
  for (const kind of new Set(all.map((page) => page.kind))) {
    choose(all.filter((page) => page.kind === kind).reduce((long, page) => (page.html.length > long.html.length ? page : long)));
  }
  const english = all.find((page) => page.name === "en/index.html");
  if (english) choose(english);
  const fresh = (page) => Array.from(page.classes).filter((name) => !seen.has(name)).length;
  for (;;) {
    const best = all.reduce((most, page) => (fresh(page) > fresh(most) ? page : most));
    if (!fresh(best)) return Array.from(chosen.values());
    choose(best);
  }
}

// The values of the rows that a finder shows, in their order: the page as sent says which row has which.
function values(page) {
  return page.evaluate(async () => {
    const sent = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
    const columns = Object.entries(JSON.parse(sent.querySelector("[data-columns]").textContent));
    const name = (row) => row.dataset.record + ":" + row.dataset.row, known = new Map();
    sent.querySelectorAll("[data-rows] tr").forEach((row, at) => known.set(name(row), Object.fromEntries(columns.map(([key, column]) => [key, column[at]]))));
    return Array.from(document.querySelectorAll("[data-rows] tr:not([hidden])"), (row) => known.get(name(row)));
  });
}

module.exports = kit;
