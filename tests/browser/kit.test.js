// The publishing kit as it leaves the desk: posters are one sheet with a code that reads, the article is taken whole by one
// click and arrives whole in an editor.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { execFileSync } = require("node:child_process");
const { after, before, test } = require("node:test");
const { pathToFileURL } = require("node:url");
const jsqr = require("jsqr");
const kit = require("./setup.js");

const { root, binary, temp, open } = kit;
const own = path.join(temp, "own"), made = path.join(temp, "made");
const long = "示".repeat(9) + "例县工业园区关于进一步做好标准厂房招租和企业入园服务有关事项的通知（征求意见稿）及其附件说明二〇二六年版";
const hard = {
  "news/stress-picture": { title: long.slice(0, 60), cover: "{src: valley-view.jpg, alt: 云谷园全景, caption: 云谷园全景}" },
  "news/stress-prose": { title: long.slice(0, 60) },
  "news/stress-short": { title: "开园", summary: "" },
};
let records;

const run = (words) => execFileSync(binary, [words[0], "--root", own, ...words.slice(1)], { encoding: "utf8", env: { ...process.env, LANG: "zh_CN.UTF-8", LC_ALL: "zh_CN.UTF-8" } });

before(async () => {
  await kit.start();
  fs.cpSync(path.join(root, "content"), path.join(own, "content"), { recursive: true });
  for (const [name, { title, cover, summary }] of Object.entries(hard)) {
    const head = ["---", `title: ${title}`, summary === "" ? "" : "summary: " + "摘要把事情说清楚，".repeat(13).slice(0, 119) + "。", "kind: important", "published_at: 2026-11-19 09:00", "source: 示例县工业园区管理委员会办公室", cover ? "cover: " + cover : "", "is_sample: true", "---"];
    const body = "正文一段话大约四十个字，用来看海报在没有图片的时候能排下多少，排不下的不能露出半行。\n\n".repeat(14);
    fs.writeFileSync(path.join(own, "content", name + ".md"), head.filter(Boolean).join("\n") + "\n\n" + body);
  }
  // Of each type the record with the longest title, which is the hardest to set; and those above.
  const longest = new Map();
  for (const record of JSON.parse(run(["list", "--format", "json"])).records) {
    if (!record.public || record.state === "withdrawn") continue;
    const known = longest.get(record.type);
    if (!known || record.title.length > known.title.length) longest.set(record.type, record);
  }
  records = Array.from(longest.values(), (record) => record.type + "/" + record.id).concat(Object.keys(hard));
  for (const record of new Set(records)) run(["publish", record, "--out", path.join(made, record.replace("/", "-"))]);
});
after(kit.stop);

const files = (wanted) => fs.readdirSync(made, { recursive: true }).map(String).filter((name) => wanted.test(name)).sort();
const address_of = (name) => pathToFileURL(path.join(made, name)).href;
const open_file = (name, options) => open(address_of(name), options);

test("every poster is exactly one sheet of its paper, nothing is cut, nothing is too small to read", async () => {
  const posters = files(/poster-a[34]\.html$/), found = [];
  assert.ok(posters.length >= 56, String(posters.length));
  const page = await open();
  for (const name of posters) {
    page.troubles.length = 0;
    await page.goto(address_of(name));
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
    const sheets = (pdf.match(/\/Type\s*\/Page[^s]/g) || []).length;
    const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf).map(Number);
    const paper = name.includes("a4") ? [595, 842] : [842, 1191];
    if (sheets !== 1) found.push(`${name}: ${sheets} sheets`);
    if (Math.abs(width - paper[0]) > 2 || Math.abs(height - paper[1]) > 2) found.push(`${name}: ${width} × ${height}`);
    found.push(...(await page.evaluate(() => {
      const wrong = [], poster = document.querySelector(".poster"), box = poster.getBoundingClientRect(), unit = box.width / 210;
      for (const node of poster.querySelectorAll("*:not(.stamp)")) {
        if (node.closest("svg") && node.tagName !== "svg") continue;
        const at = node.getBoundingClientRect(), style = getComputedStyle(node);
        // Ten millimetres that printers cannot reach.
        if (at.width && (at.left < box.left + 10 * unit || at.right > box.right - 10 * unit + 1 || at.top < box.top + 10 * unit || at.bottom > box.bottom - 10 * unit + 1)) wrong.push(`${node.className} lies at the edge`);
        const words = Array.from(node.childNodes).some((child) => child.nodeType === 3 && child.textContent.trim());
        if (words && parseFloat(style.fontSize) < 12) wrong.push(`${node.className} is ${style.fontSize}`);
        if (words && style.display !== "inline" && node.scrollWidth > node.clientWidth + 1) wrong.push(`${node.className} is too wide`);
      }
      for (const node of [poster, ...poster.querySelectorAll(".text")]) if (node.scrollHeight > node.clientHeight + 1) wrong.push(`${node.className} is cut by ${node.scrollHeight - node.clientHeight}px`);
      const picture = poster.querySelector(".picture img");
      if (picture && (!picture.naturalWidth || picture.clientHeight < 24 * unit)) wrong.push(`the picture is ${picture.clientHeight / unit} high`);
      // Legible from two metres: ten millimetres and no less.
      if (parseFloat(getComputedStyle(poster.querySelector("h1")).fontSize) < 9.9 * unit) wrong.push("the title is small");
      return wrong;
    })).concat(page.troubles).map((fault) => `${name}: ${fault}`));
  }
  await page.context().close();
  assert.deepStrictEqual(found, []);
});

