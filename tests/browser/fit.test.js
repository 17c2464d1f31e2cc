// The questions at work: the matching of clauses, the fit report, the form of requirements; with and without script, by
// keyboard, on paper, for axe. And the logic of three values, by hand.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, test } = require("node:test");
const axe = require("axe-core");
const kit = require("./setup.js");

const { compare, criterion, verdict } = require(path.join(kit.root, "themes/park/scripts/needs.js"));
const { open } = kit;
before(kit.start);
after(kit.stop);

const words = (...list) => ({ words: list });
const number = (n) => ({ number: n });
// Goes where a link leads. A click would start a view transition, which the next one breaks off with an error of its own.
const follow = async (page, link) => page.goto(await link.evaluate((node) => node.href));
const text = (page, selector) => page.locator(selector).allInnerTexts();
const articles = (page) => page.evaluate(() => Array.from(document.querySelectorAll("[data-clause]"), (node) => [node.querySelector("h3").firstChild.textContent.trim(), node.querySelector("h3 [data-verdict]").textContent]));

test("three values: met, unmet, and unknown, which is never met", () => {
  const least = { test: "at_least" }, most = { test: "at_most" }, one = { test: "one_of" }, named = { test: "named", texts: [["电子、照明", "电镀", ["a", "b"], ["c"]]] };
  const vectors = [
    [least, number(5), 5, "met"], [least, number(5), 4.9, "unmet"], [least, number(5), null, "unknown"], [least, number(0), null, "unknown"],
    [least, undefined, 5, "unknown"], [least, number(5), [3, 6], "met"], [least, number(7), [3, 6], "unmet"], [least, number(5), "agreed", "unknown"],
    [least, number(0), 0, "met"], [least, number(NaN), 5, "unmet"],
    [most, number(12), 12, "met"], [most, number(12), [11, 14], "met"], [most, number(10), [11, 14], "unmet"], [most, number(12), "agreed", "unknown"], [most, number(12), null, "unknown"],
    [one, words("x"), "x", "met"], [one, words("x", "y"), ["y", "z"], "met"], [one, words("x"), ["y"], "unmet"], [one, words("x"), null, "unknown"],
    [{ test: "one_of", means: { x: ["x", "xy"] } }, words("x"), ["xy"], "met"], [{ test: "one_of", means: { x: ["x", "xy"] } }, words("x"), ["y"], "unmet"],
    [{ test: "at_most", means: { c: ["a", "b", "c"] } }, words("c"), "a", "met"], [{ test: "at_most", means: { c: ["a", "b", "c"] } }, words("c"), "d", "unmet"],
    [{ test: "none_of" }, words("x"), ["y"], "met"], [{ test: "none_of" }, words("x"), ["x", "y"], "unmet"],
    [{ test: "yes" }, words("yes"), "true", "met"], [{ test: "yes" }, words("yes"), "false", "unmet"], [{ test: "yes" }, words("yes"), 2, "met"], [{ test: "yes" }, words("yes"), 0, "unmet"],
    [{ test: "yes" }, words("yes"), null, "unknown"], [{ test: "yes" }, words("no"), "false", "met"],
    [named, words("a"), 0, "met"], [named, words("c"), 0, "unmet"], [named, words("d"), 0, "unknown"], [named, words("a"), null, "unknown"],
  ];
  for (const [check, answer, value, wanted] of vectors) assert.strictEqual(compare(check, answer, value), wanted, JSON.stringify([check, answer, value]));
  const rules = [
    ["one_of", ["a", "b"], words("b"), "met"], ["one_of", ["a"], words("b"), "unmet"], ["one_of", ["a"], undefined, "unknown"],
    ["none_of", ["a"], words("b"), "met"], ["none_of", ["a"], words("a"), "unmet"], ["none_of", ["a"], undefined, "unknown"],
    ["at_least", ["500"], number(500), "met"], ["at_least", ["500"], number(499.99), "unmet"], ["at_least", ["500"], undefined, "unknown"],
    ["at_most", ["3"], number(3), "met"], ["at_most", ["3"], number(4), "unmet"],
    ["yes", [""], words("yes"), "met"], ["yes", [""], words("no"), "unmet"], ["yes", [""], undefined, "unknown"], ["no", [""], words("no"), "met"], ["no", [""], words("yes"), "unmet"],
  ];
  for (const [how, values, answer, wanted] of rules) assert.strictEqual(criterion(how, values, answer), wanted, JSON.stringify([how, values, answer]));
  const judged = [
    [[], "", "open"], [["met"], "", "may"], [["met", "met"], "", "may"], [["met", "unknown"], "", "open"], [["unmet", "unknown"], "", "no"], [["met", "unmet"], "", "no"],
    [["unknown"], "", "open"], [["met"], "已过有效期", "no"], [[], "已过有效期", "no"],
  ];
  for (const [results, over, wanted] of judged) assert.strictEqual(verdict(results, over), wanted, JSON.stringify([results, over]));
});

