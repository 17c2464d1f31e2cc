#!/usr/bin/env python3
"""convert.py --corpus corpus.jsonl --out DIR [--off]: a corpus of judged search (id, title, body, keywords) as a site of pages.

The folder can be built at once. --off builds it without search, to see what the search costs."""
import argparse, json, pathlib

parser = argparse.ArgumentParser()
parser.add_argument("--corpus", required=True)
parser.add_argument("--out", required=True)
parser.add_argument("--off", action="store_true")
args = parser.parse_args()
out = pathlib.Path(args.out)
pages = out / "content" / "pages"
pages.mkdir(parents=True, exist_ok=True)
quoted = lambda text: json.dumps(text, ensure_ascii=False)
(out / "content" / "site.yaml").write_text("title: 搜索测试\nlanguages: [zh]\n" + ("search: {off: true}\n" if args.off else ""))
for line in open(args.corpus, encoding="utf-8"):
    record = json.loads(line)
    # Characters that Markdown would read as marks are escaped, so that the text arrives as it is.
    body = "\n\n".join("".join("\\" + c if c in "\\`*_{}[]<>#+-.!|~^$:=@&\"'" else c for c in part) for part in record["body"])
    keywords = ", ".join(quoted(word) for word in record.get("keywords", [])[:8])
    (pages / f"{record['id'].lower()}.md").write_text(f"---\ntitle: {quoted(record['title'][:60])}\nkeywords: [{keywords}]\n---\n\n{body}\n", encoding="utf-8")
