// A comparison of thousands of cells: what a control needs is fetched without the cells that the page has already,
// and gives the same page as its address does by itself.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { untilAsked, untilSeen, whenLoaded, whenReady } from './comparing.mjs';
import { writeLarge } from './large.mjs';
import { axeViolations, launch, serve, share, shiftsOf, withPage } from './support.mjs';

const COMPARE = '/category/compare/';
const FRAMEWORKS = 24;
const FACTS = 72;

let browser;
let site;

async function serveLarge() {
  const folder = await mkdtemp(path.join(tmpdir(), 'fieldguide-large-'));
  await writeLarge(folder, FRAMEWORKS, FACTS);
  return serve(folder, { live: false }).finally(() => rm(folder, { recursive: true }));
}

share(() => [launch(), serveLarge()], (...shared) => {
  [browser, site] = shared;
});

const ALL_BUT_F3 = [...Array(FRAMEWORKS).keys()].map((number) => `f${number}`).filter((name) => name !== 'f3').sort().join(',');

/** What is done, from which query, which query that makes, and whether the page has all cells for it. */
const STEPS = {
  'only differences': { by: '#fg-only', makes: '?only=differences', isHeld: true },
  'all rows again': { from: '?only=differences', by: '#fg-only', makes: '', isHeld: false },
  'sorted by a number': { by: '#fg-row-criterion-3-fact-3', makes: '?sort=criterion-3.fact-3', isHeld: true },
  'turned round': { from: '?sort=criterion-3.fact-3', by: '#fg-row-criterion-3-fact-3', makes: '?sort=-criterion-3.fact-3', isHeld: true },
  'a framework less': { by: '#fg-remove-f3', makes: `?f=${ALL_BUT_F3}`, isHeld: true },
  'a criterion less': { by: '#fg-drop-criterion-4', makes: '?c=criterion-0,criterion-1,criterion-2,criterion-3,criterion-5,criterion-6,criterion-7', isHeld: true },
  'frameworks as rows': { by: '#fg-as', choose: 'rows', makes: '?as=rows', isHeld: false },
  'frameworks as columns': { from: '?as=rows', by: '#fg-as', choose: '', makes: '', isHeld: false },
  'words looked for': { by: '#fg-find', type: 'scheduler', makes: '?q=scheduler', isHeld: false },
};

for (const [name, { from = '', by, choose, type, makes, isHeld }] of Object.entries(STEPS)) {
  test(`${name} gives the page of its address`, () => withPage(browser, site, {}, async (page) => {
    await page.goto(COMPARE + from);
    await whenReady(page);
    const sizes = [];
    page.on('response', async (response) => {
      if (response.url().includes('fragment=1')) sizes.push((await response.text()).split('<td').length);
    });
    const control = page.locator(by);
    if (type) await control.fill(type);
    else if (choose !== undefined) await control.selectOption(choose);
    else await control.click();
    await untilAsked(page, makes);
    await page.waitForFunction(() => !document.querySelector('[data-compare]').hasAttribute('aria-busy'));
    const cells = await page.locator('.matrix td').count();
    if (isHeld) assert.ok(sizes.length === 1 && sizes[0] < cells / 2, `${sizes} cells were sent for ${cells}`);
    await assertAsLoaded(page, makes);
  }));
}

test('what is asked for is there before its links, and what is asked meanwhile is not lost', () =>
  withPage(browser, site, { height: 1200 }, async (page) => {
    await page.goto(COMPARE);
    await whenReady(page);
    const sendWhole = await holdAnswers(page);
    const isThere = (selector) => page.evaluate((selector) => document.querySelector(selector) !== null, selector);
    const outOfSight = await lastRow(page);
    await page.locator('#fg-sort').selectOption({ label: 'Criterion 0: Fact 8' });
    await page.waitForFunction(() => document.querySelector('table[aria-busy]'));
    assert.equal(await isThere('[data-compare][aria-busy]'), false, 'the control is answered');
    const sorted = await durations(page);
    assert.deepEqual(sorted, [...sorted].sort((a, b) => a - b), 'the row stands in order');
    await untilSeen(() => lastRow(page), outOfSight);
    await untilSeen(() => isThere('td[style]'), false);
    await page.locator('#fg-only').click();
    assert.equal(new URL(page.url()).search, '');
    sendWhole();
    await untilAsked(page, '?only=differences&sort=criterion-0.fact-8');
    await untilWhole(page);
    await assertAsLoaded(page, '?only=differences&sort=criterion-0.fact-8');
  }));

