// The search dialog: by keys, pointer and touch, when nothing is found or the site is gone, and for a screen reader.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dialogOf, fieldOf, hitsOf, remember, searchFor } from './searching.mjs';
import { axeViolations, FIXTURE, launch, serve, share, withPage } from './support.mjs';
import { assertTree } from './tree.mjs';

let browser;
let site;

share(() => [launch(), serve(FIXTURE)], (...shared) => {
  [browser, site] = shared;
});

const status = (page) => dialogOf(page).getByRole('status').innerText();
const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);
const newTab = async (page, act) => (await Promise.all([page.context().waitForEvent('page'), act()]))[0];

/** Goes on with Tab until something has the focus. */
async function tabTo(page, locator) {
  for (let presses = 0; presses < 6 && !(await isFocused(locator)); presses += 1) await page.keyboard.press('Tab');
  assert.ok(await isFocused(locator), 'Tab leads there');
}

test('the arrows go round', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/');
    await searchFor(page, 'carriers');
    const count = await hitsOf(page).count();
    assert.ok(count > 1);
    const chosen = () => fieldOf(page).getAttribute('aria-activedescendant');
    assert.equal(await chosen(), null);
    for (const [key, at] of [['ArrowUp', count - 1], ['ArrowDown', 0], ['ArrowUp', count - 1], ['ArrowUp', count - 2]]) {
      await page.keyboard.press(key);
      assert.equal(await chosen(), `fg-hit-${at}`, key);
      assert.ok(await hitsOf(page).nth(at).evaluate((hit) => {
        const [box, panel] = [hit.getBoundingClientRect(), hit.closest('.search-panel').getBoundingClientRect()];
        return box.top >= panel.top - 1 && box.bottom <= panel.bottom + 1;
      }), 'it is in sight');
    }
  }));

test('keys by which letters are composed choose and open nothing', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    await searchFor(page, 'carriers');
    await page.keyboard.press('ArrowDown');
    for (const key of ['ArrowDown', 'Enter']) await fieldOf(page).dispatchEvent('keydown', { key, isComposing: true });
    assert.equal(await fieldOf(page).getAttribute('aria-activedescendant'), 'fg-hit-0');
    assert.equal(await dialogOf(page).isVisible(), true);
    assert.equal(new URL(page.url()).pathname, '/handbook/');
  }));

test('Enter with nothing chosen leads to the page of results', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    await searchFor(page, 'waking bell');
    await page.keyboard.press('Enter');
    await page.waitForURL('/search?q=waking+bell');
    assert.match(await page.getByRole('main').innerText(), /1 result for “waking bell”/);
    assert.equal(await page.evaluate(() => localStorage.getItem('searches')), '["waking bell"]');
  }));

for (const keys of ['Control+Enter', 'Meta+Enter']) {
  test(`${keys} with nothing chosen opens the page of results in a new tab`, () =>
    withPage(browser, site, {}, async (page) => {
      await page.goto('/handbook/');
      await searchFor(page, 'waking bell');
      const tab = await newTab(page, () => page.keyboard.press(keys));
      await tab.waitForURL('/search?q=waking+bell');
      assert.equal(await dialogOf(page).isVisible(), true);
      assert.equal(new URL(page.url()).pathname, '/handbook/');
    }));
}

test('a hit opens in a new tab by the middle button, and by a click with Ctrl', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    await searchFor(page, 'waking bell');
    for (const how of [{ button: 'middle' }, { modifiers: ['Control'] }]) {
      const tab = await newTab(page, () => hitsOf(page).first().click(how));
      await tab.waitForURL(/#the-waking-bell$/);
      await tab.close();
    }
    assert.equal(await dialogOf(page).isVisible(), true);
    assert.equal(new URL(page.url()).pathname, '/handbook/');
    await hitsOf(page).first().click({ button: 'right' });
    assert.equal(await dialogOf(page).isVisible(), true);
  }));

