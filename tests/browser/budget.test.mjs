// What a first visit of a page costs: bytes, requests, and what moves after it was painted.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';

import { PAGES, RESEARCH } from './kinds.mjs';
import { CONTENT, FIXTURE, launch, serve, share, shiftsOf, withPage } from './support.mjs';

const BYTES = 25_000;
const SCRIPT_BYTES = 6_000;
const REQUESTS = 4;

let browser;
let site;
let research;

const STILL = { live: false };
share(() => [launch({ scrollBars: true }), serve(FIXTURE, STILL), serve(CONTENT, STILL)], (...shared) => {
  [browser, site, research] = shared;
});

for (const [name, path] of Object.entries(PAGES)) {
  test(`a first visit of ${name} keeps to its budget`, (t) => keepsToBudget(t, site, path));
}
for (const [name, path] of Object.entries(RESEARCH)) {
  test(`a first visit of the research, ${name}, keeps to its budget`, (t) => keepsToBudget(t, research, path));
}

function keepsToBudget(t, site, path) {
  return withPage(browser, site, {}, async (page) => {
    const requests = [];
    page.on('requestfinished', (request) => {
      if (!isOfArticle(request)) requests.push(request);
    });
    await page.goto(path, { waitUntil: 'networkidle' });
    const costs = await Promise.all(requests.map(costOf));
    const document = requests.findIndex((request) => request.isNavigationRequest());
    costs[document].bytes -= await articleBytes(requests[document]);
    const bytes = sum(costs);
    const script = sum(costs.filter(({ kind }) => kind === 'script'));
    t.diagnostic(`${bytes} bytes besides the article, ${script} of them script, in ${costs.length} requests`);
    assert.ok(costs.length <= REQUESTS, `${costs.length} requests: ${costs.map(({ url }) => url).join(' ')}`);
    assert.ok(bytes <= BYTES, `${bytes} bytes`);
    assert.ok(script <= SCRIPT_BYTES, `${script} bytes of script`);
    assert.deepEqual(costs.filter(({ kind }) => kind === 'font'), [], 'no font is fetched');
    await t.test('nothing moves', async () => assert.deepEqual(await shiftsOf(page), []));
  });
}

/** Whether a request is for a picture of the article's own. */
function isOfArticle(request) {
  return request.resourceType() === 'image' && !new URL(request.url()).pathname.startsWith('/static/');
}

/** What one request fetched, head and body as they came over the wire. */
async function costOf(request) {
  const { responseBodySize, responseHeadersSize } = await request.sizes();
  return { url: request.url(), kind: request.resourceType(), bytes: responseBodySize + responseHeadersSize };
}

/** How much of a page's body, as it came over the wire, is its main content. */
async function articleBytes(request) {
  const html = await (await request.response()).text();
  const article = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const { responseBodySize } = await request.sizes();
  return Math.round(responseBodySize * compressed(article) / compressed(html));
}

const compressed = (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;

const sum = (costs) => costs.reduce((total, { bytes }) => total + bytes, 0);
