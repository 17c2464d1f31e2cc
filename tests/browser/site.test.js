// The worked example in a real browser: the sheet and its code, no script, the keyboard, a folder, the preview.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const { spawn } = require("node:child_process");
const { pathToFileURL } = require("node:url");
const { after, before, test } = require("node:test");
const jsqr = require("jsqr");
const kit = require("./setup.js");

const { root, binary, temp, site, folder, open } = kit;
let base;
before(async () => { await kit.start(); base = kit.base; });
after(kit.stop);

test("a row leads to its space on the page of the building", async () => {
  const page = await open(base + "factories/");
  await page.locator("[data-rows] tr a").first().click();
  await page.waitForLoadState();
  const id = decodeURIComponent(new URL(page.url()).hash.slice(1));
  assert.ok(id.startsWith("u-"));
  assert.ok(await page.locator(`tr:has([id="${id}"])`).isVisible());
  await page.context().close();
});

test("the sheet of a factory prints on one page, and its code leads to the factory", async () => {
  const page = await open(base + "factories/valley-1/");
  const canonical = await page.getAttribute("link[rel=canonical]", "href");
  const sheets = fs.readdirSync(path.join(site, "factories")).filter((name) => fs.existsSync(path.join(site, "factories", name, "sheet")));
  assert.ok(sheets.length >= 20);
  for (const name of sheets) {
    await page.goto(base + `factories/${name}/sheet/`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    assert.strictEqual(pdf.match(/\/Type\s*\/Page[^s]/g).length, 1, name);
  }
  await page.goto(base + "factories/valley-1/sheet/");
  const pixels = await page.evaluate(async () => {
    const svg = document.querySelector(".sheet__qr svg").cloneNode(true), size = 400;
    svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    svg.setAttribute("width", size);
    svg.setAttribute("height", size);
    svg.querySelector(".qr-paper").setAttribute("fill", "#fff");
    const image = new Image();
    image.src = "data:image/svg+xml," + encodeURIComponent(svg.outerHTML);
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size }).getContext("2d");
    canvas.drawImage(image, 0, 0);
    return Array.from(canvas.getImageData(0, 0, size, size).data);
  });
  assert.strictEqual(jsqr(Uint8ClampedArray.from(pixels), 400, 400).data, canonical);
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("without script the form is away and the facet pages lead to the rows", async () => {
  const page = await open(base + "factories/", { javaScriptEnabled: false });
  assert.ok(!(await page.locator("[data-finder]").isVisible()));
  const link = page.locator(".facets a").first();
  assert.ok(await link.isVisible());
  await link.click();
  assert.ok(await page.locator("tr[data-record]").count() > 0);
  await page.context().close();
});

test("the keyboard reaches the content first", async () => {
  const page = await open(base);
  await page.keyboard.press("Tab");
  assert.strictEqual(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.ok(page.url().endsWith("#main"));
  await page.context().close();
});

test("the portable site opens from a folder", async () => {
  const page = await open(pathToFileURL(path.join(folder, "index.html")).href);
  await page.locator(".site-menu a").nth(2).click();
  await page.waitForLoadState();
  assert.ok(page.url().endsWith("factories/index.html"), page.url());
  assert.ok(await page.locator("[data-finder]").isVisible());
  await page.locator("[data-rows] tr a").first().click();
  await page.waitForLoadState();
  assert.strictEqual(await page.locator("h1").count(), 1);
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("the preview reloads on a change and shows a mistake without losing the page", async () => {
  const copy = path.join(temp, "copy");
  fs.cpSync(path.join(root, "content"), path.join(copy, "content"), { recursive: true });
  fs.cpSync(path.join(root, "docs"), path.join(copy, "docs"), { recursive: true });
  const preview = spawn(binary, ["serve", "--root", copy, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const address = await new Promise((resolve, reject) => {
      preview.stdout.on("data", (data) => { const found = /http:\/\/[0-9.:]+\//.exec(String(data)); if (found) resolve(found[0]); });
      preview.on("exit", () => reject(new Error("the preview ended")));
    });
    const page = await open(address + "about/");
    // The address answers before the site is read; the page comes by itself.
    await page.waitForSelector("h1", { timeout: 20000 });
    const file = path.join(copy, "content/pages/about.md");
    const text = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, text.replace("title: 关于本站", "title: 关于我们的网站"));
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "关于我们的网站", null, { timeout: 10000 });
    fs.writeFileSync(file, text.replace("title:", "titel:"));
    await page.waitForSelector(".parkpress-errors", { timeout: 10000 });
    assert.ok((await page.locator(".parkpress-errors").textContent()).includes("titel"));
    assert.strictEqual(await page.locator("h1").textContent(), "关于我们的网站");
    fs.writeFileSync(file, text);
    await page.waitForFunction(() => !document.querySelector(".parkpress-errors"), null, { timeout: 10000 });
    const status = await new Promise((resolve) => http.get(address, { headers: { host: "evil.example" } }, (response) => resolve(response.statusCode)));
    assert.strictEqual(status, 403);
    const outside = await new Promise((resolve) => http.get({ host: "127.0.0.1", port: new URL(address).port, path: "/../../../../etc/passwd" }, (response) => resolve(response.statusCode)));
    assert.strictEqual(outside, 404);
    await page.context().close();
  } finally {
    preview.kill();
  }
});
