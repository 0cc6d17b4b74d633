// ---- rows: how each line of the record looks; the shape of the data stands in slim.py -----------

const known = (value) => value !== null && value !== undefined;
const hidden = (words) => h("span", { class: "vh" }, words);
const chip = (label) => h("a", { class: "tell", href: "#telling-" + label }, called(label));

// Words of a source as a link to their place.
function cite(found, { inner = [found.words], label = true, css = "", exact = null } = {}) {
  const { label: letters, name, language } = tellings[found.telling];
  return h(
    "a",
    {
      class: "ev" + css,
      href: "#at-" + letters + "-" + found.start + "-" + found.end,
      "data-t": letters,
      "data-s": found.start,
      "data-e": found.end,
      "data-exact": exact,
      lang: language === "en" ? null : language,
    },
    found.start === found.end && h("span", { class: "none", "data-ours": true }, "no words here"),
    inner,
    label && h("span", { "data-ours": true }, "\u00a0", h("span", { class: "lb" }, name)),
  );
}
const words = (number, options) => cite(evidence(number), options);

// A line is a number, or a list of it and of its marks, three numbers each.
const lineNumber = (line) => (typeof line === "number" ? line : line[0]);
const lineLabel = (line) => tellings[tellingOf(lineNumber(line))].label;
const labelsOf = (lines) => unique(lines.map(lineLabel));
function cited(line, who) {
  const found = evidence(lineNumber(line));
  const whole = points(found.words);
  const inner = [];
  let seen = 0;
  for (let at = 1; at < line.length; at += 3) {
    const [role, start, length] = line.slice(at, at + 3);
    // A mark over all of a sentence shows nothing.
    const all = length >= whole.length - 1 ? " all" : "";
    inner.push(between(whole, seen, start), h("mark", { class: "at-" + data.roles[role] + all }, between(whole, start, start + length)));
    seen = start + length;
  }
  inner.push(between(whole, seen));
  return h("blockquote", { dir: "auto" }, who && [h("span", { class: "ours" }, "[" + who + "]"), " "], cite(found, { inner }));
}

