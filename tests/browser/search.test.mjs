// The search: as one types in a dialog, and as a plain form.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { answered, dialogOf, fieldOf, hitsOf } from './searching.mjs';
import { axeViolations, FIXTURE, launch, serve, share, withPage } from './support.mjs';

let browser;
let site;

share(() => [launch(), serve(FIXTURE)], (...shared) => {
  [browser, site] = shared;
});

for (const [way, open] of Object.entries({
  'the slash key': (page) => page.keyboard.press('/'),
  'Ctrl-K': (page) => page.keyboard.press('Control+k'),
  'Cmd-K': (page) => page.keyboard.press('Meta+k'),
  'the button in the header': (page) => page.getByRole('banner').getByRole('button', { name: /search/i }).click(),
})) {
  test(`${way} opens the dialog, Escape closes it`, () =>
    withPage(browser, site, {}, async (page) => {
      await page.goto('/handbook/');
      await assertOpens(page, open);
      await page.keyboard.press('Escape');
      await dialogOf(page).waitFor({ state: 'hidden' });
      assert.equal(new URL(page.url()).pathname, '/handbook/');
    }));
}

test('a slash typed into a field is a slash', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/toy-schedulers/zorbel/');
    const field = page.getByRole('main').getByRole('searchbox');
    await field.fill('');
    await field.press('/');
    assert.equal(await field.inputValue(), '/');
    assert.equal(await dialogOf(page).isVisible(), false);
  }));

test('typing shows hits; arrows and Enter lead to the section', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    await page.keyboard.press('/');
    await fieldOf(page).pressSequentially('waking bel');
    await answered(page);
    await hitsOf(page).first().filter({ hasText: 'The waking bell' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('/toy-schedulers/zorble/?mark=waking+bel#the-waking-bell');
    await assertInView(page, '#the-waking-bell');
    assert.deepEqual(await page.locator('#the-waking-bell mark').allTextContents(), ['waking', 'bell']);
  }));

test('arrows choose one hit, and the field tells which', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/');
    await page.keyboard.press('/');
    await fieldOf(page).pressSequentially('carriers');
    await answered(page);
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
    const chosen = dialogOf(page).getByRole('option', { selected: true });
    assert.equal(await chosen.count(), 1);
    assert.equal(await chosen.textContent(), await hitsOf(page).nth(1).textContent());
    assert.equal(await fieldOf(page).getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));
    assert.deepEqual(await axeViolations(page), []);
  }));

test('a chosen hit stays chosen when the next letter finds it again', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/');
    await page.keyboard.press('/');
    await fieldOf(page).pressSequentially('waking be');
    await answered(page);
    await page.keyboard.press('ArrowDown');
    const chosen = dialogOf(page).getByRole('option', { selected: true });
    const before = await chosen.getAttribute('data-key');
    await fieldOf(page).pressSequentially('ll');
    await answered(page);
    assert.equal(await chosen.getAttribute('data-key'), before);
    assert.match(await chosen.getAttribute('data-href'), /mark=waking\+bell#/);
  }));

test('the row that answers is the first option, and leads to the comparison', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/');
    await page.keyboard.press('/');
    await fieldOf(page).pressSequentially('scheduler zorble quillfern');
    const row = dialogOf(page).getByRole('option', { name: /^Scheduler .*Zorble.*Quillfern/s });
    await row.waitFor();
    await page.keyboard.press('ArrowDown');
    assert.equal(await row.getAttribute('aria-selected'), 'true');
    assert.deepEqual(await axeViolations(page), []);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/toy-schedulers\/compare\//);
  }));

test('Ctrl-Enter opens a hit in a new tab and leaves the dialog open', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    await page.keyboard.press('/');
    await fieldOf(page).pressSequentially('waking bell');
    await hitsOf(page).first().filter({ hasText: 'The waking bell' }).waitFor();
    await page.keyboard.press('ArrowDown');
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('Control+Enter')]);
    await tab.waitForURL(/#the-waking-bell$/);
    assert.equal(await dialogOf(page).isVisible(), true);
  }));

test('a correction runs with one click', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/');
    await page.keyboard.press('/');
    await fieldOf(page).pressSequentially('shceduler');
    await dialogOf(page).getByRole('link', { name: 'scheduler', exact: true }).click();
    await dialogOf(page).getByText('results for “scheduler”').first().waitFor();
    assert.equal(await fieldOf(page).inputValue(), 'scheduler');
    assert.ok(await fieldOf(page).evaluate((field) => field === document.activeElement));
  }));

test('the number of results is announced', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/');
    await page.keyboard.press('/');
    await fieldOf(page).pressSequentially('waking bell');
    await dialogOf(page).getByRole('status').filter({ hasText: /^\d+ results? for “waking bell”$/ }).waitFor();
  }));

test('an answer that comes too late is dropped', () =>
  withPage(browser, site, {}, async (page) => {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route(/\/search\?q=owl&/, async (route) => {
      await held;
      await route.continue().catch(() => {}); // the page has given the request up
    });
    await page.goto('/');
    await page.keyboard.press('/');
    await fieldOf(page).fill('owl');
    await fieldOf(page).fill('waking bell');
    await hitsOf(page).first().filter({ hasText: 'The waking bell' }).waitFor();
    release();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.match(await hitsOf(page).first().textContent(), /The waking bell/);
  }));

