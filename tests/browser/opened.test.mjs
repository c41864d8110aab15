// What opens over a page is accessible in dark and in forced colours (in light each is checked where it is tested), and
// can be used in a narrow window and in one that is zoomed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dialogOf, hitsOf, searchFor } from './searching.mjs';
import { axeViolations, FIXTURE, launch, serve, share, withPage } from './support.mjs';

let browser;
let site;

share(() => [launch(), serve(FIXTURE)], (...shared) => {
  [browser, site] = shared;
});

const SCHEMES = {
  'dark': { scheme: 'dark' },
  'forced colours, light': { forced: true },
  'forced colours, dark': { forced: true, scheme: 'dark' },
};

const OPENED = {
  'the search with a hit chosen': async (page) => {
    await searchFor(page, 'carriers');
    await page.keyboard.press('ArrowDown');
    assert.equal(await hitsOf(page).first().getAttribute('aria-selected'), 'true');
  },
  'the search with a row that answers': async (page) => {
    await searchFor(page, 'scheduler');
    await dialogOf(page).locator('.answer').waitFor();
  },
  'the search with a correction': async (page) => {
    await searchFor(page, 'shceduler');
    await dialogOf(page).getByRole('link', { name: 'scheduler', exact: true }).waitFor();
  },
  'the search with its help': async (page) => {
    await page.keyboard.press('/');
    await dialogOf(page).locator('.search-help').waitFor();
  },
  'the sheet of keys': async (page) => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  },
  'a source in its place': async (page) => {
    await page.locator('article .cite a').first().click();
    await page.getByRole('dialog', { name: 'Source 1' }).waitFor();
  },
  'a figure opened large': async (page) => {
    await page.locator('figure.diagram').getByRole('button', { name: 'Enlarge' }).click();
    await page.getByRole('dialog').locator('svg').waitFor();
  },
};

for (const [scheme, options] of Object.entries(SCHEMES)) {
  for (const [name, open] of Object.entries(OPENED)) {
    test(`${name}, ${scheme}`, () =>
      withPage(browser, site, options, async (page) => {
        await page.goto('/wide/');
        await open(page);
        assert.deepEqual(await axeViolations(page), []);
      }));
  }
}

const WINDOWS = { '320 px': { width: 320 }, 'zoomed to 200 %': { zoom: 2 } };

for (const [size, options] of Object.entries(WINDOWS)) {
  for (const [name, open] of Object.entries(OPENED)) {
    test(`${name} fits into the window and can be left, ${size}`, () =>
      withPage(browser, site, options, async (page) => {
        await page.goto('/wide/');
        await open(page);
        const opened = page.getByRole('dialog');
        const beyond = await opened.evaluate((element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          return Math.max(-left, -top, right - innerWidth, bottom - innerHeight, element.scrollWidth - element.clientWidth);
        });
        assert.ok(beyond < 1, `${beyond} px are out of sight`);
        assert.deepEqual(await axeViolations(page), []);
        const close = opened.getByRole('button', { name: 'Close' });
        await ((await close.count()) ? close.click() : page.keyboard.press('Escape'));
        await opened.waitFor({ state: 'hidden' });
      }));
  }
}
