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

// A list on the page. `spec`: `box` (id), `tag` of what holds the rows, `many` rows, `id(row)`, `tree(row)`; where some rows open the list and the others
// are folded `opened(row)` and `rest(rows)` → the words of the fold; where it can be filtered `noun`, `choices` as [label, name, options] with
// `facets[name](row)` → values, `orders` as [value, label, key(row)], `text(row)`; where it has groups `group(row)` → key (rows of one group stand
// together), `head(key, rows)` → {tag, attributes, head, open}, and `others(groups, rows)` → the words of the fold of those that have no open row.
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
  // Rows stand in folds of their own: the row → [its fold, the rows of it].
  let folds = new Map();
  let form = null;
  let view = null;
  let places = [];
  let flat = false;
  // Whether all rows were asked for.
  let whole = !spec.opened;

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
    return { found, filtered: Boolean(wanted) || selects.length > 0, wanted };
  }

  // A fold of rows, drawn when it is opened.
  function drawFold({ key, held, summary, attributes, open }) {
    const inner = document.createElement("div");
    const made = element(h("details", attributes, h("summary", {}, summary)));
    made.append(inner);
    for (const row of held) folds.set(row, [made, held]);
    fillWhenOpened(made, () => (made.rows = windowed(inner, held.length, (from, to, content) =>
      // Under the head of their group they need none of their own.
      key === undefined ? drawRows(held.slice(from, to), content) : content.append(...held.slice(from, to).map((row) => element(spec.tree(row)))))));
    if (open) openFilled(made);
    return made;
  }

  // Rows under the heads of their groups.
  function drawRows(held, content) {
    for (const row of held) groupFor(spec.group?.(row), content).append(element(spec.tree(row)));
  }

  function groupFor(key, content) {
    if (key === undefined || flat || heads.get(key).tag === "details" || (spec.merged && !whole)) return content;
    const last = content.lastElementChild;
    if (last && last.groupKey === key) return last;
    const into = element(h("div", heads.get(key).attributes, heads.get(key).head));
    into.groupKey = key;
    content.append(into);
    return into;
  }

  function draw(from, to, content) {
    for (const { row, fold } of places.slice(from, to)) {
      if (!fold) drawRows([row], content);
      else (fold.key === undefined ? content : groupFor(fold.key, content)).append(drawFold(fold));
    }
  }

  // What stands on the screen, in its order: rows, and folds of rows.
  function arranged(found, filtered, wanted) {
    const opening = !whole && !filtered && !flat;
    if (!spec.group || flat || spec.merged) {
      if (!opening) return found.map((row) => ({ row }));
      const rest = found.filter((row) => !spec.opened(row));
      return found.filter((row) => spec.opened(row)).map((row) => ({ row })).concat(rest.length ? [{ rest }] : []);
    }
    const groups = new Map();
    for (const row of found) {
      const key = spec.group(row);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row);
    }
    const made = [];
    const others = [];
    for (const [key, held] of groups) {
      const head = heads.get(key);
      if (head.tag === "details") made.push({ fold: { held, summary: head.head, attributes: head.attributes, open: head.open || Boolean(wanted) } });
      else if (!opening) made.push(...held.map((row) => ({ row })));
      else {
        const rest = held.filter((row) => !spec.opened(row));
        if (rest.length === held.length && spec.others) others.push(held);
        else {
          made.push(...held.filter((row) => spec.opened(row)).map((row) => ({ row })));
          if (rest.length) made.push({ fold: { key, held: rest, summary: spec.rest(rest), attributes: { class: "rest" } } });
        }
      }
    }
    if (others.length) made.push({ fold: { held: others.flat(), summary: spec.others(others, others.flat()), attributes: { class: "rest" } } });
    return made;
  }

  function apply() {
    const { found, filtered, wanted } = chosenRows();
    folds = new Map();
    places = arranged(found, filtered, wanted);
    const rest = places.at(-1)?.rest;
    if (rest) places.pop();
    box.classList.toggle("flat", flat);
    view = windowed(box, places.length, draw, spec.tag);
    if (rest) {
      // The others stand between these: all are drawn anew, in their order.
      const button = element(h("button", { type: "button", class: "more", "data-all": true }, spec.rest(rest)));
      button.addEventListener("click", () => {
        whole = true;
        apply();
        box.querySelector("a, summary")?.focus({ preventScroll: true });
      });
      box.append(button);
    }
    if (form) {
      form.querySelector("output").textContent = filtered
        ? figure(found.length) + " of " + count(spec.many, spec.noun) + " shown" : "";
    }
  }

  function makeForm() {
    const select = ([label, name, options]) =>
      h("label", {}, label + " ", h("select", { name }, h("option", { value: "" }, "all"), options.map(([value, shown]) => h("option", { value }, shown))));
    const choices = (spec.choices || []).filter(([, , options]) => options.length > 1);
    form = element(h(
      "form", { class: "filters", "data-list": spec.box },
      h("label", {}, hidden("Find"), h("input", { type: "search", name: "text", autocomplete: "off", placeholder: "Find a word" })),
      (choices.length > 0 || spec.orders) && h("details", {}, h("summary", {}, "Filter"), h("div", {},
        choices.map(select),
        spec.orders && h("label", {}, "Order ", h("select", { "data-order": true }, spec.orders.map(([value, shown]) => h("option", { value }, shown)))))),
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
      const ofGroup = row === undefined ? rows.find((one) => heads.get(spec.group?.(one))?.attributes.id === id) : row;
      if (ofGroup === undefined) return;
      const shown = () => places.findIndex((place) => place.row === ofGroup || place.fold?.held.includes(ofGroup));
      let place = shown();
      if (place < 0) {
        kept.add(ofGroup);
        whole = true;
        apply();
        place = shown();
      }
      if (place < 0) return;
      view.show(place);
      const [fold, held] = folds.get(ofGroup) || [];
      if (!fold) return;
      openFilled(fold);
      fold.rows.show(held.indexOf(ofGroup));
    },
    // Shows only what a choice is made of.
    choose(name, value) {
      make();
      const select = form?.querySelector(`select[name="${name}"]`);
      if (!select) return;
      select.value = value;
      select.closest("details").open = true;
      apply();
    },
    // What opens the list, whatever was asked for; `apply` goes back to that.
    makeOpening() {
      prepare();
      const before = [form, whole, flat];
      [form, whole, flat] = [null, !spec.opened, false];
      apply();
      [form, whole, flat] = before;
    },
    apply: () => view && apply(),
  };
}

