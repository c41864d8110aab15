// Columns can be dragged; the arrows in their heads do the same by keyboard.

import { follow, formOf, region } from "./compare.js";

const headOf = (event) => event.target.closest?.("[data-compare] [data-column]");
let dragged = null;
const isAfter = (event, head) => {
  const box = head.getBoundingClientRect();
  return head.scope === "row" ? event.clientY > box.top + box.height / 2 : event.clientX > box.left + box.width / 2;
};
const clear = () => document.querySelectorAll(".drop-before, .drop-after, .dragged").forEach((head) => head.classList.remove("drop-before", "drop-after", "dragged"));

document.addEventListener("pointerdown", (event) => {
  const head = headOf(event);
  if (head) head.draggable = true;
});
document.addEventListener("dragstart", (event) => {
  dragged = headOf(event) ?? null;
  dragged?.classList.add("dragged");
});
document.addEventListener("dragover", (event) => {
  const head = dragged && headOf(event);
  if (!head) return;
  event.preventDefault();
  clear();
  if (head !== dragged) head.classList.add(isAfter(event, head) ? "drop-after" : "drop-before");
});
document.addEventListener("drop", (event) => {
  const head = dragged && headOf(event);
  if (!head || head === dragged) return;
  event.preventDefault();
  const [moved, place, comesAfter] = [dragged.dataset.column, head.dataset.column, isAfter(event, head)];
  follow(() => addressWith(moved, place, comesAfter));
});
document.addEventListener("dragend", () => {
  clear();
  dragged = null;
});

/** The address of the frameworks with one of them before or after another; none where either is not shown any more. */
function addressWith(moved, place, comesAfter) {
  const shown = [...region().querySelectorAll("[data-column]")].map((head) => head.dataset.column);
  if (!shown.includes(moved) || !shown.includes(place)) return null;
  const heads = shown.filter((name) => name !== moved);
  heads.splice(heads.indexOf(place) + (comesAfter ? 1 : 0), 0, moved);
  const hidden = new FormData(formOf()).getAll("f").filter((name) => !heads.includes(name) && !heads.includes(encodeURIComponent(name)));
  const url = new URL(location.pathname + (formOf().dataset.query ?? ""), location.href);
  url.searchParams.delete("sort");
  url.searchParams.set("f", [...heads.map(decodeURIComponent), ...hidden].join(","));
  return url;
}
