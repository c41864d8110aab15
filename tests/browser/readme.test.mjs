// The pictures that the README shows; taken only when asked for, because they are committed.

import { mkdir } from 'node:fs/promises';
import { test } from 'node:test';

import { CONTENT, here, launch, serve, withPage } from './support.mjs';

const PICTURES = {
  screenshot: { path: '/distributed-computing-frameworks/compare/?f=ray,dask,celery', scheme: 'light' },
  framework: { path: '/distributed-computing-frameworks/ray/#architecture', scheme: 'dark' },
};

test('the pictures of the README', { skip: !process.env.FIELDGUIDE_README_SHOT }, async () => {
  const [browser, site] = await Promise.all([launch(), serve(CONTENT, { live: false })]);
  await mkdir(here('../../docs'), { recursive: true });
  for (const [name, { path, scheme }] of Object.entries(PICTURES)) {
    await withPage(browser, site, { scheme }, async (page) => {
      await page.goto(path);
      await page.screenshot({ path: here(`../../docs/${name}.png`) });
    });
  }
  await browser.close();
  await site.stop();
});
