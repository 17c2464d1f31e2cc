// The forms in a real browser: a clerk makes a record, corrects what is marked, sends a picture, publishes, undoes, and
// meets somebody else's change.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { spawn } = require("node:child_process");
const { after, before, test } = require("node:test");
const axe = require("axe-core");
const kit = require("./setup.js");

const copy = path.join(kit.temp, "forms");
const file = (name) => path.join(copy, "content", name);
const read = (name) => fs.readFileSync(file(name), "utf8");
let preview, door, home;

before(async () => {
  await kit.start();
  fs.cpSync(path.join(kit.root, "content"), path.join(copy, "content"), { recursive: true });
  fs.cpSync(path.join(kit.root, "docs"), path.join(copy, "docs"), { recursive: true });
  // Comments are what an office keeps for itself in a file; no form may lose them.
  fs.writeFileSync(file("factories/valley-2.md"), read("factories/valley-2.md").replace(/^title: (.*)$/m, "# 面积以不动产证为准\ntitle: $1   # 与门牌一致"));
  preview = spawn(kit.binary, ["serve", "--root", copy, "--port", "0", "--admin", "--at", "2026-11-24 09:00"], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  door = await new Promise((resolve, reject) => {
    preview.stdout.on("data", (data) => { const found = /http:\S+key=[0-9a-f]+/.exec(printed += data); if (found) resolve(found[0]); });
    preview.on("exit", () => reject(new Error("the preview ended")));
  });
  home = new URL("/__parkpress/admin/", door).href;
});
after(async () => {
  if (preview) preview.kill();
  await kit.stop();
});

async function enter(options = {}) {
  const page = await kit.open(undefined, { locale: "zh-CN", ...options });
  await page.goto(door);
  await page.waitForSelector("table.list tbody tr", { timeout: 60000 });
  assert.strictEqual(page.url(), home, "the key does not stay in the address");
  return page;
}

async function go(page, hash, selector) {
  await page.evaluate((to) => { location.hash = to; }, hash);
  await page.waitForSelector(selector, { timeout: 30000 });
}

// Waits until a file that was written by hand has been read.
async function known(page, type, id) {
  for (let tries = 0; tries < 120; tries += 1) {
    if (await page.evaluate((wanted) => window.parkpressAdmin.ask("records").then((found) => found.told.records.some((record) => record.type === wanted.type && record.id === wanted.id)), { type, id })) return;
    await page.waitForTimeout(500);
  }
  assert.fail(`${type}/${id} is not read`);
}

// Waits until what is in the form was judged and its page is shown.
async function judged(page) {
  await page.waitForFunction(() => document.querySelector(".side > .hint").textContent === "", null, { timeout: 30000 });
}

// Everything that went wrong but for what a test provokes: answers of 409 and 422, the wait at the start, and the
// scripts of the previewed page, which its frame keeps still on purpose.
function troubles(page) {
  return page.troubles.filter((text) => !/^(409|422|503) |status of (409|422|503)|Blocked script execution/.test(text));
}

async function sound(page, name) {
  await page.evaluate(axe.source);
  const result = await page.evaluate(() => window.axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }, resultTypes: ["violations"] }));
  assert.deepStrictEqual(result.violations.map((one) => `${name} ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target).join(" | ")}`), []);
  const wide = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide[0] <= wide[1], `${name} is wider than the window`);
}

const said = (page, text) => page.waitForFunction((wanted) => document.querySelector("[data-said]").textContent.includes(wanted), text, { timeout: 30000 });

