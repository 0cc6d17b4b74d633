// ---- rows: how each line of the record looks; the shape of the data stands in slim.py -----------

const known = (value) => value !== null && value !== undefined;
const hidden = (words) => h("span", { class: "vh" }, words);
const chip = (label) => h("a", { class: "tell", href: "#telling-" + label }, hidden("telling "), label);

// Words of a source as a link to their place.
function cite(found, { inner = [found.words], label = true, css = "", exact = null } = {}) {
  const { label: letters, language } = tellings[found.telling];
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
    label && h("span", { "data-ours": true }, "\u00a0", h("span", { class: "lb" }, hidden("telling "), letters)),
  );
}
const words = (number, options) => cite(evidence(number), options);

// A line is a number, or a list of it and of its marks, three numbers each.
const lineNumber = (line) => (typeof line === "number" ? line : line[0]);
const lineLabel = (line) => tellings[tellingOf(lineNumber(line))].label;
const labelsOf = (lines) => unique(lines.map(lineLabel));
function cited(line) {
  const found = evidence(lineNumber(line));
  const whole = points(found.words);
  const inner = [];
  let seen = 0;
  for (let at = 1; at < line.length; at += 3) {
    const [role, start, length] = line.slice(at, at + 3);
    inner.push(between(whole, seen, start), h("mark", { class: "at-" + data.roles[role] }, between(whole, start, start + length)));
    seen = start + length;
  }
  inner.push(between(whole, seen));
  return h("blockquote", { dir: "auto" }, cite(found, { inner }));
}

