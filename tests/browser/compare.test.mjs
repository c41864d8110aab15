// The comparison: every control is a form field, and script only saves the trip.

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

const COMPARE = '/toy-schedulers/compare/';
const matrixOf = (page) => page.getByRole('main').getByRole('table').first();
const columnOf = (page, name) => matrixOf(page).getByRole('columnheader', { name });
const choiceOf = (page, name) => page.getByRole('main').getByRole('checkbox', { name });
const unfold = (page, name) => page.getByRole('main').locator('summary', { hasText: name }).click();
const frameworksIn = (page) => (new URL(page.url()).searchParams.get('f') ?? '').split(',').filter(Boolean);

test('leaving a framework out changes the table and the address, not the page', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(COMPARE);
    await mark(page);
    await columnOf(page, /Tumbrook/).waitFor();
    await unfold(page, 'Frameworks');
    assert.deepEqual(await axeViolations(page), []);
    await choiceOf(page, /Tumbrook/).uncheck();
    await columnOf(page, /Tumbrook/).waitFor({ state: 'detached' });
    assert.equal(await columnOf(page, /Zorble/).count(), 1);
    assert.deepEqual(frameworksIn(page).sort(), ['quillfern', 'zorble']);
    await assertMarked(page);

    await page.goBack();
    await columnOf(page, /Tumbrook/).waitFor();
    assert.equal(await choiceOf(page, /Tumbrook/).isChecked(), true);
    assert.deepEqual(frameworksIn(page), []);
    await page.goForward();
    await columnOf(page, /Tumbrook/).waitFor({ state: 'detached' });
    assert.equal(await choiceOf(page, /Tumbrook/).isChecked(), false);
    await assertMarked(page);
  }));

test('only the differences are left when asked for', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(`${COMPARE}?f=zorble,quillfern`);
    await mark(page);
    const same = matrixOf(page).getByRole('row', { name: /Marble Public Licence/ });
    const different = matrixOf(page).getByRole('row', { name: /^Scheduler/ });
    await same.waitFor();
    await choiceOf(page, /differ/i).check();
    await same.waitFor({ state: 'detached' });
    assert.equal(await different.count(), 1);
    assert.equal(new URL(page.url()).searchParams.get('only'), 'differences');
    await assertMarked(page);
  }));

test('no, not applicable and not researched are told apart in the table', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(`${COMPARE}?c=architecture`);
    const row = (name) => matrixOf(page).getByRole('row', { name });
    assert.match(await row(/^Retries marbles/).innerText(), /Yes\s+No\s+Not researched/i);
    assert.match(await row(/^Bowls/).innerText(), /12\s+Not applicable[^\n\t]*\s+Not researched/i);
  }));

test('without script the form gives the same table', () =>
  withPage(browser, site, { script: false }, async (page) => {
    await page.goto(COMPARE);
    await unfold(page, 'Frameworks');
    await choiceOf(page, /Tumbrook/).uncheck();
    await choiceOf(page, /differ/i).check();
    await page.getByRole('main').getByRole('button', { name: 'Show' }).click();
    await page.waitForURL(/only=differences/);
    assert.equal(await columnOf(page, /Tumbrook/).count(), 0);
    assert.equal(await columnOf(page, /Zorble/).count(), 1);
    await unfold(page, 'Frameworks');
    assert.equal(await choiceOf(page, /Tumbrook/).isChecked(), false);
    assert.equal(await choiceOf(page, /differ/i).isChecked(), true);
  }));

/** Leaves a mark that only a full navigation removes. */
function mark(page) {
  return page.evaluate(() => (globalThis.untouched = true));
}

async function assertMarked(page) {
  assert.equal(await page.evaluate(() => globalThis.untouched), true, 'the page was not loaded anew');
}
