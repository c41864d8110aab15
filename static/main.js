// Entry: the theme, the shortcuts, the reader's place, and the modules that a page turns out to need.
// Everything here improves what already works without it. This is a classic script in the head, so that
// every browser knows the chosen theme before it paints.
"use strict";

const root = document.documentElement;

const storage = {
  read(key) {
    try { return localStorage.getItem(key) ?? ""; } catch { return ""; }
  },
  write(key, value) {
    try { localStorage.setItem(key, value); } catch { /* private mode: the choice holds for this page */ }
  },
};

function setTheme(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  const picker = document.querySelector("[data-theme-picker]");
  if (picker) picker.value = theme;
}

function chooseTheme(theme) {
  storage.write("theme", theme);
  setTheme(theme);
}

setTheme(storage.read("theme"));
addEventListener("storage", (event) => {
  if (event.key === "theme") setTheme(event.newValue ?? "");
});

/** Tells in words what happened, for those who do not see it. */
function say(words) {
  document.getElementById("fg-said").textContent = words;
}

// Search: the header's form opens the dialog; without the dialog it leads to the search page, as other forms do.
async function openSearch(query) {
  try {
    (await import("./search.js")).open(query, searches);
  } catch {
    location.assign("/search");
  }
}

/** The searches that led somewhere. */
const searches = {
  key: "searches",
  most: 8,
  /** The last one first. */
  recent() {
    try {
      const kept = JSON.parse(storage.read(this.key) || "[]");
      return Array.isArray(kept) ? kept.filter((query) => typeof query === "string").slice(0, this.most) : [];
    } catch { return []; }
  },
  keep(text) {
    const query = text.trim();
    const others = this.recent().filter((other) => other !== query);
    if (query) storage.write(this.key, JSON.stringify([query, ...others].slice(0, this.most)));
  },
  forget() {
    storage.write(this.key, "[]");
  },
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-search]") && typeof HTMLDialogElement === "function") {
    event.preventDefault();
    openSearch(form.elements.q.value);
  } else if (form.matches('[action="/search"]')) searches.keep(form.elements.q.value);
});

// Shortcuts. Those of a single key can be switched off in the help sheet.
const shortcuts = {
  "/": () => openSearch(""),
  "?": showKeys,
  j: () => step(1),
  k: () => step(-1),
  n: () => document.querySelector("a[rel=next]")?.click(),
  p: () => document.querySelector("a[rel=prev]")?.click(),
  t: nextTheme,
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  const single = !typing && !event.ctrlKey && !event.metaKey && !event.altKey && storage.read("keys") !== "off";
  const command = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const act = command ? shortcuts["/"] : single && Object.hasOwn(shortcuts, event.key) && shortcuts[event.key];
  if (!act) return;
  event.preventDefault();
  if (!document.querySelector("dialog[open]")) act();
});

async function showKeys() {
  (await import("./keys.js").catch(() => undefined))?.open(storage);
}

function nextTheme() {
  const picker = document.querySelector("[data-theme-picker]");
  const next = picker.options[(picker.selectedIndex + 1) % picker.options.length];
  chooseTheme(next.value);
  say(`Theme: ${next.text}`);
}

/** Goes to the next heading, or to the one before. */
function step(by) {
  const links = [...document.querySelectorAll("main .heading > .anchor")];
  const height = parseFloat(getComputedStyle(root).scrollPaddingBlockStart) || 0;
  const offset = (link) => link.parentElement.getBoundingClientRect().top - height;
  let at = links.indexOf(document.activeElement);
  if (at < 0) at = by > 0 ? links.findLastIndex((link) => offset(link) < 4) : links.findIndex((link) => offset(link) > -4);
  if (at < 0 && by < 0) at = links.length;
  const link = links[at + by];
  if (!link) return;
  history.replaceState(null, "", link.hash);
  link.parentElement.scrollIntoView();
  link.focus({ preventScroll: true });
}

