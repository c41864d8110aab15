// A large table that has all the cells of the next view is put in its order at once. Rows that are out of sight, and what
// else the next view says, follow in steps between which the browser can do as the reader asks.

import { attributes, morph } from "./morph.js";
import { turn } from "./turn.js";

/** So many rows behind those in sight are put in order with them: they may come into sight when others go. */
const AHEAD = 24;

/** Rows whose cells are still in the order before, and the places of the cells in that order. */
const behind = new Map();

const columnsOf = (table) => [...table.tHead.rows[0].cells].slice(1).map((head) => head.dataset.column);
const rowNamed = (name) => document.getElementById(`${name}-pick`)?.closest("tr");
/** Whether the browser shows a row or is about to; it skips the others. */
const isSeen = (row) => row.cells[0].checkVisibility?.({ contentVisibilityAuto: true }) ?? true;

/** The table with its columns and rows in an order, or turned round; nothing where it lacks something of that. */
export function arrange(table, { columns, groups, turned }) {
  catchUp();
  const had = columnsOf(table);
  const bodies = groups.map(({ id }) => document.getElementById(id));
  const rows = groups.map(({ rows }) => rows.map(rowNamed));
  const all = rows.flat();
  if (bodies.includes(null) || all.includes(undefined) || !columns.every((column) => had.includes(column))) return null;
  if (turned) return turn(table, columns.map((column) => had.indexOf(column) + 1), bodies, rows);
  const seen = all.filter(isSeen);
  for (const body of [...table.tBodies]) {
    if (!bodies.includes(body)) body.remove();
  }
  bodies.forEach((body, at) => arrangeRows(body, rows[at]));
  arrangeColumns(table, had, columns, all, seen);
  return table;
}

function arrangeRows(body, rows) {
  for (const row of [...body.rows].slice(1)) {
    if (!rows.includes(row)) row.remove();
  }
  if (rows.some((row, at) => row !== body.rows[at + 1])) body.append(...rows);
}

function arrangeColumns(table, had, wanted, rows, seen) {
  const [head] = table.tHead.rows;
  const gone = had.flatMap((column, at) => (wanted.includes(column) ? [] : [at + 1]));
  for (const row of gone.length ? [head, ...rows] : []) {
    for (const cell of gone.map((at) => row.cells[at])) cell.remove();
  }
  const kept = had.filter((column) => wanted.includes(column));
  if (kept.join() === wanted.join()) return;
  const places = wanted.map((column) => kept.indexOf(column) + 1);
  arrangeCells(head, places);
  const first = Math.max(0, rows.indexOf(seen[0]));
  const near = new Set(rows.slice(first, first + seen.length + AHEAD));
  for (const row of rows) {
    if (near.has(row)) arrangeCells(row, places);
    else behind.set(row, places);
  }
}

/** Puts the cells of a row in another order, and moves no more of them than it must. */
function arrangeCells(row, places) {
  const cells = [...row.cells];
  let next = cells[1];
  for (const cell of places.map((at) => cells[at])) {
    if (cell === next) next = next.nextElementSibling;
    else row.insertBefore(cell, next);
  }
}

function catchUp() {
  for (const [row, places] of behind) arrangeCells(row, places);
  behind.clear();
}
// What is printed is copied from the table as it stands.
addEventListener("beforeprint", catchUp, { capture: true });

/** Gives a table in order what else an answer says of it; the cells that the answer leaves out stay. */
export async function complete(table, answer, signal) {
  for (const part of ["caption", "colgroup"]) morph(table.querySelector(part), answer.querySelector(part));
  completeRow(table.tHead.rows[0], answer.tHead.rows[0]);
  for (const [at, body] of [...answer.tBodies].entries()) {
    await new Promise((resolve) => { setTimeout(resolve); });
    signal.throwIfAborted();
    [...body.rows].forEach((row, number) => completeRow(table.tBodies[at].rows[number], row));
  }
  attributes(table, answer);
}

/** Gives the cells of a row what an answer says of them, of most rows that is their head. */
function completeRow(row, answer) {
  if (behind.has(row)) arrangeCells(row, behind.get(row));
  behind.delete(row);
  answer.removeAttribute("data-held");
  attributes(row, answer);
  [...answer.cells].forEach((cell, at) => {
    attributes(row.cells[at], cell);
    morph(row.cells[at], cell);
  });
}
