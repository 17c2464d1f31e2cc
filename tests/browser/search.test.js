// The search of the worked example in a real browser: questions, slips, filters, the finder, composition, no script, a folder.
"use strict";
const assert = require("node:assert");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { after, before, test } = require("node:test");
const kit = require("./setup.js");

const { folder, open } = kit;
let base;
before(async () => { await kit.start(); base = kit.base; });
after(kit.stop);

const settled = (page) => page.waitForFunction(() => document.querySelector(".search [role=status]").textContent !== "");
const status = (page) => page.locator(".search [role=status]").textContent();
const paths = (page) => page.$$eval("[data-search-results] a[href]", (links, base) => links.map((link) => new URL(link.href).pathname.replace(base, "")), new URL(base).pathname);
async function ask(question, options) {
  const page = await open(base + "search/?q=" + encodeURIComponent(question), options);
  await settled(page);
  return page;
}

test("questions in many forms lead to the right page", async () => {
  for (const [question, wanted] of [
    ["怎么申请贷款贴息", "policies/loan-interest/"],
    ["daikuan tiexi", "policies/loan-interest/"],
    ["dktx", "policies/loan-interest/"],
    ["貸款貼息", "policies/loan-interest/"],
    ["贷款贴吸", "policies/loan-interest/"],
    ["云谷工业园3号厂房", "factories/valley-3/"],
    ["yungu gongyeyuan", "parks/shili-valley/"],
  ]) {
    const page = await ask(question);
    const found = await paths(page);
    assert.ok(found.slice(0, 3).some((path) => path.startsWith(wanted)), `${question}: ${found.slice(0, 5)}`);
    assert.deepStrictEqual(page.troubles, [], question);
    await page.context().close();
  }
});

test("a document number is found however it is spaced", async () => {
  const page = await open(base + "policies/loan-interest/");
  const number = /示政[\u4e00-\u9fff]?〔(\d{4})〕(\d+)号/.exec(await page.locator("main").textContent());
  await page.context().close();
  assert.ok(number, "the worked example has a document number");
  for (const typed of [number[0], number[0].replace("〔", " ").replace("〕", " "), number[0].replace("〔", "[").replace("〕", "]")]) {
    const asked = await ask(typed);
    assert.ok((await paths(asked)).slice(0, 2).includes("policies/loan-interest/"), typed);
    await asked.context().close();
  }
});

test("a slip is said to be near, a hit is counted, nothing is said to be nothing", async () => {
  const exact = await ask("贷款贴息");
  assert.match(await status(exact), /^找到 \d+ 条$/);
  assert.ok(await exact.locator(".hit mark").count() > 0);
  await exact.context().close();
  const near = await ask("贷款贴吸");
  assert.match(await status(near), /没有完全匹配/);
  await near.context().close();
  const none = await ask("qqzzxx");
  assert.match(await status(none), /没有找到/);
  assert.strictEqual(await none.locator("[data-search-results] a").count(), 0);
  assert.deepStrictEqual(none.troubles, []);
  await none.context().close();
});

test("numbers with units lead into the finder with those filters set", async () => {
  const page = await ask("1500平方米以上 承重1吨 标准厂房");
  const link = page.locator("[data-search-finder] a");
  assert.match(await link.textContent(), /可租面积 ≥ 1500.*荷载 ≥ 1/);
  await link.click();
  await page.waitForLoadState();
  assert.strictEqual(await page.inputValue("[name='area_m2.min']"), "1500");
  assert.strictEqual(await page.inputValue("[name='floor_load_t_m2.min']"), "1");
  assert.ok(await page.locator("tr[data-record]:not([hidden])").count() > 0);
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
  for (const [question, wanted] of [["租金15元以下", /rent\.max=15/], ["2亩厂房", /area_m2\.min=1333\.33/], ["配电不低于1000千伏安", /power_kva\.min=1000/]]) {
    const asked = await ask(question);
    assert.match(await asked.locator("[data-search-finder] a").getAttribute("href"), wanted, question);
    await asked.context().close();
  }
  const plain = await ask("2025年通知");
  assert.ok(!(await plain.locator("[data-search-finder]").isVisible()));
  await plain.context().close();
});

