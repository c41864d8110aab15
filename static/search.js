// The search dialog: results as you type, from the same fragment that the search page shows.
// A combobox in the sense of the ARIA practices: the focus stays in the field, arrows choose an option.
// An option is a hit, the row of the comparison that answers the query, or a search made before.

const QUERY = "query";
let dialog, field, panel, status, searches;
let request = null;
let options = [];
let active = -1;
let isPressedBeside = false; // by a press that is let go there too

function lastQuery() {
  try { return sessionStorage.getItem(QUERY) ?? ""; } catch { return ""; }
}

function remember(query) {
  try { sessionStorage.setItem(QUERY, query); } catch { /* then it is forgotten */ }
}

function build() {
  dialog = document.createElement("dialog");
  dialog.className = "search-dialog";
  dialog.dataset.keep = "";
  dialog.setAttribute("aria-label", "Search");
  dialog.innerHTML = `<form action="/search">
<input name="q" type="text" inputmode="search" enterkeyhint="search" autocomplete="off" autocapitalize="off" spellcheck="false"
 placeholder="Search" aria-label="Search this site" role="combobox" aria-autocomplete="list" aria-haspopup="listbox" aria-expanded="false" aria-controls="fg-hits">
<button type="button">Close</button></form>
<p class="vh" role="status"></p>
<div class="search-panel" tabindex="0" role="group" aria-label="Results"></div>
<p class="search-keys"><kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> open <kbd>Ctrl</kbd> <kbd>Enter</kbd> in a new tab <kbd>Esc</kbd> close</p>`;
  field = dialog.querySelector("input");
  panel = dialog.querySelector(".search-panel");
  status = dialog.querySelector("[role=status]");
  field.addEventListener("input", ask);
  field.addEventListener("keydown", onKey);
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  dialog.addEventListener("pointerdown", ({ target }) => { isPressedBeside = target === dialog; });
  dialog.addEventListener("pointerup", ({ target }) => { isPressedBeside &&= target === dialog; });
  dialog.addEventListener("click", onClick);
  dialog.addEventListener("auxclick", onClick);
  dialog.addEventListener("close", () => request?.abort());
  document.body.append(dialog);
}

/** Opens the dialog with a query, or with the last one; `made` holds the searches that were made. */
export function open(query, made) {
  searches = made;
  if (!dialog) build();
  if (dialog.open) return;
  field.value = query || lastQuery();
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
  if (!query && searches.recent().length) return showRecent();
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

/** Puts results in place, as options of a list box, and says how many there are. An option that was chosen stays so. */
function show(html, message) {
  const chosen = options[active]?.dataset.key;
  panel.innerHTML = html;
  panel.removeAttribute("aria-busy");
  const list = panel.querySelector(".hits");
  const answer = panel.querySelector(".answer");
  if (list && answer) list.prepend(asOption(answer));
  list?.querySelectorAll(".hit:not(.answer)").forEach((hit) => {
    const { href, pathname, hash } = hit.querySelector("a");
    Object.assign(hit.dataset, { href, key: pathname + hash }); // the words to mark change with each letter
  });
  offer(list, "Results");
  status.textContent = message ?? panel.querySelector(".count")?.textContent.trim() ?? "";
  panel.scrollTop = 0;
  choose(chosen ? options.findIndex((option) => option.dataset.key === chosen) : -1);
}

/** The row of the comparison as one option that leads to it. */
function asOption(answer) {
  const option = document.createElement("li");
  option.className = "hit answer";
  option.dataset.href = option.dataset.key = answer.querySelector(".answer-more a").href;
  option.append(...answer.childNodes);
  answer.remove();
  return option;
}

/** Makes the items of a list the options to choose from; without a list there are none. */
function offer(list, name) {
  options = list ? [...list.children] : [];
  if (list) {
    list.id = "fg-hits";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", name);
  }
  options.forEach((option, index) => {
    option.id = `fg-hit-${index}`;
    option.setAttribute("role", "option");
    for (const link of option.querySelectorAll("a[href]")) { // an option holds nothing that takes the focus
      link.dataset.href = link.href;
      link.removeAttribute("href");
    }
  });
  field.setAttribute("aria-expanded", String(options.length > 0));
}

/** What was searched for before, while nothing is typed. */
function showRecent() {
  panel.removeAttribute("aria-busy");
  panel.innerHTML = `<p class="recent">Recent searches <button type="button" data-forget>Forget them</button></p><ul class="hits"></ul>`;
  status.textContent = "";
  const list = panel.querySelector("ul");
  list.append(...searches.recent().map((query) => {
    const item = document.createElement("li");
    item.className = "hit";
    item.dataset.query = item.textContent = query;
    return item;
  }));
  offer(list, "Recent searches");
  choose(-1);
}

function choose(index) {
  active = index;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
  if (active < 0) {
    field.removeAttribute("aria-activedescendant");
    return;
  }
  field.setAttribute("aria-activedescendant", options[active].id);
  options[active].scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  const count = options.length;
  const inNewTab = event.ctrlKey || event.metaKey;
  if (event.isComposing) return;
  if (event.key === "ArrowDown" && count) choose((active + 1) % count);
  else if (event.key === "ArrowUp" && count) choose(active <= 0 ? count - 1 : active - 1);
  else if (event.key === "Enter" && active >= 0) go(options[active].dataset, inNewTab);
  else if (event.key === "Enter" && inNewTab) go({ href: `/search?${new URLSearchParams({ q: field.value.trim() })}` }, true);
  else return;
  event.preventDefault();
}

function onClick(event) {
  const { target } = event;
  if (event.type === "auxclick" && event.button !== 1) return;
  const option = target.closest("[data-href], [data-query]");
  const correction = target.closest(".instead a");
  const inNewTab = event.ctrlKey || event.metaKey || event.button === 1;
  if (target === dialog && isPressedBeside) dialog.close();
  else if (option) go(option.dataset, inNewTab);
  else if (target.closest("[data-forget]")) {
    searches.forget();
    search("");
  } else if (correction && !inNewTab) {
    event.preventDefault();
    search(new URLSearchParams(correction.search).get("q"));
  }
}

function search(query) {
  field.value = query;
  field.focus();
  ask();
}

function go({ href, query }, inNewTab) {
  if (query) return search(query);
  searches.keep(field.value);
  if (inNewTab) {
    window.open(href, "_blank", "noopener");
    return;
  }
  dialog.close();
  location.assign(href);
}
