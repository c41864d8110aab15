// Ways through the site besides the search: the menu on a phone, source marks, the skip link; and the theme.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { axeViolations, FIXTURE, launch, serve, withPage } from './support.mjs';

let browser;
let site;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve(FIXTURE)]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

for (const script of [true, false]) {
  test(`the menu on a phone leads to other pages, ${script ? 'with' : 'without'} script`, () =>
    withPage(browser, site, { width: 390, script }, async (page) => {
      await page.goto('/');
      const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Handbook' });
      assert.equal(await link.isVisible(), false);
      await page.getByRole('banner').getByRole('button', { name: 'Menu' }).click();
      await link.waitFor();
      if (script) assert.deepEqual(await axeViolations(page), []);
      await link.click();
      await page.waitForURL('/handbook/');
    }));
}

test('a source mark leads to its note, and the note back', () =>
  withPage(browser, site, { script: false }, async (page) => {
    await page.goto('/toy-schedulers/zorble/');
    const mark = page.getByRole('article').locator('[role=doc-noteref]', { hasText: '2' }).first();
    await mark.click();
    await page.waitForURL(/#source-2$/);
    await page.locator('#source-2').getByText('On counting owls').waitFor();
    await page.locator('#source-2').locator('[role=doc-backlink]').first().click();
    await page.waitForURL(/#cite-2-1$/);
  }));

test('the first Tab reaches the link past the navigation', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const focused = await page.evaluate(() => document.activeElement.localName);
    assert.equal(focused, 'main');
  }));

test('a chosen theme outlives the page and wins over the system', () =>
  withPage(browser, site, { scheme: 'light' }, async (page) => {
    await page.goto('/');
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await background();
    await page.getByLabel('Theme').selectOption('Dark');
    const dark = await background();
    assert.notEqual(dark, light);
    await page.goto('/handbook/');
    assert.equal(await background(), dark);
    assert.equal(await page.getByLabel('Theme').inputValue(), 'dark');
    await page.getByLabel('Theme').selectOption('System');
    assert.equal(await background(), light);
  }));
