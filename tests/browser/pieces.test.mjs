// What moves while a page arrives: what stands before its main part comes at once, as in the first packets, the rest
// in pieces that are cut anywhere, with time to paint each.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { RESEARCH } from './kinds.mjs';
import { CONTENT, launch, serve, share, shiftsOf, withPage } from './support.mjs';

const PIECES = 50;
const PAUSE_MS = 40;

let browser;
let research;

share(() => [launch({ scrollBars: true }), slowly(CONTENT)], (...shared) => {
  [browser, research] = shared;
});

for (const width of [1280, 390]) {
  for (const [name, path] of Object.entries(RESEARCH)) {
    test(`nothing moves while the research, ${name}, arrives in pieces, ${width} px wide`, () =>
      withPage(browser, research, { width }, async (page) => {
        await page.goto(path, { waitUntil: 'networkidle' });
        assert.deepEqual(await shiftsOf(page), []);
      }));
  }
}

/** The program on a content folder, its pages sent in pieces. */
async function slowly(content) {
  const site = await serve(content, { live: false });
  const server = createServer((request, response) => passOn(site, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await site.stop();
    },
  };
}

async function passOn(site, request, response) {
  const answer = await fetch(site.url + request.url);
  const type = answer.headers.get('content-type') ?? '';
  const body = Buffer.from(await answer.arrayBuffer());
  const first = type.startsWith('text/html') ? body.indexOf('<main') : body.length;
  const piece = Math.ceil((body.length - first) / PIECES);
  response.writeHead(answer.status, { 'content-type': type });
  response.write(body.subarray(0, first));
  for (let at = first; at < body.length; at += piece) {
    await pause(PAUSE_MS);
    response.write(body.subarray(at, at + piece));
  }
  response.end();
}
