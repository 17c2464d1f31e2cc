// A file server that compresses as a well-kept host does, and counts what it sends.
"use strict";
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const zlib = require("node:zlib");

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm" };

// Resolves to { base, sent, close }: sent holds { path, raw, gzip } of every answer since it was last emptied.
exports.serve = (folder) => new Promise((resolve) => {
  const sent = [], memory = new Map();
  const server = http.createServer((request, response) => {
    let name = decodeURIComponent(new URL(request.url, "http://x").pathname);
    if (name.endsWith("/")) name += "index.html";
    const file = path.join(folder, path.normalize(name));
    if (!file.startsWith(folder) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) { response.writeHead(404); return response.end(); }
    if (!memory.has(file)) {
      const raw = fs.readFileSync(file);
      memory.set(file, { raw, gzip: zlib.gzipSync(raw, { level: 6 }) });
    }
    const { raw, gzip } = memory.get(file);
    sent.push({ path: name, raw: raw.length, gzip: gzip.length });
    response.writeHead(200, { "content-type": types[path.extname(file)] || "application/octet-stream", "content-encoding": "gzip", "cache-control": "max-age=600" });
    response.end(gzip);
  });
  server.listen(0, "127.0.0.1", () => resolve({ base: `http://127.0.0.1:${server.address().port}/`, sent, close: () => server.close() }));
});
