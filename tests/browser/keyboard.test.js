// From the home page to a filtered unit and its contact by Tab, Enter and Space alone.
"use strict";
const assert = require("node:assert");
const { after, before, test } = require("node:test");
const kit = require("./setup.js");

const { open } = kit;
before(kit.start);
after(kit.stop);

// Where the focus is, whether one sees it, and whether it went forward in the order of the page.
function stop() {
  const node = document.activeElement;
  if (!node || node === document.body || node === document.documentElement) return null;
  const style = getComputedStyle(node), box = node.getBoundingClientRect();
  // Luminance and contrast as WCAG defines them: the ring must stand out from the paper by 3 : 1.
  const light = (colour) => {
    const parts = (colour.match(/[\d.]+/g) || []).slice(0, 3).map((part) => Number(part) / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  const contrast = (colour) => { const other = light(colour); return (Math.max(paper, other) + 0.05) / (Math.min(paper, other) + 0.05); };
  const ring = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none";
  const before = window.lastStop;
  window.lastStop = node;
  return {
    name: `${node.tagName.toLowerCase()}${node.id ? "#" + node.id : ""} ${(node.getAttribute("aria-label") || node.name || node.textContent).trim().slice(0, 30)}`,
    ring: ring && (contrast(style.outlineColor) >= 3 || (style.boxShadow !== "none" && contrast(style.boxShadow) >= 3)),
    there: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    fresh: before !== node,
    forward: !before || before === node || Boolean(before.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
}

// Presses Tab until the focus is on what is wanted; every stop on the way must be visible and in order.
async function tabTo(page, selector, most = 400) {
  for (let at = 0; at < most; at += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(stop);
    assert.ok(found, `the focus left the page before ${selector}`);
    assert.ok(found.ring && found.there && found.forward, JSON.stringify(found));
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached`);
}

// The same the other way.
async function backTo(page, selector, most = 100) {
  for (let at = 0; at < most; at += 1) {
    await page.keyboard.press("Shift+Tab");
    const found = await page.evaluate(stop);
    assert.ok(found && found.ring && found.there, `on the way back to ${selector}: ${JSON.stringify(found)}`);
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached`);
}

// Scrolling that takes its time would be measured half way.
const still = { reducedMotion: "reduce" };
for (const options of [{}, { colorScheme: "dark" }, { viewport: { width: 390, height: 800 } }]) {
  test(`the keyboard leads from the home page to a filtered unit and its contact ${JSON.stringify(options)}`, async () => {
    const page = await open(kit.base, { ...still, ...options });
    await tabTo(page, "main a[href*='factories/']");
    await Promise.all([page.waitForURL(/factories\/$/), page.keyboard.press("Enter")]);

    await tabTo(page, "a.skip");
    await page.keyboard.press("Enter");
    assert.ok(page.url().endsWith("#main"));
    // On a phone the form is folded; its summary opens it by the keyboard.
    await tabTo(page, ".finder summary");
    if (!(await page.locator("input[name='area_m2.min']").isVisible())) await page.keyboard.press("Space");
    await tabTo(page, "input[name='area_m2.min']");
    await page.keyboard.type("3000");
    await tabTo(page, "input[type=checkbox][name=status]");
    await page.keyboard.press("Space");
    await tabTo(page, "[data-go]");
    const promised = Number(/\d+/.exec(await page.locator("[data-go]").innerText())[0]);
    await page.keyboard.press("Enter");
    const rows = page.locator("[data-rows] tr:not([hidden])");
    assert.strictEqual(await rows.count(), promised);
    assert.ok(promised > 0 && page.url().includes("area_m2.min=3000"));

    await tabTo(page, "[data-rows] tr .pick");
    await page.keyboard.press("Space");
    assert.strictEqual(await page.evaluate(() => document.activeElement.getAttribute("aria-pressed")), "true");
    await page.evaluate(() => { window.lastStop = undefined; });
    await tabTo(page, "[data-rows] tr th a");
    await Promise.all([page.waitForURL(/factories\/[^/]+\/#u-/), page.keyboard.press("Enter")]);
    // The contact stands beside the picture, above the units: the way there is back.
    await backTo(page, ".contact a[href^='tel:'], .contact h3 a");
    assert.deepStrictEqual(page.troubles, []);
    await page.context().close();
  });
}

test("no page holds the focus: Tab visits everything once, in order, and leaves", async () => {
  const page = await open(undefined, still);
  for (const { name, path } of kit.kinds()) {
    await page.goto(kit.base + path);
    // A list repeats itself: of long ones the first entries are enough.
    await page.evaluate(() => {
      for (const list of document.querySelectorAll("main tbody, main ul, main .cards")) for (const entry of Array.from(list.children).slice(3)) entry.remove();
    });
    const all = await page.evaluate(() => Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")).filter((node) => node.tabIndex >= 0 && !node.disabled && node.getClientRects().length && getComputedStyle(node).visibility === "visible").length);
    let stops = 0;
    for (;;) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate(stop);
      // Behind the last stop the browser begins again, with or without a halt at the window.
      if (!found || (stops === all && !found.forward)) break;
      assert.ok(found.ring && found.there && found.forward, `${name}: ${JSON.stringify(found)}`);
      // A date is one field with several stops of its own.
      if (found.fresh) stops += 1;
      assert.ok(stops <= all, `${name}: the focus does not leave`);
    }
    assert.strictEqual(stops, all, `${name}: Tab leaves something out`);
  }
  await page.context().close();
});
