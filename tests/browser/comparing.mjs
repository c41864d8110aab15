// What the tests of comparing and choosing share: where things stand on the page, and what it shows.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

export const COMPARE = '/toy-schedulers/compare/';
export const CHOOSE = '/toy-schedulers/choose/';

const PATIENCE_MS = 10_000;

export const main = (page) => page.getByRole('main');
export const matrixOf = (page) => main(page).getByRole('table').first();
export const unfold = (page, name) => main(page).locator('.controls summary', { hasText: name }).click();
export const box = (page, name) => main(page).getByRole('checkbox', { name });
export const query = (page) => decodeURIComponent(new URL(page.url()).search);

/** The names of the frameworks, in the order of the columns, or of the rows. */
export const frameworks = (page) => main(page).locator(':is(thead, .heads, .rows) .column').allInnerTexts();

/** What the comparison or the choice shows: its title, its tables, and what its fields hold. */
export function view(page) {
  return page.evaluate(() => {
    const parts = document.querySelectorAll('#fg-state, .matrix, .both, .left-out, .ranking');
    return {
      title: document.title,
      shown: [...parts].map((part) => part.innerText.replace(/[ \t]+/g, ' ')),
      fields: new URLSearchParams(new FormData(document.querySelector('[data-compare] form'))).toString(),
    };
  });
}

/** Waits until a look at the page finds what is wanted. */
export async function untilSeen(look, wanted) {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline && !isDeepStrictEqual(await look(), wanted)) await pause(20);
  assert.deepEqual(await look(), wanted);
}

/** Waits until the page shows what it showed before. */
export const untilViewed = (page, wanted) => untilSeen(() => view(page), wanted);

/** Waits until the address asks for a selection. */
export async function untilAsked(page, wanted) {
  const isAsked = (url) => decodeURIComponent(url.search) === wanted;
  await page.waitForURL(isAsked).catch(() => assert.equal(query(page), wanted));
}

/** Waits until links are followed without page loads: the script comes when somebody comes near. */
export async function whenReady(page) {
  await page.locator('#fg-state').hover();
  await whenLoaded(page, 'compare');
}

/** Waits until a module has run. */
export async function whenLoaded(page, module) {
  const find = (module) => performance.getEntriesByType('resource').find(({ name }) => name.includes(`/${module}.`))?.name;
  const script = await (await page.waitForFunction(find, module)).jsonValue();
  await page.evaluate((name) => import(name), script);
}

/** Remembers the element that announces what is shown; a page that is loaded anew has another one. */
export function mark(page) {
  return page.evaluate(() => (globalThis.announcer = document.getElementById('fg-state')));
}

/** The page was not loaded anew, and what it says is said by the element that screen readers listen to. */
export async function assertMarked(page) {
  const isSame = await page.evaluate(() => document.getElementById('fg-state') === globalThis.announcer && globalThis.announcer.role === 'status');
  assert.ok(isSame, 'the page was not loaded anew');
}