// ---- the lists of the page ----

const byTelling = ["Article", "telling", tellings.map(({ label, name }) => [label, name === label ? label : name])];
const heading = (attributes, ...head) => ({ tag: "div", attributes, head });
const tally = (rows, key) => {
  const found = new Map();
  for (const row of rows) found.set(key(row), (found.get(key(row)) || 0) + 1);
  return found;
};
const standsOpen = new Set(data.open);
// "29 more, each in one article": how many are folded, and what they have in common.
function folding(rows, articles, noun = "more") {
  const one = rows.every((row) => articles(row).length === 1);
  return figure(rows.length) + " " + noun + (one ? (rows.length === 1 ? ", in one article" : ", each in one article") : "");
}

function timelineList() {
  const rows = data.timeline;
  const months = [...tally(rows, (row) => said(row[1]))].map(([month, many]) => [month, month + " (" + many + ")"]);
  const several = months.length > 1;
  return makeList({
    box: "timeline-list",
    noun: "date",
    many: rows.length,
    id: (row) => rows[row][0],
    tree: (row) => moment(rows[row]),
    opened: (row) => Boolean(rows[row][8]),
    rest: (held) => "Show " + folding(held, (row) => labelsOf(rows[row][4])),
    group: several ? (row) => rows[row][1] : undefined,
    head: (month) => heading({ class: "group" }, h("h3", {}, said(month))),
    merged: true,
    choices: [["Month", "month", months], ["Person", "person", data.named], byTelling],
    facets: {
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
  const articles = (row) => unique(quotes[row][3].map(([telling]) => tellings[telling].label));
  return makeList({
    box: "quotes-list",
    noun: "quotation",
    many: rows.length,
    id: (row) => quotes[row][0],
    tree: (row) => quote(quotes[row], true),
    opened: (row) => standsOpen.has(quotes[row][0]),
    rest: (held) => folding(held, articles),
    others: (groups, held) => count(groups.length, "more speaker") + ": " + folding(held, articles, held.length === 1 ? "quotation" : "quotations"),
    group: (row) => rows[row][0],
    head: (key, held) =>
      heading({ class: "group speaker", id: "by-" + key }, h("h3", {}, h("bdi", {}, nameOfGroup(key, quotes[held[0]])), held.length > 1 && [" ", h("span", { class: "number" }, figure(held.length))])),
    choices: [
      ["Speaker", "speaker", speakers],
      byTelling,
      ["Named", "rank", optionsOf(places, rank, (value) => value)],
      ["How", "stance", optionsOf(places, (row) => stance(row)[0], (value) => data.stances.find(([code]) => code === value)[1])],
    ],
    facets: {
      speaker: (row) => quotes[row][12] || [rows[row][0]],
      telling: articles,
      rank: (row) => [rank(row)],
      stance: (row) => [stance(row)[0]],
    },
    orders: [
      ["", "by speaker"],
      ["day", "by day said", (row) => quotes[row][4] || "9999"],
      ["printed", "most printed first", (row) => -quotes[row][3].length],
    ],
  });
}

function factsList() {
  const rows = data.facts.flatMap(([, , relation, , held], group) => held.map((row) => [group, row, relation]));
  const facts = rows.map(([, row]) => row);
  const articles = (row) => labelsOf(linesOf(facts[row][4]));
  return makeList({
    box: "facts-list",
    noun: "fact",
    many: rows.length,
    id: (row) => facts[row][0],
    tree: (row) => fact(facts[row], rows[row][2]),
    opened: (row) => standsOpen.has(facts[row][0]),
    rest: (held) => folding(held, articles),
    group: (row) => rows[row][0],
    head: (group, held) => {
      const [name, meaning, relation, folds] = data.facts[group];
      return folds
        ? { tag: "details", attributes: { class: "rest group" }, head: h("h3", {}, name + ": " + figure(held.length)) }
        : heading({ class: "group " + relation.replaceAll(" ", "-") }, h("h3", {}, name, " ", h("span", { class: "number" }, figure(held.length))), relation === "to compare" && h("p", { class: "meaning" }, meaning));
    },
    choices: [["What", "kind", [...tally(facts, (row) => said(row[1]))].map(([kind]) => [kind, said(facts.find((row) => said(row[1]) === kind)[2])])], byTelling],
    facets: { kind: (row) => [said(facts[row][1])], telling: articles },
  });
}

function sharedList() {
  const texts = data.shared;
  return makeList({
    box: "shared-list",
    many: texts.length,
    id: () => null,
    tree: (row) => sharedText(texts[row]),
    opened: (row) => row < data.open_shared,
    rest: (held) => "Show " + figure(held.length) + " more",
  });
}

function passagesList() {
  return makeList({
    box: "pairs-list",
    noun: "passage",
    many: manyPassages,
    id: (row) => passages().id(row),
    tree: passage,
    text: (row) => passages().sides(row).sides.map((side) => tellings[side.telling].label + " " + side.words).join(" "),
    group: (row) => passages().pairOf[row],
    head: (key) => {
      const { a, b, words: equal, many } = passages().pairs[key];
      const days = lag(tellings[a], tellings[b]);
      return {
        tag: "details",
        attributes: { class: "group pair", id: "pair-" + tellings[a].label + "-" + tellings[b].label },
        head: [tellings[a].name + " and " + tellings[b].name + ": " + count(equal, "equal word") + " in " + count(many, "passage"), days && [" ", h("span", { class: "why" }, days)]],
      };
    },
  });
}

const plainList = (box, tag, rows, tree, id = () => null) =>
  makeList({ box, tag, many: rows.length, id: (row) => id(rows[row]), tree: (row) => tree(rows[row]) });
const origins = data.origins.filter(([labels]) => labels.length > 1);

// What each view holds; made when the view is opened first.
const LISTS = {
  overview: [() => plainList("people-list", "dl", data.people, person, ([id]) => id)],
  timeline: [timelineList],
  quotes: [quotesList, () => plainList("unsure-list", "div", data.unsure, (row) => quote(row, false), ([id]) => id)],
  facts: [factsList],
  shared: [
    () => plainList("origins-list", "ul", origins, origin),
    sharedList,
    passagesList,
    () => plainList("near-list", "ul", data.near, near),
    () => plainList("coverage-list", "ul", tellings.filter((telling) => find("telling-" + telling.label)), covered),
  ],
  tellings: [],
};
const lists = Object.fromEntries(Object.entries(LISTS).map(([view, made]) => [view, made.map((make) => make()).filter(Boolean)]));
