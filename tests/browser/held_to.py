"""What every page of ours is held to, as scripts that give back what falls short."""

from __future__ import annotations

# Contrast ratio of WCAG 2.2 between the text colour of an element and the first opaque background behind it.
CONTRAST = """(element) => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  let behind = element, back = [0, 0, 0, 0];
  while (behind) {
    back = parse(getComputedStyle(behind).backgroundColor);
    if (back.length === 3 || back[3] === 1) break;
    behind = behind.parentElement;
  }
  const [a, b] = [light(parse(getComputedStyle(element).color)), light(back)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""

# Elements with text of their own that stands out too little (below 4.5, WCAG 2.2, 1.4.3).
LOW = f"""() => {{ const ratio = {CONTRAST};
  return Array.from(document.body.querySelectorAll("*"))
    .filter((item) => item.tagName !== "SCRIPT" && item.checkVisibility() && !item.closest("svg")
      && Array.from(item.childNodes).some((node) => node.nodeType === 3 && node.data.trim()))
    .map((item) => [item.className, item.tagName, Math.round(ratio(item) * 100) / 100])
    .filter(([, , value]) => value < 4.5); }}"""

# Targets smaller than 24 by 24 pixels that do not stand in a line of text (WCAG 2.2, 2.5.8, with its exceptions for
# targets in a sentence and for those around which nothing else lies).
SMALL = """() => {
  const targets = Array.from(document.querySelectorAll("a, button, summary, input, select"))
    .filter((item) => item.checkVisibility() && item.getClientRects().length);
  const inText = (item) => getComputedStyle(item).display === "inline" &&
    Array.from(item.parentElement.childNodes).some((node) => node !== item && node.textContent.trim());
  const box = (item) => item.getBoundingClientRect();
  const centre = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  const near = (item, other) => {
    const [[x, y], { left, right, top, bottom }] = [centre(box(item)), box(other)];
    return Math.hypot(x - Math.max(left, Math.min(x, right)), y - Math.max(top, Math.min(y, bottom))) < 12;
  };
  return targets.filter((item) => (box(item).width < 23.5 || box(item).height < 23.5) && !inText(item)
    && targets.some((other) => other !== item && !item.contains(other) && !other.contains(item) && near(item, other)))
    .map((item) => [item.outerHTML.slice(0, 120), box(item).width, box(item).height]);
}"""
