// axe-core, with the rules of WCAG 2.2 AA, on every kind of page in every mode that a reader can choose.
"use strict";
const assert = require("node:assert");
const { after, before, test } = require("node:test");
const axe = require("axe-core");
const kit = require("./setup.js");

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
before(kit.start);
after(kit.stop);

async function violations(page) {
  // axe comes from outside the page, so not by a script element that the policy would rightly refuse.
  await page.evaluate(axe.source);
  const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }), rules);
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.slice(0, 4).map((node) => `${node.target} ${node.failureSummary.split("\n").slice(1).join(" ")}`).join(" | ")}`);
}

// One pass over every kind of page with what is remembered in the browser, or with something at the end of the address.
function pass(name, options, modes = {}, hash = "") {
  test(`no fault by WCAG 2.2 AA on any kind of page, ${name}`, async () => {
    const chosen = kit.kinds(), found = [];
    await Promise.all([0, 1].map(async (half) => {
      const page = await kit.open(kit.base, options);
      await page.evaluate((value) => localStorage.setItem("parkpress.modes", JSON.stringify(value)), modes);
      for (const { name: file, path } of chosen.filter((_, at) => at % 2 === half)) {
        await page.goto(kit.base + path + hash);
        for (const mode of Object.keys(modes)) assert.strictEqual(await page.locator(`:root[data-${mode}]`).count(), 1, `${file} forgot ${mode}`);
        for (const violation of await violations(page)) found.push(`${file}: ${violation}`);
      }
      await page.context().close();
    }));
    assert.deepStrictEqual(found, []);
  });
}

pass("light", {});
pass("dark", { colorScheme: "dark" });
pass("on a phone", { viewport: { width: 320, height: 800 } });
pass("elder mode by its button", {}, { elder: true });
pass("elder mode by its button, dark", { colorScheme: "dark" }, { elder: true });
pass("elder mode by link", {}, {}, "#elder");
pass("high contrast", {}, { contrast: true });
pass("high contrast, dark", { colorScheme: "dark" }, { contrast: true });

test("axe itself finds what is wrong", async () => {
  const page = await kit.open(kit.base);
  await page.evaluate(() => { document.querySelector("main").insertAdjacentHTML("beforeend", "<img src='data:,'><input>"); });
  const found = (await violations(page)).map((violation) => violation.split(":")[0]);
  assert.deepStrictEqual(found.filter((id) => ["image-alt", "label"].includes(id)), ["image-alt", "label"]);
  await page.context().close();
});