test("a notice is made, corrected, illustrated, published, undone", async () => {
  const page = await enter();
  await sound(page, "list");
  await page.getByRole("link", { name: "新建", exact: true }).click();
  await page.getByRole("link", { name: "通用页面", exact: true }).or(page.getByRole("link", { name: "页面", exact: true })).first().click();
  await page.waitForSelector("[data-path=_id]");
  await page.fill("[data-path=title] input", "看厂须知");
  await page.waitForFunction(() => document.querySelector("[data-path=_id] input").value === "kan-chang-xu-zhi", null, { timeout: 30000 });
  await page.fill("[data-path=body] textarea", "提前一个工作日预约。");
  await page.locator("[data-section=main] [data-path=cover]").getByLabel("选择图片").setInputFiles({ name: "园区 大门.png", mimeType: "image/png", buffer: fs.readFileSync(file("media/floor-plan-valley-1.png")) });
  await page.waitForFunction(() => document.querySelector("[data-path=cover] .media__name").textContent.endsWith(".png"), null, { timeout: 30000 });
  await judged(page);
  await page.getByRole("button", { name: "保存草稿" }).click();
  await said(page, "已保存");
  assert.strictEqual(page.url(), home + "#/edit/page/kan-chang-xu-zhi");
  let text = read("pages/kan-chang-xu-zhi.md");
  assert.ok(/^title: 看厂须知$/m.test(text) && /^state: draft$/m.test(text) && text.includes("提前一个工作日预约。"), text);
  assert.ok(fs.existsSync(file("media/yuan-qu-da-men.png")));

  // A picture without a word about it is an error, and stands at its place.
  await page.getByRole("button", { name: "发布" }).click();
  await said(page, "还有错误");
  assert.ok(await page.locator("[data-path=cover] .problem--error").isVisible());
  assert.ok(await page.evaluate(() => document.activeElement.matches("[data-summary]")), "the summary has the focus");
  await sound(page, "errors");
  assert.ok(/^state: draft$/m.test(read("pages/kan-chang-xu-zhi.md")));
  await page.locator(".summary--errors a").first().click();
  await page.getByLabel("图上是什么").fill("园区大门");
  await judged(page);
  await page.getByRole("button", { name: "发布" }).click();
  await said(page, "已发布");
  text = read("pages/kan-chang-xu-zhi.md");
  assert.ok(/^state: published$/m.test(text) && text.includes("alt: 园区大门"), text);
  assert.strictEqual((await (await page.context().request.get(new URL("/kan-chang-xu-zhi/", home).href)).text()).includes("看厂须知"), true);

  await page.fill("[data-path=title] input", "看厂预约须知");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await said(page, "已保存");
  assert.ok(/^title: 看厂预约须知$/m.test(read("pages/kan-chang-xu-zhi.md")));
  await page.getByRole("button", { name: "撤销这次保存" }).click();
  await said(page, "已恢复");
  assert.strictEqual(read("pages/kan-chang-xu-zhi.md"), text, "byte for byte as it was");
  await page.getByRole("link", { name: /^历史版本/ }).click();
  await page.getByRole("button", { name: /^看不同/ }).first().click();
  await page.waitForSelector("td:has-text('看厂预约须知')");
  await sound(page, "versions");
  await page.getByRole("button", { name: /^恢复这个版本/ }).first().click();
  await said(page, "已恢复");
  assert.ok(/^title: 看厂预约须知$/m.test(read("pages/kan-chang-xu-zhi.md")));
  assert.deepStrictEqual(troubles(page), []);
  await page.context().close();
});

