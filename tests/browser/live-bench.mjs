// How long after a save its change is painted in an open page: a word, a row of the data of ten charts, one of ten diagrams.
//
//   FIELDGUIDE_BIN=../../target/release/fieldguide node live-bench.mjs
//
// Prints median, 95th percentile and worst in milliseconds, from the moment before the file is written until the frame
// after the change is made has been handed over to be shown.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { launch, serve } from './support.mjs';

const PAIRS = 10;
const SAVES = 61;

const pages = {
  'a word': { file: 'words.md', at: '/words/', text: (edit) => `# Words\n\nWord ${edit}.\n\n## More\n\n${'Words on it. '.repeat(300)}\n` },
  'a row of a table': { file: 'data/t.csv', at: '/drawings/', text: table },
  'one diagram': { file: 'drawings.md', at: '/drawings/', text: drawings },
};

function table(edit) {
  const names = ['one', 'two', 'three', 'four'];
  const row = (name, place, workers) => `${name},${workers},${(place + 1) * workers}.${place === 0 && workers === 1 ? edit : 0}`;
  return ['name,workers,p50_ms', ...names.flatMap((name, place) => [1, 2, 4, 8, 16].map((workers) => row(name, place, workers))), ''].join('\n');
}

function drawings(edit) {
  const pair = (_, number) => `
## Pair ${number}

\`\`\`chart
data = "data/t.csv"
kind = "${['line', 'bar', 'dot'][number % 3]}"
x = "workers"
y = "p50_ms"
series = "name"
title = "Chart ${number}"
\`\`\`

\`\`\`mermaid
flowchart LR
  accTitle: Diagram ${number}
  A[Driver ${number}] -->|submits ${number === 0 ? edit : 0}| B{{Scheduler}}
  B --> C[Worker one]
  B --> D[Worker two]
  C --> E[(Store)]
  D --> E
\`\`\`
`;
  return `# Drawings\n${Array.from({ length: PAIRS }, pair).join('')}`;
}

const now = () => performance.timeOrigin + performance.now();

/** When the next change of the article has been handed over to be shown. */
const painted = (page) => page.evaluate(() => new Promise((resolve) => {
  document.addEventListener('patched', () => {
    requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
  }, { once: true });
}));

const folder = await mkdtemp(path.join(tmpdir(), 'fieldguide-bench-'));
await mkdir(path.join(folder, 'data'));
for (const { file, text } of Object.values(pages)) await writeFile(path.join(folder, file), text(0));
const [browser, site] = await Promise.all([launch(), serve(folder)]);
const page = await (await browser.newContext({ baseURL: site.url, viewport: { width: 1280, height: 800 } })).newPage();

for (const [name, { file, at, text }] of Object.entries(pages)) {
  const listening = page.waitForRequest('**/_live');
  await page.goto(at);
  await listening;
  const times = [];
  for (let save = 1; save <= SAVES; save += 1) {
    const shown = painted(page);
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const saved = now();
    await writeFile(path.join(site.content, file), text(save));
    times.push(await shown - saved);
  }
  const sorted = times.slice(1).sort((a, b) => a - b);
  const at95 = sorted[Math.ceil(sorted.length * 0.95) - 1];
  console.log(`${name}: median ${sorted[sorted.length / 2].toFixed(0)} ms, p95 ${at95.toFixed(0)} ms, worst ${sorted.at(-1).toFixed(0)} ms`);
}

await browser.close();
await site.stop();
await rm(folder, { recursive: true });
