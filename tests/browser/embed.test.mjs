// The comparison inside pages of other sites: the code to put there, and what it shows.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';

import { assertMarked, box, COMPARE, mark, untilAsked, whenReady } from './comparing.mjs';
import { FIXTURE, launch, serve, share, withPage } from './support.mjs';

let browser;
let site;

share(() => [launch(), serve(FIXTURE, { published: false })], (...shared) => {
  [browser, site] = shared;
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

test('without script the code to embed holds the whole address too', () =>
  withPage(browser, site, { script: false }, async (page) => {
    await page.goto(COMPARE);
    await box(page, 'Only differences').check();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForURL(/only=differences/);
    await page.getByText('Embed the table').click();
    const wanted = `<iframe src="${site.url}${COMPARE}?only=differences&embed=1" title="Comparison" width="100%" height="600"></iframe>`;
    assert.equal(await code(page).innerText(), wanted);
  }));

for (const [width, script] of [[1280, true], [390, false]]) {
  test(`in a page of another site, ${width} px wide, there is just the table, and its links open tabs: the code taken ${script ? 'with' : 'without'} script`, async () => {
    const embedded = '?f=tumbrook,zorble,quillfern&c=architecture';
    let markup;
    await withPage(browser, site, { script }, async (page) => {
      await page.goto(COMPARE + embedded);
      await page.getByText('Embed the table').click();
      if (script) await whenReady(page);
      markup = await code(page).innerText();
    });
    await withForeignPage(markup, width, async (page) => {
      const frame = page.frameLocator('iframe[title=Comparison]');
      const table = frame.getByRole('table');
      await table.waitFor();
      assert.deepEqual(await table.locator('thead .column').allInnerTexts(), ['Tumbrook', 'Zorble', 'Quillfern']);
      assert.deepEqual(await frame.locator('form, .jump, .moves, .drop, .hint, script').locator('visible=true').count(), 0);
      const [left, overflow] = await table.evaluate((table) => {
        const { scrollWidth, clientWidth } = table.ownerDocument.documentElement;
        return [table.getBoundingClientRect().left, scrollWidth - clientWidth];
      });
      assert.ok(left >= 0 && overflow <= 0, `the table starts at ${left} and goes ${overflow} px too far`);
      for (const [link, address] of [
        [table.getByRole('link', { name: 'Zorble', exact: true }), '/toy-schedulers/zorble/'],
        [frame.getByRole('link', { name: 'Compare Toy Schedulers' }), COMPARE + embedded],
      ]) {
        const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
        await tab.waitForURL(site.url + address);
        await tab.close();
      }
      assert.ok(await table.isVisible(), 'the table stays where it is');
    });
  });
}

/** Runs `body` with a page of another origin that holds some markup. */
async function withForeignPage(markup, width, body) {
  const html = `<!doctype html><meta name="viewport" content="width=device-width"><title>Elsewhere</title>${markup}`;
  const server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(html)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  try {
    const page = await context.newPage();
    const faults = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await body(page);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
    server.closeAllConnections();
    server.close();
  }
}