for (const [way, close] of Object.entries({
  'Close': (page) => dialogOf(page).getByRole('button', { name: 'Close' }).click(),
  'a click beside it': (page) => page.mouse.click(8, 400),
  'Escape': (page) => page.keyboard.press('Escape'),
})) {
  test(`${way} closes the dialog, and the focus is where it was`, () =>
    withPage(browser, site, {}, async (page) => {
      await page.goto('/handbook/');
      const button = page.getByRole('banner').getByRole('button', { name: /search/i });
      await button.press('Enter');
      await fieldOf(page).fill('owl');
      await hitsOf(page).first().waitFor();
      await page.mouse.click(640, 110); // inside
      assert.equal(await dialogOf(page).isVisible(), true);
      await close(page);
      await dialogOf(page).waitFor({ state: 'hidden' });
      assert.ok(await isFocused(button));
    }));
}

test('a press that begins or ends inside does not close the dialog', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    await searchFor(page, 'owl');
    const { x, y, width, height } = await fieldOf(page).boundingBox();
    const [inside, beside] = [[x + width / 2, y + height / 2], [8, 400]];
    for (const [from, to] of [[inside, beside], [beside, inside]]) {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(...to);
      await page.mouse.up();
      assert.equal(await dialogOf(page).isVisible(), true);
    }
    await page.mouse.click(...beside);
    await dialogOf(page).waitFor({ state: 'hidden' });
  }));

test('when results cannot be fetched it says so, and the next letter tries again', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    await page.route(/\/search\?q=wak/, (route) => route.abort('aborted'));
    await page.keyboard.press('/');
    await fieldOf(page).fill('wak');
    await dialogOf(page).getByRole('status').filter({ hasText: 'Results cannot be fetched' }).waitFor();
    assert.equal(await dialogOf(page).getByRole('group', { name: 'Results' }).innerText(), await status(page));
    assert.equal(await fieldOf(page).getAttribute('aria-expanded'), 'false');
    await page.unroute(/\/search\?q=wak/);
    await fieldOf(page).press('e');
    await fieldOf(page).press('Backspace');
    await hitsOf(page).first().filter({ hasText: 'waking' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('/search?q=wak');
  }));

test('what is meant, and what was searched before, is reached by keys alone', () =>
  withPage(browser, site, {}, async (page) => {
    await remember(page, 'waking bell', 'owl');
    await page.goto('/');
    await searchFor(page, 'shceduler');
    await tabTo(page, dialogOf(page).getByRole('link', { name: 'scheduler', exact: true }));
    await page.keyboard.press('Enter');
    await dialogOf(page).locator('.count').filter({ hasText: '“scheduler”' }).waitFor();
    assert.equal(await fieldOf(page).inputValue(), 'scheduler');
    assert.ok(await isFocused(fieldOf(page)));
    await fieldOf(page).fill('');
    assert.deepEqual(await hitsOf(page).allInnerTexts(), ['waking bell', 'owl']);
    await tabTo(page, dialogOf(page).getByRole('button', { name: 'Forget them' }));
    await page.keyboard.press('Enter');
    await dialogOf(page).locator('.search-help').waitFor();
    assert.ok(await isFocused(fieldOf(page)));
    assert.equal(await page.evaluate(() => localStorage.getItem('searches')), '[]');
  }));

test('a finger runs a correction and a search made before', () =>
  withPage(browser, site, { width: 390, touch: true }, async (page) => {
    await remember(page, 'waking bell');
    await page.goto('/handbook/');
    await page.getByRole('banner').getByRole('button', { name: /search/i }).tap();
    await hitsOf(page).filter({ hasText: 'waking bell' }).tap();
    await dialogOf(page).locator('.count').filter({ hasText: '“waking bell”' }).waitFor();
    await fieldOf(page).fill('shceduler');
    await dialogOf(page).getByRole('link', { name: 'scheduler', exact: true }).tap();
    await dialogOf(page).locator('.count').filter({ hasText: '“scheduler”' }).waitFor();
    await dialogOf(page).getByRole('button', { name: 'Close' }).tap();
    await dialogOf(page).waitFor({ state: 'hidden' });
  }));

