// Sets each card beside its line, moves between findings by key, and names the theme. The page works without it.
const all = (selector, inside = document) => Array.from(inside.querySelectorAll(selector));
const root = document.documentElement;
const status = document.getElementById("status");
const cardOf = (id) => document.querySelector(`.card[data-f="${id}"]`);
const wordsOf = (id) => document.querySelector(`a.w[data-f="${id}"]`) || document.getElementById(`w-${id}`);
const seen = (item) => item.checkVisibility();
// As in the style: from here on cards stand beside the text.
const wide = matchMedia("(min-width: 60rem)");

// Cards of a row stand at the height of their words, as far as those before leave room. All is measured before any is
// set, and only in the rows in which something has changed: laying out a long page takes its time.
function align(rows) {
  const cards = rows.flatMap((notes) => all(":scope > .card", notes)).filter((card) => getComputedStyle(card).display !== "none");
  for (const card of cards) if (card.style.marginTop) card.style.marginTop = "";
  if (!wide.matches || !cards.length) return;
  const gap = parseFloat(getComputedStyle(cards[0].parentElement).rowGap) || 0;
  let notes = null;
  let free = 0;
  const margins = cards.map((card) => {
    const place = document.getElementById(`w-${card.dataset.f}`);
    if (card.parentElement !== notes) [notes, free] = [card.parentElement, 0];
    const wanted = place ? place.getBoundingClientRect().top - notes.getBoundingClientRect().top : 0;
    const margin = Math.max(0, Math.round(wanted - free));
    free += margin + card.getBoundingClientRect().height + gap;
    return margin;
  });
  cards.forEach((card, at) => margins[at] && (card.style.marginTop = `${margins[at]}px`));
}
const alignAll = () => align(all(".notes"));
const changed = new Set();
function alignSoon(notes) {
  if (!changed.size)
    requestAnimationFrame(() => {
      align([...changed]);
      changed.clear();
    });
  changed.add(notes);
}

function mark(id) {
  for (const item of all(".current")) item.classList.remove("current");
  for (const item of all(`[data-f="${id}"]`)) item.classList.add("current");
}

// Opens a card, and what it is folded in; the words stay where they are on the screen.
function show(id, focus) {
  const card = cardOf(id);
  if (!card) return;
  const folded = card.parentElement.closest("details");
  if (folded) folded.open = true;
  card.open = true;
  align([card.closest(".notes")]);
  mark(id);
  const words = wordsOf(id);
  if (focus && words) {
    (words.matches("a") ? words : card.querySelector("summary")).focus({ preventScroll: true });
    words.scrollIntoView({ block: "center" });
  } else if (!wide.matches) card.scrollIntoView({ block: "nearest" });
  status.textContent = card.querySelector("summary").textContent.trim().replace(/\s+/g, " ");
}

for (const link of all('main a[href^="#f-"]'))
  link.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    show(link.hash.slice(3), false);
  });

function step(by) {
  const ids = all(".notes > .card").filter(seen).map((card) => card.dataset.f);
  if (!ids.length) return;
  const now = document.querySelector(".notes > .card.current");
  const at = now ? ids.indexOf(now.dataset.f) : -1;
  if (now && by) now.open = false;
  show(ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length], true);
}

addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("textarea, select, input:not([type=checkbox])");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "Escape") {
    for (const card of all(".card[open]")) card.open = false;
    for (const item of all(".current")) item.classList.remove("current");
  }
});

const unfold = document.getElementById("unfold");
if (unfold) {
  document.querySelector(".keys").hidden = false;
  unfold.addEventListener("click", () => {
    const cards = all(".notes > .card");
    const open = cards.some((card) => !card.open);
    for (const card of cards) card.open = open;
    unfold.textContent = open ? "Close all" : "Open all";
  });
  document.querySelector(".filters").addEventListener("change", () => {
    // What is folded with nothing left in it goes, too.
    for (const rest of all(".rest"))
      rest.hidden = !all(".card", rest).some((card) => getComputedStyle(card).display !== "none");
    alignAll();
    status.textContent = `${all(".card").filter(seen).length} findings shown`;
  });
}
for (const item of all(".notes details")) item.addEventListener("toggle", () => alignSoon(item.closest(".notes")));
for (const change of ["resize", "load"]) addEventListener(change, alignAll);
alignAll();
