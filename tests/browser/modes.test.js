// The modes that a reader, a system or a printer chooses: elder, high contrast, less motion, forced colours, paper.
"use strict";
const assert = require("node:assert");
const { after, before, test } = require("node:test");
const kit = require("./setup.js");

const { open } = kit;
before(kit.start);
after(kit.stop);

// In the page: what is smaller than elder mode promises. Text in drawings is measured by its drawing; a table stands beside it.
function small({ letters, lines, target }) {
  const found = [], seen = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility === "visible" && !node.closest(".visually-hidden");
  const name = (node) => node.tagName.toLowerCase() + (node.className ? "." + node.className : "") + " " + node.textContent.trim().slice(0, 12);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = new Set(Array.from(document.querySelectorAll("input:not([type=checkbox]), select, textarea")));
  while (walker.nextNode()) if (walker.currentNode.data.trim()) nodes.add(walker.currentNode.parentElement);
  for (const node of nodes) {
    if (node.closest("svg, script, noscript, option, .skip") || !seen(node)) continue;
    const style = getComputedStyle(node), size = parseFloat(style.fontSize);
    if (size < letters) found.push(`${name(node)}: ${size} px`);
    if (!/^(INPUT|SELECT|TEXTAREA)$/.test(node.tagName) && !(parseFloat(style.lineHeight) / size >= lines - 0.001)) found.push(`${name(node)}: line ${style.lineHeight} of ${size} px`);
  }
  for (const node of document.querySelectorAll("button, input, select, textarea, summary, nav a, .button, .modes a")) {
    const goal = node.type === "checkbox" ? node.closest("label") || node : node;
    if (!seen(goal)) continue;
    const box = goal.getBoundingClientRect();
    if (box.height < target - 0.5 || box.width < target - 0.5) found.push(`${name(goal)}: target ${box.width} × ${box.height}`);
  }
  for (const node of document.querySelectorAll("body *")) {
    if (!seen(node)) continue;
    const style = getComputedStyle(node);
    if (/grid/.test(style.display) && style.gridTemplateColumns.split(" ").length > 1) found.push(`${name(node)}: columns ${style.gridTemplateColumns}`);
    if (style.columnCount !== "auto" && style.columnCount !== "1") found.push(`${name(node)}: ${style.columnCount} columns`);
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push(`${wide}px too wide`);
  return found.slice(0, 12);
}
const elder = { letters: 18, lines: 1.3, target: 60 };

async function judge(page, wanted, hash = "") {
  const found = [];
  for (const { name, path } of kit.kinds()) {
    await page.goto(kit.base + path + hash);
    for (const fault of await page.evaluate(small, wanted)) found.push(`${name}: ${fault}`);
  }
  assert.deepStrictEqual(found, []);
}

for (const width of [1280, 390]) {
  test(`elder mode at ${width} px: chosen once, large letters and targets in one column on every kind of page`, async () => {
    const page = await open(kit.base, { viewport: { width, height: 800 } });
    assert.ok((await page.evaluate(small, elder)).length > 0, "without the mode something is smaller");
    await page.click("[data-mode=elder]");
    await judge(page, elder);
    await page.click("[data-mode=larger]");
    await judge(page, { ...elder, letters: 30 });
    await page.click("[data-mode=elder]");
    await page.goto(kit.base);
    assert.strictEqual(await page.locator(":root[data-elder]").count(), 0, "and it can be left");
    assert.deepStrictEqual(page.troubles, []);
    await page.context().close();
  });

  test(`elder mode at ${width} px works by link without script`, async () => {
    const page = await open(kit.base, { viewport: { width, height: 800 }, javaScriptEnabled: false });
    await page.click("a[data-elder-link]");
    assert.ok(page.url().endsWith("#elder"));
    await judge(page, elder, "#elder");
    await page.context().close();
  });
}

test("a link with #elder is remembered when script runs, and Back does not fight it", async () => {
  const page = await open(kit.base + "#elder");
  assert.strictEqual(await page.locator(":root[data-elder]").count(), 1);
  await page.goto(kit.base + "parks/");
  assert.strictEqual(await page.locator(":root[data-elder]").count(), 1);
  assert.strictEqual(await page.getAttribute("[data-mode=elder]", "aria-pressed"), "true");
  await page.goBack();
  await page.click("[data-mode=elder]");
  await page.goto(kit.base + "parks/");
  assert.strictEqual(await page.locator(":root[data-elder]").count(), 0);
  await page.context().close();
});

test("high contrast is remembered from page to page and can be left", async () => {
  const page = await open(kit.base);
  await page.click("[data-mode=contrast]");
  await page.goto(kit.base + "policies/");
  assert.strictEqual(await page.getAttribute("[data-mode=contrast]", "aria-pressed"), "true");
  const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]);
  assert.deepStrictEqual([ink, paper], ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  await page.click("[data-mode=contrast]");
  await page.reload();
  assert.strictEqual(await page.locator(":root[data-contrast]").count(), 0);
  await page.context().close();
});

