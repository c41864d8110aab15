// A large table turned round: its frameworks become rows, with the heads and the cells that are there already.

/** So many facts are shown at once, as many as are seen beside each other; the others follow when these are painted. */
const FACTS = 16;

/**
 * Shows the columns at some places of a table as rows, and some of its rows, by their groups, as columns. As many
 * frameworks have their cells before the whole answer is there as they have first in a page.
 */
export function turn(table, places, bodies, rows) {
  delete table.dataset.edition;
  const turned = table.cloneNode();
  turned.classList.add("rows");
  const facts = rows.flat();
  const heads = facts.map((row) => Object.assign(row.cells[0], { scope: "col" }));
  const lines = places.slice(0, Number(table.dataset.firstFrameworks)).map((at) => facts.map((row) => row.cells[at]));
  const body = bodyOf(places.map((at) => table.tHead.rows[0].cells[at]));
  const head = headOf(bodies, rows);
  const fill = (from, to) => {
    head.rows[1].append(...heads.slice(from, to));
    lines.forEach((cells, at) => body.rows[at].append(...cells.slice(from, to)));
  };
  fill(0, FACTS);
  turned.append(table.caption.cloneNode(true), head, body);
  // To take thousands of cells out of the page, or out of its layout, can wait until the new table is painted.
  table.style.contentVisibility = "hidden";
  table.before(turned);
  requestAnimationFrame(() => setTimeout(() => {
    fill(FACTS);
    table.remove();
  }));
  return turned;
}

/** The heads of the groups, and below them a row for those of the facts. */
function headOf(bodies, rows) {
  const head = document.createElement("thead");
  const over = head.insertRow();
  for (const row of [over, head.insertRow()]) row.insertCell().className = "corner";
  bodies.forEach((body, at) => {
    const [group] = body.rows[0].cells;
    if (rows[at].length) over.append(Object.assign(group, { className: "over", colSpan: rows[at].length, scope: "colgroup" }));
  });
  return head;
}

function bodyOf(names) {
  const body = document.createElement("tbody");
  for (const name of names) {
    const box = document.createElement("div");
    box.append(...name.childNodes);
    name.append(box);
    name.scope = "row";
    body.insertRow().append(name);
  }
  return body;
}
