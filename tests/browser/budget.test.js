// What a page may weigh, in bytes as sent (gzip, level 9), and what it may ask for.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { execFileSync } = require("node:child_process");
const { after, before, test } = require("node:test");
const kit = require("./setup.js");

const KB = 1024;
before(kit.start);
after(kit.stop);

// By the gzip command: the copy of zlib inside Node packs some 2 % less, and which copy a browser test runs on says nothing
// about the page.
const known = new Map();
function sent(bytes) {
  const text = String(bytes);
  if (!known.has(text)) known.set(text, execFileSync("gzip", ["-9", "-n", "-c"], { input: bytes }).length);
  return known.get(text);
}
// The files that a page names: its style sheets and scripts. Links of 404.html begin at the root of the host.
function parts(page, folder, pattern, attribute) {
  const base = page.name === "404.html" ? new URL(kit.base) : new URL(page.name, "http://x/");
  const tags = Array.from(page.html.matchAll(pattern), (found) => found[0].match(attribute)).filter(Boolean);
  return tags.map((found) => {
    const { pathname } = new URL(found[1], base);
    return fs.readFileSync(path.join(folder, decodeURIComponent(page.name === "404.html" ? pathname.slice(base.pathname.length) : pathname)));
  });
}
const styles = (page, folder = kit.site) => parts(page, folder, /<link [^>]*stylesheet[^>]*>/g, /href=["']?([^\s"'>]+)/);
const scripts = (page, folder = kit.site) => parts(page, folder, /<script [^>]*>/g, /src=["']?([^\s"'>]+)/);
const weight = (files) => files.reduce((sum, file) => sum + sent(file), 0);

function within(pages, limit, of) {
  assert.ok(pages.length > 0);
  const heavy = pages.map((page) => [page.name, of(page)]).sort((a, b) => b[1] - a[1]);
  console.log(`# heaviest: ${heavy[0][0]} ${heavy[0][1]} of ${limit} bytes`);
  assert.deepStrictEqual(heavy.filter(([, bytes]) => bytes > limit), []);
}

test("style sheets are 8 KB", () => {
  for (const page of kit.kinds()) assert.ok(styles(page).length >= 1, page.name);
  within(kit.kinds(), 8 * KB, (page) => weight(styles(page)));
});

test("a page of a factory, policy or news item is 14 KB with its style", () => {
  for (const type of ["factory", "policy", "news"]) within(kit.pages().filter((page) => page.kind === "record " + type), 14 * KB, (page) => sent(page.html) + weight(styles(page)));
});

test("a board is 24 KB with its style", () => {
  const boards = kit.pages().filter((page) => /class=["']?board["' >]/.test(page.html) || page.kind.startsWith("overview") || page.kind.startsWith("trace"));
  assert.ok(boards.filter((page) => !page.name.startsWith("en/")).length >= 14, String(boards.map((page) => page.name)));
  within(boards, 24 * KB, (page) => sent(page.html) + weight(styles(page)));
});

test("the home page is 20 KB with its style", () => {
  within(kit.pages().filter((page) => page.kind.startsWith("home")), 20 * KB, (page) => sent(page.html) + weight(styles(page)));
});

test("the fit report, the matching and the form of requirements are 24 KB with their style", () => {
  for (const kind of ["fit", "match", "enquiry"]) within(kit.pages().filter((page) => page.kind.startsWith(kind + " ")), 24 * KB, (page) => sent(page.html) + weight(styles(page)));
});

test("a list of 500 units is 30 KB with its style and scripts", () => {
  const copy = path.join(kit.temp, "five-hundred"), out = path.join(kit.temp, "five-hundred-out");
  fs.cpSync(path.join(kit.root, "content"), path.join(copy, "content"), { recursive: true });
  fs.cpSync(path.join(kit.root, "docs"), path.join(copy, "docs"), { recursive: true });
  const folder = path.join(copy, "content/factories");
  const names = fs.readdirSync(folder).filter((name) => /^[a-z].*\.(md|yaml)$/.test(name) && !name.includes(".en."));
  const texts = names.map((name) => fs.readFileSync(path.join(folder, name), "utf8"));
  const units = (text) => Math.max(1, (text.match(/^ +- no: /gm) || []).length);
  let rows = texts.reduce((sum, text) => sum + units(text), 0), seed = 1;
  // Numbers differ from row to row as they do in life; equal rows would pack away to nothing.
  const less = (most) => { seed = (seed * 48271) % 2147483647; return Math.floor((seed / 2147483647) * most); };
  for (let at = 0; rows < 500; at += 1) {
    let text = texts[at % texts.length], left = 500 - rows;
    if (units(text) > left) continue;
    text = text.replace(/^title: (.*?)(\d*号)?(厂房|车间)?$/m, (_, name) => `title: ${name}第${at + 1}号厂房`)
      .replace(/^( +area_m2: )(\d+)$/gm, (_, key, number) => key + (Number(number) - less(Number(number) / 8)))
      .replace(/^( +rent: )(\d+)\.\d$/gm, (_, key, number) => key + number + "." + less(10));
    fs.writeFileSync(path.join(folder, `more-${at}${path.extname(names[at % names.length])}`), text);
    rows += units(text);
  }
  kit.build(copy, out);
  const page = kit.pages(out).find((each) => each.name === "factories/index.html");
  assert.strictEqual(page.html.match(/<tr [^>]*data-record/g).length, 500);
  assert.strictEqual(scripts(page, out).length, 2);
  within([page], 30 * KB, (list) => sent(list.html) + weight(styles(list, out)) + weight(scripts(list, out)));
});

test("a factory asks for its page, a style sheet, a script, its photos and the icon, and for nothing elsewhere", async () => {
  const factories = kit.pages().filter((page) => page.kind === "record factory");
  const page = await kit.open();
  for (const { path: at, name } of factories) {
    page.requests.length = 0;
    await page.goto(kit.base + at);
    const asked = new Set(page.requests.filter((url) => !url.startsWith("data:")));
    const photos = await page.evaluate(() => Array.from(document.images, (image) => image.currentSrc));
    for (const photo of photos) asked.delete(photo);
    // The browser fetches the icon of a site when it likes, once.
    asked.delete(await page.evaluate(() => document.querySelector("link[rel~=icon]").href));
    assert.ok(asked.size <= 3, `${name}: ${Array.from(asked)}`);
    for (const url of page.requests) assert.ok(url.startsWith(kit.base) || url.startsWith("data:"), `${name}: ${url}`);
  }
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("no script is needed: without it every page keeps its words, its links and its rows", async () => {
  const words = (page) => page.evaluate(() => {
    const main = document.querySelector("main");
    return { text: main.innerText.replace(/\s+/g, ""), links: main.querySelectorAll("a[href]").length, rows: main.querySelectorAll("tbody tr").length };
  });
  const [plain, lively] = [await kit.open(undefined, { javaScriptEnabled: false }), await kit.open()];
  for (const { path: at, name, kind } of kit.kinds()) {
    // Without script a comparison is the facet pages, which lead to every row; tested with the finder.
    if (kind.startsWith("compare")) continue;
    await Promise.all([plain, lively].map((page) => page.goto(kit.base + at)));
    const without = await words(plain), all = await words(lively);
    assert.strictEqual(without.rows, all.rows, name);
    assert.ok(without.links >= all.links, name);
    const heading = await plain.locator("h1").innerText();
    assert.ok(without.text.includes(heading.replace(/\s+/g, "")) && without.text.length > heading.length, name);
    if (kind.startsWith("record")) assert.ok(without.text.length >= all.text.length - 40, `${name}: ${without.text.length} of ${all.text.length}`);
  }
  for (const page of [plain, lively]) await page.context().close();
});
