"use strict";
// The page reads without this script. It adds: one view at a time, filters, light and dark, and the
// evidence panel, which shows the exact words of a line where they stand in their telling.
(function () {
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  root.classList.add("js");

  // ---- spans: code points in the record, UTF-16 units in the browser -------------------------

  // Text nodes of a segment that hold words of the source; ours are left out.
  function wordsOf(segment) {
    const walker = document.createTreeWalker(segment, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) =>
        node.parentElement.closest("[data-ours]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    });
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  }

  // The stretches of text nodes that stand for [start, end), as [node, from, to] in UTF-16 units.
  function ranges(container, start, end) {
    const found = [];
    let segments = all("[data-start]", container);
    // Cited words can overlap one another: then the entry with this very span is meant.
    const same = segments.filter((item) => +item.dataset.start === start && +item.dataset.end === end);
    if (same.length) segments = same.slice(0, 1);
    for (const segment of segments) {
      let point = +segment.dataset.start;
      if (+segment.dataset.end < start || point > end) continue;
      const nodes = wordsOf(segment);
      // A cited place between two characters has no words, and so no text node, of its own.
      if (!nodes.length && start === end) nodes.push(segment.appendChild(document.createTextNode("")));
      for (const node of nodes) {
        let unit = 0;
        let from = -1;
        let to = -1;
        for (const character of node.data) {
          if (point >= start && point < end) {
            if (from < 0) from = unit;
            to = unit + character.length;
          } else if (start === end && point === start && !found.length) {
            from = to = unit;
            found.push([node, unit, unit]);
          }
          unit += character.length;
          point += 1;
        }
        if (start === end && point === start && !found.length) found.push([node, unit, unit]);
        if (start !== end && from >= 0) found.push([node, from, to]);
      }
    }
    return found;
  }

  function unmark(container) {
    for (const mark of all("mark.hit", container)) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  // Marks [start, end) and returns the marks made.
  function mark(container, start, end) {
    unmark(container);
    return ranges(container, start, end).map(([node, from, to]) => {
      const rest = from ? node.splitText(from) : node;
      if (to - from < rest.data.length) rest.splitText(to - from);
      const made = document.createElement("mark");
      made.className = start === end ? "hit caret" : "hit";
      rest.replaceWith(made);
      made.append(rest);
      return made;
    });
  }

  // ---- the evidence panel -------------------------------------------------------------------

  const panel = find("evidence");
  const body = panel.querySelector(".body");
  const place = panel.querySelector(".place");
  const go = panel.querySelector(".go");
  const title = find("evidence-title");
  const empty = [title.textContent, place.textContent];
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
    const telling = find("telling-" + label);
    if (!telling) return;
    if (chosen) chosen.removeAttribute("aria-current");
    chosen = line;
    line.setAttribute("aria-current", "true");
    const copy = telling.querySelector(".text").cloneNode(true);
    for (const item of all("[id]", copy)) item.removeAttribute("id");
    unmark(copy);
    body.replaceChildren(copy);
    panel.classList.add("open");
    root.classList.add("reading");
    find("close").hidden = false;
    go.hidden = false;
    title.textContent = label + " · " + telling.dataset.outlet;
    const hits = mark(copy, +s, +e);
    const shown = hits.map((hit) => hit.textContent).join("");
    const where = (+s === +e ? "at character " + s : "characters " + s + "–" + e) + ", " + telling.dataset.dated;
    place.textContent = shown === exactOf(line) ? where : where + ". The words there are not the words of the line.";
    find("status").textContent = "Shown in " + label + ", " + where;
    if (hits.length) {
      const box = body.getBoundingClientRect();
      const hit = hits[0].getBoundingClientRect();
      body.scrollTop += hit.top - box.top - box.height / 3;
    }
    if (byKey) panel.focus({ preventScroll: true });
    // On a phone the panel covers the lower half: keep the line in sight above it.
    if (getComputedStyle(panel).position === "fixed") {
      const at = line.getBoundingClientRect();
      if (at.bottom > panel.getBoundingClientRect().top) line.scrollIntoView({ block: "start" });
    }
  }

  function close() {
    if (!chosen) return;
    const line = chosen;
    chosen = null;
    line.removeAttribute("aria-current");
    panel.classList.remove("open");
    root.classList.remove("reading");
    body.replaceChildren();
    find("close").hidden = true;
    go.hidden = true;
    [title.textContent, place.textContent] = empty;
    find("status").textContent = "";
    line.focus({ preventScroll: true });
  }

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
  find("close").addEventListener("click", close);

  go.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    const { t: label, s, e } = chosen.dataset;
    open("tellings");
    for (const other of all("#tellings .text")) unmark(other);
    const telling = find("telling-" + label);
    const hits = mark(telling.querySelector(".text"), +s, +e);
    (hits[0] || telling).scrollIntoView({ block: "center" });
    telling.focus({ preventScroll: true });
  });

  // ---- one view at a time -------------------------------------------------------------------

  const views = all(".view");
  const links = all("nav.views a");

  function open(id) {
    root.dataset.view = id;
    for (const view of views) view.classList.toggle("off", id !== "main" && view.id !== id);
    for (const link of links) {
      if (link.hash === "#" + id) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  // Opens the view that holds the element the address points to.
  function follow() {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch (error) {
      id = "";
    }
    const target = id ? find(id) : null;
    if (id === "main") return open("main");
    const view = target ? target.closest(".view") : null;
    open(view ? view.id : "timeline");
    if (target && view !== target) {
      for (let item = target; item; item = item.parentElement) {
        if (item.tagName === "DETAILS") item.open = true;
        // A filter may hide where a link leads.
        item.classList.remove("off");
      }
      target.scrollIntoView();
    }
  }
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const id = link.hash.slice(1);
      history.replaceState(null, "", link.hash);
      open(id);
      // The masthead may be far above: show the top of the view, below the bar of views.
      const top = find("main").getBoundingClientRect().top + scrollY - link.closest("nav").offsetHeight;
      if (scrollY > top) scrollTo(0, top);
    });
  }
  addEventListener("hashchange", follow);
  follow();

  // ---- filters ------------------------------------------------------------------------------

  for (const form of all("form.filters")) {
    const list = find(form.dataset.list);
    const items = all(".item", list);
    const groups = all(".group", list);
    const output = form.querySelector("output");
    form.hidden = items.length < 2;
    const apply = () => {
      const wanted = form.elements.text.value.trim().toLowerCase();
      const selects = all("select[name]", form).filter((select) => select.value);
      let shown = 0;
      for (const item of items) {
        const fits =
          selects.every((select) => (item.dataset[select.name] || "").split("\n").includes(select.value)) &&
          (!wanted || item.textContent.toLowerCase().includes(wanted));
        item.classList.toggle("off", !fits);
        if (fits) shown += 1;
      }
      for (const group of groups) {
        const some = all(".item:not(.off)", group).length > 0;
        group.classList.toggle("off", !some);
        if (some && wanted && group.tagName === "DETAILS") group.open = true;
      }
      const filtered = wanted || selects.length;
      output.textContent = filtered ? shown + " of " + items.length + " " + form.dataset.noun + "s shown" : "";
    };
    const order = form.querySelector("[data-order]");
    if (order) {
      // Out of their groups, items stand in one list; back in them, where they stood.
      const homes = items.map((item) => item.parentNode);
      const days = (item) => item.dataset.day || "9999";
      const by = {
        day: (a, b) => (days(a) < days(b) ? -1 : days(a) > days(b) ? 1 : 0),
        weight: (a, b) => b.dataset.weight - a.dataset.weight,
        printed: (a, b) => b.dataset.printed - a.dataset.printed,
      };
      order.addEventListener("change", () => {
        list.classList.toggle("flat", order.value !== "");
        if (order.value) list.append(...[...items].sort(by[order.value]));
        else items.forEach((item, index) => homes[index].append(item));
        apply();
      });
    }
    form.addEventListener("input", apply);
    if (all("select[name]", form).some((select) => select.value)) apply();
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  // ---- light and dark; print ----------------------------------------------------------------

  const theme = find("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const name = () => (theme.textContent = isDark() ? "Light page" : "Dark page");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    name();
  });
  dark.addEventListener("change", name);
  name();

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const item of closed) item.open = true;
  });
  addEventListener("afterprint", () => {
    for (const item of closed) item.open = false;
  });
})();
