// A source, opened where it is cited. The mark stays a link to the list of sources.

let note;
let mark = null;

function build() {
  note = document.createElement("div");
  note.className = "note";
  note.id = "fg-note";
  note.popover = "auto";
  note.tabIndex = -1;
  note.dataset.keep = "";
  note.setAttribute("role", "dialog");
  note.addEventListener("beforetoggle", (event) => {
    const goesBack = event.newState === "closed" && (note.contains(document.activeElement) || document.activeElement === document.body);
    if (goesBack) mark.focus({ preventScroll: true });
  });
  note.addEventListener("click", (event) => {
    if (event.target.closest(".to-list")) note.hidePopover();
  });
  document.body.append(note);
}

/** Opens the source of a mark beside it; the same mark again closes it. */
export function open(link) {
  const source = document.getElementById(link.hash.slice(1));
  if (!source) throw new Error("the source is not on this page");
  if (!note) build();
  const isOpen = note.matches(":popover-open");
  if (isOpen && link === mark) return note.hidePopover();
  if (!note.contains(link)) mark = link;
  note.setAttribute("aria-label", link.getAttribute("aria-label"));
  note.replaceChildren(...wordsOf(source), listLink(link));
  if (!isOpen) note.showPopover();
  place(mark.getBoundingClientRect());
  note.focus({ preventScroll: true });
}

/** What the list says of the source, without its ids and without the ways back to the text. */
function wordsOf(source) {
  const copy = source.cloneNode(true);
  for (const back of copy.querySelectorAll(".back")) back.remove();
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  return copy.childNodes;
}

function listLink(link) {
  const paragraph = document.createElement("p");
  const all = document.createElement("a");
  Object.assign(all, { className: "to-list", href: link.hash, textContent: "In the list of sources" });
  paragraph.append(all);
  return paragraph;
}

/** Below the mark where there is room, else above; it scrolls with the text. */
function place(at) {
  const gap = 8;
  const { width, height } = note.getBoundingClientRect();
  const isBelow = at.bottom + gap + height < innerHeight || at.top < height + gap;
  const left = Math.max(gap, Math.min(at.left - 2 * gap, document.documentElement.clientWidth - width - gap));
  note.style.left = `${left + scrollX}px`;
  note.style.top = `${(isBelow ? at.bottom + gap : at.top - gap - height) + scrollY}px`;
}
