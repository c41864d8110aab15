// The comparison and the choice without page loads: each link and each control fetches the same address as
// it would lead to, and the answer is put in place. Whatever fails is left to the browser.

import { morph } from "./morph.js";

let request = null;
let typing = false;

export const region = () => document.querySelector("[data-compare]");
export const formOf = () => region().querySelector("form");

/** The address that a form leads to: lists joined by commas, must-haves one by one, empty values left out. */
function addressOf(form) {
  const url = new URL(form.action);
  const data = new FormData(form);
  const parts = [...new Set(data.keys())].flatMap((key) => {
    const values = data.getAll(key).filter(Boolean).map(encodeURIComponent);
    const lists = key === "must" ? values : values.length ? [values.join(",")] : [];
    return lists.map((value) => `${encodeURIComponent(key)}=${value}`);
  });
  url.search = parts.join("&");
  return url;
}

/** Shows what stands at an address; `how` says what becomes of the history: a "step", one for all that is "typed", nothing. */
export async function show(url, how) {
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  const fragment = new URL(url);
  fragment.searchParams.set("fragment", "1");
  const held = heldCells();
  if (held) fragment.searchParams.set("held", held.edition);
  region().setAttribute("aria-busy", "true");
  try {
    let next = await answerOf(fragment, signal);
    if (!holdsAllOf(held, next)) {
      fragment.searchParams.delete("held");
      next = await answerOf(fragment, signal);
    }
    put(next.body, how !== null, held);
    const query = formOf().dataset.query ?? "";
    const same = query === region().dataset.shown;
    if (how && !same) history[how === "typed" && typing ? "replaceState" : "pushState"](null, "", location.pathname + query);
    typing = how === "typed" && (typing || !same);
    region().dataset.shown = how ? query : location.search;
    title(formOf().dataset.title);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  } finally {
    if (!signal.aborted) region().removeAttribute("aria-busy");
  }
}