test("the matching shows all three results with the reason of each rule, and its address is its state", async () => {
  const page = await open(kit.base + "policies/match/");
  const all = (await articles(page)).length;
  assert.ok(all >= 6);
  // Nothing answered: nothing may apply, and what is expired applies to nobody all the same.
  let found = await articles(page);
  assert.ok(found.every(([, verdict]) => verdict !== "可能适用") && found.some(([, verdict]) => verdict === "不适用"));
  await page.selectOption("select[name=stage]", "existing");
  await page.selectOption("select[name=loan]", "yes");
  found = await articles(page);
  assert.deepStrictEqual(found.find(([name]) => name === "设备更新贷款贴息"), ["设备更新贷款贴息", "可能适用"]);
  assert.deepStrictEqual(found.find(([name]) => name === "搬迁补偿与过渡期租金"), ["搬迁补偿与过渡期租金", "不适用"]);
  assert.deepStrictEqual(found.find(([name]) => name === "规模以上企业技改投资贴息"), ["规模以上企业技改投资贴息", "此处无法判定"]);
  const order = found.map(([, verdict]) => ["可能适用", "此处无法判定", "不适用"].indexOf(verdict));
  assert.deepStrictEqual(order, order.slice().sort());
  const rules = await text(page, "article:has-text('规模以上企业技改投资贴息') li[data-question]");
  assert.ok(rules.some((rule) => rule.includes("未回答") && rule.includes("计划投资额 ≥ 500 万元") && rule.includes("您还没有回答")), rules.join("|"));
  assert.ok(rules.some((rule) => rule.includes("✓ 符合") && rule.includes("您的回答：是")), rules.join("|"));
  // A number that is too small settles it.
  await page.fill("input[name=invest]", "400");
  await page.locator("input[name=invest]").blur();
  await page.selectOption("select[name=scale]", "above");
  assert.deepStrictEqual((await articles(page)).find(([name]) => name === "规模以上企业技改投资贴息")[1], "不适用");
  assert.match(await page.locator("[role=status]").innerText(), /^可能适用 1 条，此处无法判定 \d+ 条，不适用 \d+ 条$/);
  assert.strictEqual(new URL(page.url()).search, "?invest=400&stage=existing&scale=above&loan=yes");
  // What is expired names the reason and never matches, whatever is answered.
  await page.selectOption("select[name=tenure]", "lease");
  const expired = await page.locator("article:has-text('首年租金减半')").innerText();
  assert.ok(expired.includes("不适用") && expired.includes("文件已经不再有效") && expired.includes("✓ 符合"), expired);
  // The table above says the same as the text below, in the same order.
  const rows = await page.evaluate(() => Array.from(document.querySelectorAll("tbody tr"), (row) => [row.querySelector("a").textContent, row.querySelector("td[data-verdict]").textContent]));
  assert.deepStrictEqual(rows, await articles(page));
  // Back, forward, and the link that somebody was sent.
  const state = await articles(page), link = page.url();
  await page.goBack();
  assert.strictEqual(await page.locator("select[name=tenure]").inputValue(), "");
  await page.goForward();
  assert.deepStrictEqual(await articles(page), state);
  const sent = await open(link);
  assert.deepStrictEqual(await articles(sent), state);
  // To the other pages and back with the same answers, also with those that only another page asks.
  await sent.goto(link + "&industry=food");
  await follow(sent, sent.locator("main a", { hasText: "选址适配报告" }));
  assert.strictEqual(await sent.locator("select[name=industry]").inputValue(), "food");
  await follow(sent, sent.locator("main a", { hasText: "政策" }).last());
  assert.strictEqual(await sent.locator("select[name=stage]").inputValue(), "existing");
  await sent.locator("button[type=reset]").click();
  await sent.waitForFunction(() => !/stage=/.test(location.search));
  assert.ok((await articles(sent)).every(([, verdict]) => verdict !== "可能适用"));
  // An address from elsewhere changes nothing but the answers it names.
  await sent.goto(kit.base + "policies/match/?stage=%3Cb%3E&nonsense=1&invest=abc");
  assert.strictEqual(await sent.locator("select[name=stage]").inputValue(), "");
  for (const each of [page, sent]) {
    assert.deepStrictEqual(each.troubles, []);
    await each.context().close();
  }
});