test("results are filtered by type and park, ordered by date, and Back returns", async () => {
  const page = await ask("厂房");
  const all = await status(page);
  const types = await page.$$eval("[data-search-type] option", (options) => options.slice(1).map((option) => option.textContent));
  assert.ok(types.length > 1 && types.every((text) => /\(\d+\)$/.test(text)), types.join());
  await page.selectOption("[data-search-type]", "可租厂房");
  await page.waitForFunction((all) => document.querySelector(".search [role=status]").textContent !== all, all);
  assert.ok((await paths(page)).every((path) => path.startsWith("factories/")));
  const typed = await status(page);
  await page.selectOption("[data-search-under]", { index: 1 });
  await page.waitForFunction((all) => document.querySelector(".search [role=status]").textContent !== all, typed);
  assert.ok(page.url().includes("type=") && page.url().includes("under="));
  await page.goBack();
  await page.waitForFunction((all) => document.querySelector(".search [role=status]").textContent === all, typed);
  await page.goBack();
  await page.waitForFunction((all) => document.querySelector(".search [role=status]").textContent === all, all);
  await page.selectOption("[data-search-type]", "园区动态");
  await page.selectOption("[data-search-sort]", "date");
  await page.waitForFunction(() => document.querySelectorAll("[data-search-results] a[href*='news/']").length > 1 && location.search.includes("sort=date"));
  await page.waitForTimeout(300);
  const dates = (await paths(page)).map((path) => path.replace("news/", "").slice(0, 10));
  assert.deepStrictEqual(dates, dates.slice().sort().reverse());
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("while characters are composed nothing is searched", async () => {
  const page = await open(base + "search/");
  await page.locator("[data-search-box]").focus();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Input.imeSetComposition", { text: "chang", selectionStart: 5, selectionEnd: 5 });
  await cdp.send("Input.imeSetComposition", { text: "changfang", selectionStart: 9, selectionEnd: 9 });
  await page.waitForTimeout(700);
  assert.ok(!asked.some((url) => url.includes("head.js")), "the search began too early");
  assert.strictEqual(await status(page), "");
  await cdp.send("Input.insertText", { text: "厂房" });
  await settled(page);
  assert.match(await status(page), /找到/);
  assert.ok(page.url().includes(encodeURIComponent("厂房")));
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("the keyboard is enough: from any page to a result, and to more of them", async () => {
  const page = await open(base + "parks/");
  await page.locator("#q").focus();
  await page.keyboard.type("园区");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\//);
  await settled(page);
  const first = await page.locator("[data-search-results] a").count();
  assert.strictEqual(first, 10);
  await page.locator("[data-search-more]").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("[data-search-results] a").length > 10);
  const focused = await page.evaluate(() => Array.from(document.querySelectorAll("[data-search-results] a")).indexOf(document.activeElement));
  assert.strictEqual(focused, 10);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes("/search/"));
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("titles are suggested and hot words search at once", async () => {
  const page = await open(base + "search/");
  await page.locator("[data-search-box]").focus();
  await page.waitForFunction(() => document.querySelectorAll("[data-search-titles] option").length > 50);
  const hot = page.locator("[data-search-hot] a").first(), word = await hot.textContent();
  await hot.click();
  await settled(page);
  assert.strictEqual(await page.inputValue("[data-search-box]"), word);
  assert.ok((await paths(page)).length > 0);
  await page.context().close();
});

test("without script the whole index is there, by section and by letter, and says so", async () => {
  const page = await open(base + "search/", { javaScriptEnabled: false });
  assert.ok(!(await page.locator("[data-search]").isVisible()));
  assert.match(await page.locator("[data-search-index]").textContent(), /没有运行脚本/);
  assert.ok(await page.locator("[data-search-index] section a").count() > 100);
  await page.locator("a[href='#az-s'], a[href$='#az-s']").first().click();
  assert.ok(await page.locator("#az-s").isVisible());
  await page.context().close();
});

test("the other language searches its own pages", async () => {
  const page = await open(base + "en/search/?q=industrial");
  await settled(page);
  const found = await paths(page);
  assert.ok(found.length > 0 && found.every((path) => path.startsWith("en/")), found.join());
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("the search works from a folder", async () => {
  const page = await open(pathToFileURL(path.join(folder, "index.html")).href);
  await page.locator("#q").fill("贷款贴息");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\/index\.html/);
  await settled(page);
  await page.locator("[data-search-results] a").first().click();
  await page.waitForURL(/policies\/.*index\.html$/);
  assert.strictEqual(await page.locator("h1").count(), 1);
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("lost files are said, and no result is as wide as a telephone is not", async () => {
  const page = await open(base + "search/", { viewport: { width: 320, height: 640 } });
  await page.route(/head\.js/, (route) => route.abort());
  await page.locator("[data-search-box]").fill("厂房");
  await settled(page);
  assert.match(await status(page), /没有载入/);
  await page.unroute(/head\.js/);
  await page.locator("[data-search-box]").press("Enter");
  await page.waitForFunction(() => /找到/.test(document.querySelector(".search [role=status]").textContent));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `${overflow}px too wide`);
  await page.context().close();
});