test('a table is turned round before all of it is sent again', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(COMPARE);
    await whenReady(page);
    await page.route(/fragment=1/, () => undefined);
    const cells = () => page.evaluate(() => {
      const table = document.querySelector('.matrix');
      const count = Number(table.dataset.firstFrameworks);
      const rows = table.matches('.rows') ? [...table.tBodies[0].rows].slice(0, count) : [...table.querySelectorAll('tr[data-row]')];
      return rows.map((row) => [...row.cells].slice(1, 1 + count).map((cell) => cell.innerHTML));
    });
    const heads = () => page.locator('.matrix thead th').allTextContents();
    const [before, names, facts] = [await cells(), await heads(), await page.locator('.matrix tbody th[scope=row]').count()];
    await page.locator('#fg-as').selectOption('rows');
    await page.locator('.matrix.rows').waitFor();
    const after = await cells();
    assert.deepEqual(after.map((row) => row[0]), before[0], 'the first row is the first column');
    assert.deepEqual(await page.locator('.matrix.rows tbody th').allTextContents(), names);
    await untilSeen(() => page.locator('.matrix thead th[scope=col]').count(), facts);
    assert.equal(await page.locator('.matrix tbody tr:first-child td').count(), facts);
    assert.deepEqual(await axeViolations(page), []);
  }));

/** What takes a while: which control is given which value, what then is not done yet, and which query that makes. */
const UNDER_WAY = {
  'put in order': { by: 'fg-sort', value: 'criterion-0.fact-8', isLeft: 'td[style]', makes: '?sort=criterion-0.fact-8', keeps: '' },
  'turned round': { by: 'fg-as', value: 'rows', isLeft: '.matrix.rows + .matrix', makes: '?as=rows', keeps: '&as=rows' },
};

for (const [what, { by, value, isLeft, makes, keeps }] of Object.entries(UNDER_WAY)) {
  test(`going back while a table is ${what} gives the page that was there`, () =>
    withPage(browser, site, {}, async (page) => {
      await page.goto(COMPARE);
      await whenReady(page);
      await page.locator('#fg-row-criterion-3-fact-3').click();
      await untilAsked(page, '?sort=criterion-3.fact-3');
      await untilWhole(page);
      const sendWhole = await holdAnswers(page);
      await teachToBegin(page);
      const left = await page.evaluate(async ([by, value, isLeft]) => {
        await globalThis.begin(() => globalThis.give(by, value));
        history.back();
        return document.querySelectorAll(isLeft).length;
      }, [by, value, isLeft]);
      assert.ok(left > 0, 'the reader goes back before all is done');
      await untilAsked(page, '');
      sendWhole();
      await untilWhole(page);
      await assertAsLoaded(page, '');
    }));

  test(`a framework that is dragged while a table is ${what} waits for that, and neither is lost`, () =>
    withPage(browser, site, {}, async (page) => {
      await page.goto(COMPARE);
      await whenReady(page);
      await page.locator('#fg-col-f1').hover();
      await whenLoaded(page, 'drag');
      const sendWhole = await holdAnswers(page);
      await teachToBegin(page);
      const [left, names] = await page.evaluate(async ([by, value, isLeft]) => {
        await globalThis.begin(() => globalThis.give(by, value));
        const heads = [...document.querySelectorAll('[data-column]')];
        const [first, moved] = [heads[0], heads[5]];
        const { x, y } = first.getBoundingClientRect();
        const drag = (type, head) => head.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, clientX: x + 1, clientY: y + 1 }));
        drag('dragstart', moved);
        drag('dragover', first);
        drag('drop', first);
        drag('dragend', moved);
        return [document.querySelectorAll(isLeft).length, heads.map((head) => head.dataset.column)];
      }, [by, value, isLeft]);
      assert.ok(left > 0, 'the framework is dragged before all is done');
      assert.equal(new URL(page.url()).search, '');
      sendWhole();
      const dragged = `?f=${[names[5], ...names.filter((name) => name !== names[5])]}${keeps}`;
      await untilAsked(page, dragged);
      await untilWhole(page);
      const shown = await contentOf(page);
      await page.goBack();
      await untilAsked(page, makes);
      await untilWhole(page);
      await page.goto(COMPARE + dragged);
      await whenReady(page);
      assert.deepEqual(await contentOf(page), shown);
    }));
}

