// The search dialog: results as you type, from the same fragment that the search page shows.
// A combobox in the sense of the ARIA practices: the focus stays in the field, arrows choose a result.

const KEY = "query";
let dialog, field, panel, status;
let request = null;
let hits = [];
let active = -1;

function remembered() {
  try { return sessionStorage.getItem(KEY) ?? ""; } catch { return ""; }
}

function remember(query) {
  try { sessionStorage.setItem(KEY, query); } catch { /* then it is forgotten */ }
}

function build() {
  dialog = document.createElement("dialog");
  dialog.className = "search-dialog";
  dialog.dataset.keep = "";
  dialog.setAttribute("aria-label", "Search");
  dialog.innerHTML = `<form action="/search">
<input name="q" type="text" inputmode="search" enterkeyhint="search" autocomplete="off" autocapitalize="off" spellcheck="false"
 placeholder="Search" aria-label="Search this site" role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="fg-hits">
<button type="button">Close</button></form>
<p class="vh" role="status"></p>
<div class="search-panel" tabindex="0"></div>
<p class="search-keys"><kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> open <kbd>Ctrl</kbd> <kbd>Enter</kbd> in a new tab <kbd>Esc</kbd> close</p>`;
  field = dialog.querySelector("input");
  panel = dialog.querySelector(".search-panel");
  status = dialog.querySelector("[role=status]");
  field.addEventListener("input", ask);
  field.addEventListener("keydown", onKey);
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", onClick);
  dialog.addEventListener("close", () => request?.abort());
  document.body.append(dialog);
}

/** Opens the dialog with a query, or with the last one. */
export function open(query) {
  if (!dialog) build();
  if (dialog.open) return;
  field.value = query || remembered();
  dialog.showModal();
  field.focus();
  field.select();
  choose(-1);
  ask();
}

async function ask() {
  request?.abort();
  const query = field.value.trim();
  remember(query);
  if (!query) return show("", "");
  request = new AbortController();
  const { signal } = request;
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`/search?${new URLSearchParams({ q: query, fragment: "1" })}`, { signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const html = await answer.text();
    if (!signal.aborted) show(html);
  } catch (error) {
    if (error.name === "AbortError") return;
    show("", "Results cannot be fetched. Press Enter to go to the search page.");
    panel.textContent = status.textContent;
  }
}

/** Puts results in place, as options of a list box, and says how many there are. A hit that was chosen stays so. */
function show(html, message) {
  const chosen = hits[active]?.dataset.href;
  panel.innerHTML = html;
  panel.removeAttribute("aria-busy");
  const list = panel.querySelector(".hits");
  hits = list ? [...list.querySelectorAll(".hit")] : [];
  if (list) {
    list.id = "fg-hits";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Results");
  }
  hits.forEach((hit, index) => {
    const link = hit.querySelector("a");
    hit.id = `fg-hit-${index}`;
    hit.dataset.href = link.href;
    link.removeAttribute("href"); // an option holds nothing that takes the focus
    hit.setAttribute("role", "option");
  });
  field.setAttribute("aria-expanded", String(hits.length > 0));
  status.textContent = message ?? panel.querySelector(".count")?.textContent.trim() ?? "";
  panel.scrollTop = 0;
  choose(chosen ? hits.findIndex((hit) => hit.dataset.href === chosen) : -1);
}

function choose(index) {
  active = index;
  hits.forEach((hit, at) => hit.setAttribute("aria-selected", String(at === active)));
  if (active < 0) {
    field.removeAttribute("aria-activedescendant");
    return;
  }
  field.setAttribute("aria-activedescendant", hits[active].id);
  hits[active].scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  const count = hits.length;
  if (event.isComposing) return;
  if (event.key === "ArrowDown" && count) choose((active + 1) % count);
  else if (event.key === "ArrowUp" && count) choose(active <= 0 ? count - 1 : active - 1);
  else if (event.key === "Enter" && active >= 0) go(hits[active], event.ctrlKey || event.metaKey);
  else return;
  event.preventDefault();
}

function onClick(event) {
  const hit = event.target.closest(".hit");
  const link = event.target.closest("a[href]");
  if (event.target === dialog) dialog.close();
  else if (hit) go(hit, event.ctrlKey || event.metaKey);
  else if (link?.pathname === "/search" && link.closest(".instead")) {
    event.preventDefault();
    field.value = new URLSearchParams(link.search).get("q");
    field.focus();
    ask();
  }
}

function go(hit, inNewTab) {
  if (inNewTab) {
    window.open(hit.dataset.href, "_blank", "noopener");
    return;
  }
  dialog.close();
  location.assign(hit.dataset.href);
}
