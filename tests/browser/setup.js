// What the browser tests share: the built site below a sub-path, a folder to open by double click, a browser.
"use strict";
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");
const { execFileSync } = require("node:child_process");
const { chromium } = require("playwright-core");

const root = path.resolve(__dirname, "../..");
const binary = process.env.PARKPRESS || path.join(root, "target/release/parkpress");
const temp = fs.mkdtempSync(path.join(os.tmpdir(), "parkpress-browser-"));
const site = path.join(temp, "site");
const folder = path.join(temp, "folder");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json", ".xml": "application/xml" };
let browser, server;

const kit = { root, binary, temp, site, folder, base: "", start, stop, open, serve };

// A plain file server below a sub-path, as an office has it.
function serve(prefix, from = site) {
  return http.createServer((request, response) => {
    let name = decodeURIComponent(new URL(request.url, "http://x").pathname);
    if (!name.startsWith(prefix)) { response.writeHead(404); return response.end(); }
    name = name.slice(prefix.length - 1);
    if (name.endsWith("/")) name += "index.html";
    const file = path.join(from, path.normalize(name));
    if (!file.startsWith(from) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) { response.writeHead(404); return response.end(); }
    response.writeHead(200, { "content-type": types[path.extname(file)] || "application/octet-stream" });
    response.end(fs.readFileSync(file));
  });
}

async function start() {
  execFileSync(binary, ["build", "--root", root, "--out", site]);
  execFileSync(binary, ["build", "--root", root, "--out", folder, "--portable"]);
  server = serve("/sub/path/");
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  kit.base = `http://127.0.0.1:${server.address().port}/sub/path/`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
}

async function stop() {
  if (browser) await browser.close();
  if (server) server.close();
  fs.rmSync(temp, { recursive: true, force: true });
}

async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.troubles = [];
  page.on("console", (message) => { if (message.type() === "error") page.troubles.push(message.text()); });
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("requestfailed", (request) => page.troubles.push("failed " + request.url()));
  page.on("response", (response) => { if (response.status() >= 400) page.troubles.push(response.status() + " " + response.url()); });
  await page.goto(url);
  return page;
}

module.exports = kit;
