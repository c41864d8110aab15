// A figure, opened large: it fills the window and can be made larger still.

const STEP = 1.25;
/** No figure opens smaller than this, even if it has to be scrolled then. */
const LEGIBLE = 0.8;
let dialog, stage, shown;
let natural = 1;
let scale = 1;

function build() {
  dialog = document.createElement("dialog");
  dialog.className = "large";
  dialog.dataset.keep = "";
  dialog.innerHTML = `<p class="large-bar"><span></span><button type="button" data-by="${1 / STEP}">Smaller</button>
<button type="button" data-by="${STEP}">Larger</button><button type="button" data-close>Close</button></p>
<div class="large-stage" tabindex="0" role="region" aria-label="Figure"></div>`;
  stage = dialog.querySelector(".large-stage");
  dialog.addEventListener("click", (event) => {
    const { by, close } = event.target.dataset;
    if (by) resize(scale * by);
    else if (close !== undefined || event.target === dialog) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "+") resize(scale * STEP);
    else if (event.key === "-") resize(scale / STEP);
  });
  dialog.addEventListener("close", () => stage.replaceChildren());
  document.body.append(dialog);
}

/** Opens what a part of a figure shows: an image, or the drawing in full where a narrow one stands for it. */
export function open(part) {
  if (!dialog) build();
  const figure = part.closest("figure");
  const whole = part.localName === "img" ? part : figure.querySelector("svg.wide, svg");
  const name = figure?.querySelector("figcaption")?.textContent.trim() || part.alt || "Figure";
  shown = whole.cloneNode(true);
  for (const named of shown.querySelectorAll("[id]")) named.removeAttribute("id");
  shown.removeAttribute("id");
  stage.className = `large-stage ${figure?.className ?? ""}`;
  stage.replaceChildren(shown);
  dialog.querySelector("span").textContent = name;
  dialog.setAttribute("aria-label", name);
  dialog.showModal();
  const width = whole.naturalWidth ?? whole.viewBox.baseVal.width;
  const height = whole.naturalHeight ?? whole.viewBox.baseVal.height;
  natural = width || 640;
  const edge = 2 * parseFloat(getComputedStyle(stage).paddingInlineStart);
  const fit = Math.min((stage.clientWidth - edge) / natural, height ? (stage.clientHeight - edge) / height : 1);
  resize(Math.min(2, Math.max(LEGIBLE, fit)));
  stage.focus();
}

function resize(to) {
  scale = Math.min(8, Math.max(0.25, to));
  shown.style.inlineSize = `${natural * scale}px`;
}
