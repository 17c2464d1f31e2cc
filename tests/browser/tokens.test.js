// The tokenizer of the script gives the answers that the one in Rust gives (tests/it/search.rs).
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const { test } = require("node:test");

const root = path.resolve(__dirname, "../..");
const { tokens } = require(path.join(root, "themes/park/scripts/search.js"));

// Every traditional character; a site ships only those that it needs.
const fold = new Map();
for (const line of fs.readFileSync(path.join(root, "src/render/search/traditional.txt"), "utf8").split("\n")) {
  const chars = line.startsWith("#") ? [] : Array.from(line);
  for (let i = 0; i + 1 < chars.length; i += 2) fold.set(chars[i], chars[i + 1]);
}

test("the tokenizer answers as specified", () => {
  const vectors = JSON.parse(fs.readFileSync(path.join(root, "tests/it/data/search/tokens.json"), "utf8"));
  assert.ok(vectors.length > 50);
  for (const { text, terms } of vectors) {
    const said = tokens(text, fold).map(([term, slot, weak]) => `${term} ${slot < 0 ? "-" : slot}${weak ? " weak" : ""}`);
    assert.deepStrictEqual(said, terms, text);
  }
});
