// What the Nu HTML checker says of every page, of the fixture's kinds and of the whole content.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import vnu from 'vnu-jar';

import { PAGES } from './kinds.mjs';
import { CONTENT, FIXTURE, serve } from './support.mjs';

test('the HTML of every page is valid', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'fieldguide-markup-'));
  t.after(() => rm(folder, { recursive: true }));
  // The head-to-heads are at addresses with a query, which are not followed: one stands for all.
  const research = ['/', '/distributed-computing-frameworks/compare/?f=ray,dask'];
  let pages = 0;
  for (const [content, live, starts] of [[FIXTURE, true, Object.values(PAGES)], [CONTENT, false, research]]) {
    const site = await serve(content, { live });
    for (const [address, html] of await htmlOf(site, starts)) {
      await writeFile(path.join(folder, `${pages} ${address.replace(/[^\w?=-]+/g, '_')}.html`), html);
      pages += 1;
    }
    await site.stop();
  }
  t.diagnostic(`${pages} pages`);
  assert.ok(pages > Object.keys(PAGES).length);
  assert.deepEqual(await faultsIn(folder), []);
});

/** The pages that can be reached from some, by their addresses. */
async function htmlOf(site, starts) {
  const found = new Map(starts.map((start) => [start, '']));
  for (const address of found.keys()) {
    const html = await (await fetch(site.url + address)).text();
    found.set(address, html);
    for (const [, link] of html.matchAll(/<a [^>]*href="(\/[^"?#]*\/)[?#"]/g)) {
      if (!found.has(link)) found.set(link, '');
    }
  }
  return found;
}

/** What the checker finds wrong, one line a fault. */
async function faultsIn(folder) {
  const options = ['-Xss2m', '-jar', String(vnu), '--errors-only', '--format', 'json', '--stdout', '--exit-zero-always', folder];
  const { stdout } = await promisify(execFile)('java', options, { maxBuffer: 1 << 28 });
  return JSON.parse(stdout).messages.map(({ url, lastLine, message, extract }) => `${path.basename(url)}:${lastLine}: ${message}: ${extract}`);
}