// What is clicked: links to headings are copied, sources open in place, code and figures have their tools.
document.addEventListener("click", (event) => {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const hit = (selector) => event.target.closest(selector);
  const anchor = hit(".anchor");
  const button = hit(".tools button, .enlarge, [data-keys]");
  const mark = isPlain && hit('.cite a[href^="#"]');
  if (anchor) copy(anchor.href, anchor, "Link copied").catch(() => undefined);
  else if (mark && "popover" in mark) {
    event.preventDefault();
    showNote(mark);
  } else if (button?.matches(".copy")) copyCode(button);
  else if (button?.matches(".wrap")) button.setAttribute("aria-pressed", String(button.ariaPressed !== "true"));
  else if (button?.matches(".enlarge")) enlarge(button);
  else if (button) showKeys();
  const fold = document.querySelector(".contents-fold[open]");
  if (fold && !hit(".contents-fold summary")) fold.open = false;
});

document.addEventListener("keydown", (event) => {
  const fold = event.key === "Escape" && document.activeElement.closest(".contents-fold[open]");
  if (!fold) return;
  fold.open = false;
  fold.querySelector("summary").focus();
});

async function copy(text, from, words) {
  await navigator.clipboard.writeText(text);
  from.dataset.copied = "";
  say(words);
  setTimeout(() => delete from.dataset.copied, 2000);
}

function copyCode(button) {
  const code = button.closest("figure").querySelector("code");
  copy(code.textContent, button, "Code copied").catch(() => getSelection().selectAllChildren(code));
}

async function showNote(mark) {
  try {
    (await import("./notes.js")).open(mark);
  } catch {
    location.assign(mark.href);
  }
}

async function enlarge(button) {
  (await import("./large.js").catch(() => undefined))?.open(button.previousElementSibling ?? button.parentElement);
}

const DRAWN = ".diagram > .scroller, .chart svg.narrow, .prose img";

/** Gives code its buttons, and figures that hold more than fits one to be opened large. */
function equip() {
  const codes = [...document.querySelectorAll("figure.code")].map((figure) => {
    const pre = figure.querySelector("pre");
    return [figure, pre.scrollWidth > pre.clientWidth];
  });
  const figures = [...document.querySelectorAll(DRAWN)].map((part) => [part, isTight(part)]);
  for (const [figure, isWide] of codes) {
    const tools = child(figure, ".tools", () => element("div", "tools", "", element("button", "wrap", "Wrap"), element("button", "copy", "Copy")));
    const wrap = tools.firstElementChild;
    wrap.hidden = !isWide && wrap.ariaPressed !== "true";
    wrap.ariaPressed ??= "false";
  }
  for (const [part, isTight] of figures) {
    const after = part.nextElementSibling?.matches(".enlarge") ? part.nextElementSibling : null;
    if (isTight && !after) part.after(element("button", "enlarge", "Enlarge"));
    else if (!isTight) after?.remove();
  }
  for (const button of document.querySelectorAll(".enlarge")) {
    if (!button.previousElementSibling?.matches(DRAWN)) button.remove();
  }
}

/** Whether a part of a figure shows less than there is. */
function isTight(part) {
  if (part.localName === "img") return part.naturalWidth > part.clientWidth * 1.2;
  if (part.localName === "svg") return part.getClientRects().length > 0;
  return part.scrollWidth > part.clientWidth;
}

function child(parent, selector, make) {
  return parent.querySelector(`:scope > ${selector}`) ?? parent.appendChild(make());
}

/** An element that belongs to scripts: live reload leaves it where it is. */
function element(name, className, text, ...children) {
  const made = Object.assign(document.createElement(name), { className });
  if (name === "button") made.type = "button";
  made.dataset.keep = "";
  made.append(text, ...children);
  return made;
}

let compare;
function loadCompare() {
  compare ??= import("./compare.js").catch(() => undefined);
  return compare;
}

addEventListener("popstate", async () => {
  if (document.querySelector("[data-compare]")) (await loadCompare())?.restore();
});

