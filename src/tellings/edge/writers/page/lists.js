// ---- lists: rows in groups, made as far as somebody looks ----------------------------------------

// Rows that are made at a time.
const STEP = 100;

// Draws `many` places into `box`, a window of them at a time: `draw(from, to, content)` adds to `content`.
function windowed(box, many, draw, tag = "div") {
  const content = document.createElement(tag);
  const earlier = element(h("button", { type: "button", class: "more" }));
  const more = element(h("button", { type: "button", class: "more" }));
  let from = 0;
  let to = 0;
  const extend = (upTo) => {
    const next = Math.min(many, upTo);
    draw(to, next, content);
    to = next;
    earlier.hidden = from === 0;
    more.hidden = to === many;
    earlier.textContent = "Show earlier rows: " + figure(from);
    more.textContent = "Show more: " + figure(many - to) + " of " + figure(many) + " left";
  };
  const restart = (first, last) => {
    content.replaceChildren();
    from = to = Math.max(0, first);
    extend(last);
  };
  earlier.addEventListener("click", () => restart(from - STEP, to));
  more.addEventListener("click", () => {
    const last = content.lastElementChild;
    const rows = () => all(".item, details.group", content);
    const before = rows().length;
    extend(to + STEP);
    const next = rows()[before] || last;
    // Who goes on by key goes on from the first new row.
    next?.querySelector("a, summary")?.focus({ preventScroll: true });
  });
  box.replaceChildren(earlier, content, more);
  extend(STEP);
  return {
    show(place) {
      if (place < from || place >= to) restart(place - 5, place - 5 + STEP);
    },
    all: () => extend(many),
  };
}

// A list on the page. `spec`: `box` (id), `tag` of what holds the rows, `many` rows, `id(row)`, `tree(row)`; where it can be filtered `noun`, `choices`
// as [label, name, options, preset] with `facets[name](row)` → values, `orders` as [value, label, key(row)], `text(row)`; where it has groups
// `group(row)` → key (rows of one group stand together) and `head(key, rows)` → {tag, attributes, head, open}.
function makeList(spec) {
  const box = find(spec.box);
  if (!box) return null;
  let rows = null;
  let heads = null;
  // A list that nobody looks at is not gone through.
  function prepare() {
    if (rows) return;
    rows = Array.from({ length: spec.many }, (_, row) => row);
    const groups = new Map();
    if (spec.group) for (const row of rows) {
      const key = spec.group(row);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row);
    }
    heads = new Map([...groups].map(([key, held], at) => [key, spec.head(key, held, at)]));
  }

  const kept = new Set();
  const folds = new Map();
  let form = null;
  let view = null;
  let places = [];
  let flat = false;

  const searched = new Map();
  const textOfRow = (row) => {
    if (!searched.has(row)) searched.set(row, (spec.text ? spec.text(row) : textOf(spec.tree(row))).toLowerCase());
    return searched.get(row);
  };

  function chosenRows() {
    if (!form) return { found: rows, filtered: false, wanted: "" };
    const wanted = form.elements.text.value.trim().toLowerCase();
    const selects = all("select[name]", form).filter((select) => select.value);
    const fits = (row) =>
      kept.has(row) ||
      (selects.every((select) => spec.facets[select.name](row).includes(select.value)) && (!wanted || textOfRow(row).includes(wanted)));
    const order = form.querySelector("[data-order]");
    const key = order?.value && spec.orders.find(([value]) => value === order.value)[2];
    const found = rows.filter(fits);
    flat = Boolean(key);
    if (key) found.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
    return { found, filtered: wanted || selects.length, wanted };
  }

  function drawFold(head, held, open) {
    const inner = document.createElement("div");
    const made = element(h("details", { ...head.attributes }, h("summary", {}, head.head)));
    made.append(inner);
    fillWhenOpened(made, () => (made.rows = windowed(inner, held.length, (from, to, content) =>
      content.append(...held.slice(from, to).map((row) => element(spec.tree(row)))))));
    if (open) openFilled(made);
    return made;
  }

  function draw(from, to, content) {
    for (const [key, row, held] of places.slice(from, to)) {
      if (held) {
        const made = drawFold(heads.get(key), held, heads.get(key).open || held.opened);
        folds.set(key, made);
        content.append(made);
        continue;
      }
      let into = content;
      if (key !== undefined && !flat) {
        into = content.lastElementChild;
        if (!into || into.groupKey !== key) {
          const head = heads.get(key);
          into = element(h("div", head.attributes, head.head));
          into.groupKey = key;
          content.append(into);
        }
      }
      into.append(element(spec.tree(row)));
    }
  }

  function apply() {
    const { found, filtered, wanted } = chosenRows();
    places = [];
    folds.clear();
    const held = new Map();
    for (const row of found) {
      const key = spec.group?.(row);
      if (flat || key === undefined || heads.get(key).tag !== "details") places.push([key, row]);
      else if (held.has(key)) held.get(key).push(row);
      else {
        held.set(key, [row]);
        held.get(key).opened = Boolean(wanted);
        places.push([key, row, held.get(key)]);
      }
    }
    box.classList.toggle("flat", flat);
    view = windowed(box, places.length, draw, spec.tag);
    if (form) {
      form.querySelector("output").textContent = filtered
        ? figure(found.length) + " of " + count(spec.many, spec.noun) + " shown" : "";
    }
  }

  function makeForm() {
    const select = ([label, name, options, preset]) =>
      h("label", {}, label + " ", h("select", { name }, h("option", { value: "" }, "all"), options.map(([value, shown]) =>
        h("option", { value, selected: value === preset }, shown))));
    form = element(h(
      "form", { class: "filters", "data-list": spec.box },
      h("label", {}, "Find ", h("input", { type: "search", name: "text", autocomplete: "off", placeholder: "a word" })),
      (spec.choices || []).map(select),
      spec.orders && h("label", {}, "Order ", h("select", { "data-order": true }, spec.orders.map(([value, shown]) => h("option", { value }, shown)))),
      h("output", { "aria-live": "polite" }),
    ));
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    box.before(form);
  }

  const rowOf = new Map();
  function findRow(id) {
    prepare();
    if (!rowOf.size) for (const row of rows) rowOf.set(spec.id(row), row);
    return rowOf.get(id);
  }

  function make() {
    if (view) return;
    prepare();
    if (spec.noun && spec.many > 1) makeForm();
    apply();
  }

  return {
    box,
    many: spec.many,
    make,
    // The key of the group, or the row, that is called `id`; `undefined` where none is.
    has: (id) => findRow(id) !== undefined || [...heads.values()].some((head) => head.attributes.id === id),
    // Makes the row or group that is called `id`, even where a filter hides it.
    reveal(id) {
      make();
      const row = findRow(id);
      const shown = () => places.findIndex((place) => place[1] === row || place[2]?.includes(row) || heads.get(place[0])?.attributes.id === id);
      let place = shown();
      if (place < 0 && row !== undefined) {
        kept.add(row);
        apply();
        place = shown();
      }
      if (place < 0) return;
      view.show(place);
      const [key, , held] = places[place];
      if (!held) return;
      openFilled(folds.get(key));
      if (row !== undefined) folds.get(key).rows.show(held.indexOf(row));
    },
    // All rows, whatever the filter says; `apply` goes back to it.
    makeAll() {
      make();
      const [text, ...selects] = form ? [form.elements.text, ...all("select", form)] : [];
      const values = [text, ...selects].map((field) => field?.value);
      for (const field of [text, ...selects]) if (field) field.value = "";
      apply();
      [text, ...selects].forEach((field, at) => field && (field.value = values[at]));
      view.all();
      for (const fold of folds.values()) {
        openFilled(fold);
        fold.rows.all();
      }
    },
    apply: () => view && apply(),
  };
}

