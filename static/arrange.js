// A large table that has all the cells of the next view is put in its order at once. Rows that are out of sight, and what
// else the next view says, follow in steps between which the browser can do as the reader asks.

import { attributes, morph } from "./morph.js";
import { turn } from "./turn.js";

/** So many rows have their cells moved at a time. */
const STEP = 8;

/** Rows whose cells are still in the order before, and the places of the cells in that order. */
const behind = new Map();

const columnsOf = (table) => [...table.tHead.rows[0].cells].slice(1).map((head) => head.dataset.column);
const rowNamed = (name) => document.getElementById(`${name}-pick`)?.closest("tr");
const pause = () => new Promise((resolve) => { setTimeout(resolve); });

/** The table with its columns and rows in an order, or turned round; nothing where it lacks something of that. */
export function arrange(table, { columns, groups, turned }) {
  catchUp();
  const had = columnsOf(table);
  const bodies = groups.map(({ id }) => document.getElementById(id));
  const rows = groups.map(({ rows }) => rows.map(rowNamed));
  const all = rows.flat();
  if (bodies.includes(null) || all.includes(undefined) || !columns.every((column) => had.includes(column))) return null;
  if (turned) return turn(table, columns.map((column) => had.indexOf(column) + 1), bodies, rows);
  for (const body of [...table.tBodies]) {
    if (!bodies.includes(body)) body.remove();
  }
  bodies.forEach((body, at) => arrangeRows(body, rows[at]));
  arrangeColumns(table, had, columns, all);
  return table;
}

function arrangeRows(body, rows) {
  for (const row of [...body.rows].slice(1)) {
    if (!rows.includes(row)) row.remove();
  }
  if (rows.some((row, at) => row !== body.rows[at + 1])) body.append(...rows);
}

function arrangeColumns(table, had, wanted, rows) {
  const [head] = table.tHead.rows;
  const kept = had.filter((column) => wanted.includes(column));
  const isMoved = kept.join() !== wanted.join();
  const seen = isMoved ? rows.filter(isInSight) : [];
  const gone = had.flatMap((column, at) => (wanted.includes(column) ? [] : [at + 1]));
  for (const row of gone.length ? [head, ...rows] : []) {
    for (const cell of gone.map((at) => row.cells[at])) cell.remove();
  }
  if (!isMoved) return;
  const places = wanted.map((column) => kept.indexOf(column) + 1);
  arrangeCells(head, places);
  // Those below what is in sight are the first to come into it.
  const below = rows.slice(rows.indexOf(seen.at(-1)) + 1);
  for (const row of [...below, ...rows]) behind.set(row, places);
  seen.forEach(showInOrder);
}

function isInSight(row) {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** Shows the cells of a row, which is a grid, in their order: that takes less time than to move them. */
function showInOrder(row) {
  behind.get(row).forEach((at, place) => {
    row.cells[at].style.order = place + 1;
  });
}

function moveCells(row) {
  arrangeCells(row, behind.get(row));
  behind.delete(row);
}

/** Puts the cells of a row in another order, and moves no more of them than it must. */
function arrangeCells(row, places) {
  const cells = [...row.cells];
  let next = cells[1];
  for (const cell of places.map((at) => cells[at])) {
    cell.removeAttribute("style");
    if (cell === next) next = next.nextElementSibling;
    else row.insertBefore(cell, next);
  }
}

function catchUp() {
  for (const row of behind.keys()) moveCells(row);
}
// What is printed is copied from the table as it stands.
addEventListener("beforeprint", catchUp, { capture: true });

/** Moves the cells that are behind, those of some rows at a time, whatever is asked for meanwhile; what has the focus keeps it. */
export async function catchUpInSteps() {
  while (behind.size) {
    await pause();
    const focus = document.activeElement;
    for (const row of [...behind.keys()].slice(0, STEP)) moveCells(row);
    if (focus !== document.activeElement) focus.focus({ preventScroll: true });
  }
}

/** Gives a table in order what else an answer says of it; the cells that the answer leaves out stay. */
export async function complete(table, answer, signal) {
  for (const part of ["caption", "colgroup"]) morph(table.querySelector(part), answer.querySelector(part));
  completeRow(table.tHead.rows[0], answer.tHead.rows[0]);
  for (const [at, body] of [...answer.tBodies].entries()) {
    await pause();
    signal.throwIfAborted();
    [...body.rows].forEach((row, number) => completeRow(table.tBodies[at].rows[number], row));
  }
  attributes(table, answer);
}

/** Gives the cells of a row what an answer says of them, of most rows that is their head. */
function completeRow(row, answer) {
  answer.removeAttribute("data-held");
  attributes(row, answer);
  [...answer.cells].forEach((cell, at) => {
    attributes(row.cells[at], cell);
    morph(row.cells[at], cell);
  });
}
