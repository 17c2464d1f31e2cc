"use strict";
// The schemas that editors use, judged by an independent validator: every record of the worked example fits its schema,
// and records with common mistakes do not.
const { test } = require("node:test");
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const Ajv = require("ajv");
const YAML = require("yaml");

const root = path.resolve(__dirname, "../..");
const schemas = path.join(process.env.PARKPRESS_SITES || path.join(root, "target/browser"), "editor/.vscode/schemas");
const ajv = new Ajv({ allErrors: true, strict: false });
const read = (name) => JSON.parse(fs.readFileSync(path.join(schemas, name), "utf8"));
const yaml = (text) => YAML.parse(text, { uniqueKeys: true, maxAliasCount: 100 }) || {};

// The folder of a type is what the settings map its schema to.
const settings = JSON.parse(fs.readFileSync(path.join(schemas, "../settings.json"), "utf8"))["yaml.schemas"];
const folders = new Map();
for (const [file, globs] of Object.entries(settings)) {
  const folder = /^content\/([^*]+)\/\*\*/.exec(globs[0]);
  const type = path.basename(file, ".json");
  if (folder && !type.endsWith(".part")) folders.set(folder[1], type);
}

function records(folder) {
  const found = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...records(full));
    else if (/\.(md|yaml)$/.test(entry.name) && !entry.name.startsWith("_")) found.push(full);
  }
  return found;
}

function fields(file) {
  const text = fs.readFileSync(file, "utf8");
  if (file.endsWith(".yaml")) return yaml(text);
  const front = /^---\n([\s\S]*?)\n?---(\n|$)/.exec(text);
  return front ? yaml(front[1]) : {};
}

test("every schema is one, and every record of the worked example fits its own", () => {
  let count = 0;
  for (const [folder, type] of folders) {
    const whole = ajv.compile(read(`${type}.json`));
    const part = ajv.compile(read(`${type}.part.json`));
    const place = path.join(root, "content", folder);
    for (const file of fs.existsSync(place) ? records(place) : []) {
      const inOtherLanguage = /\.[a-z-]+\.(md|yaml)$/.test(path.basename(file));
      const check = inOtherLanguage ? part : whole;
      const fits = check(fields(file));
      assert.ok(fits, `${path.relative(root, file)}: ${JSON.stringify(check.errors && check.errors.slice(0, 4))}`);
      count += 1;
    }
  }
  assert.ok(count > 150, `${count} records`);
  const site = ajv.compile(read("site.json"));
  assert.ok(site(fields(path.join(root, "content/site.yaml"))), JSON.stringify(site.errors));
});

test("wrong records do not fit", () => {
  const check = ajv.compile(read("factory.json"));
  const file = path.join(root, "content/factories/bamboo-1.md");
  const sound = () => fields(file);
  const wrong = (change) => {
    const record = sound();
    change(record);
    assert.equal(check(record), false, String(change));
  };
  assert.equal(check(sound()), true);
  wrong((record) => delete record.title);
  wrong((record) => (record.titel = record.title));
  wrong((record) => (record.structure = "玻璃"));
  wrong((record) => (record.power_kva = -1));
  wrong((record) => (record.built_on = "去年"));
  wrong((record) => delete record.spaces[0].no);
  wrong((record) => (record.spaces[0].arae_m2 = 3));
  wrong((record) => (record.sprinkler = "也许"));
  // What may be incomplete, and what may be written otherwise.
  const draft = sound();
  delete draft.title;
  draft.state = "draft";
  assert.equal(check(draft), true, "a draft may be incomplete");
  const chinese = sound();
  chinese["配电容量"] = "630千伏安";
  delete chinese.power_kva;
  chinese["名称"] = chinese.title;
  delete chinese.title;
  assert.equal(check(chinese), true, JSON.stringify(check.errors));
});
