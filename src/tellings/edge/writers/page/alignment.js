// ---- what two passages do not have in common ---------------------------------------------------

const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}\p{N}_]+)*/gu;

// Which of the words of `a` and `b` (lists) belong to a longest common subsequence: [of a, of b], true for each that does.
// In linear space (Hirschberg 1975); what both begin and end with is taken first, and is most of it.
function common(a, b) {
  const kept = [new Array(a.length).fill(false), new Array(b.length).fill(false)];
  const lengths = (from, to, low, high, back) => {
    let row = new Uint32Array(high - low + 1);
    for (let i = 0; i < to - from; i += 1) {
      const next = new Uint32Array(row.length);
      const word = a[back ? to - 1 - i : from + i];
      for (let j = 1; j < row.length; j += 1) {
        next[j] = word === b[back ? high - j : low + j - 1] ? row[j - 1] + 1 : Math.max(row[j], next[j - 1]);
      }
      row = next;
    }
    return row;
  };
  const work = [[0, a.length, 0, b.length]];
  while (work.length) {
    let [from, to, low, high] = work.pop();
    while (from < to && low < high && a[from] === b[low]) kept[0][from++] = kept[1][low++] = true;
    while (from < to && low < high && a[to - 1] === b[high - 1]) kept[0][--to] = kept[1][--high] = true;
    if (from === to || low === high) continue;
    if (to - from === 1) {
      const at = b.indexOf(a[from], low);
      if (at >= 0 && at < high) kept[0][from] = kept[1][at] = true;
      continue;
    }
    const middle = (from + to) >> 1;
    const before = lengths(from, middle, low, high, false);
    const after = lengths(middle, to, low, high, true);
    let split = 0;
    for (let j = 1; j < before.length; j += 1) {
      if (before[j] + after[high - low - j] > before[split] + after[high - low - split]) split = j;
    }
    work.push([from, middle, low, low + split], [middle, to, low + split, high]);
  }
  return kept;
}

// Both passages as pieces, what only one has in a span of its own.
function compared(a, b) {
  const found = [a, b].map((words) => Array.from(words.matchAll(WORD)));
  const kept = common(...found.map((words) => words.map((word) => word[0].toLowerCase())));
  return [a, b].map((words, side) => {
    const pieces = [];
    let seen = 0;
    for (let at = 0; at < found[side].length; at += 1) {
      if (kept[side][at]) continue;
      const start = found[side][at].index;
      while (at + 1 < found[side].length && !kept[side][at + 1]) at += 1;
      const end = found[side][at].index + found[side][at][0].length;
      pieces.push(words.slice(seen, start), h("span", { class: "own" }, words.slice(start, end)));
      seen = end;
    }
    return [...pieces, words.slice(seen)];
  });
}
