// What Lighthouse says of every kind of page, as a phone and as a desktop see it. All is asserted but the
// score for speed: that one depends on how busy the machine is, so it is printed, as the median of three,
// and what it rests on is asserted instead.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import lighthouse, { desktopConfig } from 'lighthouse';

import { PAGES } from './kinds.mjs';
import { CHROMIUM, CHROMIUM_FLAGS, FIXTURE, serve, share } from './support.mjs';

const RUNS = 3;
const TRIES = 3;
const BYTES = 60_000;
const REQUESTS = 4;
// Pages come from this machine: how long it is quiet before one counts as loaded, and no pictures of it.
const PATIENCE = { pauseAfterFcpMs: 250, pauseAfterLoadMs: 250, networkQuietThresholdMs: 250, cpuQuietThresholdMs: 250, disableFullPageScreenshot: true };
// What is meant to be so: answers to one visitor's question are not to be found by search engines, and a page
// that is not there says so with its status, which the browser repeats in its console.
const MEANT = {
  search: ['is-crawlable'],
  'not-found': ['is-crawlable', 'http-status-code', 'errors-in-console'],
};
// Kinds that are put together as another one is.
const ALIKE = [
  'category-of-gaps', 'framework-with-gaps', 'compare-pair', 'compare-rows', 'compare-paper', 'compare-embed', 'compare-empty', 'folder',
  'wide', 'search-answer', 'search-blank', 'search-without-hit', 'marked', 'status', 'evidence-broken',
];

let chromium;
let site;

share(() => [startChromium(), serve(FIXTURE, { live: false })], (...shared) => {
  [chromium, site] = shared;
});

for (const form of ['phone', 'desktop']) {
  for (const [name, address] of Object.entries(PAGES)) {
    if (ALIKE.includes(name)) continue;
    test(`${name} on a ${form}`, async (t) => {
      const report = await look(address, form, { skipAudits: MEANT[name] ?? [] });
      for (const category of ['accessibility', 'best-practices', 'seo']) {
        assert.equal(report.categories[category].score, 1, `${category}: ${failed(report, category).join('\n')}`);
      }
      const { audits } = report;
      assert.equal(audits['cumulative-layout-shift'].numericValue, 0, `nothing moves: ${moved(audits)}`);
      const requests = audits['network-requests'].details.items.filter(({ url, resourceType }) => url.startsWith('http') && (resourceType !== 'Image' || url.includes('/static/')));
      assert.ok(requests.length <= REQUESTS, requests.map(({ url }) => url).join(' '));
      assert.ok(requests.every(({ url }) => url.startsWith(site.url)), 'no request leaves the site');
      assert.ok(audits['total-byte-weight'].numericValue <= BYTES, audits['total-byte-weight'].displayValue);
      const blocking = requests.filter(({ resourceType }) => ['Stylesheet', 'Script', 'Font'].includes(resourceType));
      assert.deepEqual(blocking.map(({ resourceType }) => resourceType).sort(), ['Script', 'Stylesheet'], 'one style sheet and one script block the first paint');
      const scores = [speed(report)];
      while (scores.length < RUNS) scores.push(speed(await look(address, form, { onlyCategories: ['performance'] })));
      t.diagnostic(`performance ${median(scores)} (${scores.join(', ')})`);
    });
  }
}

async function look(address, form, flags) {
  const options = { ...PATIENCE, port: chromium.port, output: 'json', logLevel: 'silent', ignoreStatusCode: true, ...flags };
  // At times the browser's recording of a page load is incomplete; then Lighthouse asks to be run again.
  for (let tries = 1; ; tries += 1) {
    const { lhr } = await lighthouse(site.url + address, options, form === 'desktop' ? desktopConfig : undefined);
    if (!lhr.runtimeError) return lhr;
    if (tries === TRIES) assert.fail(`${lhr.runtimeError.code}: ${lhr.runtimeError.message}`);
  }
}

/** The audits of a category that are not passed, with what they complain of. */
function failed(report, category) {
  const audits = report.categories[category].auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => report.audits[id]);
  const faulty = audits.filter(({ score }) => score !== null && score < 1);
  return faulty.map(({ id, title, details }) => `${id}: ${title} ${JSON.stringify(details?.items ?? []).slice(0, 600)}`);
}

const speed = (report) => Math.round(report.categories.performance.score * 100);
const moved = (audits) => (audits['layout-shifts'].details?.items ?? []).map(({ score, node }) => `${node?.selector} by ${score}`).join(', ');
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** A browser that Lighthouse can steer. */
async function startChromium() {
  const profile = await mkdtemp(path.join(tmpdir(), 'fieldguide-lighthouse-'));
  const options = [...CHROMIUM_FLAGS, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'];
  const program = spawn(CHROMIUM, options, { stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await new Promise((resolve, reject) => {
    program.once('exit', () => reject(new Error('the browser ended')));
    createInterface({ input: program.stderr }).on('line', (line) => {
      const named = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(line);
      if (named) resolve(Number(named[1]));
    });
  });
  return {
    port,
    async stop() {
      const closed = once(program, 'close');
      program.kill();
      await closed;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
