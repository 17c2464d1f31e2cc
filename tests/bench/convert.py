#!/usr/bin/env python3
"""convert.py --from DIR --out DIR: a corpus of the plain benchmark as records of the real types, for the full theme.

Fields that the real types require and the corpus does not have are filled deterministically from the id.
"""
import argparse, pathlib, re

parser = argparse.ArgumentParser()
parser.add_argument("--from", dest="source", required=True)
parser.add_argument("--out", required=True)
args = parser.parse_args()
source, out = pathlib.Path(args.source) / "content", pathlib.Path(args.out) / "content"


def fields(text):
    front, body = text.split("---\n", 2)[1:]
    return dict(re.findall(r"^(\w+): (.*)$", front, re.M)), body


def write(folder, name, head, body):
    place = out / folder / f"{name}.md"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("---\n" + "\n".join(head) + "\nis_sample: true\n---\n" + body)


def unquoted(value):
    return value.strip('"')


out.mkdir(parents=True, exist_ok=True)
(out / "site.yaml").write_text("title: 基准站点\nbase_url: https://park.example.org\ntheme: park\nlanguages: [zh]\ndemo: true\n")
write("contacts", "desk", ["title: 招商科", "kind: office", "unit: 某县招商科", "phone_office: 0597-000-0001"], "")
for folder in ("parks", "factories", "policies", "stories", "news"):
    for path in sorted((source / folder).glob("*.md")):
        if path.stem.startswith("_"):
            continue
        f, body = fields(path.read_text())
        n = int(re.sub(r"\D", "", path.stem) or 0)
        head = [f"title: {f['title'][:58]}" + ('"' if len(f["title"]) > 58 else ""), f"summary: {f['summary'][:118]}" + ('"' if len(f["summary"]) > 118 else ""), f"keywords: {f['tags']}", f"published_at: {f['date']} 09:00", f"related: {f['related']}"]
        park = unquoted(f["park"])
        if folder == "parks":
            head += ["level: county", "kind: industrial_park", 'county: "350899"', "address: 某县工业路", f"planned_area_mu: {500 + n % 3000}", "leading_industries: [{gbt4754: C33, name: 金属制品业}]", "transport:", f"  - {{kind: expressway_entrance, name: 互通, km: {1 + n % 20}}}", f"  - {{kind: county_seat, name: 县城, km: {2 + n % 30}}}", "contacts: [desk]"]
        elif folder == "factories":
            floors = max(1, min(6, int(f.get("floors", 1))))
            area = int(float(f.get("area_m2", 2000)))
            head += [f"park: {park}", f'building_no: "{n}"', 'county: "350899"', "listing_type: [lease]", "use: factory", "is_standard_factory: true", "structure: rc_frame", f"storeys: {floors}", f"gross_area_m2: {area}", "build_status: completed", f"ground: {{clear_height_m: {5 + n % 7}, floor_load_t_m2: {1 + n % 4}}}", f"power_kva: {f.get('power_kva', 400)}", "fire_hazard_class: 丙", "certificates: {property_right: have, fire_acceptance: have}", "land_use: industrial", "suitable: [机械]", "delivery_standard: bare", "contacts: [desk]", "evidence: site_checked", "verified_on: 2026-10-01"]
            if floors > 1:
                head += [f"upper: {{clear_height_m: {4 + n % 3}, floor_load_t_m2: 1}}", "freight_lifts: {count: 1, tonnes: 2}"]
            head += ["spaces:", f'  - {{no: "101", floor: 1, area_m2: {max(1, area // floors)}, status: available, rent: {f.get("rent", 10)}}}']
        elif folder == "policies":
            head += ["doc_kind: notice", f"doc_no: 示政〔2026〕{n + 1}号", f"issuer: {f.get('issuer', '某局')}", f"formed_on: {f['date']}", "validity: effective", "category: general", "level: county", "is_normative: false"]
        elif folder == "stories":
            head += ["story_kind: park", f"subject: park/{park}", f"park: {park}", "period: {from: 2024-01, to: 2025-01}", "background: 背景", "practices: [做法一, 做法二]", f"metrics: [{{name: 产值, before: {n % 9}, after: {n % 9 + 3}, unit: 亿元, as_of: 2025年, source: 基准}}]", "replicable: [经验]", "fact_check: {on: 2025-02-01}", f"source: {f.get('source', '某媒体')}"]
        else:
            head += ["kind: park_news", f"source: {f.get('source', '某媒体')}", f"park: {park}"]
        write(folder, path.stem, head, body)
