#!/usr/bin/env python3
"""generate.py --n 4000 --out DIR [--seed 1]: a corpus of park pages in its own sentences (corpus.jsonl) and questions
about it (queries.jsonl, not judged). Names are put together from characters, so that the vocabulary grows as it does on
real sites."""
import argparse, json, pathlib, random

parser = argparse.ArgumentParser()
parser.add_argument("--n", type=int, required=True)
parser.add_argument("--out", required=True)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
r = random.Random(args.seed)

FIRST = "云竹松石金银铜青白龙凤鹤虎梅兰桂枫榕莲荷湖江溪河海山岭峰谷坪田源泉洲岛桥塔城镇东南西北中上下新古大小高长宽安康宁泰和兴盛昌隆丰裕富华荣光明辉照朝阳月星辰"
INDUSTRY = "机械制造 电子信息 新型建材 纺织服装 食品加工 生物医药 精细化工 光电显示 汽车零部件 智能装备 环保设备 竹木家具 冷链物流 有色金属 新能源电池 医疗器械 包装印刷 陶瓷制品 工程机械 应急装备".split()
KIND = "标准厂房 多层厂房 单层厂房 高标准仓库 恒温冷库 研发楼 孵化器 中试车间 物流用房 洁净车间".split()
STRUCTURE = "钢结构 门式刚架 钢筋混凝土框架 砖混结构 装配式混凝土".split()
TOPIC = "贷款贴息 搬迁补偿 技术改造奖励 岗前培训补贴 研发费用奖补 用电优惠 人才引进 首台套奖励 物流补助 节能降耗 清洁生产 上云上平台 专利质押 出口信用保险 厂房租金减免 容缺受理 帮办代办 绿色工厂 智能工厂 飞地利益共享".split()
OFFICE = "财政局 工信局 发改委 人社局 自然资源局 生态环境局 市场监管局 应急管理局 住建局 税务局 商务局 科技局".split()
VERB = "完成 启动 推进 通过 公布 组织 召开 落实 优化 规范 扩大 提升 协调 解决 督促".split()
THING = "管网改造 道路硬化 用电增容 消防验收 环评审批 项目备案 用地预审 招工对接 银企对接 设备调试 污水处理 天然气接入 公租房分配 公交线路 场地平整 竣工验收 质量检测 安全检查 入园评审 合同签订".split()
EXTRA = "企业反映的问题当场登记，三个工作日内答复。 所需材料可以在线提交，也可以到窗口办理。 专班每周调度一次，按月通报进度。 看厂请提前一天联系，工作人员陪同到现场。 数据以最近一次核验为准，变化后随时更新。 管委会安排专人跟踪服务，直到项目投产。 申请单位对材料的真实性负责。 逾期不办的，可以向监督电话反映。 周边设有食堂、宿舍和公交站点。 厂区实行封闭管理，货车按预约时段进出。".split(" ")
name = lambda least=2, most=3: "".join(r.choice(FIRST) for _ in range(r.randint(least, most)))
places = [name() + r.choice("县区市镇乡") for _ in range(max(8, args.n // 60))]
parks = [r.choice(places) + name() + r.choice(["工业园", "产业园", "工业集中区", "科技园"]) for _ in range(max(6, args.n // 25))]
companies = [name(2, 4) + r.choice(["科技", "实业", "机械", "电子", "食品", "材料", "新能源", "纺织"]) + "有限公司" for _ in range(max(20, args.n // 5))]

def unit(i):
    park, area = r.choice(parks), r.randrange(500, 30000, 100)
    title = f"{park}{r.choice('ABCDEFGH')}{r.randint(1, 30)}栋{r.choice(KIND)}{r.choice(['出租', '招租', '出售'])}，{area}平方米"
    body = [f"本处位于{park}，建筑面积{area}平方米，{r.choice(STRUCTURE)}，层高{r.choice([4.5, 6, 7.5, 9, 12])}米，楼面承重{r.choice([0.5, 1, 1.5, 2, 3])}吨每平方米。",
            f"供电电压{r.choice([10, 35])}kV，变压器容量{r.choice([200, 400, 800, 1250, 2000])}kVA；租金每月每平方米{r.randint(5, 20)}元。",
            f"适合{r.choice(INDUSTRY)}、{r.choice(INDUSTRY)}等项目，{r.randint(2026, 2028)}年{r.randint(1, 12)}月可以交付。"]
    return title, body, [r.choice(INDUSTRY), r.choice(STRUCTURE)]

def policy(i):
    topic, place = r.choice(TOPIC), r.choice(places)
    title = f"{place}{r.choice(INDUSTRY)}企业{topic}{r.choice(['实施办法', '若干措施', '操作细则', '申报指南'])}"
    body = [f"文号：{place[:2]}政办〔{r.randint(2021, 2026)}〕{r.randint(1, 99)}号。", f"对在{r.choice(parks)}投资的{r.choice(INDUSTRY)}企业给予{topic}，单户每年不超过{r.randint(5, 200)}万元。",
            f"由{place}{r.choice(OFFICE)}会同{r.choice(OFFICE)}审核，{r.randint(5, 30)}个工作日内办结。"]
    return title, body, [topic]

def story(i):
    company, park = r.choice(companies), r.choice(parks)
    title = f"{company}{r.choice(['落户', '增资', '投产', '扩建'])}{park}"
    body = [f"{company}在{park}从事{r.choice(INDUSTRY)}，去年产值{r.randint(1, 90)}千万元，用工{r.randint(20, 900)}人。", f"企业享受了{r.choice(TOPIC)}和{r.choice(TOPIC)}，{r.choice(THING)}由专员代办。"]
    return title, body, [r.choice(INDUSTRY)]

def news(i):
    park = r.choice(parks)
    title = f"{park}{r.choice(VERB)}{r.choice(THING)}"
    body = [f"{r.randint(2022, 2026)}年{r.randint(1, 12)}月{r.randint(1, 28)}日，{park}{r.choice(VERB)}{r.choice(THING)}，{r.choice(OFFICE)}和{r.choice(companies)}参加。", f"会议要求{r.choice(VERB)}{r.choice(THING)}，同时{r.choice(VERB)}{r.choice(THING)}。"]
    return title, body, []

out = pathlib.Path(args.out)
out.mkdir(parents=True, exist_ok=True)
made = []
with open(out / "corpus.jsonl", "w", encoding="utf-8") as corpus:
    for i in range(args.n):
        title, body, keywords = r.choices([unit, policy, story, news], [0.45, 0.12, 0.13, 0.3])[0](i)
        body = body + r.sample(EXTRA, 3) + [f"{r.choice(companies)}与{r.choice(companies)}同在{r.choice(parks)}，{r.choice(VERB)}{r.choice(THING)}。" for _ in range(r.randint(1, 5))]
        corpus.write(json.dumps({"id": f"g{i:06d}", "title": title, "body": body, "keywords": keywords}, ensure_ascii=False) + "\n")
        made.append((title, keywords))
asks = []
for i in range(40):
    title, keywords = r.choice(made)
    park, topic, kind = r.choice(parks), r.choice(TOPIC), r.choice(KIND)
    asks.append([park, topic, f"{park}{kind}出租", f"{r.randrange(500, 30000, 100)}平方米 {kind}", f"怎么申请{topic}", r.choice(companies), title[:12], "biaozhun changfang", f"{r.choice(places)}{topic}", f"{topic[:-1]}谬"][i % 10])
with open(out / "queries.jsonl", "w", encoding="utf-8") as queries:
    for i, q in enumerate(asks):
        queries.write(json.dumps({"id": f"q{i}", "q": q}, ensure_ascii=False) + "\n")
