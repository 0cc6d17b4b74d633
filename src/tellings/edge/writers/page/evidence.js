// ---- the evidence panel: the exact words of a line where they stand in their telling -----------

// The stretches of text nodes that stand for [start, end), as [node, from, to] in UTF-16 units.
function ranges(box, start, end) {
  const found = [];
  let part = box;
  let point = 0;
  if (box.matches(".cited")) {
    // Only cited words are known: the entry with this very span.
    part = all("[data-start]", box).find((item) => +item.dataset.start === start && +item.dataset.end === end);
    if (!part) return found;
    point = start;
    // A cited place between two characters has no words, and so no text node, of its own.
    if (start === end && !part.firstChild) part.append("");
  }
  for (const node of wordsIn(part)) {
    if (point > end) break;
    let at = 0;
    let from = -1;
    let to = -1;
    for (const character of node.data) {
      if (point >= start && point < end) {
        if (from < 0) from = at;
        to = at + character.length;
      } else if (start === end && point === start && !found.length) {
        found.push([node, at, at]);
      }
      at += character.length;
      point += 1;
    }
    if (start === end && point === start && !found.length) found.push([node, at, at]);
    if (start !== end && from >= 0) found.push([node, from, to]);
  }
  return found;
}

function unmark(box) {
  for (const hit of all("mark.hit", box)) {
    const parent = hit.parentNode;
    hit.replaceWith(...hit.childNodes);
    parent.normalize();
  }
}

// Marks [start, end) and returns the marks made.
function mark(box, start, end) {
  unmark(box);
  return ranges(box, start, end).map(([node, from, to]) => {
    const rest = from ? node.splitText(from) : node;
    if (to - from < rest.data.length) rest.splitText(to - from);
    const made = document.createElement("mark");
    made.className = start === end ? "hit caret" : "hit";
    rest.replaceWith(made);
    made.append(rest);
    return made;
  });
}

// In a record without texts: the words that it cites from a telling, once each, in the order of the text.
let citedWords = null;
function fillCited(telling) {
  const box = textBox(telling);
  if (!box?.matches(".cited") || box.childNodes.length) return;
  if (!citedWords) {
    citedWords = new Map();
    for (let number = 0; 3 * number < spans.length; number += 1) {
      citedWords.set(tellingOf(number), [...(citedWords.get(tellingOf(number)) || []), number]);
    }
  }
  const { label } = tellings[telling];
  const found = (citedWords.get(telling) || []).map(evidence).sort((a, b) => a.start - b.start || a.end - b.end);
  const once = found.filter((item, at) => !at || item.start !== found[at - 1].start || item.end !== found[at - 1].end);
  const entry = ({ start, end, words: shown }) =>
    h("li", { id: label + "-c" + start + "-" + end }, h("span", { class: "at", "data-ours": true }, start + "–" + end), " ",
      h("span", { class: "source", dir: "auto", "data-start": start, "data-end": end }, shown));
  box.append(...(once.length ? once.map(entry) : [h("li", {}, "No words are cited from this article.")]).map(element));
}

const panel = find("evidence");
const body = panel.querySelector(".body");
const where = panel.querySelector(".place");
const go = panel.querySelector(".go");
const title = find("evidence-title");
let chosen = null;
panel.hidden = false;

function exactOf(line) {
  if (line.dataset.exact !== undefined) return line.dataset.exact;
  const copy = line.cloneNode(true);
  for (const ours of all("[data-ours]", copy)) ours.remove();
  return copy.textContent;
}

function show(line, byKey) {
  const { t: label, s, e } = line.dataset;
  const telling = placeOf.get(label);
  const box = textBox(telling);
  if (!box) return;
  fillCited(telling);
  if (chosen) chosen.removeAttribute("aria-current");
  chosen = line;
  line.setAttribute("aria-current", "true");
  const copy = box.cloneNode(true);
  for (const item of all("[id]", copy)) item.removeAttribute("id");
  unmark(copy);
  body.replaceChildren(copy);
  panel.classList.add("open");
  document.documentElement.classList.add("reading");
  find("close").hidden = false;
  go.hidden = false;
  title.textContent = tellings[telling].name;
  const hits = mark(copy, +s, +e);
  const shown = hits.map((hit) => hit.textContent).join("");
  const span = (+s === +e ? "at character " + s : "characters " + s + "–" + e) + ", " + tellings[telling].dated;
  where.textContent = shown === exactOf(line) ? span : span + ". The words there are not the words of the line.";
  find("status").textContent = "Shown in " + tellings[telling].name + ", " + span;
  if (hits.length) {
    const around = body.getBoundingClientRect();
    body.scrollTop += hits[0].getBoundingClientRect().top - around.top - around.height / 3;
  }
  if (byKey) panel.focus({ preventScroll: true });
  // On a phone the panel covers the lower half: keep the line in sight above it.
  if (getComputedStyle(panel).position === "fixed") {
    const at = line.getBoundingClientRect();
    if (at.bottom > panel.getBoundingClientRect().top) line.scrollIntoView({ block: "start" });
  }
}

// Closes the panel. `back`: the focus goes back to the line.
function close(back = true) {
  if (!chosen) return;
  const line = chosen;
  chosen = null;
  line.removeAttribute("aria-current");
  panel.classList.remove("open");
  document.documentElement.classList.remove("reading");
  body.replaceChildren();
  find("close").hidden = true;
  go.hidden = true;
  find("status").textContent = "";
  if (back) line.focus({ preventScroll: true });
}

// Shows [start, end) in the telling itself.
function showInTelling(label, start, end) {
  const telling = find("telling-" + label);
  if (!telling) return;
  openView("tellings");
  for (const item of all("details", telling)) item.open = true;
  for (const other of all("#tellings .text")) if (other.querySelector("mark.hit")) unmark(other);
  const hits = mark(telling.querySelector(".text"), start, end);
  (hits[0] || telling).scrollIntoView({ block: "center" });
  telling.focus({ preventScroll: true });
}