test('a finger forgets the searches made before, and goes on from the help to a category', () =>
  withPage(browser, site, { width: 390, touch: true }, async (page) => {
    await remember(page, 'waking bell');
    await page.goto('/handbook/');
    await page.getByRole('banner').getByRole('button', { name: /search/i }).tap();
    await dialogOf(page).getByRole('button', { name: 'Forget them' }).tap();
    const help = dialogOf(page).locator('.search-help');
    await help.waitFor();
    assert.equal(await hitsOf(page).count(), 0);
    assert.equal(await page.evaluate(() => localStorage.getItem('searches')), '[]');
    await help.getByRole('link', { name: 'Mist Schedulers' }).tap();
    await page.waitForURL('/mist-schedulers/');
  }));

test('a finger on the row that answers, beside its findings, leads to the comparison', () =>
  withPage(browser, site, { width: 390, touch: true }, async (page) => {
    await page.goto('/handbook/');
    await page.getByRole('banner').getByRole('button', { name: /search/i }).tap();
    await fieldOf(page).fill('scheduler');
    await dialogOf(page).locator('.answer h2', { hasText: 'Scheduler' }).tap();
    await page.waitForURL(/\/toy-schedulers\/compare\/\?r=architecture\.scheduler/);
  }));

for (const [size, width] of [['a desk', 1280], ['a phone', 390]]) {
  test(`on ${size} whoever finds nothing, or has not begun, reads how to search`, () =>
    withPage(browser, site, { width }, async (page) => {
      const help = dialogOf(page).locator('.search-help');
      await page.goto('/');
      await page.keyboard.press('/');
      await help.waitFor();
      assert.equal(await status(page), '');
      assert.deepEqual(await axeViolations(page), []);
      await fieldOf(page).fill('xylophone');
      await dialogOf(page).locator('.count').filter({ hasText: 'Nothing found for “xylophone”' }).waitFor();
      assert.equal(await status(page), 'Nothing found for “xylophone”');
      assert.ok(await help.isVisible());
      assert.deepEqual(await axeViolations(page), []);
      const [dialog, panel] = [await dialogOf(page).boundingBox(), await dialogOf(page).locator('.search-panel').boundingBox()];
      assert.ok(dialog.x >= 0 && dialog.x + dialog.width <= width && panel.height > 100);
      await fieldOf(page).fill('owl');
      await hitsOf(page).first().waitFor();
      assert.equal(await help.count(), 0);
      await fieldOf(page).fill('');
      await help.getByRole('link', { name: 'Toy Schedulers' }).click();
      await page.waitForURL('/toy-schedulers/');
    }));
}

for (const [name, words, chosen, partOf] of [
  ['search-hits', 'waking bell', true, dialogOf],
  ['search-answer', 'scheduler zorble quillfern', true, (page) => hitsOf(page).first()],
  ['search-correction', 'wakign bell', false, dialogOf],
  ['search-nothing', 'xylophone', false, dialogOf],
]) {
  test(`a screen reader finds its way: ${name}`, () =>
    withPage(browser, site, {}, async (page) => {
      await page.goto('/handbook/');
      await searchFor(page, words);
      if (chosen) await page.keyboard.press('ArrowDown');
      await assertTree(partOf(page), name);
      const states = ['aria-expanded', 'aria-controls', 'aria-autocomplete', 'aria-activedescendant'];
      const wanted = [String((await hitsOf(page).count()) > 0), 'fg-hits', 'list', chosen ? 'fg-hit-0' : null];
      assert.deepEqual(await Promise.all(states.map((name) => fieldOf(page).getAttribute(name))), wanted);
    }));
}

test('a screen reader finds its way: search-recent', () =>
  withPage(browser, site, {}, async (page) => {
    await remember(page, 'waking bell', 'owl');
    await page.goto('/handbook/');
    await page.keyboard.press('/');
    await hitsOf(page).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await assertTree(dialogOf(page), 'search-recent');
  }));
