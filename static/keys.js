// The help sheet: which keys do what, and the switch for those of a single key.

const KEYS = [
  [["/"], "Search; Ctrl-K does the same"],
  [["j", "k"], "Next and previous section"],
  [["n", "p"], "Next and previous page"],
  [["t"], "Next theme"],
  [["Esc"], "Close what is open"],
  [["?"], "This sheet"],
];

let dialog;

function build(storage) {
  dialog = document.createElement("dialog");
  dialog.className = "keys-sheet";
  dialog.dataset.keep = "";
  dialog.setAttribute("aria-labelledby", "fg-keys");
  const rows = KEYS.map(([keys, words]) => `<div><dt>${keys.map((key) => `<kbd>${key}</kbd>`).join(" ")}</dt><dd>${words}</dd></div>`);
  dialog.innerHTML = `<h2 id="fg-keys">Keyboard shortcuts</h2><dl>${rows.join("")}</dl>
<p><label><input type="checkbox"> Shortcuts of a single key</label></p>
<form method="dialog"><button>Close</button></form>`;
  const box = dialog.querySelector("input");
  box.checked = storage.read("keys") !== "off";
  box.addEventListener("change", () => storage.write("keys", box.checked ? "" : "off"));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
}

/** Opens the sheet. */
export function open(storage) {
  if (!dialog) build(storage);
  dialog.showModal();
}
