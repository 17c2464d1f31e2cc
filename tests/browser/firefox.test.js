// The forms in Firefox, whose engine no other test sees: a notice is made, corrected and published.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { spawn } = require("node:child_process");
const { after, before, test } = require("node:test");
const puppeteer = require("puppeteer-core");

const root = path.resolve(__dirname, "../..");
const binary = path.resolve(process.env.PARKPRESS || path.join(root, "target/release/parkpress"));
const copy = fs.mkdtempSync(path.join(os.tmpdir(), "parkpress-firefox-"));
let preview, browser, door;

before(async () => {
  for (const part of ["content", "docs"]) fs.cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  preview = spawn(binary, ["serve", "--root", copy, "--port", "0", "--admin", "--at", "2026-11-24 09:00"], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  door = await new Promise((resolve, reject) => {
    preview.stdout.on("data", (data) => { const found = /http:\S+key=[0-9a-f]+/.exec(printed += data); if (found) resolve(found[0]); });
    preview.on("exit", () => reject(new Error("the preview ended")));
  });
  browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr", headless: true, extraPrefsFirefox: { "intl.accept_languages": "zh-CN" } });
});
after(async () => {
  if (browser) await browser.close();
  if (preview) preview.kill();
  fs.rmSync(copy, { recursive: true, force: true });
});

test("a page is made, corrected and published in Firefox", async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const click = (words) => page.evaluate((text) => {
    const found = [...document.querySelectorAll("button, a")].find((one) => one.textContent.trim() === text && one.getClientRects().length > 0);
    if (!found) throw new Error(`no ${text}`);
    found.click();
  }, words);
  const said = (words) => page.waitForFunction((text) => document.querySelector("[data-said]").textContent.includes(text), { timeout: 30000 }, words);
  const file = path.join(copy, "content/pages/kan-chang-xu-zhi.md");
  await page.goto(door);
  await page.waitForSelector("table.list tbody tr", { timeout: 60000 });
  assert.ok(!page.url().includes("key="), "the key does not stay in the address");
  await page.evaluate(() => { location.hash = "#/new/page"; });
  await page.waitForSelector("[data-path=_id]", { timeout: 30000 });
  await page.type("[data-path=title] input", "看厂须知");
  await page.waitForFunction(() => document.querySelector("[data-path=_id] input").value === "kan-chang-xu-zhi", { timeout: 30000 });
  await page.type("[data-path=body] textarea", "提前一个工作日预约。");
  await click("保存草稿");
  await said("已保存");
  assert.ok(fs.readFileSync(file, "utf8").includes("state: draft"));

  // A title of one letter is an error, stands at its place and keeps the record from being published.
  const type = async (words) => {
    await page.$eval("[data-path=title] input", (input) => { input.value = ""; input.dispatchEvent(new Event("input", { bubbles: true })); });
    await page.type("[data-path=title] input", words);
  };
  await type("看");
  await click("发布");
  await said("还有错误");
  assert.ok(await page.$("[data-path=title] .problem--error"));
  assert.ok(fs.readFileSync(file, "utf8").includes("state: draft"));
  await type("看厂须知");
  await click("发布");
  await said("已发布");
  const text = fs.readFileSync(file, "utf8");
  assert.ok(/^state: published$/m.test(text) && text.includes("提前一个工作日预约。"), text);
  const shown = await page.evaluate(async () => (await fetch("/kan-chang-xu-zhi/")).text());
  assert.ok(shown.includes("看厂须知"));
});
