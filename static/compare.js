// The comparison and the choice without page loads: each link and each control fetches the same address as
// it would lead to, and the answer is put in place. Whatever fails is left to the browser.

import { morph } from "./morph.js";

let request = null;
let typing = false;
/** What a link or a field asks for is read when all of the page, or of the last answer, is there: links come last. */
let settled = new Promise((resolve) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve, { once: true });
  else resolve();
});

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
  region().setAttribute("aria-busy", "true");
  try {
    const table = await tableInOrder(url, signal);
    const whole = showWhole(url, how, table, signal);
    // Steps that wait for this one come before those that are taken from now on.
    if (table) settled = Promise.all([settled, whole.catch(() => undefined)]);
    await whole;
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  } finally {
    if (!signal.aborted) region().removeAttribute("aria-busy");
  }
}

/** The large table that is shown, once it stands as an address asks for; nothing where it lacks cells for that. */
async function tableInOrder(url, signal) {
  const table = region().querySelector("table[data-edition]");
  if (!table) return null;
  // Where a text is opened, its cell is not what it is in other views.
  const isPlain = !formOf().elements.open;
  const asked = isPlain && ask(url, { order: 1, held: table.dataset.edition }, signal).then((answer) => answer.json());
  const [order, { arrange }] = await Promise.all([asked, import("./arrange.js")]);
  signal.throwIfAborted();
  const focus = document.activeElement;
  const arranged = order && arrange(table, order);
  if (!arranged) {
    delete table.dataset.edition;
    return null;
  }
  arranged.setAttribute("aria-busy", "true");
  refocus(focus);
  return arranged;
}

/** Shows the whole answer; of a table that stands in order and is not turned, all that is not in its cells. */
async function showWhole(url, how, table, signal) {
  const edition = table?.dataset.edition;
  if (table) {
    region().removeAttribute("aria-busy");
    await painted();
  }
  const arranging = table && (await import("./arrange.js"));
  const asked = ask(url, { fragment: 1, ...(edition && { held: edition }) }, signal);
  const [answer] = await Promise.all([asked, arranging?.catchUpInSteps()]);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  signal.throwIfAborted();
  // Another edition has other cells, and sends them; it may have come to the page meanwhile.
  const isHeld = next.querySelector("tr[data-held]") !== null;
  if (isHeld && !(table.isConnected && table.dataset.edition === edition)) throw new Error("the cells are gone");
  const bare = put(next, how !== null, isHeld && table);
  if (bare) await arranging.complete(table, bare, signal);
  const query = formOf().dataset.query ?? "";
  const same = query === region().dataset.shown;
  if (how && !same) history[how === "typed" && typing ? "replaceState" : "pushState"](null, "", location.pathname + query);
  typing = how === "typed" && (typing || !same);
  region().dataset.shown = how ? query : location.search;
  title(formOf().dataset.title);
}

async function ask(url, keys, signal) {
  const address = new URL(url);
  for (const [key, value] of Object.entries(keys)) address.searchParams.set(key, value);
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer;
}

/** Waits until the browser has shown what was changed; in a tab that is out of sight it shows nothing. */
function painted() {
  return new Promise((resolve) => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** Names the page anew: two frameworks have a title of their own. */
function title(text) {
  const heading = document.querySelector("main h1");
  if (!text || heading.textContent === text) return;
  document.title = document.title.replace(heading.textContent, text);
  heading.textContent = text;
}

/**
 * Puts the new state in place; what had the focus keeps it, wherever it is now, and what is being typed may stay.
 * A table that is kept as it is has no part in that: what the new state says of it comes back.
 */
function put(next, keepsTyped, kept) {
  const focus = document.activeElement;
  const typed = keepsTyped && focus.matches("input[type=search]") && [focus.value, focus.selectionStart];
  const fields = focus.closest("fieldset");
  const field = focus.localName === "input" && next.ownerDocument.getElementById(focus.id);
  const bare = kept ? putAround(kept, next) : putTables(next);
  if (field) focus.defaultValue = field.defaultValue;
  formOf().reset();
  if (typed && focus.isConnected) {
    focus.value = typed[0];
    focus.setSelectionRange(typed[1], typed[1]);
  }
  completeEmbed();
  refocus(focus, fields);
  return bare;
}

/** Changes all but a table; what is new of that comes back. */
function putAround(kept, next) {
  const bare = next.querySelector("table.matrix");
  const around = kept.parentElement;
  around.id = bare.parentElement.id = "fg-kept";
  bare.remove();
  kept.dataset.keep = "";
  morph(region(), next);
  delete kept.dataset.keep;
  around.removeAttribute("id");
  return bare;
}

/** Changes all, and puts tables in whole: to change thousands of cells one by one takes longer than to draw them. */
function putTables(next) {
  const scroller = region().querySelector(".scroller");
  const left = scroller?.scrollLeft;
  const tables = [...next.querySelectorAll("table.matrix")];
  for (const table of tables) table.replaceWith(table.cloneNode());
  for (const table of region().querySelectorAll("table.matrix")) table.replaceChildren();
  morph(region(), next);
  [...region().querySelectorAll("table.matrix")].forEach((hole, at) => hole.replaceWith(tables[at]));
  if (scroller?.isConnected) scroller.scrollLeft = left;
}

/** Gives the focus back to what had it, wherever it is now, or to what takes its place. */
function refocus(focus, fields) {
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

if (region()?.querySelector("table[data-edition]")) import("./arrange.js").catch(() => undefined);
completeEmbed();
for (const change of ["DOMContentLoaded", "patched"]) document.addEventListener(change, completeEmbed);

/** Shows what the form's controls ask for; the one that was changed stays as it is, whatever comes first. */
export async function choose(form, control) {
  const { checked, value } = control ?? {};
  await settled;
  if (control?.type === "checkbox") control.checked = checked;
  else if (control) control.value = value;
  if (form) show(addressOf(form), "step");
}

/** Takes a step when all of the page, or of the last answer, is there: where it leads, if anywhere, is asked then. */
export function follow(leadsTo) {
  settled = settled.then(() => {
    const address = leadsTo();
    return address && show(address, "step");
  });
}

/** Shows what the address asks for, after the reader went back or forward. */
export function restore() {
  const isBusy = region().matches("[aria-busy], :has([aria-busy])");
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
  const { target } = event;
  if (target.matches("[data-compare] input[type=search]")) settled.then(() => show(addressOf(target.form), "typed"));
});

document.addEventListener("click", (event) => {
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const link = isPlain && event.target.closest("[data-compare] a:is([data-swap], [data-copy])");
  if (!link) return;
  event.preventDefault();
  if ("swap" in link.dataset) follow(() => asItStands(link).href);
  else copy(link).catch(() => location.assign(link.href));
});

/** A link that was followed while an answer was awaited: that may have put another in its place. */
function asItStands(link) {
  return link.isConnected ? link : (document.getElementById(link.id) ?? link);
}

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

document.addEventListener("click", (event) => {
  // A fold of choices closes once the reader went on elsewhere; before that, what is pressed would move from under a finger.
  if (!event.detail) return; // Enter in a field clicks its form's button
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
