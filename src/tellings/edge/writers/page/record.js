// ---- the record: data of the page, texts of its tellings ---------------------------------------

// What is made when it is asked for first, and kept.
const once = (make) => {
  let made;
  return () => (made ??= make());
};
const find = (id) => document.getElementById(id);
const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

const data = JSON.parse(find("data").textContent);
const tellings = data.tellings.map(([label, name, dated, day, language, words, shared]) => ({
  label, name: name || label, dated: dated || "", day: day || 0, language: language || "en", words: words || 0, shared: shared || 0,
}));
const placeOf = new Map(tellings.map((telling, place) => [telling.label, place]));

for (const rows of data.packed) data[rows] = unpackRows(data[rows], data.constants);
const spans = unpackEvidence(data.evidence);
const said = (number) => data.said[number];

// An evidence: its telling (a place in `tellings`), its span in code points, its words.
function evidence(number) {
  const [telling, start, length] = spans.slice(3 * number, 3 * number + 3);
  const words = data.words[number];
  return { telling, start, end: start + length, words: words === undefined ? cut(telling, start, start + length) : words };
}
const tellingOf = (number) => spans[3 * number];

// The evidence of a span that no row names by its number.
let unusual = null;
function evidenceAt(telling, start, length) {
  if (!unusual) {
    unusual = new Map();
    for (const number of Object.keys(data.words)) unusual.set(spans.slice(3 * number, 3 * number + 3).join(), +number);
  }
  const number = unusual.get([telling, start, length].join());
  return number === undefined ? { telling, start, end: start + length, words: cut(telling, start, start + length) } : evidence(number);
}

// ---- texts: code points in the record, UTF-16 units in the browser ----

const textBox = (telling) => find("telling-" + tellings[telling].label)?.querySelector(".text");
// Text nodes that hold words of a source; ours are left out.
function wordsIn(box) {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest("[data-ours]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

// The text of a telling, and the places (code points) of the characters that take two units.
const texts = new Map();
function textOfTelling(telling) {
  let found = texts.get(telling);
  if (!found) {
    const box = textBox(telling);
    const whole = !box || box.matches(".cited") ? "" : wordsIn(box).map((node) => node.data).join("");
    const wide = [];
    let pairs = 0;
    for (const match of whole.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) wide.push(match.index - pairs++);
    texts.set(telling, (found = { whole, wide }));
  }
  return found;
}

// `point` as a count of UTF-16 units: one more for each wide character before it.
function unit(wide, point) {
  let low = 0;
  let high = wide.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (wide[middle] < point) low = middle + 1;
    else high = middle;
  }
  return point + low;
}

function cut(telling, start, end) {
  const { whole, wide } = textOfTelling(telling);
  return whole.slice(unit(wide, start), unit(wide, end));
}

// Words by code points: what has only narrow characters is cut as it is.
const points = (words) => (/[\ud800-\udbff]/.test(words) ? Array.from(words) : words);
const between = (found, from, to) => (typeof found === "string" ? found.slice(from, to) : found.slice(from, to).join(""));

// ---- words of our own ----

// One format for all: `toLocaleString` looks its locale up anew for each number.
const inFigures = new Intl.NumberFormat("en-GB");
const figure = (number) => inFigures.format(number);
const count = (number, one, many) => figure(number) + " " + (number === 1 ? one : many || one + "s");
const unique = (items) => [...new Set(items)];
const LISTED = 12;
// What the outlets of articles are called, by their labels.
const called = (label) => tellings[placeOf.get(label)].name;
// "BBC, Sky, NPR", and how many more where they are many.
function listed(labels, most = LISTED) {
  const shown = labels.slice(0, most).map(called).join(", ");
  return labels.length > most ? shown + " and " + figure(labels.length - most) + " more" : shown;
}
// A day as a number (1 is 1 Jan of the year 1) in words.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];
function dayInWords(number) {
  const day = new Date((number - 719163) * 86400000);
  return day.getUTCDate() + " " + MONTHS[day.getUTCMonth()] + " " + day.getUTCFullYear();
}
