// The search: as one types in a dialog, and as a plain form.

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

const dialogOf = (page) => page.getByRole('dialog');
const fieldOf = (page) => dialogOf(page).locator('input[name=q]');
const hitsOf = (page) => dialogOf(page).getByRole('option');
const answered = (page) => dialogOf(page).locator('.search-panel:not([aria-busy])').waitFor();

for (const [way, open] of Object.entries({
  'the slash key': (page) => page.keyboard.press('/'),
  'Ctrl-K': (page) => page.keyboard.press('Control+k'),
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
    await page.waitForURL('/toy-schedulers/zorble/#the-waking-bell');
    await assertInView(page, '#the-waking-bell');
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
    const before = await chosen.getAttribute('data-href');
    await fieldOf(page).pressSequentially('ll');
    await answered(page);
    assert.equal(await chosen.getAttribute('data-href'), before);
  }));

test('a word that nothing holds is answered in words', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/');
    await page.keyboard.press('/');
    await fieldOf(page).pressSequentially('xylophone');
    await dialogOf(page).getByText(/(no|nothing).*xylophone|xylophone.*(no|nothing)/i).first().waitFor();
    assert.equal(await dialogOf(page).isVisible(), true);
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
    await page.waitForURL('/toy-schedulers/zorble/#the-waking-bell');
    await assertInView(page, '#the-waking-bell');
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
