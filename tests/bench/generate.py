#!/usr/bin/env python3
"""generate.py --out DIR [--n 1000] [--seed 1]: a corpus for the plain benchmark site, in sentences of its own."""
import argparse, pathlib, random

parser = argparse.ArgumentParser()
parser.add_argument("--out", required=True)
parser.add_argument("--n", type=int, default=1000)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
r = random.Random(args.seed)
SENTENCES = ["道路与管网按期完工", "车间预留了行车梁", "货梯可以直达各层", "污水经处理后排入管网", "配电按栋独立计量", "租金按月公布", "手续由窗口统一受理", "场地平整已经完成", "宿舍距离车间步行五分钟", "空置单元公开招租"]
TAGS = ["厂房", "招商", "服务", "用地", "培训", "贴息", "搬迁", "技改"]
SHARES = [("parks", "k", 0.05), ("factories", "f", 0.5), ("policies", "p", 0.1), ("stories", "s", 0.1), ("news", "n", 0.25)]
names = {folder: [f"{letter}{i:06d}" for i in range(max(4, int(args.n * share)))] for folder, letter, share in SHARES}
for folder, ids in names.items():
    place = pathlib.Path(args.out) / "content" / folder
    place.mkdir(parents=True, exist_ok=True)
    for i, name in enumerate(ids):
        words = lambda: "，".join(r.sample(SENTENCES, 3)) + "。"
        park = r.choice(names["parks"])
        related = ", ".join(f'"{folder}/{other}"' for other in r.sample(ids, 3))
        head = f'title: "{folder} {i} 号"\ndate: 202{r.randint(2, 6)}-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}\nsummary: "{words()}"\ntags: {r.sample(TAGS, 3)}\npark: "{park}"\npark_name: "{park}"\nindustry: "机械"\nrelated: [{related}]\n'
        if folder == "factories":
            head += f"area_m2: {r.randint(500, 9000)}\nrent: {r.randint(5, 20)}\nfloors: {r.randint(1, 6)}\ncrane: {r.choice(['true', 'false'])}\n"
        body = "\n\n".join(f"## 第{k}节\n\n{words() * 4}\n\n| 项目 | 数值 |\n|---|---:|\n| 一 | {r.randint(1, 99)} |" for k in range(1, 4))
        (place / f"{name}.md").write_text(f"---\n{head}---\n\n{body}\n\n见[园区](../parks/{park}.md)。\n")
