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
  for (const key of [null, 'Enter', 'Space']) {
    test(`the menu on a phone leads to other pages, by ${key ?? 'pointer'}, ${script ? 'with' : 'without'} script`, () =>
      withPage(browser, site, { width: 390, script }, async (page) => {
        await page.goto('/');
        const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Handbook' });
        assert.equal(await link.isVisible(), false);
        const menu = page.getByRole('banner').getByRole('button', { name: 'Menu' });
        await (key ? menu.press(key) : menu.click());
        await link.waitFor();
        if (script) assert.deepEqual(await axeViolations(page), []);
        await (key ? link.press('Enter') : link.click());
        await page.waitForURL('/handbook/');
      }));
  }
}

test('without script a branch of the tree is unfolded on a phone', () =>
  withPage(browser, site, { width: 390, script: false }, async (page) => {
    await page.goto('/handbook/');
    const tree = page.getByRole('navigation', { name: 'Pages' });
    await page.getByRole('banner').getByRole('button', { name: 'Menu' }).click();
    const link = tree.getByRole('link', { name: 'Quillfern' });
    assert.equal(await link.isVisible(), false);
    await tree.locator('summary', { hasText: 'Pages below Toy Schedulers' }).click();
    await link.click();
    await page.waitForURL('/toy-schedulers/quillfern/');
  }));

for (const width of [1280, 390]) {
  test(`without script a source mark leads to its note, and the note back, ${width} px`, () =>
    withPage(browser, site, { width, script: false }, async (page) => {
      await page.goto('/toy-schedulers/zorble/');
      const mark = page.getByRole('article').locator('[role=doc-noteref]', { hasText: '2' }).first();
      await mark.click();
      await page.waitForURL(/#source-2$/);
      await page.locator('#source-2').getByText('On counting owls').waitFor();
      await page.locator('#source-2').locator('[role=doc-backlink]').first().click();
      await page.waitForURL(/#cite-2-1$/);
    }));
}

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

// How often the arrow is pressed to come from the theme of the system to another.
for (const [scheme, chosen, presses] of [['light', 'dark', 2], ['dark', 'light', 1]]) {
  test(`a chosen theme outlives the page and wins over the system: ${chosen} on a ${scheme} one`, () =>
    withPage(browser, site, { scheme }, async (page) => {
      await page.goto('/');
      const picker = page.getByLabel('Theme');
      const shown = () => page.evaluate(() => {
        const [red] = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/);
        return red > 128 ? 'light' : 'dark';
      });
      assert.equal(await shown(), scheme);
      for (let times = 0; times < presses; times += 1) await picker.press('ArrowDown');
      assert.equal(await shown(), chosen);
      await page.goto('/handbook/');
      assert.equal(await shown(), chosen);
      assert.equal(await picker.inputValue(), chosen);
      await picker.selectOption('System');
      assert.equal(await shown(), scheme);
    }));
}
