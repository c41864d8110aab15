// Ways through the site besides the search: the menu on a phone, source marks, the skip link; and the theme.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PAGES } from './kinds.mjs';
import { axeViolations, FIXTURE, launch, serve, share, withPage } from './support.mjs';

let browser;
let site;

share(() => [launch(), serve(FIXTURE)], (...shared) => {
  [browser, site] = shared;
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

const FURTHER = {
  '/handbook/': ['Skip to what is on this page', '#fg-contents'],
  '/toy-schedulers/compare/': ['Skip to the comparison', '#fg-state'],
  '/toy-schedulers/choose/': ['Skip to the answer', '#fg-state'],
};
for (const [path, [name, hash]] of Object.entries(FURTHER)) {
  test(`the second Tab on ${path} reaches a link past what stands before the matter`, () =>
    withPage(browser, site, {}, async (page) => {
      await page.goto(path);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      const link = page.getByRole('link', { name });
      assert.ok((await link.boundingBox()).width > 100, 'it can be seen while it has the focus');
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.hash === hash);
      await page.keyboard.press('Tab');
      const isPast = await page.evaluate((id) => {
        const place = document.getElementById(id).compareDocumentPosition(document.activeElement);
        return Boolean(place & Node.DOCUMENT_POSITION_FOLLOWING);
      }, hash.slice(1));
      assert.ok(isPast, 'the next Tab goes on from there');
    }));
}

test('the tree marks the page that is shown, and only that', () =>
  withPage(browser, site, {}, async (page) => {
    const places = { '/': 'Home', '/handbook/': 'Handbook', '/toy-schedulers/': 'Toy Schedulers', '/toy-schedulers/quillfern/': 'Quillfern' };
    for (const [path, title] of Object.entries(places)) {
      await page.goto(path);
      const marked = page.getByRole('navigation', { name: 'Pages' }).locator('[aria-current]');
      assert.deepEqual(await marked.allInnerTexts(), [title]);
      assert.equal(await marked.getAttribute('aria-current'), 'page');
      assert.ok(await marked.isVisible(), 'its branch is open');
    }
  }));

for (const script of [true, false]) {
  test(`a way back to the top, ${script ? 'with' : 'without'} script`, async (t) => {
    for (const name of ['framework', 'compare', 'choose', 'data', 'sources', 'search', 'document']) {
      await t.test(name, () =>
        withPage(browser, site, { script, height: 260 }, async (page) => {
          await page.goto(PAGES[name]);
          const link = page.getByRole('banner').getByRole('link', { name: 'Back to top' });
          // Without script nobody can tell how far the reader is.
          assert.equal(await link.isVisible(), !script);
          if (!script) {
            await page.getByRole('contentinfo').getByRole('link', { name: 'Back to top' }).click();
          } else {
            await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
            await link.click();
            await page.waitForFunction(() => scrollY < 100);
            await link.waitFor({ state: 'hidden' });
          }
          await page.waitForURL(/#fg-main$/);
        }),
      );
    }
  });
}

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
