// The comparison inside pages of other sites: the code to put there, and what it shows.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertMarked, box, COMPARE, main, mark, untilAsked, whenReady } from './comparing.mjs';
import { FIXTURE, launch, serve, withPage } from './support.mjs';

let browser;
let site;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve(FIXTURE)]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const code = (page) => page.locator('#fg-embed code');

test('the code to embed holds the whole address, whatever is chosen meanwhile', () =>
  withPage(browser, site, {}, async (page) => {
    const source = async () => /src="([^"]*)"/.exec(await code(page).innerText())[1];
    await page.goto(COMPARE);
    await mark(page);
    await page.getByText('Embed the table').click();
    await whenReady(page);
    assert.equal(await source(), `${site.url}${COMPARE}?embed=1`);
    await box(page, 'Only differences').check();
    await untilAsked(page, '?only=differences');
    assert.equal(await source(), `${site.url}${COMPARE}?only=differences&embed=1`);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('#fg-embed code').innerText.includes('/compare/?embed=1'));
    assert.equal(await source(), `${site.url}${COMPARE}?embed=1`);
    assert.ok(await code(page).isVisible(), 'the fold stays open');
    await assertMarked(page);
    await page.locator('#fg-embed figure').hover();
    await page.locator('#fg-embed .copy').click();
    await page.getByText('Code copied').waitFor();
    const wanted = `<iframe src="${site.url}${COMPARE}?embed=1" title="Comparison" width="100%" height="600"></iframe>`;
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), wanted);
  }));

for (const width of [1280, 390]) {
  test(`in a page of another site, ${width} px wide, there is just the table, and its links open tabs`, () =>
    withPage(browser, site, { width }, async (page) => {
      await page.goto(`${COMPARE}?f=tumbrook,zorble,quillfern&c=architecture`);
      await page.getByText('Embed the table').click();
      await whenReady(page);
      const markup = await code(page).innerText();
      await page.goto('about:blank');
      await page.setContent(`<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>${markup}`);
      const frame = page.frameLocator('iframe[title=Comparison]');
      const table = frame.getByRole('table');
      await table.waitFor();
      assert.deepEqual(await table.locator('thead .column').allInnerTexts(), ['Tumbrook', 'Zorble', 'Quillfern']);
      assert.deepEqual(await frame.locator('form, .jump, .moves, .drop, .hint, script').locator('visible=true').count(), 0);
      assert.equal(await table.evaluate((table) => table.ownerDocument.documentElement.scrollWidth <= innerWidth), true);
      for (const [link, address] of [
        [table.getByRole('link', { name: 'Zorble', exact: true }), '/toy-schedulers/zorble/'],
        [frame.getByRole('link', { name: 'Compare Toy Schedulers' }), `${COMPARE}?f=tumbrook,zorble,quillfern&c=architecture`],
      ]) {
        const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
        await tab.waitForURL(address);
        await tab.close();
      }
      assert.ok(await table.isVisible());
      assert.equal(await main(page).count(), 0);
    }));
}
