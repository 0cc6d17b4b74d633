// ---- numbers, rows, ids and pairs, packed as packing.py and slim.py say --------------------------

// The bytes of `packed`, read one number after the other.
function reader(packed) {
  const bytes = atob(packed);
  let at = 0;
  return {
    more: () => at < bytes.length,
    byte: () => bytes.charCodeAt(at++),
    number() {
      let number = 0;
      let scale = 1;
      for (;;) {
        const byte = bytes.charCodeAt(at++);
        number += (byte & 127) * scale;
        if (byte < 128) return number;
        scale *= 128;
      }
    },
  };
}

function unpack(packed) {
  const read = reader(packed);
  const numbers = [];
  while (read.more()) numbers.push(read.number());
  return numbers;
}

// Numbers that are packed as how far each lies from the one before.
function unpackSteps(packed) {
  let number = 0;
  return unpack(packed).map((step) => (number += unsigned(step)));
}

const unsigned = (number) => (number % 2 ? -(number + 1) / 2 : number / 2);
const twoDigits = (byte) => byte.toString(16).padStart(2, "0");

// The spans of evidence: telling, start and length, three numbers each.
function unpackEvidence(packed) {
  const numbers = unpack(packed);
  for (let at = 0, telling = 0, start = 0; at < numbers.length; at += 3) {
    const step = unsigned(numbers[at]);
    telling += step;
    start = unsigned(numbers[at + 1]) + (step ? 0 : start);
    numbers[at] = telling;
    numbers[at + 1] = start;
  }
  return numbers;
}

const KINDS = ["t-", "q-", "f-", "p-", "s-"];
function unpackRows(packed, constants) {
  const read = reader(packed);
  let last = -1;
  const value = () => {
    const code = read.number();
    const told = Math.floor(code / 8);
    switch (code % 8) {
      case 0: return told;
      case 1: return Array.from({ length: told }, value);
      case 2: return constants[told];
      case 3: return (last += unsigned(told) + 1);
      default: return KINDS[told] + [0, 1, 2, 3, 4].map(() => twoDigits(read.byte())).join("");
    }
  };
  return value();
}

// Columns of numbers, no object for each passage. Rows stand in the order in which they are shown: those of the pair
// that shares most words first.
function unpackPairs({ many, stretches, numbers, whys, ids, kind, others }, labels) {
  const starts = [];
  const lengths = [];
  const firstOf = [];
  const table = reader(stretches);
  while (table.more()) {
    firstOf.push(starts.length);
    let start = 0;
    for (let left = table.number(); left > 0; left -= 1) {
      starts.push((start += table.number()));
      lengths.push(table.number());
    }
  }
  const pairs = [];
  const [one, other, words, why] = [[], [], [], []];
  const read = reader(numbers);
  for (let a = 0, b = 0; read.more(); ) {
    const behind = read.number();
    const code = read.number();
    if (code % 2) a += read.number();
    b = behind + (code % 2 ? 0 : b);
    const pair = { a, b, words: 0, many: code >> 1, first: one.length };
    for (let left = pair.many; left > 0; left -= 1) {
      one.push(firstOf[a] + read.number());
      other.push(firstOf[b] + read.number());
      const told = read.number();
      words.push(told >> 1);
      why.push(told % 2 ? read.number() : 0);
      pair.words += told >> 2;
    }
    pairs.push(pair);
  }
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  pairs.sort((x, y) => y.words - x.words || compare(labels[x.a], labels[y.a]) || compare(labels[x.b], labels[y.b]));
  const pairOf = [];
  const placeOfRow = [];
  pairs.forEach((pair, at) => {
    for (let each = 0; each < pair.many; each += 1) {
      pairOf.push(at);
      placeOfRow.push(pair.first + each);
    }
  });
  const digits = atob(ids);
  return {
    pairs,
    pairOf,
    id(row) {
      const place = placeOfRow[row];
      return others[place] ?? kind + [0, 1, 2, 3, 4].map((at) => twoDigits(digits.charCodeAt(5 * place + at))).join("");
    },
    // Its equal words, whether both quote it, the place of its why, and of each side telling, start and length.
    sides(row) {
      const place = placeOfRow[row];
      const { a, b } = pairs[pairOf[row]];
      return {
        words: words[place] >> 1,
        quoted: words[place] % 2,
        why: whys[why[place]],
        sides: [[a, one[place]], [b, other[place]]].map(([telling, at]) => [telling, starts[at], lengths[at]]),
      };
    },
  };
}
