// Pictures of the worked example for people to look at: node shots.js BASE_URL FOLDER
"use strict";
const { chromium } = require("playwright-core");

(async () => {
  const [base, folder] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
  const pages = { home: "", list: "parks/", park: "parks/shili-valley/", factory: "factories/valley-1/", finder: "factories/", policy: "policies/loan-interest/", news: "news/", story: "stories/collective-rent/", english: "en/", overview: "overview/", projects: "project-board/", land: "land/", service: "services/factory-lease/", search: "search/" };
  for (const [device, width] of [["desktop", 1280], ["phone", 390]]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(base + path);
      await page.screenshot({ path: `${folder}/${name}-${device}.png`, fullPage: true });
    }
  }
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  const page = await plain.newPage();
  await page.goto(base + pages.finder);
  await page.screenshot({ path: `${folder}/finder-noscript.png`, fullPage: true });
  const paper = await browser.newPage();
  await paper.goto(base + pages.factory);
  await paper.emulateMedia({ media: "print" });
  await paper.screenshot({ path: `${folder}/factory-print.png`, fullPage: true });
  await browser.close();
})();
