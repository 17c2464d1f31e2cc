// The finder, the comparison and the reader's own list in a real browser.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { execFileSync } = require("node:child_process");
const { after, before, test } = require("node:test");
const kit = require("./setup.js");

const { open } = kit;
let base;
before(async () => { await kit.start(); base = kit.base; });
after(kit.stop);

const count = (page) => page.locator("[data-rows] tr:not([hidden])").count();
const status = async (page) => (await page.locator("main [role=status]").first().textContent()).trim();

test("the finder filters, sorts, counts, and keeps its state in the address", async () => {
  const page = await open(base + "factories/");
  const visible = () => page.locator("[data-rows] tr:not([hidden])");
  const all = await page.locator("[data-rows] tr").count();
  assert.ok(all > 40);
  assert.ok((await page.locator("[role=status]").textContent()).startsWith(String(all)));
  await page.fill("input[name='area_m2.min']", "3000");
  const areas = (await kit.values(page)).map((row) => row.area_m2);
  assert.ok(areas.length > 0 && areas.length < all && areas.every((area) => area >= 3000));
  assert.ok((await page.locator("[role=status]").textContent()).startsWith(String(areas.length)));
  await page.fill("input[name='rent.max']", "12");
  const status = await page.locator("[role=status]").textContent();
  const rents = (await kit.values(page)).map((row) => row.rent);
  assert.ok(rents.every((rent) => (Array.isArray(rent) ? rent[0] : rent) <= 12), JSON.stringify(rents));
  assert.ok(status.includes("未提供"), "rows without a rent are counted apart: " + status);
  await page.selectOption("select[name=sort]", "-area_m2");
  const sorted = (await kit.values(page)).map((row) => row.area_m2);
  assert.deepStrictEqual(sorted, [...sorted].sort((a, b) => b - a));
  const url = page.url();
  assert.ok(url.includes("area_m2.min=3000") && url.includes("sort=-area_m2"), url);
  const again = await open(url);
  assert.strictEqual(await again.locator("[data-rows] tr:not([hidden])").count(), sorted.length);
  await page.fill("input[name='area_m2.min']", "999999");
  assert.ok((await page.locator("[role=status]").textContent()).startsWith("0"));
  await page.click("button[type=reset]");
  await page.waitForFunction((count) => document.querySelectorAll("[data-rows] tr:not([hidden])").length === count, all);
  await page.context().close();
  await again.context().close();
});

test("choices count what they would give, their own field left aside", async () => {
  const page = await open(base + "factories/?status=available");
  const shown = await count(page);
  const counts = await page.locator("[data-filter=status] label").evaluateAll((labels) => labels.map((label) => [label.dataset.option, Number(label.querySelector("[data-count]").textContent)]));
  assert.strictEqual(Object.fromEntries(counts).available, shown);
  assert.ok(Object.fromEntries(counts).leased > 0, "another choice of the same field keeps its count");
  const parks = await page.locator("[data-filter=park] [data-count]").evaluateAll((nodes) => nodes.reduce((sum, node) => sum + Number(node.textContent), 0));
  assert.strictEqual(parks, shown, "the choices of another field add up to the rows shown");
  const band = page.locator("[data-filter=area_m2] [data-option='2000-5000']");
  const promised = Number(await band.locator("[data-count]").textContent());
  await band.click();
  const areas = (await kit.values(page)).map((row) => row.area_m2);
  assert.ok(areas.length >= promised && areas.every((area) => area >= 2000 && area <= 5000));
  await page.context().close();
});