test("the code of a poster is read as printed and leads to the record", async () => {
  for (const name of files(/^(news-stress-picture|policy-[^/]*)\/poster-a4\.html$/)) {
    const page = await open_file(name);
    const address = await page.locator(".foot__address").textContent();
    const shot = (await page.locator(".code svg").screenshot()).toString("base64");
    const pixels = await page.evaluate(async (shot) => {
      const picture = new Image();
      picture.src = "data:image/png;base64," + shot;
      await picture.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
      canvas.getContext("2d").drawImage(picture, 0, 0);
      return [picture.width, picture.height, Array.from(canvas.getContext("2d").getImageData(0, 0, picture.width, picture.height).data)];
    }, shot);
    assert.strictEqual(jsqr(Uint8ClampedArray.from(pixels[2]), pixels[0], pixels[1]).data, "https://" + address + "/");
    await page.context().close();
  }
});

test("in black and white a poster loses nothing: all that is read is dark on white", async () => {
  const page = await open_file("news-stress-picture/poster-a4.html");
  const light = await page.evaluate(() => {
    const dark = (colour) => { const [r, g, b] = colour.match(/[\d.]+/g).map(Number).map((c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }); return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05); };
    return Array.from(document.querySelectorAll(".poster *")).filter((node) => !node.closest("svg") && Array.from(node.childNodes).some((child) => child.nodeType === 3 && child.textContent.trim()) && dark(getComputedStyle(node).color) < 4.5).map((node) => node.className);
  });
  assert.deepStrictEqual(light, []);
  await page.context().close();
});

test("one click takes the article and nothing else, and it arrives whole in an editor", async () => {
  const record = files(/^factory-[^/]*\/wechat\.html$/)[0];
  const page = await open_file(record);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator(".phone__article p").first().click();
  const squeezed = (text) => text.replace(/\s+/g, "");
  const article = squeezed(await page.locator(".phone__article").innerText());
  assert.strictEqual(squeezed(await page.evaluate(() => getSelection().toString())), article);
  await page.keyboard.press("Control+c");
  // Also the habit of everybody: Ctrl+A takes the article alone, because nothing else on the page can be selected.
  await page.evaluate(() => getSelection().removeAllRanges());
  await page.keyboard.press("Control+a");
  const all = squeezed(await page.evaluate(() => getSelection().toString()));
  assert.ok(all.includes(article) && !all.includes("没有带上") && !all.includes("阅读原文”打开"), all.slice(0, 80));
  const editor = await page.context().newPage();
  fs.writeFileSync(path.join(temp, "editor.html"), '<!doctype html><html lang="zh"><title>x</title><div contenteditable="true" id="at" style="width:677px">');
  await editor.goto(pathToFileURL(path.join(temp, "editor.html")).href);
  await editor.locator("#at").click();
  await editor.keyboard.press("Control+v");
  const pasted = await editor.evaluate(() => ({
    text: document.querySelector("#at").innerText,
    tables: document.querySelectorAll("#at table").length,
    pictures: Array.from(document.querySelectorAll("#at img"), (img) => img.src.slice(0, 11)),
    left: getComputedStyle(document.querySelector("#at .x, #at p[style*='border-left']")).borderLeftWidth,
    classes: document.querySelectorAll("#at [class], #at [id], #at script, #at a").length,
  }));
  assert.strictEqual(squeezed(pasted.text), article);
  assert.ok(pasted.tables > 3 && pasted.left === "4px" && pasted.classes === 0, JSON.stringify({ ...pasted, text: "" }));
  assert.ok(pasted.pictures.every((src) => src === "data:image/"), String(pasted.pictures));
  await page.context().close();
});

test("the page of the article fits a desk and a telephone and asks nobody for anything", async () => {
  const found = [];
  for (const width of [1280, 390]) {
    const page = await open(undefined, { viewport: { width, height: 900 } });
    for (const name of files(/wechat\.html$/)) {
      page.troubles.length = 0;
      await page.goto(address_of(name));
      const wide = await page.evaluate(() => {
        const phone = document.querySelector(".phone").getBoundingClientRect();
        const out = Array.from(document.querySelectorAll(".phone__article *")).filter((node) => node.getBoundingClientRect().right > phone.right + 1 && !node.closest("[style*='overflow-x']"));
        return [document.documentElement.scrollWidth - document.documentElement.clientWidth, out.length];
      });
      if (wide[0] > 0 || wide[1] > 0) found.push(`${name} at ${width}: ${wide}`);
      found.push(...page.troubles.map((trouble) => `${name}: ${trouble}`));
    }
    await page.context().close();
  }
  assert.deepStrictEqual(found, []);
});

test("title and summary are taken each by itself", async () => {
  const page = await open_file("news-stress-picture/wechat.html");
  await page.locator("#title").click();
  await page.keyboard.press("Control+a");
  assert.strictEqual(await page.evaluate(() => { const at = document.activeElement; return at.value.slice(at.selectionStart, at.selectionEnd); }), hard["news/stress-picture"].title);
  await page.context().close();
});