async function answerOf(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** The cells of a large table, which the next answer may leave out: its rows by name, and its columns in order. */
function heldCells() {
  const table = region().querySelector("table[data-edition]");
  if (!table) return null;
  const rows = [...table.querySelectorAll("tr[data-row]")].map((row) => [row.dataset.row, row]);
  return { edition: table.dataset.edition, rows: new Map(rows), columns: columnsOf(table) };
}

const columnsOf = (table) => [...table.tHead.rows[0].cells].slice(1).map((head) => head.dataset.column);

/** Whether every cell that an answer leaves out is held. */
function holdsAllOf(held, next) {
  const rows = [...next.querySelectorAll("tr[data-held]")];
  if (!rows.length) return true;
  const columns = columnsOf(rows[0].closest("table"));
  return rows.every((row) => held.rows.has(row.dataset.row)) && columns.every((column) => held.columns.includes(column));
}

/** Gives the rows of a table the cells that were left out of them. */
function complete(table, held) {
  const order = columnsOf(table).map((column) => held.columns.indexOf(column) + 1);
  for (const row of table.querySelectorAll("tr[data-held]")) {
    const { cells } = held.rows.get(row.dataset.row);
    row.append(...order.map((at) => cells[at]));
    row.removeAttribute("data-held");
  }
}

/** Names the page anew: two frameworks have a title of their own. */
function title(text) {
  const heading = document.querySelector("main h1");
  if (!text || heading.textContent === text) return;
  document.title = document.title.replace(heading.textContent, text);
  heading.textContent = text;
}

/** Puts the new state in place; what had the focus keeps it, wherever it is now, and what is being typed may stay. */
function put(next, keepsTyped, held) {
  const focus = document.activeElement;
  const typed = keepsTyped && focus.matches("input[type=search]") && [focus.value, focus.selectionStart];
  const fields = focus.closest("fieldset");
  const field = focus.localName === "input" && next.ownerDocument.getElementById(focus.id);
  const scroller = region().querySelector(".scroller");
  const left = scroller?.scrollLeft;
  // Tables are put in whole: to change thousands of cells one by one takes longer than to draw them.
  const tables = [...next.querySelectorAll("table.matrix")];
  for (const table of tables) table.replaceWith(table.cloneNode());
  for (const table of region().querySelectorAll("table.matrix")) table.replaceChildren();
  morph(region(), next);
  [...region().querySelectorAll("table.matrix")].forEach((hole, at) => hole.replaceWith(tables[at]));
  if (held) tables.forEach((table) => complete(table, held));
  if (field) focus.defaultValue = field.defaultValue;
  formOf().reset();
  if (typed && focus.isConnected) {
    focus.value = typed[0];
    focus.setSelectionRange(typed[1], typed[1]);
  }
  completeEmbed();
  if (scroller?.isConnected) scroller.scrollLeft = left;
  if (focus !== document.activeElement) successorOf(focus.id, fields)?.focus({ preventScroll: true });
}

/** What takes the focus of an element that may be gone: itself, the arrow the other way, its fields, the table. */
function successorOf(id, fields) {
  const turned = id.replace(/^fg-(left|right)-/, (_, way) => `fg-${way === "left" ? "right" : "left"}-`);
  const found = document.getElementById(id) ?? document.getElementById(turned) ?? fields?.querySelector("input, select");
  const fold = found?.closest("details:not([open])");
  return fold?.querySelector("summary") ?? found ?? region().querySelector(".scroller, .heads a");
}

/** Where the site does not say where it is published, the code that embeds the table holds what stands in the address bar. */
function completeEmbed() {
  const code = region()?.querySelector("#fg-embed code[data-as-asked]");
  if (code) code.textContent = code.textContent.replace(/src="\w+:\/\/[^/]+/, `src="${location.origin}`);
}

completeEmbed();
for (const change of ["DOMContentLoaded", "patched"]) document.addEventListener(change, completeEmbed);

/** Shows what the form's controls ask for. */
export function choose(form) {
  if (form) show(addressOf(form), "step");
}

/** Shows what the address asks for, after the reader went back or forward. */
export function restore() {
  const isBusy = region().hasAttribute("aria-busy");
  if (isBusy || location.search !== region().dataset.shown) show(location.href, null);
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest("[data-compare]")) return;
  event.preventDefault();
  if (typing && document.activeElement.matches("input[type=search]")) endWord(event.target);
  else choose(event.target);
});

/** Shows a word that was sent before its last letters were answered: it is still the step that its first letter made. */
async function endWord(form) {
  await show(addressOf(form), "typed");
  typing = false;
}

// While somebody types, each letter is shown and the whole word is one step of the history.
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-compare] input[type=search]")) return;
  show(addressOf(event.target.form), "typed");
});

document.addEventListener("click", (event) => {
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const link = isPlain && event.target.closest("[data-compare] a:is([data-swap], [data-copy])");
  if (!link) return;
  event.preventDefault();
  if ("swap" in link.dataset) show(link.href, "step");
  else copy(link).catch(() => location.assign(link.href));
});

/** Copies the address of a link, and says so for a while. */
async function copy(link) {
  await navigator.clipboard.writeText(link.href);
  const said = document.getElementById("fg-said");
  link.dataset.copied = "";
  said.textContent = "Link copied";
  setTimeout(() => {
    delete link.dataset.copied;
    said.textContent = "";
  }, 2000);
}

document.addEventListener("pointerdown", (event) => {
  // A fold of choices closes when the reader goes on elsewhere.
  for (const fold of document.querySelectorAll("[data-compare] .controls details[open]")) {
    if (!fold.contains(event.target)) fold.open = false;
  }
});
document.addEventListener("pointerover", (event) => {
  if (event.target.closest?.("[data-compare] [data-column]")) import("./drag.js").catch(() => undefined);
});

document.addEventListener("keydown", (event) => {
  const fold = event.key === "Escape" && document.activeElement?.closest(".controls details[open]");
  if (!fold) return;
  fold.open = false;
  fold.querySelector("summary").focus();
});
