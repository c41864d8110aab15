// The comparison and the choice on a phone, by finger: what is pressed is what answers, whatever is open above it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertMarked, box, CHOOSE, COMPARE, frameworks, main, mark, untilAsked, whenReady } from './comparing.mjs';
import { FIXTURE, launch, serve, share, withPage } from './support.mjs';

let browser;
let site;

share(() => [launch(), serve(FIXTURE)], (...shared) => {
  [browser, site] = shared;
});

const PHONE = { width: 390, touch: true };

test('a finger picks criteria, shows only differences, moves a column and removes one', () =>
  withPage(browser, site, PHONE, async (page) => {
    await page.goto(COMPARE);
    await mark(page);
    await whenReady(page);
    const fold = page.locator('#fg-pick-c');
    await fold.locator('summary').tap();
    await box(page, 'Overview').tap();
    await untilAsked(page, '?c=architecture,performance,use-case-fit');
    assert.equal(await fold.evaluate((fold) => fold.open), true, 'further criteria can be picked');
    await box(page, 'Only differences').tap();
    await untilAsked(page, '?c=architecture,performance,use-case-fit&only=differences');
    assert.equal(await fold.evaluate((fold) => fold.open), false, 'it closes when something else is pressed');
    await main(page).getByRole('link', { name: 'Move Zorble right', exact: true }).tap();
    await untilAsked(page, '?f=quillfern,zorble,tumbrook&c=architecture,performance,use-case-fit&only=differences');
    await main(page).getByRole('link', { name: 'Remove Quillfern', exact: true }).tap();
    await untilAsked(page, '?f=zorble,tumbrook&c=architecture,performance,use-case-fit&only=differences');
    assert.deepEqual(await frameworks(page), ['Zorble', 'Tumbrook']);
    await assertMarked(page);
  }));

test('a finger asks for a must-have, and takes it away', () =>
  withPage(browser, site, PHONE, async (page) => {
    await page.goto(CHOOSE);
    await mark(page);
    await whenReady(page);
    await page.locator('#fg-must-add').selectOption({ label: 'Retries marbles: yes' });
    await untilAsked(page, '?must=architecture.retries-marbles:yes');
    await box(page, 'Retries marbles: yes').tap();
    await untilAsked(page, '');
    await assertMarked(page);
  }));
