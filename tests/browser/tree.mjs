// What a screen reader finds, as a file beside the tests; UPDATE_TREES=1 writes it anew, to be read before it is kept.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';

import { here } from './support.mjs';

/** The accessibility tree of an element is the one in `trees/`. */
export async function assertTree(locator, name) {
  const file = here(`trees/${name}.yml`);
  const tree = `${(await locator.ariaSnapshot()).trim()}\n`;
  if (process.env.UPDATE_TREES) await writeFile(file, tree);
  assert.equal(tree, await readFile(file, 'utf8'));
}