test("a factory with its spaces is edited; comments stay, and the page beside shows it before it is saved", async () => {
  const page = await enter();
  await go(page, "#/edit/factory/valley-2", "form.record");
  await judged(page);
  const was = read("factories/valley-2.md");
  await sound(page, "form");
  await page.fill("[data-path=title] input", "云谷二号厂房（试改）");
  const frame = page.frameLocator(".preview__frame:not(.is-coming)");
  await frame.locator("h1", { hasText: "试改" }).waitFor({ timeout: 30000 });
  assert.strictEqual(read("factories/valley-2.md"), was, "a preview writes nothing");
  await page.fill("[data-path=power_kva] input", "很多");
  await page.locator("[data-path=power_kva] .problem--error").waitFor({ timeout: 30000 });
  assert.strictEqual(await page.getAttribute("[data-path=power_kva] input", "aria-invalid"), "true");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.waitForSelector(".summary--errors");
  assert.strictEqual(read("factories/valley-2.md"), was, "what is wrong is not published");
  await page.fill("[data-path=power_kva] input", "2000");
  await page.locator("[data-path='spaces.0'] > summary").click();
  await page.fill("[data-path='spaces.0.min_lease_m2'] input", "321");
  await page.getByRole("button", { name: /^加一项可租单元/ }).click();
  const count = await page.locator("[data-path=spaces] .items > .item").count();
  await page.locator(`[data-path='spaces.${count - 1}.no'] input`).fill("901");
  await page.locator(`[data-path='spaces.${count - 1}']`).getByRole("button", { name: "移除" }).last().click();
  assert.strictEqual(await page.locator("[data-path=spaces] .items > .item").count(), count - 1);
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await said(page, "已保存");
  const now = read("factories/valley-2.md");
  assert.ok(now.includes("# 面积以不动产证为准\ntitle: 云谷二号厂房（试改）   # 与门牌一致"), now);
  const lines = (text) => text.split("\n"), changed = lines(now).filter((line) => !lines(was).includes(line));
  assert.deepStrictEqual(changed.map((line) => line.trim().split(":")[0]).sort(), ["min_lease_m2", "power_kva", "title"]);

  // Somebody else saves in the meantime: nothing is overwritten, both are shown, the person chooses.
  await page.fill("[data-path=building_no] input", "二号");
  fs.writeFileSync(file("factories/valley-2.md"), now.replace("power_kva: 2000", "power_kva: 2100"));
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.waitForSelector(".conflict");
  assert.ok(read("factories/valley-2.md").includes("power_kva: 2100"));
  await sound(page, "conflict");
  assert.strictEqual(await page.locator(".clash").count(), 2);
  await page.getByRole("button", { name: "按所选保存" }).click();
  await said(page, "已保存");
  const merged = read("factories/valley-2.md");
  assert.ok(merged.includes("power_kva: 2100") && merged.includes("building_no: 二号"), "what each of them changed is kept");
  assert.ok(merged.includes("# 与门牌一致"));
  assert.deepStrictEqual(troubles(page), []);
  await page.context().close();
});

