// A large table turned round: its frameworks become rows, with the heads and the cells that are there already.

/** So many frameworks have their cells at once, as many as are seen first; the others get theirs with the whole answer. */
const FIRST = 8;

/** Shows the columns at some places of a table as rows, and some of its rows, by their groups, as columns. */
export function turn(table, places, bodies, rows) {
  const turned = table.cloneNode();
  delete turned.dataset.edition;
  turned.classList.add("rows");
  const names = places.map((at) => table.tHead.rows[0].cells[at]);
  const cells = places.slice(0, FIRST).map((at) => rows.flat().map((row) => row.cells[at]));
  turned.append(table.caption.cloneNode(true), headOf(bodies, rows), bodyOf(names, cells));
  // To take thousands of cells out of the page can wait until it is painted.
  table.hidden = true;
  table.after(turned);
  requestAnimationFrame(() => setTimeout(() => table.remove()));
  return turned;
}

function headOf(bodies, rows) {
  const head = document.createElement("thead");
  const [over, own] = [head.insertRow(), head.insertRow()];
  for (const row of [over, own]) row.insertCell().className = "corner";
  bodies.forEach((body, at) => {
    const [group] = body.rows[0].cells;
    if (rows[at].length) over.append(Object.assign(group, { className: "over", colSpan: rows[at].length, scope: "colgroup" }));
  });
  own.append(...rows.flat().map((row) => Object.assign(row.cells[0], { scope: "col" })));
  return head;
}

function bodyOf(names, cells) {
  const body = document.createElement("tbody");
  names.forEach((name, at) => {
    const box = document.createElement("div");
    box.append(...name.childNodes);
    name.append(box);
    name.scope = "row";
    body.insertRow().append(name, ...(cells[at] ?? []));
  });
  return body;
}
