// Changes a tree of elements into another one with as few changes as are needed.
// Nodes are matched from both ends while they are equal, then by id, then by name in order.
// Nodes marked `data-keep` belong to scripts and stay; open details and what is being typed stay too.

const KEPT = { DETAILS: ["open"], DIALOG: ["open"], HTML: ["data-theme"] };

/** Gives `from` the children of `to`; calls `changed` with each node that was added or altered. */
export function morph(from, to, changed = () => {}) {
  const old = [...from.childNodes].filter((node) => !(node.dataset && "keep" in node.dataset));
  const next = [...to.childNodes];
  while (old.length && next.length && old[0].isEqualNode(next[0])) {
    old.shift();
    next.shift();
  }
  let end = null;
  while (old.length && next.length && old.at(-1).isEqualNode(next.at(-1))) {
    end = old.pop();
    next.pop();
  }
  const wanted = new Set(next.map((node) => node.id).filter(Boolean));
  const named = new Map(old.filter((node) => wanted.has(node.id)).map((node) => [node.id, node]));
  const rest = new Set(old);
  let cursor = old[0] ?? end;
  for (const node of next) {
    const match = named.get(node.id) ?? firstAlike(rest, named, node);
    if (!match) {
      const added = document.importNode(node, true);
      from.insertBefore(added, cursor);
      if (added.nodeType === 1 || added.data.trim()) changed(added);
      continue;
    }
    rest.delete(match);
    if (match === cursor) cursor = following(cursor, rest, end);
    else from.insertBefore(match, cursor);
    alter(match, node, changed);
  }
  for (const node of rest) node.remove();
}

/** The node after one, past those that scripts own. */
function following(node, rest, end) {
  let next = node.nextSibling;
  while (next && next !== end && !rest.has(next)) next = next.nextSibling;
  return next ?? end;
}

function firstAlike(rest, named, wanted) {
  for (const node of rest) {
    if (node.nodeName === wanted.nodeName && !(node.id && (wanted.id || named.has(node.id)))) return node;
  }
  return undefined;
}

function alter(node, wanted, changed) {
  if (node.isEqualNode(wanted)) return;
  if (node.nodeType !== 1) {
    if (node.data !== wanted.data) {
      const words = node.data.trim() !== wanted.data.trim();
      node.data = wanted.data;
      if (words) changed(node);
    }
    return;
  }
  attributes(node, wanted);
  morph(node, wanted, changed);
}

/** Gives an element the attributes of another one, but for those that hold what the reader did. */
export function attributes(node, wanted) {
  const kept = KEPT[node.nodeName] ?? (node === document.activeElement ? ["value"] : []);
  for (const { name } of [...node.attributes]) {
    if (!wanted.hasAttribute(name) && !kept.includes(name)) node.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (node.getAttribute(name) !== value && !kept.includes(name)) node.setAttribute(name, value);
  }
}