// `beside`: names and evidence that it rests on beside its own.
function because(why, beside = []) {
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
  const first = lines.slice(0, 1);
  const others = labelsOf(lines.slice(1)).filter((label) => label !== lineLabel(lines[0]));
  return h(
    "article",
    { class: "moment item", id },
    h(
      "p",
      { class: "date" },
      said(when),
      weekday !== null && weekday !== undefined && h("span", { class: "weekday" }, said(weekday)),
      flags > 0 &&
        h("span", { class: "badges" }, BADGES.filter(([bit]) => flags & bit).map(([, name, title]) => h("span", { class: "badge", title }, name))),
    ),
    h(
      "div",
      { class: "told" },
      who && h("span", { class: "ours" }, "[" + who + "]"),
      first.map(cited),
      h("p", { class: "carried" }, said(carried)),
      then?.length > 0 &&
        h("p", { class: "carried" }, "Told of later: ", then.map((other, at) => [at > 0 && ", ", h("a", { href: "#" + other }, whenOf(other))])),
      beside?.length > 0 &&
        folded("Quotations and facts of that day: " + beside.length, () =>
          h("ul", {}, beside.map(([other, shown]) => h("li", {}, h("a", { href: "#" + other }, shown)))),
        ),
      lines.length > 1 &&
        folded(
          others.length
            ? count(others.length, "more telling") + " (" + listed(others) + ")"
            : count(lines.length - 1, "more sentence") + " in " + lineLabel(lines[0]),
          () => lines.slice(1).map(cited),
        ),
      because(why),
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

function variant([telling, type, sentence, stretches, source, cue, medium, audience, when, differences = [], why, stance, ours, theirs, gap, marker, told = [], share, otherwise, types = []], alone, carried, name) {
  // Whom the telling has as the speaker goes without saying where that is who stands above.
  const other = known(source) && (alone ? evidence(source).words !== name : known(otherwise));
  const called = other && known(otherwise) && said(otherwise) !== evidence(source).words && said(otherwise);
  const rests = [["speaker", other ? null : source], ["its verb", cue], ["its words", gap > 1 ? theirs : null], ["where", medium], ["told", audience], [data.stances[stance || 0][1], marker]];
  return h(
    "div",
    { class: alone ? "variant alone" : "variant" },
    h(
      "p",
      { class: "lead" },
      chip(tellings[telling].label), " ", h("bdi", {}, tellings[telling].outlet), " ",
      h("span", { class: "type" }, data.types[type][1]),
      known(share) && [" · ", h("span", { class: "share" }, said(share))],
      alone && [" ", h("span", { class: "carried" }, said(carried))],
    ),
    h(
      "blockquote",
      { class: data.types[type][0], dir: "auto" },
      begins(ours, theirs, stance > 0, gap),
      stretches.map((number, at) => [
        at > 0 && [" ", h("span", { class: "vh", "data-ours": true }, "interrupted"), " "],
        h("span", { class: "say " + data.types[types.length ? types[at] : type][0] }, stretch(number, differences)),
      ]),
    ),
    (told.length > 0 || known(when)) &&
      h(
        "p",
        { class: "when" },
        told.map((number, at) => [at > 0 && ", ", words(number, { label: false })]),
        known(when) && h("span", { class: "ours", "data-ours": true }, told.length ? " (" + said(when) + ")" : said(when)),
      ),
    other && h("p", { class: "said" }, h("span", { class: "ours" }, "speaker"), " ", called && [h("bdi", {}, called), ": "], h("q", {}, words(source, { label: false }))),
    differences.length > 0 &&
      folded(count(differences.length, "difference") + " from the fullest text", () =>
        h("ul", { class: "differences" }, differences.map(([edit, mine, base]) =>
          h("li", {}, h("span", { class: "tag" }, data.edits[edit][1]), " ", words(mine), " ", h("span", { class: "ours" }, "where the fullest text has"), " ", words(base)),
        )),
      ),
    folded("In its sentence", () => h("blockquote", { class: "sentence", dir: "auto" }, words(sentence, { label: false }))),
    because(why, rests),
  );
}

const nameOf = (number) => (number === null || number === undefined ? "Speaker not named" : said(number));

// `grouped`: the name stands above already.
function quote([id, name, carried, variants, , fullest = [], status, reason, why, stance, before, one = [], meant = []], grouped) {
  const alone = variants.length === 1;
  const given = fullest.filter((number) => number !== null);
  return h(
    "article",
    { class: "quote item", id },
    meant.length > 0
      ? h("h4", { class: "sayer probably" }, h("bdi", {}, nameOf(name)))
      : (!grouped || known(name)) && h("h4", { class: grouped ? "sayer grouped" : "sayer" }, h("bdi", {}, nameOf(name))),
    reason && h("p", { class: "reason" }, h("span", { class: "badge" }, status), " ", reason),
    fullest.length > 0 && [
      h("p", { class: "lead" }, "Fullest text, " + (labelsOf(given).length > 1 ? "put together from " : "as in ") + listed(labelsOf(given))),
      h("blockquote", { class: "fullest", dir: "auto" }, begins(before, null, stance > 0), fullest.map((number) =>
        number === null
          ? [h("span", { class: "gap", "data-ours": true }, "[…]", hidden(" a gap that no telling fills")), " "]
          : [piece(evidence(number)), " "],
      )),
    ],
    !alone && h("p", { class: "carried" }, said(carried), one.length > 0 && [" (", one.map((number, at) => [at > 0 && ", ", words(number)]), ")"]),
    h("div", { class: alone ? "variants" : "variants several" }, variants.slice(0, LISTED).map((row) => variant(row, alone, carried, nameOf(name)))),
    variants.length > LISTED &&
      folded(count(variants.length - LISTED, "more telling"), () =>
        h("div", { class: "variants several" }, variants.slice(LISTED).map((row) => variant(row, false, carried, nameOf(name)))),
      ),
    because(why),
  );
}

// A piece of an assembled text: the words, and the label of their telling raised.
const piece = (found) =>
  cite(found, {
    label: false,
    css: " piece",
    inner: [found.words, h("sup", { "data-ours": true }, "\u2060", hidden("telling "), tellings[found.telling].label)],
  });

// The label alone as a link; the exact words travel in an attribute.
const citedChip = (found) =>
  cite(found, { label: false, css: " chip", exact: found.words, inner: [hidden("in telling "), tellings[found.telling].label] });

function person([id, name, names, why]) {
  const forms = new Map();
  for (const found of names.map(evidence)) forms.set(found.words, [...(forms.get(found.words) || []), found]);
  const form = ([shown, found]) =>
    h("span", { class: "form" }, h("q", { dir: "auto" }, shown), " ", found.slice(0, LISTED).map((one) => [citedChip(one), " "]));
  const more = (found) =>
    found.length > LISTED && folded(count(found.length - LISTED, "more telling"), () => found.slice(LISTED).map((one) => [citedChip(one), " "]).flat());
  return h(
    "div",
    { id, class: "item" },
    h("dt", {}, h("bdi", {}, name)),
    h("dd", {}, [...forms].map((entry) => [form(entry), more(entry[1])]), because(why)),
  );
}

// ---- facts ----

const SENTENCES = 2;
const linesOf = (values) => values.flatMap(([, , lines]) => lines);

function fact([id, , kind, slot, values, whom, explanation, why], relation) {
  const value = ([shown, carried, lines, vague, reason]) =>
    h(
      "div",
      { class: "value" },
      h("p", { class: "label" }, said(shown), vague && [" ", h("span", { class: "badge" }, "vague")], h("span", { class: "carried" }, said(carried))),
      lines.slice(0, SENTENCES).map(cited),
      lines.length > SENTENCES &&
        folded(count(lines.length - SENTENCES, "more sentence") + " (" + listed(labelsOf(lines.slice(SENTENCES))) + ")", () => lines.slice(SENTENCES).map(cited)),
      because(reason),
    );
  return h(
    "article",
    { class: "fact item", id },
    h("h4", {}, h("span", { class: "kind" }, said(kind)), " ", said(slot), whom && [" ", h("span", { class: "of" }, "·"), " ", h("bdi", { class: "whom" }, whom)]),
    relation !== "single" &&
      h("p", { class: "sum" }, values.map(([shown, , lines], at) => [
        at > 0 && [" ", h("span", { class: "of" }, "·"), " "],
        h("b", {}, said(shown)), " (" + listed(labelsOf(lines)) + ")",
      ])),
    explanation && h("p", { class: "arithmetic" }, hidden("Arithmetic: "), explanation),
    h("div", { class: "values" }, values.map(value)),
    because(why),
  );
}

// ---- shared text ----

// An origin of several tellings with its reasons; without reasons, all tellings that stand by themselves.
function origin([labels, reasons]) {
  return h(
    "li",
    { class: "item" },
    labels.slice(0, LISTED).map(chip),
    labels.length > LISTED && folded("and " + count(labels.length - LISTED, "more telling"), () => labels.slice(LISTED).map(chip)),
    " ",
    reasons ? h("b", {}, "one origin") : h("span", { class: "why" }, labels.length === 1 ? "stands by itself" : "each by itself"),
    reasons?.slice(0, 3).map((reason) => h("span", { class: "why" }, reason)),
    reasons?.length > 3 && folded(count(reasons.length - 3, "more reason"), () => reasons.slice(3).map((reason) => h("span", { class: "why" }, reason))),
  );
}

const near = ([a, b, containment, resemblance, rule, why]) =>
  h("li", { class: "item" }, [chip(a), chip(b)], h("span", {}, containment + " of the shorter, in the other"), h("span", {}, resemblance + " of both, in common"), h("span", { class: "why" }, rule), because(why));

function covered({ label, outlet, words: whole, shared }) {
  const share = whole ? shared / whole : 0;
  return h(
    "li",
    { class: "item" },
    chip(label), " ", h("bdi", {}, outlet),
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

// How the dates of two tellings lie, in words.
function lag(a, b) {
  if (!a.day || !b.day) return "";
  if (a.day === b.day) return "both are dated the same day";
  return (a.day < b.day ? a : b).label + " is dated earlier by " + count(Math.abs(b.day - a.day), "day");
}
