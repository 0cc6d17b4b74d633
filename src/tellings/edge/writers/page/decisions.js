// ---- decisions: whether two values answer one question; kept in the browser, saved as a file ------

const KEPT = "tellings decisions";
const SAME = "the same thing";
const NOT = "not the same thing";
// Where a browser keeps nothing, they hold until the page is closed.
const decided = {};
try {
  for (const [name, made] of Object.entries(JSON.parse(localStorage.getItem(KEPT) || "{}"))) {
    if ([SAME, NOT].includes(made?.kind) && made.a?.telling && made.b?.telling) decided[name] = made;
  }
} catch (error) {
  // What is kept there is not to be read: it counts as nothing.
}
const questions = new Map();
const undone = [];

// The place of the value in a line: what is marked as one, else the whole line.
function placeOfValue(line) {
  const number = lineNumber(line);
  const found = evidence(number);
  const telling = find("telling-" + tellings[found.telling].label)?.dataset.id;
  let [start, end] = [found.start, found.end];
  for (let at = 1; at < line.length; at += 3) {
    if (data.roles[line[at]] !== "value") continue;
    start = found.start + line[at + 1];
    end = start + line[at + 2];
    break;
  }
  return { telling, start, end };
}

// A decision as the file of decisions has it; what it is about is its name.
function decisionOf(values, kind) {
  const [a, b] = values.slice(0, 2).map(([, , lines]) => placeOfValue(lines[0]));
  const sides = [a, b].sort((one, other) => (one.telling + one.start < other.telling + other.start ? -1 : 1));
  return [sides.map(({ telling, start, end }) => [telling, start, end].join()).join(" "), { kind, a: sides[0], b: sides[1] }];
}

// What was decided of articles of this record: others have a page of their own.
function ofThisRecord() {
  const ids = new Set(all("[data-id]").map((item) => item.dataset.id));
  return Object.values(decided).filter(({ a, b }) => ids.has(a.telling) && ids.has(b.telling));
}

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify(decided));
  } catch (error) {
    // Nothing is lost: the page holds them, and saves them as a file.
  }
  const held = ofThisRecord().length;
  const box = find("decisions");
  box.hidden = held === 0;
  box.querySelector("b").textContent = count(held, "decision") + " of yours";
}

function decide(id, kind) {
  const [values] = questions.get(id);
  const [name, made] = decisionOf(values, kind);
  undone.push([id, name, decided[name]]);
  if (decided[name]?.kind === kind) delete decided[name];
  else decided[name] = made;
  keep();
  showDecided(id);
}

function showDecided(id) {
  const [values, buttons] = questions.get(id);
  const kind = decided[decisionOf(values)[0]]?.kind;
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
  find(id)?.classList.toggle("decided", Boolean(kind));
  find("status").textContent = kind ? (kind === SAME ? "Same question" : "Not the same question") : "Not decided";
}

// The question that stands under what is to be compared.
function asked(id, values) {
  if (values.length < 2) return null;
  const kind = () => decided[decisionOf(values)[0]]?.kind;
  const button = (value, shown, key) =>
    h("button", { type: "button", class: "decide", "data-kind": value, "data-of": id, "aria-pressed": String(kind() === value), "aria-keyshortcuts": key }, shown);
  questions.set(id, [values, []]);
  return h("span", { class: "asked", role: "group", "aria-label": "Is this one question?" }, "One question? ", button(SAME, "Yes", "y"), " ", button(NOT, "No", "n"));
}

// Buttons that are on the page now: a list that is drawn anew has new ones.
function buttonsOf(id) {
  const found = questions.get(id);
  if (found) found[1] = all("button.decide").filter((button) => button.dataset.of === id);
  return found;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.decide");
  if (!button || !buttonsOf(button.dataset.of)) return;
  decide(button.dataset.of, button.dataset.kind);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
  const line = event.target.closest(".compare");
  const kind = { y: SAME, n: NOT }[event.key];
  if (event.key === "u") return void undo();
  if (!line || !kind || !buttonsOf(line.id)) return;
  event.preventDefault();
  decide(line.id, kind);
});

function undo() {
  const last = undone.pop();
  if (!last) return;
  const [id, name, before] = last;
  if (before) decided[name] = before;
  else delete decided[name];
  keep();
  if (buttonsOf(id)) showDecided(id);
}

function saveDecisions() {
  const lines = ofThisRecord().map((made) => JSON.stringify(made) + "\n");
  const address = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
  const link = element(h("a", { href: address, download: "decisions.jsonl" }));
  link.click();
  URL.revokeObjectURL(address);
}

find("undo").addEventListener("click", undo);
find("save").addEventListener("click", saveDecisions);
keep();