// On paper a wide table becomes several of few columns, each with its heads.
const PAPER_COLUMNS = 4;
addEventListener("beforeprint", () => {
  for (const box of document.querySelectorAll(".matrix-scroller")) {
    const end = box.querySelectorAll("col").length;
    if (end - 1 <= PAPER_COLUMNS) continue;
    for (let start = 1; start < end; start += PAPER_COLUMNS) {
      const sheet = box.cloneNode(true);
      sheet.dataset.keep = "";
      cut(sheet.querySelector("table"), start, Math.min(start + PAPER_COLUMNS, end));
      box.before(sheet);
    }
  }
});

/** Leaves of a table the heads of its rows, and its columns from `start` up to `end`. */
function cut(table, start, end) {
  [...table.querySelectorAll("col")].slice(1 + end - start).forEach((column) => column.remove());
  for (const row of table.rows) {
    let after = 0;
    for (const cell of [...row.cells]) {
      const first = after;
      after += cell.colSpan;
      const span = Math.max(0, Math.min(after, end) - Math.max(first, start)) + (first === 0 ? 1 : 0);
      if (span) cell.colSpan = span;
      else cell.remove();
    }
  }
}

addEventListener("afterprint", () => {
  for (const sheet of document.querySelectorAll(".matrix-scroller[data-keep]")) sheet.remove();
});

function near(event) {
  if (event.target.closest?.("[data-compare]")) loadCompare();
}
document.addEventListener("pointerover", near);
document.addEventListener("focusin", near);

document.addEventListener("change", async (event) => {
  const control = event.target;
  if (control.matches("[data-theme-picker]")) chooseTheme(control.value);
  else if (control.closest("[data-compare]") && control.type !== "search") (await loadCompare())?.choose(control.form, control);
});

// The contents lists mark the section that is being read. The line of reading wanders from the top of the
// window to its end as the page is scrolled, so that the last sections have their turn too.
let places = [];
let isFollowing = false;

function learnPlaces() {
  const links = [...document.querySelectorAll(":is(.contents, .contents-fold) li a")];
  const ids = new Set(links.map((link) => decodeURIComponent(link.hash.slice(1))));
  const headings = [...ids].map((id) => document.getElementById(id)).filter(Boolean);
  places = headings.map((heading) => ({ heading, links: links.filter((link) => decodeURIComponent(link.hash.slice(1)) === heading.id) }));
  follow();
}

function follow() {
  isFollowing = false;
  const rest = root.scrollHeight - innerHeight;
  const line = 80 + (innerHeight - 80) * (rest > 0 ? Math.min(1, scrollY / rest) : 0);
  root.toggleAttribute("data-away", scrollY > innerHeight);
  const read = places.findLast(({ heading }) => heading.getBoundingClientRect().top < line) ?? places[0];
  for (const place of places) {
    for (const link of place.links) {
      if (place !== read) link.removeAttribute("aria-current");
      else if (!link.ariaCurrent) {
        link.setAttribute("aria-current", "location");
        reveal(link);
      }
    }
  }
}

/** Keeps the marked entry of a contents list in sight, without moving the page. */
function reveal(link) {
  const list = link.closest(".contents");
  if (list && list.scrollHeight > list.clientHeight) list.scrollTop = link.offsetTop - list.clientHeight / 2;
  const here = link.closest(".contents-fold")?.querySelector(".here");
  if (here) here.textContent = link.firstChild.textContent.trim();
}

addEventListener("scroll", () => {
  if (!isFollowing) requestAnimationFrame(follow);
  isFollowing = true;
}, { passive: true });

function start() {
  const compared = document.querySelector("[data-compare]");
  if (compared) compared.dataset.shown = location.search;
  setTheme(storage.read("theme"));
  learnPlaces();
  equip();
  addEventListener("resize", equip);
  document.addEventListener("load", equip, true);
  document.addEventListener("patched", () => {
    learnPlaces();
    equip();
  });
  if ("live" in root.dataset) import("./live.js").catch(() => undefined);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
