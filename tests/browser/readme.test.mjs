// The picture that the README shows; taken only when asked for, because it is committed.

import { mkdir } from 'node:fs/promises';
import { test } from 'node:test';

import { FIXTURE, here, launch, serve, withPage } from './support.mjs';

test('the picture of the README', { skip: !process.env.FIELDGUIDE_README_SHOT }, async () => {
  const [browser, site] = await Promise.all([launch(), serve(FIXTURE)]);
  await withPage(browser, site, {}, async (page) => {
    await page.goto('/toy-schedulers/compare/');
    await mkdir(here('../../docs'), { recursive: true });
    await page.screenshot({ path: here('../../docs/screenshot.png') });
  });
  await browser.close();
  await site.stop();
});