test('steps that are taken while others are under way follow these in turn, and none is lost', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(COMPARE);
    await whenReady(page);
    await teachToBegin(page);
    await page.evaluate(async () => {
      const click = (id) => document.getElementById(id).click();
      await globalThis.begin(() => ['fg-remove-f3', 'fg-drop-criterion-4'].forEach(click));
      click('fg-drop-criterion-5');
    });
    const criteria = [0, 1, 2, 3, 6, 7].map((number) => `criterion-${number}`);
    await untilAsked(page, `?f=${ALL_BUT_F3}&c=${criteria}`);
  }));

/** Holds whole answers back, until they are let go. */
async function holdAnswers(page) {
  let letGo;
  const areLetGo = new Promise((resolve) => {
    letGo = resolve;
  });
  await page.route(/fragment=1/, async (route) => {
    await areLetGo;
    await route.continue();
  });
  return letGo;
}

/** Waits until the page shows what its address asks for, and nothing of that is still to come. */
function untilWhole(page) {
  return page.waitForFunction(() => {
    const isShown = document.querySelector('[data-compare]').dataset.shown === location.search;
    return isShown && !document.querySelector('[aria-busy]');
  });
}

/** Lets scripts in the page begin something and go on as soon as the table stands in order: what is out of sight follows later. */
function teachToBegin(page) {
  return page.evaluate(() => {
    globalThis.begin = (act) => new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        if (!document.querySelector('table[aria-busy]')) return;
        observer.disconnect();
        // Other scripts get to the end of what they do at once, and not to what they do after the next paint.
        setTimeout(resolve);
      }).observe(document.querySelector('[data-compare]'), { subtree: true, attributeFilter: ['aria-busy'] });
      act();
    });
    globalThis.give = (id, value) => {
      const control = document.getElementById(id);
      control.value = value;
      control.dispatchEvent(new Event('change', { bubbles: true }));
    };
  });
}

/** The numbers of the row by which the columns are sorted, from left to right. */
function durations(page) {
  return page.evaluate(() => {
    const row = document.getElementById('fg-row-criterion-0-fact-8').closest('tr');
    const cells = [...row.querySelectorAll('td')].map((cell) => [cell.getBoundingClientRect().x, parseFloat(cell.firstChild.data)]);
    return cells.sort(([a], [b]) => a - b).map(([, number]) => number);
  });
}

/** What the last row, which is out of sight, says of each framework. */
function lastRow(page) {
  return page.evaluate(() => {
    const [head, last] = [document.querySelector('.matrix thead tr'), [...document.querySelectorAll('tr[data-row]')].at(-1)];
    return Object.fromEntries([...head.cells].slice(1).map(({ id }, at) => [id, last.cells[at + 1].textContent]));
  });
}

/** Holds the comparison to what its address alone gives. */
async function assertAsLoaded(page, query) {
  const shown = await contentOf(page);
  await page.goto(COMPARE + query);
  await whenReady(page);
  assert.deepEqual(await contentOf(page), shown);
}

/** The comparison as it stands in the page, line by line. */
function contentOf(page) {
  return page.evaluate(() => document.querySelector('[data-compare]').innerHTML.replaceAll('<t', '\n<t').split('\n').map((line) => line.trim()).filter(Boolean));
}

test('nothing moves while a large page arrives in pieces', () =>
  withPage(browser, site, {}, async (page) => {
    for (const query of ['', '?as=rows']) {
      await page.goto(COMPARE + query);
      assert.deepEqual(await shiftsOf(page), [], query);
    }
  }));

test('many cells stay a table to whoever hears it, and are found where they are out of sight', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(COMPARE);
    assert.deepEqual(await axeViolations(page), []);
    const last = page.getByRole('row').last();
    assert.equal(await last.getByRole('rowheader').count(), 1);
    await last.scrollIntoViewIfNeeded();
    assert.equal(await last.getByRole('cell').count(), FRAMEWORKS);
    const [head, cell] = await page.evaluate(() => {
      const table = document.querySelector('.matrix.many');
      const lastOf = (row) => [...row.cells].at(-1).getBoundingClientRect();
      return [lastOf(table.tHead.rows[0]), lastOf([...table.rows].at(-1))].map(({ x, width }) => [Math.round(x), Math.round(width)]);
    });
    assert.deepEqual(cell, head, 'cells stand below the head of their column');
    const stays = await page.evaluate(() => {
      const scroller = document.querySelector('.matrix-scroller');
      scroller.scrollLeft = 500;
      const [frame, heads, corner] = [scroller, ...scroller.querySelectorAll('thead, .corner')].map((part) => part.getBoundingClientRect());
      return [heads.y - frame.y, corner.y - frame.y, corner.x - frame.x].map(Math.round);
    });
    assert.deepEqual(stays, [1, 1, 1], 'the heads stay in sight, at the edge of the table');
  }));
