// The comparison without page loads: each link and each control fetches the same address as it would
// lead to, and the answer is put in place. Whatever fails is left to the browser.

import { morph } from "./morph.js";

let request = null;
let shown = location.search;

const region = () => document.querySelector("[data-compare]");

/** The address that a form leads to, lists joined by commas and empty values left out. */
function addressOf(form) {
  const url = new URL(form.action);
  const data = new FormData(form);
  const parts = [...new Set(data.keys())].map((key) => {
    const values = data.getAll(key).filter(Boolean).map(encodeURIComponent);
    return values.length ? `${encodeURIComponent(key)}=${values.join(",")}` : "";
  });
  url.search = parts.filter(Boolean).join("&");
  return url;
}

async function show(url, isNew) {
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  const fragment = new URL(url);
  fragment.searchParams.set("fragment", "1");
  region().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(fragment, { signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    put(next.body);
    const query = region().querySelector("form").dataset.query ?? "";
    shown = query;
    if (isNew) history.pushState(null, "", location.pathname + query);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  } finally {
    if (!signal.aborted) region().removeAttribute("aria-busy");
  }
}

/** Puts the new comparison in place; what had the focus keeps it, wherever it is now. */
function put(next) {
  const focus = document.activeElement;
  const scroller = region().querySelector(".scroller");
  const left = scroller?.scrollLeft;
  morph(region(), next);
  region().querySelector("form").reset();
  if (scroller?.isConnected) scroller.scrollLeft = left;
  if (focus !== document.activeElement) {
    const again = document.getElementById(focus.id) ?? region().querySelector(".scroller");
    again?.focus({ preventScroll: true });
  }
}

/** Shows what the form's controls ask for. */
export function choose(form) {
  if (form) show(addressOf(form), true);
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest("[data-compare]")) return;
  event.preventDefault();
  choose(event.target);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-compare] a[data-swap]");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain) return;
  event.preventDefault();
  show(link.href, true);
});

addEventListener("popstate", () => {
  if (region() && location.search !== shown) show(location.href, false);
});

// A fold of choices closes when the reader goes on elsewhere.
document.addEventListener("pointerdown", (event) => {
  for (const fold of document.querySelectorAll("[data-compare] .controls details[open]")) {
    if (!fold.contains(event.target)) fold.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const fold = event.key === "Escape" && document.activeElement?.closest(".controls details[open]");
  if (!fold) return;
  fold.open = false;
  fold.querySelector("summary").focus();
});