test("the keyboard, a telephone, the dark and English", async () => {
  const page = await enter({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  await sound(page, "list on a telephone");
  await page.keyboard.press("Tab");
  assert.strictEqual(await page.evaluate(() => document.activeElement.className), "skip");
  await go(page, "#/edit/policy/standard-factory", "form.record");
  assert.strictEqual(await page.evaluate(() => document.activeElement.id), "top-heading", "a new page is read from its heading");
  await page.getByRole("button", { name: "全部展开" }).click();
  await judged(page).catch(() => {});
  await sound(page, "policy on a telephone");
  await page.getByRole("button", { name: "看预览" }).click();
  assert.ok(await page.locator(".preview__frame").isVisible());
  await page.fill("[data-path=title] input", "改了一半");
  let asked = 0;
  page.on("dialog", (dialog) => { asked += 1; dialog.dismiss(); });
  await page.evaluate(() => { location.hash = "#/"; });
  await page.waitForTimeout(300);
  assert.ok(asked === 1 && page.url().endsWith("standard-factory"), "what is not saved is not lost by a click");
  const english = await enter({ locale: "en-GB" });
  assert.strictEqual(await english.getAttribute("html", "lang"), "en");
  assert.ok(await english.getByRole("link", { name: "New", exact: true }).isVisible());
  await sound(english, "English");
  await english.context().close();
  await page.context().close();
});

test("a record gets another id, is withdrawn, goes; each is shown first and taken back", async () => {
  fs.writeFileSync(file("notices/probe.md"), read("notices/water-interruption.md").replace(/^title: .*$/m, "title: 试改编号"));
  fs.writeFileSync(file("pages/leads.md"), "---\ntitle: 指路\nis_sample: true\n---\n\n见[通知](../notices/probe.md)。\n");
  const page = await enter();
  await known(page, "notice", "probe");
  await page.reload();
  await page.waitForSelector("table.list tbody tr");
  const was = read("notices/probe.md");
  await go(page, "#/edit/notice/probe", "form.record");
  await page.getByRole("link", { name: "改编号、撤稿或删除" }).click();
  await page.waitForSelector(".whole", { timeout: 60000 });
  assert.strictEqual(await page.evaluate(() => document.activeElement.id), "top-heading");
  assert.ok(await page.getByRole("link", { name: /指路/ }).isVisible(), "who leads to it is named");
  assert.strictEqual(await page.getByRole("button", { name: "删除……" }).count(), 0, "what is linked cannot go");
  await sound(page, "whole");

  // By keyboard alone: the id, the list, the confirmation.
  await page.getByLabel("新编号").fill("probe two");
  await page.keyboard.press("Enter");
  await page.locator("#whole-rename ~ form .problem--error").waitFor({ timeout: 60000 });
  assert.strictEqual(await page.evaluate(() => document.activeElement.tagName), "INPUT");
  await page.getByLabel("新编号").fill("probe-two");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".plan", { timeout: 60000 });
  assert.strictEqual(await page.evaluate(() => document.activeElement.tagName), "H3", "the list is read aloud");
  const shown = await page.textContent(".plan");
  assert.ok(shown.includes("content/notices/probe-two.md") && shown.includes("/notices/probe/") && shown.includes("指路"), shown);
  await sound(page, "plan");
  assert.strictEqual(read("notices/probe.md"), was, "a look writes nothing");
  await page.getByRole("button", { name: "确定改编号" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#/edit/notice/probe-two", null, { timeout: 60000 });
  await said(page, "编号已改为 probe-two");
  await page.waitForSelector("form.record");
  assert.ok(!fs.existsSync(file("notices/probe.md")) && read("pages/leads.md").includes("../notices/probe-two.md"));
  await page.locator("[data-said]").getByRole("button", { name: "撤销" }).click();
  await said(page, "已撤销");
  await page.waitForFunction(() => location.hash === "#/edit/notice/probe", null, { timeout: 60000 });
  assert.strictEqual(read("notices/probe.md"), was, "byte for byte as it was");
  assert.ok(read("pages/leads.md").includes("../notices/probe.md"));

  await go(page, "#/whole/notice/probe", ".whole");
  await page.getByRole("button", { name: "撤稿" }).click();
  await page.locator("#whole-withdraw ~ form .problem--error").waitFor();
  await page.getByLabel(/^撤稿原因/).fill("信息有误");
  await page.keyboard.press("Enter");
  await said(page, "已撤稿");
  assert.ok(/^state: withdrawn$/m.test(read("notices/probe.md")) && read("notices/probe.md").includes("信息有误"));
  await page.locator("[data-said]").getByRole("button", { name: "撤销" }).click();
  await said(page, "已撤销");
  assert.strictEqual(read("notices/probe.md"), was);

  await go(page, "#/whole/page/leads", ".whole");
  await page.getByRole("button", { name: "删除……" }).click();
  await page.getByRole("button", { name: "不删" }).click();
  assert.strictEqual(await page.evaluate(() => document.activeElement.textContent), "删除……");
  await page.keyboard.press("Enter");
  assert.strictEqual(await page.evaluate(() => document.activeElement.textContent), "确定删除");
  await sound(page, "sure");
  await page.keyboard.press("Enter");
  await said(page, "“指路”已删除");
  assert.ok(!fs.existsSync(file("pages/leads.md")));
  await page.locator("[data-said]").getByRole("button", { name: "撤销" }).click();
  await said(page, "已撤销");
  assert.ok(read("pages/leads.md").includes("../notices/probe.md"));
  assert.deepStrictEqual(troubles(page), []);
  await page.context().close();

  const small = await enter({ viewport: { width: 390, height: 844 }, locale: "en-GB", colorScheme: "dark" });
  await go(small, "#/whole/page/leads", ".whole");
  assert.strictEqual(await small.textContent("h1"), "New id, withdrawal, removal");
  await small.getByRole("textbox", { name: "New id" }).fill("leads-two");
  await small.keyboard.press("Enter");
  await small.waitForSelector(".plan", { timeout: 60000 });
  await sound(small, "whole on a telephone");
  await small.context().close();
});

test("a row of a table is edited in its form; its neighbours stay", async () => {
  const page = await enter(), table = read("contacts.csv"), row = table.split(/\r?\n/)[1], [id, title] = [row.split(",")[0], row.split(",")[1]];
  await go(page, "#/edit/contact/" + id, "form.record");
  await judged(page);
  assert.strictEqual(await page.locator("[data-section=body]").count(), 0, "a row has no prose");
  await sound(page, "row");
  await page.fill("[data-path=title] input", title + "（新）");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await said(page, "已保存");
  assert.strictEqual(read("contacts.csv"), table.replace(row, row.replace(title, title + "（新）")));
  await page.getByRole("button", { name: "撤销这次保存" }).click();
  await said(page, "已恢复");
  assert.strictEqual(read("contacts.csv"), table);
  assert.deepStrictEqual(troubles(page), []);
  await page.context().close();
});