test("chips remove one condition, Back brings the one before, and the tick takes in what is unsure", async () => {
  const page = await open(base + "factories/");
  const all = await count(page);
  await page.check("[data-filter=status] input[value=available]");
  const available = await count(page);
  await page.fill("input[name='rent.max']", "10");
  await page.locator("input[name='rent.max']").press("Tab");
  const cheap = await count(page);
  assert.ok(cheap < available && available < all);
  const text = await status(page);
  const held = Number(/另有 (\d+) 个租金面议/.exec(text)?.[1] || 0) + Number(/另有 (\d+) 个未提供/.exec(text)?.[1] || 0);
  assert.ok(held > 0, text);
  await page.check("input[name=unsure]");
  assert.strictEqual(await count(page), cheap + held);
  await page.uncheck("input[name=unsure]");
  assert.strictEqual(await page.locator("[data-chips] li").count(), 2);
  await page.locator("[data-chips] button", { hasText: "租金" }).click();
  assert.strictEqual(await count(page), available);
  await page.goBack();
  assert.strictEqual(await page.inputValue("input[name='rent.max']"), "10");
  assert.strictEqual(await count(page), cheap);
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("with no result, the advice says which one condition to relax and what it gives", async () => {
  const page = await open(base + "factories/?area_m2.min=20000&rent.max=9");
  assert.ok((await status(page)).startsWith("0 "));
  const advice = page.locator("[data-advice] button").first();
  const promised = Number(/可得 (\d+) 个/.exec(await advice.textContent())[1]);
  await advice.click();
  assert.strictEqual(await count(page), promised);
  assert.ok(!(await page.locator("[data-advice]").isVisible()));
  await page.context().close();
});

test("other units are for reading and leave the filter alone", async () => {
  const page = await open(base + "factories/?area_m2.min=2000");
  const before = await count(page);
  await page.selectOption("select[name=unit]", "mu");
  await page.selectOption("select[name=rent]", "month");
  assert.strictEqual(await count(page), before);
  const rows = page.locator("[data-rows] tr:not([hidden])");
  const at = await rows.evaluateAll((all) => all.findIndex((row) => row.innerText.includes("元/月")));
  const row = rows.nth(at), values = (await kit.values(page))[at];
  const text = (await row.innerText()).replace(/,/g, "");
  assert.ok(text.includes((values.area_m2 * 3 / 2000).toFixed(2).replace(/0+$/, "").replace(/\.$/, "") + " 亩"), text);
  const rent = Array.isArray(values.rent) ? values.rent[0] : values.rent;
  assert.ok(text.includes(String(Math.round(rent * values.area_m2))), text);
  await page.context().close();
});

test("up to four rows are compared side by side, by a link that others can open", async () => {
  const page = await open(base + "factories/");
  const picks = page.locator("[data-rows] tr:not([hidden]) .pick:first-child");
  for (let at = 0; at < 4; at += 1) await picks.nth(at * 3).click();
  await picks.nth(20).click();
  assert.ok((await page.locator("[data-live]").textContent()).includes("4"));
  await page.click("[data-compare]");
  await page.waitForSelector(".compare-table tbody tr");
  assert.strictEqual(await page.locator(".compare-table thead th").count(), 5);
  assert.ok(await page.locator(".compare-table .differs").count() > 0);
  const link = page.url();
  assert.ok(link.includes("?rows="), link);
  assert.deepStrictEqual(page.troubles, []);
  const other = await open(link, { viewport: { width: 390, height: 800 } });
  await other.waitForSelector(".compare-table tbody tr");
  assert.strictEqual(await other.locator(".compare-table thead th").count(), 5);
  assert.ok(await other.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  const gone = await open(base + "factories/compare/?rows=factory/nowhere:1,factory/valley-1:101");
  await gone.waitForSelector(".compare-table tbody tr");
  assert.ok((await status(gone)).includes("1"));
  for (const each of [page, other, gone]) await each.context().close();
});

test("the reader's own list stays in the browser", async () => {
  const page = await open(base + "factories/");
  const saved = page.locator("[data-rows] tr:not([hidden]) .pick:last-child");
  await saved.nth(0).click();
  await saved.nth(5).click();
  await page.click("[data-saved]");
  await page.waitForSelector(".compare-table");
  assert.strictEqual(await page.locator("[data-list] li").count(), 2);
  assert.ok(decodeURIComponent(await page.getAttribute("[data-mail]", "href")).includes("rows="));
  await page.locator("[data-list] .pick").first().click();
  await page.waitForFunction(() => document.querySelectorAll("[data-list] li").length === 1);
  const fresh = await open(base + "factories/compare/");
  assert.ok((await status(fresh)).includes("清单是空的"));
  await page.context().close();
  await fresh.context().close();
});

test("Back from the comparison and from the own list brings the filtered list with its choices", async () => {
  const page = await open(base + "factories/");
  await page.fill("input[name='area_m2.min']", "2000");
  await page.locator("input[name='area_m2.min']").press("Tab");
  const kept = await count(page);
  const rows = page.locator("[data-rows] tr:not([hidden])");
  for (const at of [0, 1]) await rows.nth(at).locator(".pick").first().click();
  await rows.nth(2).locator(".pick").last().click();
  for (const [link, items] of [["[data-compare]", 3], ["[data-saved]", 2]]) {
    await page.click(link);
    await page.waitForSelector(".compare-table tbody tr");
    assert.strictEqual(await page.locator(".compare-table thead th").count(), items);
    await page.goBack();
    await page.waitForFunction((rows) => document.querySelectorAll("[data-rows] tr:not([hidden])").length === rows, kept);
    assert.strictEqual(await page.inputValue("input[name='area_m2.min']"), "2000");
    assert.strictEqual(await page.locator("[data-rows] .pick[aria-pressed=true]").count(), 3);
    assert.ok(await page.locator("[data-bar]").isVisible());
  }
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("the list that is shown can be taken along as a table", async () => {
  const page = await open(base + "factories/?status=available");
  const rows = await count(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-csv]")]);
  const text = fs.readFileSync(await download.path(), "utf8");
  assert.ok(text.startsWith("\ufeff"));
  assert.strictEqual(text.trim().split("\r\n").length, rows + 1);
  await page.context().close();
});

test("above 1,500 rows they are drawn from a script, fifty at a time", async () => {
  const copy = path.join(kit.temp, "large"), out = path.join(kit.temp, "large-out");
  fs.cpSync(path.join(kit.root, "content"), path.join(copy, "content"), { recursive: true });
  fs.cpSync(path.join(kit.root, "docs"), path.join(copy, "docs"), { recursive: true });
  const text = fs.readFileSync(path.join(kit.root, "content/factories/valley-1.md"), "utf8");
  for (let at = 0; at < 260; at += 1) fs.writeFileSync(path.join(copy, `content/factories/copy-${at}.md`), text);
  execFileSync(kit.binary, ["build", "--root", copy, "--out", out]);
  const server = kit.serve("/", out);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const page = await open(`http://127.0.0.1:${server.address().port}/factories/`);
    const total = Number((await status(page)).split(" ")[0]);
    assert.ok(total > 1500, String(total));
    assert.strictEqual(await count(page), 50);
    await page.fill("input[name='area_m2.min']", "3000");
    const kept = Number((await status(page)).split(" ")[0]);
    assert.ok(kept > 50 && kept < total);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await page.waitForFunction(() => document.querySelectorAll("[data-rows] tr").length === 100);
    await page.locator("[data-rows] tr .pick").first().click();
    await page.click("[data-compare]");
    await page.waitForSelector(".compare-table tbody tr");
    assert.deepStrictEqual(page.troubles, []);
    await page.context().close();
  } finally {
    server.close();
  }
});
