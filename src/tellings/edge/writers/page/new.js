// ---- new: what is told only since a day ----------------------------------------------------------

// Lines of it that stand open.
const NEW = 3;
const days = unique(tellings.map((telling) => telling.day).filter(Boolean)).sort((a, b) => a - b);

// The first day that a line is told, by the articles that have it; none where one of them has no date.
function firstTold(labels) {
  const told = labels.map((label) => tellings[placeOf.get(label)].day);
  return told.every(Boolean) ? Math.min(...told) : 0;
}

function newSince(day) {
  const isNew = (labels) => firstTold(labels) >= day;
  const happened = data.timeline.filter((row) => isNew(labelsOf(row[4]))).sort((a, b) => b[5] - a[5]);
  const saidThen = data.quotes.flatMap(([, held]) => held).filter((row) => isNew(unique(row[3].map(([telling]) => tellings[telling].label))));
  const values = data.facts.flatMap(([, , relation, folds, held]) => (folds || relation === "same" ? [] : held)).filter((row) =>
    row[4].length > 1 && row[4].some(([, , lines]) => isNew(labelsOf(lines))) && !isNew(labelsOf(linesOf(row[4]))));
  return { happened, saidThen, values };
}

let filled = false;
function fillNew() {
  if (filled || days.length < 2) return;
  filled = true;
  const choice = find("since");
  // Earliest of all is no news.
  for (const day of days.slice(1).reverse()) choice.append(element(h("option", { value: day }, dayInWords(day))));
  const draw = () => {
    const { happened, saidThen, values } = newSince(+choice.value);
    const line = (row) => h("li", {}, h("a", { class: "date", href: "#" + row[0] }, said(row[2])), " ", cited(row[4][0], row[9]));
    const list = (rows) => h("ul", {}, rows.map(line));
    const told = [[happened.length, "line of the timeline", "lines of the timeline"], [saidThen.length, "quotation"], [values.length, "value beside an earlier one", "values beside earlier ones"]]
      .filter(([many]) => many).map(([many, one, more]) => count(many, one, more)).join(", ");
    find("new-list").replaceChildren(...[
      h("p", { class: "why" }, told ? "In these articles alone: " + told + "." : "Nothing that no earlier article tells."),
      happened.length > 0 && list(happened.slice(0, NEW)),
      happened.length + saidThen.length + values.length > Math.min(NEW, happened.length) && h("details", { class: "rest" }, h("summary", {}, count(happened.length + saidThen.length + values.length - Math.min(NEW, happened.length), "more line")), () => [
        list(happened.slice(NEW)),
        h("ul", {}, values.map((row) => h("li", {}, h("a", { href: "#" + row[0] }, said(row[3]) || "Facts", ": ", row[4].map(([shown]) => said(shown)).join(" · "))))),
        h("div", {}, saidThen.map((row) => nameless(quote(row, false)))),
      ]),
    ].filter(Boolean).map(element));
  };
  choice.addEventListener("change", draw);
  find("new").hidden = false;
  draw();
}
