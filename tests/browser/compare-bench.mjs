// What a browser makes of 60 frameworks on 120 facts: the first paint, the first cells, and each control until its
// change is painted.
//
//   FIELDGUIDE_BIN=../../target/release/fieldguide node compare-bench.mjs
//
// Prints medians and worst values in milliseconds, over loopback. "Answered" is the time from the click until the
// page shows the change in its tree; "painted" until the frame after it; "complete" until nothing of it is busy.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { writeLarge } from './large.mjs';
import { launch, serve } from './support.mjs';

const FRAMEWORKS = Number(process.env.FRAMEWORKS ?? 60);
const FACTS = Number(process.env.FACTS ?? 120);
const ROUNDS = 7;

const CONTROLS = {
  'only differences': (page) => page.locator('#fg-only'),
  'sort by a duration': (page) => page.locator('#fg-row-criterion-2-fact-2'),
  'remove a framework': (page) => page.locator('#fg-remove-f3'),
  'leave out a criterion': (page) => page.locator('#fg-drop-criterion-4'),
  'frameworks as rows': (page) => page.locator('#fg-as'),
};

function report(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  console.log(`${name}: median ${sorted[Math.floor(sorted.length / 2)].toFixed(0)} ms, worst ${sorted.at(-1).toFixed(0)} ms`);
}

const folder = await mkdtemp(path.join(tmpdir(), 'fieldguide-bench-'));
await writeLarge(folder, FRAMEWORKS, FACTS);
const [browser, site] = await Promise.all([launch(), serve(folder)]);
const CONTEXT = { baseURL: site.url, viewport: { width: 1280, height: 800 } };
const page = await (await browser.newContext(CONTEXT)).newPage();

/** When the page is first painted, and when its first cells are: the text of one is larger than all that is painted before. */
async function paints(page) {
  await page.goto('/category/compare/');
  const cells = page.evaluate(() => new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const wanted = list.getEntries().find(({ element }) => element?.closest('.matrix'));
      if (wanted) resolve(wanted.startTime);
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  }));
  return Promise.all([firstPaint(page), cells]);
}

function firstPaint(page) {
  return page.evaluate(() => new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const first = list.getEntriesByName('first-contentful-paint')[0];
      if (first) resolve(first.startTime);
    }).observe({ type: 'paint', buffered: true });
  }));
}

/** Until the browser has done with a page: it gives an idle period of its full 50 ms only when no frame is due. */
function quiet(page) {
  return page.evaluate(() => new Promise((resolve) => {
    const look = (deadline) => (deadline.timeRemaining() > 45 ? resolve() : requestIdleCallback(look));
    requestIdleCallback(look);
  }));
}

function reportPaints(times, when = '') {
  report(`first paint${when}`, times.map(([first]) => first));
  report(`first cells${when}`, times.map(([, cells]) => cells));
}

const [begun, answers] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  const started = performance.now();
  const { body } = await fetch(`${site.url}/category/compare/`);
  begun.push(performance.now() - started);
  await body.cancel();
  const asked = performance.now();
  await (await fetch(`${site.url}/category/compare/?only=differences&fragment=1`)).arrayBuffer();
  answers.push(performance.now() - asked);
}
report('the program begins the page', begun);
report('the program answers a control', answers);

// Who comes from another page of the site has its style sheet, but nothing of the table; the link was followed when the
// browser had done with that page. The same page with one framework, visited in turn with it, says how much of the time
// any page takes here.
const [first, small] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  const visit = await browser.newContext(CONTEXT);
  const visitor = await visit.newPage();
  await visitor.goto('/category/');
  await quiet(visitor);
  first.push(await paints(visitor));
  await quiet(visitor);
  await visitor.goto('/category/compare/?f=f1');
  small.push(await firstPaint(visitor));
  await visit.close();
}
reportPaints(first);
report('first paint of the same page with one framework', small);

const again = [];
for (let round = 0; round < ROUNDS; round += 1) {
  again.push(await paints(page));
  await quiet(page);
}
reportPaints(again, ', loaded again');

for (const [name, control] of Object.entries(CONTROLS)) {
  const [answered, painted, complete] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.goto('/category/compare/');
    await page.locator('#fg-find').hover();
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/morph.')));
    const times = await control(page).evaluate((element) => new Promise((resolve) => {
      const started = performance.now();
      const region = document.querySelector('[data-compare]');
      let changed;
      new MutationObserver((_, observer) => {
        if (region.hasAttribute('aria-busy')) return;
        observer.disconnect();
        changed = performance.now() - started;
        requestAnimationFrame(() => setTimeout(async () => {
          const painted = performance.now() - started;
          while (region.matches('[aria-busy], :has([aria-busy])')) await new Promise(requestAnimationFrame);
          resolve([changed, painted, performance.now() - started]);
        }));
      }).observe(region, { attributes: true, attributeFilter: ['aria-busy'] });
      if (element.matches('select')) {
        element.value = 'rows';
        element.dispatchEvent(new Event('change', { bubbles: true }));
      } else {
        element.click();
      }
    }));
    answered.push(times[0]);
    painted.push(times[1]);
    complete.push(times[2]);
  }
  report(`${name}, answered`, answered);
  report(`${name}, painted`, painted);
  report(`${name}, complete`, complete);
}

await browser.close();
await site.stop();
await rm(folder, { recursive: true });
