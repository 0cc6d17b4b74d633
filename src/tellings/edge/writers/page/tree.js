// ---- trees: what a row looks like before it is drawn -------------------------------------------
//
// A tree is an element's tag, attributes and children; a child is a tree, a string, nothing, or a list of these.
// A child of <details> can be a function: what it gives is made when the details are opened first.

const h = (tag, attributes, ...children) => ({ tag, attributes: attributes || {}, children: children.flat(Infinity) });
const SVG = new Set(["svg", "rect", "path"]);

function element(tree) {
  if (typeof tree === "string") return document.createTextNode(tree);
  const made = SVG.has(tree.tag)
    ? document.createElementNS("http" + "://www.w3.org/2000/svg", tree.tag)
    : document.createElement(tree.tag);
  for (const [name, value] of Object.entries(tree.attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  const later = [];
  for (const child of tree.children) {
    if (typeof child === "function") later.push(child);
    else if (child) made.append(element(child));
  }
  if (later.length) fillWhenOpened(made, () => made.append(...later.flatMap((make) => [make()].flat(Infinity)).filter(Boolean).map(element)));
  return made;
}

// The same without ids: what stands on the page already cannot be called by them twice.
function nameless(tree) {
  if (typeof tree === "function") return () => [tree()].flat(Infinity).map(nameless);
  if (!tree || typeof tree === "string") return tree;
  return { tag: tree.tag, attributes: { ...tree.attributes, id: null }, children: tree.children.map(nameless) };
}

// Calls `fill` once, when `details` is opened by whatever means.
const unfilled = new WeakMap();
function fillWhenOpened(details, fill) {
  unfilled.set(details, fill);
  details.addEventListener("toggle", () => details.open && openFilled(details));
  if (details.open) openFilled(details);
}

function openFilled(details) {
  const fill = unfilled.get(details);
  unfilled.delete(details);
  if (fill) fill();
  details.open = true;
}

// All words of a tree, those that are not yet made too: what a search looks in.
function textOf(tree) {
  if (!tree) return "";
  if (typeof tree === "string") return tree;
  if (typeof tree === "function") return [tree()].flat(Infinity).map(textOf).join("");
  return tree.children.map(textOf).join(tree.tag === "span" || tree.tag === "a" ? "" : " ");
}
