// The search: cuts a question into terms, loads only the files that hold them, ranks, shows. No request leaves the site.
(() => {
  "use strict";
  // ---- Terms. The twin of src/render/search/tokens.rs; tests/it/data/search/tokens.json holds both to the same answers.
  const HAN = "\\u3005-\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const LETTER = "(?![" + HAN + "0-9])[\\p{Alphabetic}\\p{N}]";
  const PIECE = new RegExp("([" + HAN + "]+)|([0-9]+(?:\\.[0-9]+)*)|((?:" + LETTER + ")+)", "gu");
  const SHORT = new RegExp("^[a-z]{1,4}(?!" + LETTER + ")", "u");
  const UNITS = "平方米 千伏安 平方 平米 千伏 千瓦 公尺 千米 公里 万元 亿元 个月 kva mva kwh kw kv mw km m t".split(" ");
  const SAME = { 平米: "平方米", 平方: "平方米", 千伏安: "kva", 千伏: "kv", 千瓦: "kw", 公尺: "米", m: "米", km: "公里", 千米: "公里", t: "吨", 天: "日" };
  const STOP = /[要有在是能会应可]?(?:请问|哪[里儿些个种]?|怎么样|怎么办|怎么|怎样|如何|什么时候|什么|多少钱?|多久|多长时间|几天|能不能|可不可以|是不是|有没有|为什么|需要|想要|我要|我想|[的吗呢么了吧])/g;
  const PAIR = new RegExp("^[" + HAN + "]{2}$", "u"), ONE = new RegExp("^[" + HAN + "]$", "u");

  function plain(text, fold) {
    text = text.replace(/㎡|m²/gi, "平方米").replace(/㎥|m³/gi, "立方米").normalize("NFKC").toLowerCase();
    if (fold) text = Array.from(text, (c) => fold.get(c) || c).join("");
    return text.replace(/([0-9]),(?=[0-9]{3}(?![0-9]))/g, "$1").replace(/([0-9]) ?m2(?![a-z0-9])/g, "$1平方米")
      .replace(/([a-z]{2}) ?\/ ?t(?=[ -]?[0-9])/g, "$1");
  }
  // [term, slot, weak]; slot -1: only in the index.
  function tokens(text, fold) {
    text = plain(text, fold);
    const out = [];
    let slot = 0, last = null, piece;
    PIECE.lastIndex = 0;
    while ((piece = PIECE.exec(text))) {
      const [word, han, number] = piece, start = piece.index;
      let end = start + word.length;
      const gap = last && start - last.end <= 1 ? text.slice(last.end, start) : null;
      if (han) {
        const chars = Array.from(han), skip = gap === "" && last.unit || 0;
        for (let i = 0; i + 1 < chars.length; i++) out.push([chars[i] + chars[i + 1], i < skip ? -1 : slot++, false]);
        out.push([chars[chars.length - 1], chars.length > 1 || skip ? -1 : slot++, false]);
        last = skip && skip === chars.length ? Object.assign(last, { end, glue: true, unit: 0 }) : { end };
      } else if (number) {
        const code = /^[ -]?$/.test(gap === null ? "x" : gap) && last.letters || "";
        const pair = gap === "" && last.glue ? last.joined : "", here = slot++;
        const space = text[end] === " " ? 1 : 0, rest = text.slice(end + space, end + space + 8);
        const now = { digits: word };
        let unit = code ? "" : UNITS.find((unit) => rest.startsWith(unit) && !(/[a-z]/.test(unit) && /[a-z0-9]/.test(rest[unit.length] || "")));
        if (!unit && !code && !space) unit = (/^[\u4e00-\u9fff]/.exec(rest) || SHORT.exec(rest) || [""])[0];
        if (unit) {
          now.joined = word + (SAME[unit] || unit);
          if (pair) out.push([pair + now.joined, here, false]);
          out.push([now.joined, here, false], [word, here, true]);
          if (/[a-z]/.test(unit)) {
            end = PIECE.lastIndex = end + space + unit.length;
            if (unit.length > 1) out.push([unit, -1, false]);
          } else now.unit = space ? 0 : unit.length;
        } else {
          const front = code || gap === "-" && last.digits || "";
          if (front) out.push([front + word, here, false]);
          out.push([word, here, Boolean(front)]);
        }
        now.end = end;
        last = now;
      } else {
        out.push([word, slot++, false]);
        last = { end, letters: word };
      }
    }
    return out;
  }

  // ---- The engine. load(name) promises a part; sets are maps from document to weight.
  function engine(load) {
    let head, more, fold = null, opening;
    const shards = new Map(), sets = new Map();
    const open = () => opening || (opening = load("head").then((value) => { head = value; }, (error) => { opening = null; throw error; }));
    const at = (term) => {
      let low = 0, high = head.cuts.length;
      while (low < high) { const mid = (low + high) >> 1; if (head.cuts[mid] <= term) low = mid + 1; else high = mid; }
      return low;
    };
    const span = (prefix) => {
      const first = at(prefix), list = [];
      for (let n = first; n <= at(prefix + "\uffff") && n < first + 8; n++) list.push(n);
      return list;
    };
    // Loads what holds some terms; a term that ends in * stands for all that begin so.
    const need = (terms) => {
      const wanted = new Set();
      for (const term of terms) if (term.endsWith("*")) span(term.slice(0, -1)).forEach((n) => wanted.add(n)); else wanted.add(at(term));
      return Promise.all(Array.from(wanted, (n) => shards.has(n) || load("t" + n).then((text) => {
        const lines = new Map();
        for (const line of text.split("\n")) { const end = line.indexOf(" "); if (end > 0) lines.set(line.slice(0, end), line.slice(end + 1)); }
        shards.set(n, lines);
      })));
    };
    const range = (prefix) => {
      const list = [];
      for (const n of span(prefix)) if (shards.has(n)) for (const term of shards.get(n).keys()) if (term.startsWith(prefix)) list.push(term);
      return list;
    };
    const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const values = Array.from({ length: 128 }, (_, code) => DIGITS.indexOf(String.fromCharCode(code)));
    const set = (term) => {
      if (sets.has(term)) return sets.get(term);
      const found = new Map(), shard = shards.get(at(term)), line = shard && shard.get(term);
      let next = 0, value = 0, shift = 0;
      for (let i = 0; line && i < line.length && line[i] !== " "; i++) {
        const digit = values[line.charCodeAt(i)];
        value |= (digit & 31) << shift;
        if (digit > 31) { shift += 5; continue; }
        next += value >> 3;
        found.set(next++, ((value & 7) + 1) / 8);
        value = shift = 0;
      }
      sets.set(term, found);
      return found;
    };
    const add = (into, from, factor) => { for (const [doc, weight] of from) if (!(into.get(doc) >= weight * factor)) into.set(doc, weight * factor); };
    const union = (terms, factor) => { const found = new Map(); for (const term of terms) add(found, set(term), factor); return found; };
    const both = (list, factor) => {
      const found = new Map(), rest = list.slice(1);
      if (list.length) for (const [doc, weight] of list[0]) if (rest.every((other) => other.has(doc))) found.set(doc, rest.reduce((sum, other) => sum + other.get(doc), weight) / list.length * factor);
      return found;
    };
    // One slip of the finger: a letter too many, too few, wrong, or two in the wrong order.
    const near = (a, b) => {
      let i = 0;
      while (i < a.length && a[i] === b[i]) i++;
      const x = a.slice(i), y = b.slice(i);
      return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1) || x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2);
    };
    // All ways to read a word as syllables; the longest syllables first.
    const read = (word) => {
      const ways = [], go = (from, way) => {
        if (ways.length > 4) return;
        if (from === word.length) ways.push(way);
        for (let n = Math.min(6, word.length - from); n > 0; n--) if (more.known.has(word.substr(from, n))) go(from + n, way.concat(word.substr(from, n)));
      };
      go(0, []);
      return ways.sort((a, b) => a.length - b.length);
    };
    const extras = () => more ? Promise.resolve() : load("more").then((value) => {
      more = { known: new Set(value.syllables.split(" ")) };
      const chars = Array.from(value.fold);
      fold = new Map();
      for (let i = 0; i < chars.length; i += 2) fold.set(chars[i], chars[i + 1]);
    });
    const starred = (term) => ONE.test(term) ? term + "*" : term;

    // What a question asks: slots, each with the documents that meet it and how well.
    async function slots(question) {
      const text = plain(question, fold), bare = text.replace(/([0-9][^\s0-9]{0,5}?)(?:以上|以下|以内|左右)/g, "$1 ").replace(STOP, " "), asked = /[\p{L}\p{N}]/u.test(bare) ? bare : text;
      const list = [];
      for (const [term, slot, weak] of tokens(asked)) if (slot >= 0) (list[slot] = list[slot] || { main: term, terms: [], others: [] }).terms.push([term, weak]);
      const found = list.filter(Boolean), others = new Map();
      for (const group of head.synonyms) for (const word of group) if (asked.includes(plain(word))) {
        const ways = group.filter((other) => other !== word).map((other) => tokens(other).filter((token) => token[1] >= 0).map((token) => token[0]));
        for (const token of tokens(word)) if (token[1] >= 0) others.set(token[0], (others.get(token[0]) || []).concat(ways));
      }
      for (const slot of found) slot.others = others.get(slot.main) || [];
      await need(found.flatMap((slot) => slot.terms.map((term) => starred(term[0])).concat(slot.others.flat())));
      for (const slot of found) {
        slot.set = new Map();
        for (const [term, weak] of slot.terms) if (!weak || !slot.set.size) add(slot.set, ONE.test(term) ? union(range(term), 1) : set(term), 1);
        slot.exact = slot.set.size > 0;
        slot.said = slot.terms.map((term) => term[0]).concat(slot.others.flat());
        for (const way of slot.others) add(slot.set, both(way.map(set), 1), 0.8);
      }
      return found;
    }
    // A word of letters: as it is read aloud; where it stands nowhere, as initials, as a beginning, with one slip.
    async function letters(slot) {
      const word = slot.main, ways = read(word).map((way) => way.length > 1 ? way.slice(1).map((said, i) => ["~" + way[i] + "'" + said]) : [["~" + way[0] + "'*"]]);
      const first = word.length < 4 ? ["!" + word + "*"] : Array.from({ length: word.length - 3 }, (_, i) => "!" + word.substr(i, 4) + "*");
      await need(ways.flat(2).concat(slot.exact ? [] : [word + "*", word.slice(0, 2) + "*"], slot.exact || word.length < 2 ? [] : first));
      const spread = (term) => term.endsWith("*") ? range(term.slice(0, -1)) : [term];
      for (const way of ways) add(slot.set, both(way.map((terms) => union(terms.flatMap(spread), 1)), 1), 1);
      if (!slot.set.size && word.length > 1) add(slot.set, both(first.map((term) => union(spread(term), 1)), 1), 1);
      if (!slot.set.size && word.length > 1) { add(slot.set, union(range(word), 1), 0.7); if (slot.set.size) slot.said.push(word); }
      if (!slot.set.size) slip(slot);
    }
    function slip(slot) {
      if (slot.main.length < 5) return;
      const meant = range(slot.main.slice(0, 2)).filter((term) => near(slot.main, term));
      add(slot.set, union(meant, 1), 0.7);
      slot.said.push(...meant);
      slot.guessed = true;
    }
    // One wrong character in a word: the pairs that begin alike and go best with the rest of the question.
    async function mend(list) {
      const known = list.filter((slot) => slot.set.size);
      for (const [i, slot] of list.entries()) {
        if (slot.set.size || !PAIR.test(slot.main)) continue;
        const [first, second] = Array.from(slot.main);
        const before = list[i - 1] && list[i - 1].main.endsWith(first), after = list[i + 1] && PAIR.test(list[i + 1].main) && list[i + 1].main.startsWith(second) ? list[i + 1] : null;
        // Between two known pairs it is only where two words meet.
        if (after && after.set.size) { slot.chance = before; continue; }
        await need([first + "*"]);
        const score = (term) => {
          let sum = 0;
          for (const doc of set(term).keys()) for (const other of known) if (other.set.has(doc)) sum += Math.log(1 + head.n / other.set.size);
          return sum / Math.sqrt(set(term).size);
        };
        const meant = range(first).filter((term) => PAIR.test(term)).map((term) => [term, score(term)]).filter((pair) => pair[1] > 0).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 3).map((pair) => pair[0]);
        const next = (term) => Array.from(term)[1] + Array.from(after.main)[1];
        if (after) await need(meant.map(next));
        let best = null;
        for (const term of meant) {
          const size = (after ? both([set(term), set(next(term))], 1) : set(term)).size;
          if (size && (!best || size > best.size)) best = { term, size };
        }
        for (const [wrong, term] of best ? [[slot, best.term]].concat(after ? [[after, next(best.term)]] : []) : []) {
          wrong.guessed = true;
          wrong.said.push(term);
          add(wrong.set, set(term), 0.7);
        }
      }
      if (!list.some((slot) => slot.set.size)) {
        const single = list.filter((slot) => PAIR.test(slot.main));
        await need(single.flatMap((slot) => Array.from(slot.main, (c) => c + "*")));
        for (const slot of single) { slot.guessed = true; for (const c of slot.main) add(slot.set, union(range(c), 1), 0.5); }
      }
    }
    async function search(question) {
      await open();
      let list = await slots(question);
      const spoken = (slot) => /^[a-z]+$/.test(slot.main) && (!slot.set.size || slot.main.length > 3);
      if (list.some((slot) => !slot.exact || spoken(slot))) {
        const before = plain(question, fold);
        await extras();
        if (plain(question, fold) !== before) list = await slots(question);
        for (const slot of list) {
          if (spoken(slot)) await letters(slot);
          else if (!slot.set.size && /^[a-z0-9]{5,}$/.test(slot.main)) { await need([slot.main.slice(0, 2) + "*"]); slip(slot); }
        }
        await mend(list);
      }
      // A rare pair between two frequent ones is where two words happen to meet: it says little.
      const size = (slot) => slot.guessed ? 0 : slot.set.size;
      let total = 0;
      const score = new Map();
      for (const [i, slot] of list.entries()) {
        if (!slot.set.size) continue;
        let rare = Math.log(1 + (head.n - slot.set.size + 0.5) / (slot.set.size + 0.5));
        const left = list[i - 1], right = list[i + 1];
        if (PAIR.test(slot.main) && left && right && PAIR.test(left.main) && PAIR.test(right.main) && left.main.endsWith(Array.from(slot.main)[0]) && right.main.startsWith(Array.from(slot.main)[1])) {
          const around = Math.min(size(left), size(right));
          if (around > slot.set.size) { rare *= slot.set.size / around; slot.chance = true; }
        }
        total += rare;
        for (const [doc, weight] of slot.set) {
          const sums = score.get(doc) || score.set(doc, [0, 0]).get(doc);
          sums[0] += rare * weight;
          sums[1] += rare;
        }
      }
      const hits = Array.from(score, ([doc, [sum, met]]) => ({ doc, met: met / total, score: sum * (met / total) ** 3 }));
      const most = hits.reduce((most, hit) => Math.max(most, hit.met), 0);
      const kept = hits.filter((hit) => hit.met >= most * 0.45).sort((a, b) => b.score - a.score || a.doc - b.doc);
      const inexact = most < 0.85 || list.some((slot) => slot.guessed || !slot.set.size && !slot.chance);
      return { hits: kept, near: kept.length > 0 && inexact, said: list.flatMap((slot) => slot.said).filter((term) => !/^[0-9a-z]$/.test(term)) };
    }
    return { open, search, head: () => head, fold: () => fold };
  }

  // ---- A question that a finder can answer: numbers with units near the name of a field, words of choices.
  function filters(question, finder) {
    const text = plain(question), chosen = [], NUMBER = /(≥|>=|>|≤|<=|<)?\s*([0-9]+(?:\.[0-9]+)?)\s*([^\s0-9.,，。；;、]*)/g;
    // No unit of letters ends within a word: the m of m2 is no metre.
    const begins = (text, unit) => text.startsWith(unit) && !(/[a-z0-9]$/.test(unit) && /[a-z0-9]/.test(text[unit.length] || ""));
    const clean = (unit) => unit.replace(/每/g, "/").replace(/平方米/g, "m2");
    const numbers = finder.fields.filter((field) => field.units);
    const spans = Array.from(text.matchAll(NUMBER));
    spans.forEach((span, i) => {
      const before = text.slice(i ? spans[i - 1].index + spans[i - 1][0].length - spans[i - 1][3].length : 0, span.index);
      const after = span[3];
      const unitOf = (field) => {
        let best = "";
        for (const unit of Object.keys(field.units)) if (begins(clean(after), clean(unit)) && unit.length > best.length) best = unit;
        return best;
      };
      const named = (field) => Math.max(...field.words.map((word) => before.lastIndexOf(word) >= 0 ? before.lastIndexOf(word) + 1 : after.includes(word) ? 0.5 : 0));
      const strict = (field) => { const unit = unitOf(field); return unit && !Object.keys(field.units).some((other) => other !== unit && other.split("/")[0] === unit && other.includes("/")) ? unit : ""; };
      const byName = numbers.filter((field) => named(field) && (unitOf(field) || /^(以|左右|起|$)/.test(after))).sort((a, b) => named(b) - named(a));
      const byUnit = numbers.filter(strict);
      const field = byName[0] || (byUnit.length === 1 && byUnit[0]);
      if (!field) return;
      const unit = unitOf(field);
      const side = /以上|起|不低于|不少于|至少|超过/.test(after) || /不低于|不少于|至少|超过/.test(before) || /[≥>]/.test(span[1] || "") ? "min"
        : /以下|以内|不超过/.test(after) || /不超过|不高于|最多|低于/.test(before) || /[≤<]/.test(span[1] || "") ? "max" : field.side;
      const value = Math.round(span[2] * (field.units[unit] || 1) * 100) / 100, [least, most] = field.bounds;
      // A number that the field cannot hold is about something else.
      if (least !== null && value < least || most !== null && value > most) return;
      chosen.push([field.key + "." + side, String(value), field.label + (side === "min" ? " ≥ " : " ≤ ") + value + " " + field.unit]);
    });
    if (!chosen.length) return null;
    for (const field of finder.fields) for (const [value, label] of field.choices || []) {
      if (Array.from(label).length > 1 && text.includes(plain(label))) chosen.push([field.key, value, label]);
    }
    return { query: chosen.map((pair) => pair.slice(0, 2).map(encodeURIComponent).join("=")).join("&"), text: chosen.map((pair) => pair[2]) };
  }

  if (typeof document === "undefined") { module.exports = { tokens, engine, filters }; return; }

  // ---- The page.
  const box = document.querySelector("[data-search]");
  if (!box) return;
  const say = window.parkpress.words(box), root = box.dataset.root, PAGE = 10;
  const find = (name) => box.querySelector("[data-search-" + name + "]");
  const input = find("box"), form = input.form, results = find("results"), status = box.querySelector("[role=status]"), index = document.querySelector("[data-search-index]");
  const chosen = { type: find("type"), under: find("under"), sort: find("sort") }, offer = find("finder"), further = find("more");
  const waiting = new Map(), loading = new Map();
  window.parkpressPart = (name, value) => { if (waiting.has(name)) waiting.get(name)(value); };
  const load = (name) => {
    if (!loading.has(name)) loading.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(name, resolve);
      script.src = root + box.dataset.search + name + ".js";
      script.onerror = () => { loading.delete(name); reject(new Error(name)); };
      document.head.append(script);
    }));
    return loading.get(name);
  };
  const search = engine(load);
  const make = (tag, name, text) => { const node = document.createElement(tag); if (name) node.className = name; if (text) node.textContent = text; return node; };
  let places = null, turn = 0, last = null, shown = 0;

  // The type and the record above of every document, from runs.
  function placed() {
    if (places) return places;
    const head = search.head(), type = [], under = [];
    head.types.forEach(([, count], at) => { for (let i = 0; i < count; i++) type.push(at); });
    for (const [at, count] of head.runs) for (let i = 0; i < count; i++) under.push(at);
    return (places = { type, under });
  }
  // Characters one by one in one spelling, so that positions stay.
  function spelt(text) {
    const fold = search.fold();
    return Array.from(text, (c) => { const folded = c.normalize("NFKC").toLowerCase(); return Array.from(folded).length === 1 ? fold && fold.get(folded) || folded : c; });
  }
  function marks(chars, said) {
    const on = new Array(chars.length).fill(0), text = chars.map((c) => c.length > 1 ? "\u0000" : c).join("");
    for (const term of said) for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) on.fill(1, at, at + term.length);
    return on;
  }
  function marked(node, text, said, length) {
    const chars = Array.from(text), on = marks(spelt(text), said);
    let from = 0;
    if (length && chars.length > length) {
      let sum = 0, best = -1;
      for (let i = 0; i < chars.length; i++) {
        sum += on[i] - (i >= length ? on[i - length] : 0);
        if (sum > best) { best = sum; from = Math.max(0, i - length + 1); }
      }
      // A little of what stands before the first hit.
      const first = on.indexOf(1, from);
      if (first > 12) from = Math.min(first - 12, chars.length - length);
    }
    const to = length ? Math.min(chars.length, from + length) : chars.length;
    if (from) node.append("…");
    for (let i = from, next; i < to; i = next) {
      for (next = i; next < to && on[next] === on[i]; next++);
      const part = chars.slice(i, next).join("");
      node.append(on[i] ? make("mark", "", part) : part);
    }
    if (to < chars.length) node.append("…");
  }
  async function item(doc, said) {
    const head = search.head(), pack = await load("d" + Math.floor(doc / head.per)), [title, path, date, state, sample, facts, text] = pack[doc % head.per];
    const row = make("li", "hit"), line = make("p", "hit__title"), link = make("a"), meta = make("p", "hit__meta");
    link.href = root + path;
    marked(link, title, said);
    line.append(link);
    const { type, under } = placed();
    meta.append(make("span", "", head.types[type[doc]][0]));
    const above = head.parents[under[doc]];
    if (above && above !== title) meta.append(make("span", "", above));
    if (date) meta.append(make("span", "", date));
    if (state) meta.append(make("span", "badge", state));
    if (sample) meta.append(make("span", "badge badge--sample", say("sample")));
    row.append(line, meta);
    if (facts.length) {
      const list = make("dl", "hit__facts");
      for (const [label, value] of facts) { const pair = make("div"); pair.append(make("dt", "", label), make("dd", "", value)); list.append(pair); }
      row.append(list);
    }
    if (text) { const words = make("p", "hit__text"); marked(words, text, said, 90); row.append(words); }
    return row;
  }
  // The choices of a filter with their counts; what the other filter leaves.
  function choices(select, names, counts) {
    const wanted = select.value, all = select.options[0];
    select.replaceChildren(all);
    names.forEach((name, at) => { if (counts[at]) select.append(new Option(name + " (" + counts[at] + ")", name)); });
    if (wanted && !Array.from(select.options).some((option) => option.value === wanted)) select.append(new Option(wanted + " (0)", wanted));
    select.value = wanted;
    select.closest("label").hidden = select.options.length < 2;
  }
  async function kept(found) {
    const head = search.head(), { type, under } = placed(), names = { type: head.types.map((of) => of[0]), under: head.parents };
    const where = { type: (doc) => names.type[type[doc]], under: (doc) => names.under[under[doc]] };
    const passes = (key, doc) => !chosen[key].value || where[key](doc) === chosen[key].value;
    for (const [key, other, at] of [["type", "under", type], ["under", "type", under]]) {
      const counts = [];
      for (const hit of found.hits) if (passes(other, hit.doc) && at[hit.doc] >= 0) counts[at[hit.doc]] = (counts[at[hit.doc]] || 0) + 1;
      choices(chosen[key], names[key], counts);
    }
    const hits = found.hits.filter((hit) => passes("type", hit.doc) && passes("under", hit.doc));
    if (chosen.sort.value !== "date") return hits;
    const dates = await load("dates");
    return hits.slice().sort((a, b) => dates[b.doc] - dates[a.doc]);
  }
  async function draw(mine, hits, found, fresh) {
    const next = hits.slice(fresh ? 0 : shown, (fresh ? 0 : shown) + PAGE), rows = await Promise.all(next.map((hit) => item(hit.doc, found.said)));
    if (mine !== turn) return;
    if (fresh) results.replaceChildren();
    results.append(...rows);
    shown = results.children.length;
    further.hidden = shown >= hits.length;
    if (!fresh && rows[0]) rows[0].querySelector("a").focus();
    last = { hits, found };
  }
  async function show() {
    const question = input.value.trim(), mine = ++turn;
    if (index) index.hidden = Boolean(question);
    offer.hidden = true;
    if (!question) {
      results.replaceChildren();
      status.textContent = "";
      further.hidden = find("tools").hidden = true;
      document.title = box.dataset.title;
      return;
    }
    try {
      const found = await search.search(question);
      if (mine !== turn) return;
      const hits = await kept(found);
      if (mine !== turn) return;
      await draw(mine, hits, found, true);
      if (mine !== turn) return;
      finders(question);
      find("tools").hidden = !found.hits.length;
      status.textContent = !hits.length ? say("search_none", question) : found.near ? say("search_near", hits.length) : say("search_found", hits.length);
      document.title = question + " - " + box.dataset.title;
    } catch (error) {
      if (mine === turn) status.textContent = say("search_failed");
    }
  }
  function finders(question) {
    offer.replaceChildren();
    for (const finder of search.head().finders) {
      const fit = filters(question, finder);
      if (!fit) continue;
      const link = make("a", "", say("search_finder", finder.title, fit.text.join(say("search_and"))));
      link.href = root + finder.path + "?" + fit.query;
      offer.append(link);
      offer.hidden = false;
    }
  }
  // The address is the whole state: what was typed replaces it, what was sent is a step to come back to.
  function address() {
    const query = new URLSearchParams();
    for (const [key, value] of [["q", input.value.trim()], ...Object.entries(chosen).map(([key, field]) => [key, field.value])]) if (value) query.set(key, value);
    return location.pathname + (String(query) && "?" + query);
  }
  function note(step) {
    // A page opened from a folder may not change its address in some browsers; it works without.
    try { if (address() !== location.pathname + location.search) history[step ? "pushState" : "replaceState"](null, "", address()); } catch (error) { /* see above */ }
  }
  function restore() {
    const query = new URLSearchParams(location.search);
    input.value = query.get("q") || "";
    for (const [key, field] of Object.entries(chosen)) {
      const value = query.get(key) || "";
      if (value && !Array.from(field.options).some((option) => option.value === value)) field.append(new Option(value, value));
      field.value = value;
    }
    const top = document.getElementById("q");
    if (top && top !== input) top.value = input.value;
    show();
  }
  let timer = 0;
  const typed = () => { clearTimeout(timer); timer = setTimeout(() => { note(false); show(); }, 250); };
  input.addEventListener("input", (event) => { if (!event.isComposing) typed(); });
  input.addEventListener("compositionend", typed);
  input.addEventListener("focus", () => load("titles").then((titles) => {
    const list = find("titles");
    if (!list.children.length) list.append(...titles.map((title) => new Option("", title)));
  }, () => {}), { once: true });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); note(true); show(); });
  for (const field of Object.values(chosen)) field.addEventListener("change", () => { note(true); show(); });
  further.addEventListener("click", () => { if (last) draw(turn, last.hits, last.found, false); });
  for (const hot of box.querySelectorAll("[data-search-hot] a")) hot.addEventListener("click", (event) => {
    event.preventDefault();
    input.value = hot.textContent;
    note(true);
    show();
  });
  window.addEventListener("popstate", restore);
  box.hidden = false;
  restore();
})();
