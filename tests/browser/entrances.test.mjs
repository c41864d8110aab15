// The ways into a comparison and a choice: from the home page, from a category, from a finding.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CHOOSE, COMPARE, frameworks, main, query } from './comparing.mjs';
import { FIXTURE, launch, serve, share, withPage } from './support.mjs';

const ALL = ['Zorble', 'Quillfern', 'Tumbrook'];

let browser;
let site;

share(() => [launch(), serve(FIXTURE)], (...shared) => {
  [browser, site] = shared;
});

for (const script of [true, false]) {
  const how = script ? 'with script' : 'without script';

  test(`from the home page those are compared that are ticked, or all, ${how}`, () =>
    withPage(browser, site, { script }, async (page) => {
      for (const [ticked, compared] of [[['Quillfern', 'Zorble'], ['Zorble', 'Quillfern']], [[], ALL]]) {
        await page.goto('/');
        const card = main(page).locator('.card', { hasText: 'Toy Schedulers' });
        for (const name of ticked) await card.getByRole('checkbox', { name: `Compare ${name}` }).check();
        await card.getByRole('button', { name: 'Compare these' }).click();
        await page.waitForURL((url) => url.pathname === COMPARE);
        assert.deepEqual(await frameworks(page), compared);
      }
    }));

  test(`a category leads to its comparison and to its choice, ${how}`, () =>
    withPage(browser, site, { script }, async (page) => {
      const follow = (name) => page.getByRole('article').getByRole('link', { name }).click();
      await page.goto('/toy-schedulers/');
      await follow('Compare all 3 side by side');
      await page.waitForURL(COMPARE);
      assert.deepEqual(await frameworks(page), ALL);
      await page.goBack();
      await follow('Help me choose');
      await page.waitForURL(CHOOSE);
    }));

  test(`a finding leads to the same of other frameworks, and to all side by side, ${how}`, () =>
    withPage(browser, site, { script }, async (page) => {
      const others = page.locator('section.finding', { has: page.locator('#architecture') }).locator('.elsewhere');
      await page.goto('/toy-schedulers/zorble/');
      await others.locator('summary').click();
      await others.getByRole('link', { name: 'Quillfern' }).click();
      await page.waitForURL('/toy-schedulers/quillfern/#architecture');
      await others.locator('summary').click();
      await others.getByRole('link', { name: 'Compare all on this' }).click();
      await page.waitForURL((url) => url.pathname === COMPARE);
      assert.equal(query(page), '?c=architecture');
    }));
}