test("without script every clause is there with its rules, conditions, basis and way to apply", async () => {
  const page = await open(kit.base + "policies/match/", { javaScriptEnabled: false });
  assert.ok(!(await page.locator("form[data-match]").isVisible()));
  const data = JSON.parse(fs.readFileSync(path.join(kit.site, "data/policies.json"), "utf8"));
  const clauses = data.records.flatMap((record) => (record.benefits || []).map((benefit) => ({ ...benefit, of: record })));
  assert.strictEqual(await page.locator("tbody tr").count(), clauses.length);
  const shown = (await page.locator("main").innerText()).replace(/\s+/g, "");
  for (const clause of clauses) for (const part of [clause.name, clause.standard, clause.legal_basis, clause.of.doc_no].concat(clause.conditions || [])) assert.ok(shown.includes(part.replace(/\s+/g, "")), part);
  assert.ok(shown.includes("计划投资额≥500万元") && shown.includes("不是审核结论"));
  assert.strictEqual(await page.locator("[data-verdict]:visible").count(), 0);
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

// What the report should say, computed from the open data.
function spaces() {
  const rows = [];
  for (const record of JSON.parse(fs.readFileSync(path.join(kit.site, "data/factories.json"), "utf8")).records) {
    for (const space of record.spaces || []) if (["available", "pre_lease"].includes(space.status)) rows.push({ record, space });
  }
  return rows;
}

test("the report counts what is met, sorts by it, and never takes silence for a yes", async () => {
  const rows = spaces(), page = await open(kit.base + "fit/");
  assert.strictEqual(await page.locator("[role=status]").innerText(), "请先填写至少一项需求。");
  await page.goto(kit.base + "fit/?crane=5");
  const lifts = rows.filter(({ record }) => record.crane && record.crane.tonnes >= 5).length;
  assert.ok(lifts > 0 && rows.some(({ record }) => !record.crane));
  assert.ok((await page.locator("[role=status]").innerText()).startsWith(`可租厂房共 ${rows.length} 个，全部满足 ${lifts} 个`));
  while (await page.locator("section button:visible").count()) await page.locator("section button:visible").first().click();
  const said = await text(page, "section:first-of-type .fit__checks li");
  assert.strictEqual(said.length, rows.length);
  assert.strictEqual(said.filter((line) => line.startsWith("✓")).length, lifts);
  assert.strictEqual(said.filter((line) => line.startsWith("?")).length, rows.filter(({ record }) => !record.crane || record.crane.tonnes === undefined).length);
  assert.ok(said.findIndex((line) => line.startsWith("?")) >= lifts, "met first");
  // By hand: area, load and rent together; the finder shows the same rows for the same wishes.
  await page.goto(kit.base + "fit/?area=1500&load=1&rent=12");
  const ends = (rent) => (typeof rent === "number" ? rent : rent && typeof rent.from === "number" ? rent.from : Array.isArray(rent) ? rent[0] : undefined);
  const link = page.locator("section:first-of-type .fit__links a").first();
  const status = await page.locator("[role=status]").innerText(), whole = Number(/全部满足 (\d+) 个/.exec(status)[1]);
  const known = rows.filter(({ space }) => space.area_m2 >= 1500 && space.floor_load_t_m2 >= 1 && ends(space.rent) <= 12);
  if (rows.every(({ space }) => space.floor_load_t_m2 !== undefined && (typeof space.rent === "number" || ends(space.rent) !== undefined))) assert.strictEqual(whole, known.length);
  assert.ok(whole > 0 && whole < rows.length);
  await follow(page, link);
  assert.ok((await page.locator("[role=status]").innerText()).startsWith(`${whole} 个单元符合条件`), await page.locator("[role=status]").innerText());
  await page.goBack();
  await page.waitForLoadState();
  assert.strictEqual(await page.locator("input[name=area]").inputValue(), "1500");
  // Each offer leads to its own place on its page, and to the form with the same answers and its name.
  const name = await page.locator(".fit h3").first().innerText();
  assert.match(await page.locator(".fit h3 a").first().getAttribute("href"), /#u-/);
  await follow(page, page.locator(".fit .fit__links a").first());
  assert.strictEqual(await page.locator("input[name=area]").inputValue(), "1500");
  assert.strictEqual(await page.locator("input[name=about]").inputValue(), name);
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("choices: industries that are named, refused or not mentioned; classes of fire; several parks", async () => {
  const page = await open(kit.base + "fit/?industry=coating");
  const refused = await text(page, "section:first-of-type .fit__checks li");
  assert.ok(refused.some((line) => line.startsWith("✗") && line.includes("不适合 喷涂、电镀")) && refused.every((line) => !line.startsWith("✓")), refused[0]);
  await page.goto(kit.base + "fit/?fire=c");
  const fire = await text(page, "section:first-of-type .fit--all .fit__checks li");
  assert.ok(fire.length > 0 && fire.every((line) => /[甲乙丙]类/.test(line)));
  await page.goto(kit.base + "fit/");
  for (const at of [0, 1]) await page.locator("input[name=park]").nth(at).check();
  assert.strictEqual(new URL(page.url()).searchParams.getAll("park").length, 2);
  assert.match(await page.locator("[role=status]").innerText(), /园区概览共 \d+ 个，全部满足 2 个/);
  await page.goBack();
  assert.strictEqual(await page.locator("input[name=park]:checked").count(), 1);
  await page.goto(kit.base + "en/fit/?area=100");
  assert.match(await page.locator("[role=status]").innerText(), /^Factories: \d+ in all, \d+ meet everything/);
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("without script the report explains itself and leads to the pages by value", async () => {
  const page = await open(kit.base + "fit/", { javaScriptEnabled: false });
  assert.ok(!(await page.locator("form[data-fit]").isVisible()));
  assert.ok(await page.locator("main", { hasText: "没有脚本时" }).isVisible());
  assert.ok((await page.locator("main section a[href*='by/']").count()) > 20);
  assert.ok(await page.locator("main section h2 a[href$='factories/']").isVisible());
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("the form asks the same questions, keeps who asks out of the address, and can be filled in without script", async () => {
  const page = await open(kit.base + "enquiry/?area=1000&industry=electronics&park=shili-valley&about=x");
  assert.strictEqual(await page.locator("select[name=industry]").inputValue(), "electronics");
  await page.fill("input[name=company]", "示例公司");
  await page.locator("input[name=company]").blur();
  assert.ok(!page.url().includes("company") && !decodeURIComponent(page.url()).includes("示例公司"));
  const made = (await page.locator("[data-text]").innerText()).split("\n");
  assert.deepStrictEqual(made, ["行业：电子信息", "需要面积：1000 ㎡", "意向园区：示例县云谷工业园", "意向厂房：x", "企业名称：示例公司"]);
  assert.ok(decodeURIComponent(await page.locator("[data-mailto]").getAttribute("href")).includes("需要面积：1000 ㎡"));
  for (const name of ["fit", "policies/match"]) assert.ok((await page.locator(`main a[href*='${name}/?']`).first().getAttribute("href")).includes("area=1000"));
  await page.locator("button[type=reset]").click();
  await page.waitForFunction(() => !location.search);
  assert.deepStrictEqual(page.troubles, []);
  const plain = await open(kit.base + "enquiry/", { javaScriptEnabled: false });
  assert.ok(await plain.locator("input[name=area]").isVisible() && await plain.locator("select[name=fire]").isVisible());
  const asked = (each) => each.evaluate(() => Array.from(document.querySelectorAll("[data-question]"), (node) => node.dataset.question));
  const fit = await open(kit.base + "fit/"), form = new Set(await asked(plain));
  for (const question of await asked(fit)) assert.ok(form.has(question), question);
  for (const each of [page, plain, fit]) await each.context().close();
});

test("by keyboard alone: answer, show the result, open the first offer", async () => {
  const page = await open(kit.base + "fit/");
  await page.locator("input[name=area]").focus();
  await page.keyboard.type("1000");
  await page.keyboard.press("Enter");
  assert.strictEqual(await page.evaluate(() => document.activeElement.getAttribute("role")), "status");
  for (let at = 0; at < 3 && !(await page.evaluate(() => document.activeElement.closest(".fit h3"))); at += 1) await page.keyboard.press("Tab");
  await Promise.all([page.waitForURL(/factories\/.*#u-/), page.keyboard.press("Enter")]);
  await page.goto(kit.base + "policies/match/");
  await page.locator("select[name=loan]").focus();
  await page.keyboard.press("ArrowDown");
  assert.match(page.url(), /loan=yes/);
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
});

test("on paper: the answers instead of the form, the reasons, no more than the sheet is wide", async () => {
  for (const [at, pieces] of [["fit/?area=1000&load=1", ["需要面积：1000 ㎡", "楼面荷载"]], ["policies/match/?stage=existing&loan=yes", ["企业类别：县内已投产的企业", "不是审核结论", "设备更新贷款贴息"]]]) {
    const page = await open(kit.base + at);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 700, height: 1000 });
    assert.ok(!(await page.locator("form.needs").isVisible()), at);
    const shown = await page.locator("main").innerText();
    for (const piece of pieces) assert.ok(shown.includes(piece), `${at}: ${piece}`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const pages = pdf.match(/\/Type\s*\/Page[^s]/g).length;
    assert.ok(pages >= 1 && pages <= 8, `${at}: ${pages} sheets`);
    assert.strictEqual(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), true, at);
    assert.deepStrictEqual(page.troubles, []);
    await page.context().close();
  }
});

test("no fault by WCAG 2.2 AA with answers given, in light, dark, on a phone and for elders; nothing sticks out", async () => {
  const pages = ["fit/?industry=electronics&area=1000&height=4&crane=5&rent=12&fire=c&park=shili-valley", "policies/match/?stage=existing&loan=yes&scale=above&invest=300", "enquiry/?area=1000&industry=food&about=x"];
  const settings = [[{}, {}], [{ colorScheme: "dark" }, {}], [{ viewport: { width: 320, height: 800 } }, {}], [{ viewport: { width: 390, height: 800 } }, { elder: true }]];
  const found = [];
  for (const [options, modes] of settings) {
    const page = await open(kit.base, options);
    await page.evaluate((value) => localStorage.setItem("parkpress.modes", JSON.stringify(value)), modes);
    for (const at of pages) {
      await page.goto(kit.base + at);
      await page.evaluate(axe.source);
      const result = await page.evaluate(() => window.axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }, resultTypes: ["violations"] }));
      for (const violation of result.violations) found.push(`${at} ${JSON.stringify(options)}: ${violation.id} ${violation.nodes.slice(0, 2).map((node) => node.target + " " + node.failureSummary).join(" | ")}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) found.push(`${at} ${JSON.stringify(options)} ${JSON.stringify(modes)}: ${wide}px too wide`);
    }
    found.push(...page.troubles);
    await page.context().close();
  }
  assert.deepStrictEqual(found, []);
});

test("the events are a calendar that their list leads to", async () => {
  const page = await open(kit.base + "events/");
  const link = await page.locator("main a[href$='calendar.ics']").getAttribute("href");
  const bytes = fs.readFileSync(path.join(kit.site, "events", path.basename(link)), "utf8");
  const records = JSON.parse(fs.readFileSync(path.join(kit.site, "data/events.json"), "utf8")).records;
  // Read back as RFC 5545 says: unfolded, each line a name, its parameters and a value.
  assert.ok(bytes.endsWith("\r\n") && !/[^\r]\n/.test(bytes) && bytes.split("\r\n").every((line) => Buffer.byteLength(line) <= 75));
  const lines = bytes.replace(/\r\n[ \t]/g, "").split("\r\n").slice(0, -1).map((line) => /^([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)$/.exec(line));
  assert.ok(lines.every(Boolean));
  const events = [];
  for (const [, name, , value] of lines) {
    if (name === "BEGIN" && value === "VEVENT") events.push({});
    else if (events.length) events[events.length - 1][name] = value;
  }
  assert.strictEqual(events.length, records.length);
  assert.strictEqual(new Set(events.map((event) => event.UID)).size, records.length);
  const plain = (value) => value.replace(/\\n/g, "\n").replace(/\\([,;\\])/g, "$1");
  for (const record of records) {
    const event = events.find((each) => plain(each.SUMMARY) === record.title);
    const start = new Date(String(record.start).replace(" ", "T") + (/[Z+]/.test(String(record.start).slice(10)) ? "" : "+08:00"));
    assert.strictEqual(event.DTSTART, start.toISOString().replace(/[-:]|\.\d+/g, ""), record.title);
    assert.strictEqual(plain(event.LOCATION), record.place);
  }
  await page.context().close();
});