test('the dialog remembers what was typed, and the browser what was found', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    await page.keyboard.press('/');
    await fieldOf(page).pressSequentially('waking bell');
    await hitsOf(page).first().filter({ hasText: 'The waking bell' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#the-waking-bell$/);
    await page.keyboard.press('/');
    await hitsOf(page).first().waitFor();
    assert.equal(await fieldOf(page).inputValue(), 'waking bell');
    await fieldOf(page).fill('');
    const recent = dialogOf(page).getByRole('option', { name: 'waking bell', exact: true });
    await recent.waitFor();
    assert.deepEqual(await axeViolations(page), []);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await hitsOf(page).first().filter({ hasText: 'The waking bell' }).waitFor();
    assert.equal(await fieldOf(page).inputValue(), 'waking bell');
    await fieldOf(page).fill('');
    await dialogOf(page).getByRole('button', { name: 'Forget them' }).click();
    await recent.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => localStorage.getItem('searches')), '[]');
  }));

test('a search made on a page is remembered as those of the dialog are', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/toy-schedulers/zorbel/');
    await page.evaluate(() => localStorage.setItem('searches', JSON.stringify([...'abcdefgh'])));
    for (const words of ['owl', 'waking bell', ' owl ', ' ']) {
      const field = page.getByRole('main').getByRole('searchbox');
      await field.fill(words);
      await field.press('Enter');
      await page.waitForURL(`/search?${new URLSearchParams({ q: words })}`);
    }
    await page.goto('/handbook/');
    await page.keyboard.press('/');
    await hitsOf(page).first().waitFor();
    assert.deepEqual(await hitsOf(page).allInnerTexts(), ['owl', 'waking bell', ...'abcdef']);
  }));

test('a finger opens the dialog, a hit, and a finding of the row', () =>
  withPage(browser, site, { width: 390, touch: true }, async (page) => {
    const tapSearch = () => page.getByRole('banner').getByRole('button', { name: /search/i }).tap();
    await page.goto('/handbook/');
    await tapSearch();
    await fieldOf(page).fill('waking bell');
    await hitsOf(page).first().filter({ hasText: 'The waking bell' }).tap();
    await page.waitForURL(/#the-waking-bell$/);
    await tapSearch();
    await fieldOf(page).fill('scheduler');
    await dialogOf(page).locator('.answer').getByText('Quillfern').tap();
    await page.waitForURL(/\/toy-schedulers\/quillfern\/#architecture$/);
  }));

test('the first letter shows results within 50 milliseconds', () =>
  withPage(browser, site, {}, async (page) => {
    const times = [];
    for (let turn = 0; turn < 7; turn += 1) {
      await page.goto('/handbook/');
      await page.evaluate(() => sessionStorage.clear());
      await page.keyboard.press('/');
      await dialogOf(page).waitFor();
      times.push(await fieldOf(page).evaluate((field) => new Promise((resolve) => {
        const panel = document.querySelector('.search-panel');
        const started = performance.now();
        new MutationObserver(() => {
          if (!panel.querySelector('.hit')) return;
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
        }).observe(panel, { childList: true });
        field.value = 'z';
        field.dispatchEvent(new Event('input', { bubbles: true }));
      })));
    }
    times.sort((a, b) => a - b);
    assert.ok(times[3] < 50, `median of ${times.map((time) => time.toFixed(1)).join(', ')} ms`);
  }));

test('without script the form in the header leads to the results', () =>
  withPage(browser, site, { script: false }, async (page) => {
    await page.goto('/handbook/');
    const field = page.getByRole('banner').getByRole('searchbox');
    await field.fill('waking bell');
    await field.press('Enter');
    await page.waitForURL(/\/search\?q=waking\+bell/);
    const hit = page.getByRole('main').getByRole('link', { name: /the waking bell/i }).first();
    await hit.click();
    await page.waitForURL('/toy-schedulers/zorble/?mark=waking+bell#the-waking-bell');
    await assertInView(page, '#the-waking-bell');
    assert.deepEqual(await page.locator('#the-waking-bell mark').allTextContents(), ['waking', 'bell']);
  }));

test('without script results are grouped, narrowed and corrected by links, and open with the row that answers', () =>
  withPage(browser, site, { script: false }, async (page) => {
    await page.goto('/search?q=shceduler');
    await page.getByRole('link', { name: 'scheduler', exact: true }).click();
    await page.waitForURL('/search?q=scheduler');
    const answer = page.getByRole('region', { name: 'Scheduler' });
    assert.deepEqual(await answer.locator('.answer-of a').allTextContents(), ['Zorble', 'Quillfern']);
    await page.getByRole('link', { name: 'Group by framework' }).click();
    await page.getByRole('heading', { name: 'Zorble' }).waitFor();
    await page.getByRole('navigation', { name: 'Narrow the results' }).getByRole('link', { name: /^Zorble/ }).click();
    await page.waitForURL(/framework=zorble/);
    await page.goBack();
    await page.getByRole('heading', { name: 'Quillfern' }).waitFor();
    await answer.getByRole('link', { name: 'Compare them in full' }).click();
    await page.waitForURL(/\/toy-schedulers\/compare\//);
  }));

async function assertOpens(page, open) {
  assert.equal(await dialogOf(page).isVisible(), false);
  await open(page);
  await dialogOf(page).waitFor();
  const focused = await fieldOf(page).evaluate((field) => field === document.activeElement);
  assert.ok(focused, 'the field of the dialog has the focus');
}

/** The section is there to read: inside the window, and not behind a header that stays. */
async function assertInView(page, hash) {
  const seen = await page.locator(hash).evaluate((heading) => {
    const { left, top, height } = heading.getBoundingClientRect();
    const there = document.elementFromPoint(left + 2, top + height / 2);
    return heading.contains(there) || there?.contains(heading);
  });
  assert.ok(seen, `${hash} is in view`);
}
