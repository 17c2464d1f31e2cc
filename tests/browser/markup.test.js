// The markup of every page, by two judges: html-validate and the Nu checker of the W3C.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { execFile } = require("node:child_process");
const { after, before, test } = require("node:test");
const kit = require("./setup.js");

before(kit.start);
after(kit.stop);

function run(command, args) {
  return new Promise((resolve, reject) => execFile(command, args, { cwd: __dirname, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
    if (error && typeof error.code !== "number") reject(error);
    else resolve({ code: error ? error.code : 0, stdout, stderr });
  }));
}
const validator = path.join(path.dirname(require.resolve("html-validate/package.json")), "bin/html-validate.mjs");
const jar = path.join(path.dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
// Into a file: a long report through a pipe is cut when the validator ends.
async function validate(folder) {
  const report = path.join(kit.temp, path.basename(folder) + ".json");
  const { code, stderr } = await run(process.execPath, [validator, "--config", "htmlvalidate.config.cjs", "--formatter", "json=" + report, folder]);
  return { code, stderr, report: JSON.parse(fs.readFileSync(report, "utf8") || "[]") };
}
const nu = (folder) => run("java", ["-jar", jar, "--errors-only", "--skip-non-html", "--format", "json", folder]);

// The same fault stands on many pages: each is said once, with the first page and how often.
function brief(faults) {
  const found = new Map();
  for (const { what, where } of faults) found.set(what, (found.get(what) || []).concat(where));
  return Array.from(found, ([what, where]) => `${what} (${where.length}×, first ${where[0]})`);
}
const validateFaults = ({ report }) => brief(report.flatMap((file) => file.messages.map((message) => ({ what: `${message.ruleId}: ${message.message}`, where: `${path.relative(kit.site, file.filePath)} ${message.selector}` }))));
const nuFaults = ({ stderr }) => brief(JSON.parse(stderr).messages.map((message) => ({ what: `${message.type}: ${message.message}`, where: `${message.url} ${message.extract || ""}` })));

test("both judges find what is wrong", async () => {
  const bad = path.join(kit.temp, "bad-markup");
  fs.mkdirSync(bad, { recursive: true });
  fs.writeFileSync(path.join(bad, "index.html"), "<!doctype html><html lang=zh><head><meta charset=utf-8><title>x</title></head><body><main><p id=a>1</p><p id=a>2</p><nav></nav><nav></nav></main></body></html>");
  const [first, second] = await Promise.all([validate(bad), nu(bad)]);
  assert.ok(validateFaults(first).some((fault) => fault.startsWith("no-dup-id")) && validateFaults(first).some((fault) => fault.startsWith("unique-landmark")), first.stderr);
  assert.ok(nuFaults(second).some((fault) => fault.includes("Duplicate ID")), second.stderr);
});

test("no page has an error of markup", async () => {
  const [first, second] = await Promise.all([validate(kit.site), nu(kit.site)]);
  assert.deepStrictEqual(validateFaults(first), []);
  assert.strictEqual(first.code, 0, first.stderr);
  assert.deepStrictEqual(nuFaults(second), []);
  assert.strictEqual(second.code, 0);
});