test("less motion and forced colours take nothing away, and what can be pressed keeps its edge", async () => {
  const found = [], page = await open();
  const words = () => page.evaluate(() => document.body.innerText.replace(/\s+/g, " "));
  for (const { name, path } of kit.kinds()) {
    await page.emulateMedia({ reducedMotion: "no-preference", forcedColors: "none" });
    await page.goto(kit.base + path);
    const usual = await words();
    await page.emulateMedia({ reducedMotion: "reduce", forcedColors: "active" });
    if ((await words()) !== usual) found.push(`${name}: other words`);
    found.push(...(await page.evaluate(() => {
      const found = [], shown = (node) => node.getClientRects().length > 0;
      for (const node of document.querySelectorAll("button, input, select, textarea, .button, .badge, .card, .door")) {
        const style = getComputedStyle(node);
        if (shown(node) && (parseFloat(style.borderTopWidth) < 1 || style.borderTopStyle === "none") && style.appearance !== "auto") found.push(`no edge: ${node.tagName}.${node.className}`);
      }
      for (const node of document.querySelectorAll("*")) {
        const style = getComputedStyle(node);
        if (style.animationName !== "none" || parseFloat(style.transitionDuration) > 0 || style.scrollBehavior === "smooth") found.push(`moves: ${node.tagName}.${node.className}`);
      }
      for (const node of document.querySelectorAll(".qr-ink")) if (getComputedStyle(node).fill === getComputedStyle(document.querySelector(".qr-paper")).fill) found.push("the code is gone");
      return Array.from(new Set(found));
    })).map((fault) => `${name}: ${fault}`));
  }
  assert.deepStrictEqual(found, []);
  await page.context().close();
});

test("on paper nothing is cut at the edge, and what only a screen can use is away", async () => {
  const found = [];
  // A4 less its margins of 12 mm, in CSS pixels.
  const page = await open(undefined, { viewport: { width: Math.floor((186 / 25.4) * 96), height: 1000 } });
  await page.emulateMedia({ media: "print" });
  for (const { name, path } of kit.kinds()) {
    await page.goto(kit.base + path);
    found.push(...(await page.evaluate(() => {
      const found = [], edge = document.documentElement.clientWidth;
      for (const node of document.querySelectorAll(".site-menu, .site-header__search, .modes, .skip, .breadcrumbs, button, select, [data-finder], .pager")) {
        if (node.getClientRects().length) found.push(`on paper: ${node.tagName}.${node.className}`);
      }
      for (const node of document.querySelectorAll("body *")) {
        const style = getComputedStyle(node);
        if (node.closest(".visually-hidden") || !node.getClientRects().length) continue;
        if (node.getBoundingClientRect().right > edge + 1) found.push(`cut: ${node.tagName}.${node.className} at ${Math.round(node.getBoundingClientRect().right)} of ${edge}`);
        if (/auto|scroll|hidden/.test(style.overflowX + style.overflowY) && (node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1)) found.push(`hidden part: ${node.tagName}.${node.className}`);
      }
      // A row of few facts leaves cells empty: they must not be filled with the colour of the lines.
      for (const grid of document.querySelectorAll(".key-facts")) {
        const last = grid.lastElementChild.getBoundingClientRect().right, whole = grid.getBoundingClientRect().right;
        if (last < whole - 2 && getComputedStyle(grid).backgroundColor !== "rgba(0, 0, 0, 0)") found.push("empty cells are filled: .key-facts");
      }
      if (!document.querySelector("h1").getClientRects().length) found.push("no h1");
      return Array.from(new Set(found)).slice(0, 5);
    })).map((fault) => `${name}: ${fault}`));
  }
  assert.deepStrictEqual(found, []);
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("the sheet stays on one page for a reader of the elder mode", async () => {
  const page = await open(kit.base);
  await page.click("[data-mode=elder]");
  await page.goto(kit.base + "factories/valley-1/sheet/");
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  assert.strictEqual(pdf.match(/\/Type\s*\/Page[^s]/g).length, 1);
  await page.context().close();
});
