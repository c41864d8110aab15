// Live reload: when the content changes, the page becomes the new one in place, without navigation.
// Scroll position, focus, typed text and open folds stay as they are.

import { attributes, morph } from "./morph.js";

const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, pre, tr, dt, dd, blockquote, figure, summary, main";
const RETRY_MS = 1000;

let etag = null;
let running = null;

/** Fetches this page again and patches what differs. Calls that come meanwhile are joined into one more. */
async function refresh() {
  if (running) {
    running.again = true;
    return;
  }
  running = { again: false };
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-cache" });
    const tag = answer.headers.get("ETag");
    const isPage = answer.headers.get("Content-Type")?.startsWith("text/html");
    if (isPage && (answer.ok || answer.status === 404) && !(tag && tag === etag)) {
      patch(new DOMParser().parseFromString(await answer.text(), "text/html"));
      etag = tag;
    }
  } catch {
    // The server is away; the event stream reports when it is back.
  }
  const { again } = running;
  running = null;
  if (again) refresh();
}

function patch(next) {
  if (source(next) !== source(document)) {
    location.reload();
    return;
  }
  const held = hold();
  const changed = new Set();
  const had = hasErrors();
  document.title = next.title;
  styles(next);
  attributes(document.documentElement, next.documentElement);
  attributes(document.body, next.body);
  morph(document.body, next.body, (node) => {
    const block = (node.nodeType === 1 ? node : node.parentElement)?.closest(BLOCKS);
    if (block?.closest("main")) changed.add(block);
  });
  if (hasErrors() && !had) document.querySelector("#diagnostics details").open = true;
  restore(held);
  show(changed);
  document.dispatchEvent(new CustomEvent("patched"));
}

const source = (page) => page.querySelector("script[src]")?.getAttribute("src");
const hasErrors = () => document.querySelector("#diagnostics.has-errors details") !== null;

/** Takes over a changed style sheet; the old one goes when the new one is there. */
function styles(next) {
  const old = document.querySelector("link[rel=stylesheet]");
  const link = next.querySelector("link[rel=stylesheet]");
  if (!old || !link || old.getAttribute("href") === link.getAttribute("href")) return;
  const added = document.importNode(link);
  added.addEventListener("load", () => old.remove());
  old.after(added);
}

/** What the reader looks at: elements near the top of the view, with how far down they are. */
function hold() {
  if (scrollY < 4) return [];
  const top = document.querySelector(".top")?.getBoundingClientRect().bottom ?? 0;
  const blocks = [...document.querySelectorAll("main :is(p, li, h1, h2, h3, h4, pre, tr, dd, figure)")];
  const first = blocks.findIndex((block) => block.getBoundingClientRect().bottom > top);
  if (first < 0) return [];
  const heading = blocks.slice(0, first + 1).findLast((block) => block.id);
  const near = [blocks[first], heading, blocks[first + 1], blocks[first - 1]].filter(Boolean);
  return near.map((block) => ({ block, id: block.id, top: block.getBoundingClientRect().top }));
}

function restore(held) {
  for (const { block, id, top } of held) {
    const now = block.isConnected ? block : id && document.getElementById(id);
    if (!now) continue;
    scrollBy({ top: now.getBoundingClientRect().top - top, behavior: "instant" });
    return;
  }
}

/** Marks for a moment what is new. */
function show(changed) {
  for (const block of changed) {
    if ([...changed].some((other) => other !== block && block.contains(other))) continue;
    block.classList.remove("changed");
    void block.offsetWidth; // so that the animation starts anew
    block.classList.add("changed");
    setTimeout(() => {
      block.classList.remove("changed");
      if (!block.className) block.removeAttribute("class");
    }, 1600);
  }
}

/** Shows that a rebuild failed; the next page that comes takes the message away. */
function tell(message) {
  const aside = document.querySelector("#diagnostics");
  if (!aside) return;
  const note = document.createElement("p");
  note.setAttribute("role", "status");
  note.textContent = `The site could not be rebuilt, so this is its last good version: ${message}`;
  aside.replaceChildren(note);
  aside.className = "has-errors";
  aside.hidden = false;
  etag = null;
}

/** Listens while the page can be seen: browsers keep few connections to one server. */
let stream = null;
let wasAway = false;

function listen() {
  if (stream || document.hidden) return;
  stream = new EventSource("/_live");
  stream.addEventListener("open", () => {
    if (wasAway) refresh();
    wasAway = false;
  });
  stream.addEventListener("edition", refresh);
  stream.addEventListener("failure", (event) => tell(JSON.parse(event.data).message));
  stream.addEventListener("error", () => {
    wasAway = true;
    if (stream?.readyState === EventSource.CLOSED) {
      stream = null;
      setTimeout(listen, RETRY_MS);
    }
  });
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return listen();
  stream?.close();
  stream = null;
  wasAway = true;
});
listen();