// ---- the lists of the page ----

const byTelling = ["Telling", "telling", tellings.map(({ label, outlet }) => [label, label + " · " + outlet])];
const heading = (attributes, ...head) => ({ tag: "div", attributes, head });
const tally = (rows, key) => {
  const found = new Map();
  for (const row of rows) found.set(key(row), (found.get(key(row)) || 0) + 1);
  return found;
};

function timelineList() {
  const rows = data.timeline;
  const months = [...tally(rows, (row) => said(row[1]))].map(([month, many]) => [month, month + " (" + many + ")"]);
  const main = rows.filter((row) => row[8]).length;
  return makeList({
    box: "timeline-list",
    noun: "date",
    many: rows.length,
    id: (row) => rows[row][0],
    tree: (row) => moment(rows[row]),
    group: (row) => rows[row][1],
    head: (month) => heading({ class: "group" }, h("h3", {}, said(month))),
    choices: [
      ...(main ? [["Show", "main", [["main", "the " + main + " most told"]], "main"]] : []),
      ["Month", "month", months],
      ["Person", "person", data.named],
      byTelling,
    ],
    facets: {
      main: (row) => [rows[row][8] ? "main" : ""],
      month: (row) => [said(rows[row][1])],
      person: (row) => (rows[row][10] || []).map((place) => data.named[place][0]),
      telling: (row) => labelsOf(rows[row][4]),
    },
    orders: [["", "by date"], ["weight", "most told first", (row) => -rows[row][5]]],
  });
}

// The values that rows have, as options with their numbers; none where all have the same.
const optionsOf = (rows, key, nameOfKey) => {
  const found = [...tally(rows, key)];
  return found.length > 1 ? found.map(([value, many]) => [value, nameOfKey(value) + " (" + many + ")"]) : [];
};

