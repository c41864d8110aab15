// Entry: the theme, the shortcuts, and the modules that a page turns out to need.
// Everything here improves what already works without it.

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
}

// Before the first paint: this module blocks rendering where browsers let it.
let theme = storage.read("theme");
setTheme(theme);

// Search: the header's form opens the dialog; without the dialog it leads to the search page.
async function openSearch(query) {
  try {
    (await import("./search.js")).open(query);
  } catch {
    location.assign("/search");
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-search]") || typeof HTMLDialogElement !== "function") return;
  event.preventDefault();
  openSearch(event.target.elements.q.value);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const command = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!slash && !command) return;
  event.preventDefault();
  openSearch("");
});

document.addEventListener("click", async (event) => {
  const anchor = event.target.closest(".anchor");
  const button = event.target.closest(".copy");
  const text = anchor?.href ?? button?.parentElement.querySelector("code").textContent;
  if (text === undefined) return;
  try {
    await navigator.clipboard.writeText(text);
    if (button) button.textContent = "Copied";
  } catch {
    if (button) getSelection().selectAllChildren(button.parentElement.querySelector("code"));
  }
});

// A code block gets its copy button when somebody comes near it.
function near(event) {
  const figure = event.target.closest?.("figure.code");
  if (figure && !figure.querySelector(".copy")) {
    const button = document.createElement("button");
    Object.assign(button, { className: "copy", type: "button", textContent: "Copy" });
    button.dataset.keep = "";
    figure.append(button);
  }
  if (event.target.closest?.("[data-compare]")) loadCompare();
}
document.addEventListener("pointerover", near);
document.addEventListener("focusin", near);

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
  for (const box of document.querySelectorAll(".matrix-scroller:not(:has(.rows))")) {
    const columns = box.querySelectorAll("thead th").length;
    if (columns <= PAPER_COLUMNS) continue;
    for (let start = 1; start <= columns; start += PAPER_COLUMNS) {
      const sheet = box.cloneNode(true);
      const count = Math.min(PAPER_COLUMNS, columns + 1 - start);
      sheet.dataset.keep = "";
      [...sheet.querySelectorAll("col")].slice(1 + count).forEach((column) => column.remove());
      for (const row of sheet.querySelector("table").rows) {
        if (row.className === "group") row.cells[0].colSpan = count + 1;
        else [...row.cells].forEach((cell, at) => at && (at < start || at >= start + count) && cell.remove());
      }
      box.before(sheet);
    }
  }
});
addEventListener("afterprint", () => {
  for (const sheet of document.querySelectorAll(".matrix-scroller[data-keep]")) sheet.remove();
});

document.addEventListener("change", async (event) => {
  const control = event.target;
  if (control.matches("[data-theme-picker]")) {
    theme = control.value;
    setTheme(theme);
    storage.write("theme", theme);
  } else if (control.closest("[data-compare]") && control.type !== "search") {
    (await loadCompare())?.choose(control.form);
  }
});

// The contents list marks the section that is being read.
const hasRoom = matchMedia("(min-width: 80rem)");
let spy;
function follow() {
  spy?.disconnect();
  if (!hasRoom.matches) return;
  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  const headings = [...document.querySelectorAll("main :is(h2, h3)[id]")].filter((heading) => links.has(encodeURIComponent(heading.id)) || links.has(heading.id));
  spy = new IntersectionObserver(() => {
    const read = headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    for (const [id, link] of links) {
      if (read && (id === read.id || id === encodeURIComponent(read.id))) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "0px 0px -66% 0px" });
  headings.forEach((heading) => spy.observe(heading));
}

function start() {
  const compared = document.querySelector("[data-compare]");
  if (compared) compared.dataset.shown = location.search;
  const picker = document.querySelector("[data-theme-picker]");
  if (picker) picker.value = theme;
  follow();
  hasRoom.addEventListener("change", follow);
  document.addEventListener("patched", follow);
  if ("live" in root.dataset) import("./live.js").catch(() => undefined);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
