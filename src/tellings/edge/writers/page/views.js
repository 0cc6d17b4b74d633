// ---- one view at a time; addresses; print -------------------------------------------------------

const views = all(".view");
const links = all("nav.views a");
root.classList.add("js");

// Lists inside of a fold wait until it is opened.
for (const list of Object.values(lists).flat()) {
  const fold = list.box.closest("details");
  if (fold) fillWhenOpened(fold, list.make);
}

function openView(id) {
  root.dataset.view = id;
  // The words of a line that is no longer shown would lie over what is; the focus is where somebody went.
  if (chosen && id !== "main" && chosen.closest(".view")?.id !== id) close(false);
  for (const view of views) {
    const shown = id === "main" || view.id === id;
    view.classList.toggle("off", !shown);
    if (!shown) continue;
    for (const list of lists[view.id]) if (!list.box.closest("details:not([open])")) list.make();
    if (view.id === "tellings") tellings.forEach((_, telling) => fillCited(telling));
  }
  if (id === "overview" || id === "main") fillNew();
  for (const link of links) {
    if (link.hash === "#" + id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

// A block of a text: some have an id, all have a place.
function block(id) {
  const found = /^(.+)-b(\d+)$/.exec(id);
  const box = found && placeOf.has(found[1]) ? textBox(placeOf.get(found[1])) : null;
  return box ? Array.from(box.children).filter((item) => !item.hasAttribute("data-ours"))[+found[2]] || null : null;
}

// Opens the view that holds what the address points to, and makes it where it is not made yet.
function follow() {
  let id = "";
  try {
    id = decodeURIComponent(location.hash.slice(1));
  } catch (error) {
    id = "";
  }
  if (id === "main") return openView("main");
  const span = /^at-(.+)-(\d+)-(\d+)$/.exec(id);
  if (span && placeOf.has(span[1])) return showInTelling(span[1], +span[2], +span[3]);
  for (const [view, held] of Object.entries(lists)) {
    const list = id && held.find((one) => one.has(id));
    if (!list) continue;
    openView(view);
    const fold = list.box.closest("details");
    if (fold) openFilled(fold);
    list.reveal(id);
    break;
  }
  const target = id ? find(id) || block(id) : null;
  const view = target ? target.closest(".view") : null;
  openView(view ? view.id : "overview");
  if (target && view !== target) {
    for (let item = target; item; item = item.parentElement) if (item.tagName === "DETAILS") openFilled(item);
    target.scrollIntoView();
  }
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const id = link.hash.slice(1);
    history.replaceState(null, "", link.hash);
    openView(id);
    // The masthead may be far above: show the top of the view, below the bar of views.
    const top = find("main").getBoundingClientRect().top + scrollY - link.closest("nav").offsetHeight;
    if (scrollY > top) scrollTo(0, top);
  });
}
addEventListener("hashchange", follow);
follow();

document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const line = event.target.closest("a.ev");
  if (!line) return;
  event.preventDefault();
  show(line, event.detail === 0);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
find("close").addEventListener("click", () => close());
go.querySelector("a").addEventListener("click", (event) => {
  event.preventDefault();
  showInTelling(chosen.dataset.t, +chosen.dataset.s, +chosen.dataset.e);
});

// On paper stands what opens the page, whatever is chosen or open on the screen.
let opened = [];
addEventListener("beforeprint", () => {
  for (const held of Object.values(lists)) for (const list of held) if (!list.box.closest("details")) list.makeOpening();
  opened = all("main details[open]");
  for (const item of opened) item.open = false;
  find("printed").hidden = false;
});
addEventListener("afterprint", () => {
  for (const list of Object.values(lists).flat()) list.apply();
  for (const item of opened) item.open = true;
  find("printed").hidden = true;
});