function quotesList() {
  const rows = data.quotes.flatMap(([key, held]) => held.map((row) => [key, row]));
  const quotes = rows.map(([, row]) => row);
  const [probable, probableHead] = data.probable;
  const nameOfGroup = (key, row) => (key === probable ? probableHead : nameOf(row[1]));
  const speakers = data.quotes.filter(([key]) => key !== probable).map(([key, held]) => [key, nameOfGroup(key, held[0]) + " (" + held.length + ")"]);
  const rank = (row) => (rows[row][0] === probable ? "probably" : "surely");
  const stance = (row) => data.stances[quotes[row][9] || 0];
  const places = rows.map((_, row) => row);
  const ranks = optionsOf(places, rank, (value) => value);
  const stances = optionsOf(places, (row) => stance(row)[0], (value) => data.stances.find(([code]) => code === value)[1]);
  return makeList({
    box: "quotes-list",
    noun: "quotation",
    many: rows.length,
    id: (row) => quotes[row][0],
    tree: (row) => quote(quotes[row], true),
    group: (row) => rows[row][0],
    head: (key, held) =>
      heading({ class: "group speaker" }, h("h3", {}, h("bdi", {}, nameOfGroup(key, quotes[held[0]])), " ", h("span", { class: "number" }, count(held.length, "quotation")))),
    choices: [
      ["Speaker", "speaker", speakers],
      byTelling,
      ...(ranks.length ? [["Named", "rank", ranks]] : []),
      ...(stances.length ? [["Stance", "stance", stances]] : []),
    ],
    facets: {
      speaker: (row) => quotes[row][12] || [rows[row][0]],
      telling: (row) => quotes[row][3].map(([telling]) => tellings[telling].label),
      rank: (row) => [rank(row)],
      stance: (row) => [stance(row)[0]],
    },
    orders: [
      ["", "by speaker"],
      ["day", "by day said", (row) => quotes[row][4] || "9999"],
      ["printed", "most tellings first", (row) => -quotes[row][3].length],
    ],
  });
}

function factsList() {
  const rows = data.facts.flatMap(([, , relation, held]) => held.map((row) => [relation, row]));
  const facts = rows.map(([, row]) => row);
  const told = new Map(data.facts.map(([name, meaning, relation]) => [relation, [name, meaning]]));
  return makeList({
    box: "facts-list",
    noun: "fact",
    many: rows.length,
    id: (row) => facts[row][0],
    tree: (row) => fact(facts[row], rows[row][0]),
    group: (row) => rows[row][0],
    head: (relation, held) => {
      const [name, meaning] = told.get(relation);
      return relation === "single"
        ? { tag: "details", attributes: { class: "fold group single" }, head: h("h3", {}, name + ": " + count(held.length, "value")) }
        : heading({ class: "group " + relation.replaceAll(" ", "-") }, h("h3", {}, name, " ", h("span", { class: "number" }, figure(held.length))), h("p", { class: "meaning" }, meaning));
    },
    choices: [["What", "kind", [...tally(facts, (row) => said(row[1]))].map(([kind]) => [kind, said(facts.find((row) => said(row[1]) === kind)[2])])], byTelling],
    facets: { kind: (row) => [said(facts[row][1])], telling: (row) => labelsOf(linesOf(facts[row][4])) },
  });
}

function passagesList() {
  return makeList({
    box: "shared-list",
    noun: "passage",
    many: manyPassages,
    id: (row) => passages().id(row),
    tree: passage,
    text: (row) => passages().sides(row).sides.map((side) => tellings[side.telling].label + " " + side.words).join(" "),
    group: (row) => passages().pairOf[row],
    head: (key, held, at) => {
      const { a, b, words: equal, many } = passages().pairs[key];
      const days = lag(tellings[a], tellings[b]);
      const [first, second] = [tellings[a].label, tellings[b].label];
      return {
        tag: "details",
        attributes: { class: "group pair", id: "pair-" + first + "-" + second },
        open: at < 3,
        head: h("h3", {}, first + " and " + second + ": " + count(equal, "equal word") + " in " + count(many, "passage"), days && [" ", h("span", { class: "why" }, days)]),
      };
    },
  });
}

const plainList = (box, tag, rows, tree, id = () => null) =>
  makeList({ box, tag, many: rows.length, id: (row) => id(rows[row]), tree: (row) => tree(rows[row]) });
// Those that stand by themselves are one row.
const alone = data.origins.filter(([labels]) => labels.length === 1).flatMap(([labels]) => labels);
const origins = [...data.origins.filter(([labels]) => labels.length > 1), ...(alone.length ? [[alone, null]] : [])];

// What each view holds; made when the view is opened first.
const LISTS = {
  timeline: [timelineList],
  quotes: [quotesList, () => plainList("unsure-list", "div", data.unsure, (row) => quote(row, false), ([id]) => id), () => plainList("people-list", "dl", data.people, person, ([id]) => id)],
  facts: [factsList],
  shared: [
    () => plainList("origins-list", "ul", origins, origin),
    () => plainList("near-list", "ul", data.near, near),
    () => plainList("coverage-list", "ul", tellings.filter((telling) => find("telling-" + telling.label)), covered),
    passagesList,
  ],
  tellings: [],
};
const lists = Object.fromEntries(Object.entries(LISTS).map(([view, made]) => [view, made.map((make) => make()).filter(Boolean)]));
