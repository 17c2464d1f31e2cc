// Every kind of page in every setting: at "/" and below a sub-path, at three widths, with and without script; and every
// page once. A page is sound when the browser has nothing to say against it and nothing sticks out.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, test } = require("node:test");
const kit = require("./setup.js");

const { open, site, temp } = kit;
before(kit.start);
after(kit.stop);

// What is wrong with the page that is open; measured in the page, so that one call does.
async function faults(page) {
  return page.evaluate(() => {
    const found = [], count = (selector) => document.querySelectorAll(selector).length;
    if (count("h1") !== 1) found.push(count("h1") + " h1");
    if (count("main") !== 1 || count("body > footer, body > div > footer") !== 1 || !count("body > header, body > div > header") || !count("nav[aria-label]")) found.push("landmarks");
    if (!document.documentElement.lang || !document.title.trim()) found.push("lang or title");
    if (!document.querySelector("meta[name=Description]")?.content.trim()) found.push("no description");
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) {
      const edge = document.documentElement.clientWidth;
      const out = Array.from(document.querySelectorAll("main *, header *, footer *")).filter((node) => node.getBoundingClientRect().right > edge + 1 && !node.closest(".table-scroll"));
      found.push(`${wide}px too wide: ${out.slice(0, 3).map((node) => node.tagName + "." + node.className)}`);
    }
    for (const picture of document.images) if (picture.complete && picture.currentSrc && !picture.naturalWidth) found.push("empty picture " + picture.currentSrc);
    return found;
  });
}

// Opens pages one after the other; everything that is wrong, with the name of its page.
async function visit(base, list, options, more = async () => {}) {
  const page = await open(undefined, options), found = [];
  for (const { name, path: at } of list) {
    page.troubles.length = 0;
    await page.goto(base + at);
    for (const fault of (await faults(page)).concat(page.troubles)) found.push(`${base}${name}: ${fault}`);
    await more(page, name);
  }
  await page.context().close();
  return found;
}

test("what watches the pages sees a refused style, a foreign picture, a missing file and a wide block, with and without script", async () => {
  const bad = path.join(temp, "bad");
  fs.mkdirSync(bad, { recursive: true });
  fs.writeFileSync(path.join(bad, "index.html"), '<!doctype html><html lang="zh"><title>x</title><body><h1>x</h1><p style="color:red">x<img src="https://www.example.com/a.png" alt=""><script src="gone.js"></script><pre>' + "x".repeat(2000));
  const base = await kit.listen("/", bad);
  for (const javaScriptEnabled of [true, false]) {
    const page = await open(base, { javaScriptEnabled });
    const said = page.troubles.join("\n");
    for (const part of ["style", "foreign https://www.example.com/a.png"].concat(javaScriptEnabled ? "404 " + base + "gone.js" : [])) assert.ok(said.includes(part), part + " in " + said);
    assert.ok((await faults(page)).some((fault) => fault.includes("too wide")));
    await page.context().close();
  }
});

for (const width of [1280, 390, 320]) {
  for (const javaScriptEnabled of [true, false]) {
    test(`every kind of page is sound at ${width} px, ${javaScriptEnabled ? "with" : "without"} script, at / and below a sub-path`, async () => {
      const chosen = kit.kinds();
      const found = await Promise.all([kit.top, kit.base].map((base) => {
        return visit(base, chosen.filter((page) => page.name !== "404.html" || base === kit.base), { viewport: { width, height: 800 }, javaScriptEnabled });
      }));
      assert.deepStrictEqual(found.flat(), []);
    });
  }
}

test("every page of the site loads without a word from the browser, and its links lead somewhere", async () => {
  const linked = new Map(), all = kit.pages();
  const note = async (page, name) => {
    for (const link of await page.evaluate(() => Array.from(document.querySelectorAll("a[href], link[href], area[href]"), (node) => (typeof node.href === "string" ? node.href : new URL(node.getAttribute("href"), document.baseURI).href)))) {
      if (link.startsWith("http://127.0.0.1:")) linked.set(link.split("#")[0].split("?")[0], name);
    }
  };
  const found = (await Promise.all([0, 1].map((half) => visit(kit.base, all.filter((_, at) => at % 2 === half), { viewport: { width: 390, height: 800 } }, note)))).flat();
  for (const [link, from] of linked) {
    assert.ok(link.startsWith(kit.base), `${link} on ${from} leaves the folder of the site`);
    let name = decodeURIComponent(link.slice(kit.base.length));
    if (name === "" || name.endsWith("/")) name += "index.html";
    if (!fs.existsSync(path.join(site, name))) found.push(`${from}: dead link ${link}`);
  }
  assert.ok(linked.size > 100);
  assert.deepStrictEqual(found, []);
});

test("an address that does not exist is answered by the site's own page", async () => {
  const page = await open(kit.base + "no/such/page/");
  assert.strictEqual(await page.getAttribute("body", "data-page"), "not_found");
  assert.deepStrictEqual(page.troubles.filter((trouble) => !trouble.includes("404")), []);
  await page.locator("main a").first().click();
  await page.waitForLoadState();
  assert.strictEqual(page.url(), kit.base);
  await page.context().close();
});