// `beside`: names and evidence that it rests on beside its own; `parts`: names of its parts and why each is there.
function because(why, beside = [], parts = []) {
  if (why === null || why === undefined) return null;
  const [stage, rule, score, leans] = data.whys[why];
  const entry = (name, ...value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
  return h("details", { class: "because" }, h("summary", {}, "why?"), () =>
    h(
      "dl",
      {},
      entry("found by", stage),
      entry("its rule", rule),
      score !== null && entry("score", String(score) + " (0 to 1, no probability)"),
      leans.length > 0 && entry("rests on", leans.map((number) => [words(number), " "])),
      beside.filter(([, number]) => known(number)).map(([name, number]) => entry(name, h("q", {}, words(number, { label: false })))),
      parts.filter(([, part]) => known(part)).map(([name, part]) => entry(name, data.whys[part][1])),
    ),
  );
}

const folded = (summary, make) => h("details", {}, h("summary", {}, summary), make);

// ---- timeline ----

const BADGES = [
  [1, "vague", "The tellings give no single day"],
  [2, "inferred", "Part of the date was concluded, not written"],
  [4, "announced", "Told of as still to come"],
];

function moment([id, , when, carried, lines, , weekday, flags, , who, , then, beside, why]) {
  const rest = lines.slice(1);
  const others = labelsOf(rest).filter((label) => label !== lineLabel(lines[0]));
  return h(
    "article",
    { class: "moment item", id },
    h(
      "p",
      { class: "date" },
      said(when),
      known(weekday) && h("span", { class: "weekday" }, said(weekday)),
      flags > 0 &&
        h("span", { class: "badges" }, BADGES.filter(([bit]) => flags & bit).map(([, name, title]) => h("span", { class: "badge", title }, name))),
    ),
    h(
      "div",
      { class: "told" },
      cited(lines[0], who),
      said(carried) && h("p", { class: "carried" }, said(carried)),
      then?.length > 0 &&
        h("p", { class: "carried" }, "Told of later: ", then.map((other, at) => [at > 0 && ", ", h("a", { href: "#" + other }, whenOf(other))])),
      h("div", { class: "under" },
        rest.length > 0 && folded(others.length ? count(others.length, "more article") : count(rest.length, "more sentence"), () => rest.map((line) => cited(line))),
        beside?.length > 0 &&
          folded("that day: " + beside.length, () => h("ul", {}, beside.map(([other, shown]) => h("li", {}, h("a", { href: "#" + other }, shown))))),
        because(why),
      ),
    ),
  );
}
const moments = new Map(data.timeline.map((row) => [row[0], row]));
const whenOf = (id) => (moments.has(id) ? said(moments.get(id)[2]) : id);

// ---- quotes ----

// Characters of left-out words shown in place; the list under the variant has them all.
const LEFT_OUT = 48;
function shortened(line) {
  const one = line.split(/\s+/).filter(Boolean).join(" ");
  if (one.length <= LEFT_OUT) return one;
  const head = one.slice(0, LEFT_OUT - 1);
  return (one[head.length] !== " " && head.includes(" ") ? head.slice(0, head.lastIndexOf(" ")) : head).trimEnd() + "…";
}

// A stretch of a variant, its differences from the fullest text marked in place and named in words.
function stretch(number, differences) {
  const found = evidence(number);
  const whole = points(found.words);
  const inner = [];
  let seen = found.start;
  const sorted = differences
    .map(([edit, mine, base]) => ({ edit, mine: evidence(mine), base: evidence(base) }))
    .sort((a, b) => a.mine.start - b.mine.start || a.mine.end - b.mine.end);
  for (const { edit, mine, base } of sorted) {
    if (mine.telling !== found.telling || mine.start < seen || mine.end > found.end) continue;
    inner.push(between(whole, seen - found.start, mine.start - found.start));
    const [kind, name] = data.edits[edit];
    const gone = (kind === "cut" || kind.endsWith("omission")) && base.words;
    if (mine.end > mine.start) {
      const changed = between(whole, mine.start - found.start, mine.end - found.start);
      // White space where words are left out is no edit of its own.
      inner.push(gone && !changed.trim() ? changed : h("ins", { class: kind }, changed));
    }
    inner.push(h("span", { class: "tag", "data-ours": true }, name));
    if (gone) inner.push(h("del", { "data-ours": true }, shortened(gone)), h("span", { "data-ours": true }, " "));
    seen = mine.end;
  }
  inner.push(between(whole, seen - found.start));
  return cite(found, { inner, label: false });
}

// What stands before the words: ours ("denied:"), then the telling's ("has denied"); the last is strong where it is not simply said.
function begins(ours, theirs, strong, gap) {
  const css = (last) => "saying" + (strong && last ? " strong" : "");
  return [
    known(ours) && said(ours) && [h("span", { class: "ours " + css(!known(theirs) || gap > 1), "data-ours": true }, said(ours)), " "],
    known(theirs) && gap < 2 && [h("span", { class: css(true) }, words(theirs, { label: false })), gap > 0 && h("span", { "data-ours": true }, " …"), " "],
  ];
}

// The words of a telling's version, what is said in marks; the outlet behind the last of them.
function sayings({ type, stretches, ours, theirs, gap, stance, types, differences }, label) {
  return h(
    "blockquote",
    { class: data.types[type][0], dir: "auto" },
    begins(ours, theirs, stance > 0, gap),
    stretches.map((number, at) => [
      at > 0 && [" ", h("span", { class: "vh", "data-ours": true }, "interrupted"), " "],
      h("span", { class: "say " + data.types[types.length ? types[at] : type][0] }, stretch(number, differences)),
    ]),
    // Behind the marks, which are not the telling's.
    label && [" ", h("span", { class: "lb", "data-ours": true }, tellings[tellingOf(stretches[0])].name)],
  );
}

const variantOf = ([telling, type, sentence, stretches, source, cue, medium, audience, when, differences = [], why, stance, ours, theirs, gap, marker, told = [], share, otherwise, types = []]) =>
  ({ telling, type, sentence, stretches, source, cue, medium, audience, when, differences, why, stance, ours, theirs, gap, marker, told, share, otherwise, types });

// When and where it was said, in the telling's words.
const occasion = ({ told, when }) =>
  (told.length > 0 || known(when)) && [
    told.map((number, at) => [at > 0 && ", ", words(number, { label: false })]),
    known(when) && h("span", { class: "ours", "data-ours": true }, told.length ? " (" + said(when) + ")" : said(when)),
  ];

// What a version rests on: asked for before it is shown.
const grounds = (found, parts) =>
  because(found.why, [["its sentence", found.sentence], ["speaker", found.source], ["its verb", found.cue], ["its words", found.gap > 1 ? found.theirs : null], ["where", found.medium], ["told", found.audience], [data.stances[found.stance || 0][1], found.marker]], parts);

function variant(row) {
  const found = variantOf(row);
  const when = occasion(found);
  return h(
    "div",
    { class: "variant" },
    h("p", { class: "lead" }, chip(tellings[found.telling].label), known(found.share) && [" ", h("span", { class: "share" }, said(found.share))],
      known(found.otherwise) && [" · named there as ", h("bdi", {}, said(found.otherwise))]),
    sayings(found, false),
    when && h("p", { class: "when" }, when),
    found.differences.length > 0 &&
      folded(count(found.differences.length, "difference") + " from the fullest text", () =>
        h("ul", { class: "differences" }, found.differences.map(([edit, mine, base]) =>
          h("li", {}, h("span", { class: "tag" }, data.edits[edit][1]), " ", words(mine), " ", h("span", { class: "ours" }, "where the fullest text has"), " ", words(base)),
        )),
      ),
    grounds(found),
  );
}

const nameOf = (number) => (number === null || number === undefined ? "Speaker not named" : said(number));

// `grouped`: the name stands above already.
function quote([id, name, carried, variants, , fullest = [], status, reason, why, , before, one = [], meant = []], grouped) {
  const only = variants.length === 1;
  const all = variants.map(variantOf);
  const first = all[0];
  const together = fullest.length > 0;
  const when = all.map(occasion).find(Boolean);
  const versions = () => h("div", { class: "variants several" }, variants.slice(0, LISTED).map(variant));
  return h(
    "article",
    { class: "quote item", id },
    meant.length > 0
      ? h("h4", { class: "sayer probably" }, h("bdi", {}, nameOf(name)))
      : (!grouped || known(name)) && h("h4", { class: grouped ? "sayer grouped" : "sayer" }, h("bdi", {}, nameOf(name))),
    reason && h("p", { class: "reason" }, h("span", { class: "badge" }, status), " ", reason),
    together
      ? h("blockquote", { class: "fullest", dir: "auto" }, begins(before, null, first.stance > 0), pieces(fullest))
      : sayings(first, true),
    only && known(first.otherwise) && h("p", { class: "carried" }, "named there as ", h("bdi", {}, said(first.otherwise))),
    (when || said(carried)) && h("p", { class: "carried" }, said(carried), one.length > 0 && [" (", one.map((number, at) => [at > 0 && ", ", words(number)]), ")"], when && [said(carried) && " · ", when]),
    h("div", { class: "under" },
      !only && folded(all.some((found) => found.differences.length) ? count(variants.length, "wording") : count(variants.length, "article"), () => [
        versions(),
        variants.length > LISTED &&
          folded(count(variants.length - LISTED, "more article"), () => h("div", { class: "variants several" }, variants.slice(LISTED).map(variant))),
      ]),
      only && together && folded("As it is printed", versions),
      only && !together ? grounds(first, [["the line", why]]) : because(why),
    ),
  );
}

// The pieces of an assembled text; behind the last of a telling its name, where there are several.
function pieces(fullest) {
  const given = fullest.filter((number) => number !== null);
  const several = labelsOf(given).length > 1;
  const next = (at) => fullest.slice(at + 1).find((number) => number !== null);
  return fullest.map((number, at) => {
    if (number === null) return [h("span", { class: "gap", "data-ours": true }, "[…]", hidden(" a gap that no article fills")), " "];
    const found = evidence(number);
    const last = several && (next(at) === undefined || tellingOf(next(at)) !== found.telling);
    const name = last && h("sup", { "data-ours": true }, "\u2060", tellings[found.telling].name);
    return [cite(found, { label: false, css: " piece", inner: [found.words, name] }), next(at) !== undefined && " "];
  });
}

// The label alone as a link; the exact words travel in an attribute.
const citedChip = (found) =>
  cite(found, { label: false, css: " chip", exact: found.words, inner: [hidden("in "), tellings[found.telling].name] });

function person([id, name, names, why]) {
  const forms = new Map();
  for (const found of names.map(evidence)) forms.set(found.words, [...(forms.get(found.words) || []), found]);
  const form = ([shown, found]) =>
    h("span", { class: "form" }, h("q", { dir: "auto" }, shown), " ", found.slice(0, LISTED).map((one) => [citedChip(one), " "]));
  const more = (found) =>
    found.length > LISTED && folded(count(found.length - LISTED, "more article"), () => found.slice(LISTED).map((one) => [citedChip(one), " "]).flat());
  return h(
    "div",
    { id, class: "item" },
    h("dt", {}, h("bdi", {}, name)),
    h("dd", {}, [...forms].map((entry) => [form(entry), more(entry[1])]), because(why)),
  );
}

// ---- facts ----

const linesOf = (values) => values.flatMap(([, , lines]) => lines);

// How a value changed from day to day, where that is more than its values say.
function strip(points) {
  const [first, last] = [points[0][0], points[points.length - 1][0]];
  const highest = Math.max(...points.map(([, number]) => number));
  const lowest = Math.min(0, ...points.map(([, number]) => number));
  const x = (day) => 2 + (96 * (day - first)) / Math.max(1, last - first);
  const y = (number) => 26 - (22 * (number - lowest)) / Math.max(1e-9, highest - lowest);
  const steps = points.map(([day, number], at) => (at ? "H" + x(day).toFixed(2) + "V" : "M" + x(day).toFixed(2) + " ") + y(number).toFixed(2)).join("");
  const end = ([day, , shown]) => h("span", {}, dayInWords(day) + ": ", h("b", {}, shown));
  return h("figure", { class: "strip" },
    h("svg", { viewBox: "0 0 100 30", preserveAspectRatio: "none", "aria-hidden": "true" }, h("path", { d: steps }),
      // A line of no length with round ends is a dot, whatever the shape of the picture.
      points.map(([day, number]) => h("path", { class: "dot", d: "M" + x(day).toFixed(2) + " " + y(number).toFixed(2) + "h0" }))),
    h("figcaption", {}, end(points[0]), end(points[points.length - 1])));
}

// The shortest of some sentences: it says what it says in least time.
const shortest = (lines) => lines.reduce((best, line) => (spans[3 * lineNumber(line) + 2] < spans[3 * lineNumber(best) + 2] ? line : best));

// A value with one sentence that gives it; the others are folded.
function valueOf([shown, carried, lines, vague], claim) {
  const first = shortest(lines);
  const rest = lines.filter((line) => line !== first);
  return h(
    "div",
    { class: "value" },
    !claim && h("p", { class: "label" }, h("bdi", {}, said(shown)), vague && [" ", h("span", { class: "badge" }, "vague")]),
    cited(first),
    h("div", { class: "under" },
      said(carried) && h("span", { class: "carried" }, said(carried)),
      rest.length > 0 && folded(count(rest.length, "more sentence"), () => rest.map((line) => cited(line)))),
  );
}

// Whose words a claim is in go by its sentences: their first words are no label.
function fact([id, kind, , about, values, whom, explanation, why, points = []], relation) {
  const claim = said(kind) === "claim";
  const grounds = () => because(why, [], values.map(([shown, , , , reason]) => [said(shown), reason]));
  const title = [said(about), whom && [said(about) && [" ", h("span", { class: "of" }, "·"), " "], h("bdi", { class: "whom" }, whom)]];
  if (relation === "same") {
    // "Five people trapped", but "age · Ana Vell: 34".
    const answer = h("span", { class: "answer" }, values.map(([shown], at) => [at > 0 && ", ", h("bdi", {}, said(shown))]));
    const behind = ["age", "clock", "date", "duration"].includes(said(kind)) && (said(about) || whom);
    return h("article", { class: "fact item alike" + (claim ? " claim" : ""), id },
      folded([behind ? [title, ": ", answer] : [answer, " ", title], " ",
        h("span", { class: "carried" }, listed(labelsOf(linesOf(values)), 3))], () => [h("div", { class: "values" }, values.map((value) => valueOf(value, claim))), grounds()]));
  }
  if (said(kind) === "name") {
    return h("article", { class: "fact item alike", id },
      folded([title, ": ", values.map(([shown, , lines], at) => [at > 0 && " · ", h("bdi", { class: "answer" }, said(shown)), " ", h("span", { class: "carried" }, listed(labelsOf(lines), 1))])],
        () => [h("div", { class: "values" }, values.map((value) => valueOf(value))), grounds()]));
  }
  const compare = relation === "to compare";
  return h(
    "article",
    { class: "fact item" + (compare ? " compare" : "") + (claim ? " claim" : ""), id, tabindex: compare ? "-1" : null },
    (said(about) || whom) && h("h4", {}, title),
    points.length > 0 && strip(points),
    h("div", { class: "values" }, values.map((value) => valueOf(value, claim))),
    explanation && !compare && h("p", { class: "arithmetic" }, explanation),
    h("div", { class: "under" }, compare && [asked(id, values), explanation && h("span", { class: "carried" }, explanation)], grounds()),
  );
}

// ---- shared text ----

// An origin of several articles with its reasons.
function origin([labels, reasons]) {
  return h(
    "li",
    { class: "item" },
    labels.slice(0, LISTED).map(chip),
    labels.length > LISTED && folded("and " + count(labels.length - LISTED, "more article"), () => labels.slice(LISTED).map(chip)),
    reasons.slice(0, 1).map((reason) => h("span", { class: "why" }, reason)),
    reasons.length > 1 && folded(count(reasons.length - 1, "more reason"), () => reasons.slice(1).map((reason) => h("span", { class: "why" }, reason))),
  );
}

const near = ([a, b, containment, resemblance, rule, why]) =>
  h("li", { class: "item" }, [chip(a), chip(b)], h("span", {}, containment + " of the shorter, in the other"), h("span", {}, resemblance + " of both, in common"), h("span", { class: "why" }, rule), because(why));

function covered({ label, words: whole, shared }) {
  const share = whole ? shared / whole : 0;
  return h(
    "li",
    { class: "item" },
    chip(label),
    h(
      "svg",
      { class: "bar", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
      h("rect", { class: "all", width: 100, height: 4 }),
      h("rect", { class: "part", width: (100 * Math.min(share, 1)).toFixed(2), height: 4 }),
    ),
    h("span", { class: "figure" }, figure(shared) + " of " + count(whole, "word") + " shared (" + (100 * share).toFixed(0) + "%)"),
  );
}

// Pairs of tellings and the passages that they share: not read before somebody looks at one.
const manyPassages = data.pairs.many;
const passages = once(() => {
  const { id, pairs, pairOf, sides } = unpackPairs(data.pairs, tellings.map(({ label }) => label));
  const cited = (row) => {
    const found = sides(row);
    return { ...found, sides: found.sides.map(([telling, start, length]) => evidenceAt(telling, start, length)) };
  };
  return { id, pairs, pairOf, sides: cited };
});

function passage(row) {
  const { words: equal, quoted, why, sides } = passages().sides(row);
  const pieces = compared(sides[0].words, sides[1].words);
  return h(
    "article",
    { class: "passage item", id: passages().id(row) },
    h("p", { class: "lead" }, count(equal, "equal word"), " ", h("span", { class: "type" }, quoted ? "both quote" : "reporting")),
    h("div", { class: "sides" }, sides.map((side, at) =>
      h("div", {}, chip(tellings[side.telling].label), " ", h("blockquote", { dir: "auto" }, cite(side, { label: false, inner: pieces[at] }))),
    )),
    because(why),
  );
}

// Text that several articles have: once, as the first of its longest passage has it; the others beside it when asked for.
function sharedText([steps, labels, equal, quoted, own]) {
  const held = unpackSteps(steps);
  const { sides } = passages().sides(held[0]);
  return h(
    "article",
    { class: "shared item" },
    h("p", { class: "carried" }, h("b", {}, listed(labels, 4)), " · ", count(equal, "word"), quoted && ", quoted by all", own && ", repeated by one outlet"),
    h("blockquote", { dir: "auto" }, cite(sides[0])),
    h("div", { class: "under" }, folded(held.length > 1 ? count(held.length, "passage") + ", side by side" : "side by side", () => held.map((row) => nameless(passage(row))))),
  );
}

// How the dates of two tellings lie, in words.
function lag(a, b) {
  if (!a.day || !b.day) return "";
  if (a.day === b.day) return "both are dated the same day";
  return (a.day < b.day ? a : b).name + " is dated earlier by " + count(Math.abs(b.day - a.day), "day");
}
