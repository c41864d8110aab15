// The comparison: what is dragged, its head-to-heads, on a phone, on paper, and for a screen reader.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertMarked, COMPARE, frameworks, main, mark, untilAsked, whenLoaded, whenReady } from './comparing.mjs';
import { axeViolations, CONTENT, FIXTURE, launch, serve, share, withPage } from './support.mjs';
import { assertTree } from './tree.mjs';

let browser;
let site;
let research;

share(() => [launch(), serve(FIXTURE), serve(CONTENT)], (...shared) => {
  [browser, site, research] = shared;
});

for (const [what, from, sourcePosition, place, makes] of [
  ['a column', '?only=differences', { x: 60, y: 14 }, ({ width }) => ({ x: width / 4, y: 14 }), '?f=tumbrook,zorble,quillfern&only=differences'],
  ['a column, while another is left out,', '?must=architecture.retries-marbles:yes', { x: 60, y: 14 }, ({ width }) => ({ x: width / 4, y: 14 }), '?f=tumbrook,zorble,quillfern&must=architecture.retries-marbles:yes'],
  ['a sorted column', '?sort=-name', { x: 60, y: 14 }, ({ width }) => ({ x: (width * 3) / 4, y: 14 }), '?f=zorble,tumbrook,quillfern'],
  ['a row of a framework', '?as=rows', { x: 60, y: 14 }, ({ height }) => ({ x: 60, y: height / 4 }), '?f=tumbrook,zorble,quillfern&as=rows'],
]) {
  test(`${what} can be dragged to another place`, () =>
    withPage(browser, site, {}, async (page) => {
      await page.goto(COMPARE + from);
      await mark(page);
      await whenReady(page);
      const head = (slug) => page.locator(`#fg-col-${slug}`);
      await head('tumbrook').hover();
      await whenLoaded(page, 'drag');
      const targetPosition = place(await head('zorble').boundingBox());
      await head('tumbrook').dragTo(head('zorble'), { sourcePosition, targetPosition });
      await untilAsked(page, makes);
      assert.equal((await frameworks(page)).indexOf('Tumbrook'), makes.includes('f=tumbrook') ? 0 : 1);
      await assertMarked(page);
    }));
}

test('values that the address cannot have are ignored with a note', () =>
  withPage(browser, site, { script: false }, async (page) => {
    const response = await page.goto(`${COMPARE}?f=zorble,dask&c=speed&r=x.y&only=gaps&must=Colour:red&sort=price&as=circle&open=a.b`);
    assert.equal(response.status(), 200);
    const notes = await main(page).locator('.notice p').allInnerTexts();
    assert.equal(notes[0], 'There is no framework "dask" here.');
    assert.equal(notes.at(-1), 'More of the address was not understood and left out.');
    assert.deepEqual(await frameworks(page), ['Zorble']);
  }));

test('a head-to-head leads with what differs, folds what agrees and puts the prose side by side', () =>
  withPage(browser, research, {}, async (page) => {
    await page.goto('/distributed-computing-frameworks/compare/?f=ray,dask');
    assert.match(await page.title(), /^Ray from Anyscale vs Dask · /);
    assert.deepEqual(await axeViolations(page), []);
    const first = main(page).locator('section.versus').first();
    const folded = first.locator('details.agreed');
    assert.equal(await folded.getAttribute('open'), null);
    await folded.locator('summary').first().click();
    assert.ok(await folded.getByRole('table').isVisible());
    const [left, right] = await first.locator('.both > div').all();
    const [a, b] = [await left.boundingBox(), await right.boundingBox()];
    assert.ok(Math.abs(a.y - b.y) < 2 && b.x >= a.x + a.width, 'the prose stands in two columns');
    await left.locator('details > summary').click();
    assert.ok((await left.innerText()).length > 1000, 'the whole text opens in place');
    await page.goto('/distributed-computing-frameworks/ray/');
    await page.locator('details.pairs summary').click();
    await page.locator('details.pairs').getByRole('link', { name: 'Dask' }).click();
    assert.match(await page.title(), /Ray from Anyscale vs Dask/);
  }));

test('on a phone two columns are seen at a time, names always, and the page itself does not scroll sideways', () =>
  withPage(browser, site, { width: 390 }, async (page) => {
    await page.goto(COMPARE);
    const inSight = () =>
      page.evaluate(() => {
        const whole = ({ left, right, top, bottom }) => left >= -1 && right <= innerWidth + 1 && top >= 0 && bottom <= innerHeight;
        return [...document.querySelectorAll('thead th')].filter((head) => whole(head.getBoundingClientRect())).map((head) => head.querySelector('.column').innerText);
      });
    const scroller = main(page).locator('.matrix-scroller');
    await scroller.scrollIntoViewIfNeeded();
    await scroller.evaluate((element) => element.scrollIntoView({ block: 'end' }));
    assert.deepEqual(await inSight(), ['Zorble', 'Quillfern']);
    await scroller.evaluate((element) => element.scrollTo({ top: element.scrollHeight, behavior: 'instant' }));
    assert.deepEqual(await inSight(), ['Zorble', 'Quillfern'], 'the names stay in sight');
    await main(page).getByRole('navigation', { name: 'Columns' }).getByRole('link', { name: 'Tumbrook' }).click();
    await page.waitForFunction(() => document.querySelector('.matrix-scroller').scrollLeft > 100);
    await scroller.evaluate((element) => element.scrollIntoView({ block: 'end' }));
    assert.deepEqual(await inSight(), ['Quillfern', 'Tumbrook']);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  }));

test('on a phone a swipe ends on whole columns', () =>
  withPage(browser, site, { width: 390, touch: true }, async (page) => {
    await page.goto(COMPARE);
    const scroller = main(page).locator('.matrix-scroller');
    const swipe = await swiperOf(page, scroller);
    const inSight = () => scroller.evaluate((element) => {
      const { left, right } = element.getBoundingClientRect();
      const heads = [...element.querySelectorAll('thead th')].map((head) => [head.querySelector('.column').innerText, head.getBoundingClientRect()]);
      const inSight = heads.filter(([, box]) => box.right > left + 1 && box.left < right - 1);
      return inSight.map(([name, box]) => (box.left >= left - 1 && box.right <= right + 1 ? name : `part of ${name}`));
    });
    await swipe(-130);
    assert.deepEqual(await inSight(), ['Quillfern', 'Tumbrook']);
    await swipe(150);
    assert.deepEqual(await inSight(), ['Zorble', 'Quillfern']);
  }));

test('on a phone a swipe over frameworks as rows ends with a whole fact beside their names', () =>
  withPage(browser, site, { width: 390, touch: true }, async (page) => {
    await page.goto(`${COMPARE}?as=rows`);
    const scroller = main(page).locator('.matrix-scroller');
    const swipe = await swiperOf(page, scroller);
    const first = () => scroller.evaluate((element) => {
      const edge = element.querySelector('tbody th').getBoundingClientRect().right;
      const lefts = [...element.querySelectorAll('thead tr:last-child th')].map((head) => head.getBoundingClientRect().left - edge);
      const at = lefts.findIndex((left) => left > -1);
      return { at, isAtEdge: Math.abs(lefts[at]) <= 1 };
    });
    assert.deepEqual(await first(), { at: 0, isAtEdge: true });
    await swipe(-130);
    const swiped = await first();
    assert.ok(swiped.at > 0 && swiped.isAtEdge, JSON.stringify(swiped));
    await swipe(150);
    const back = await first();
    assert.ok(back.at < swiped.at && back.isAtEdge, JSON.stringify(back));
  }));

/** A finger that swipes over a box by so many pixels, and waits until nothing moves any longer. */
async function swiperOf(page, scroller) {
  await scroller.evaluate((element) => element.scrollIntoView({ block: 'end' }));
  const client = await page.context().newCDPSession(page);
  const { x, y, width, height } = await scroller.boundingBox();
  const touch = (type, ...touchPoints) => client.send('Input.dispatchTouchEvent', { type, touchPoints });
  return async (by) => {
    const finger = (part) => ({ x: x + width / 2 + by * (part - 0.5), y: y + height / 2 });
    await touch('touchStart', finger(0));
    for (let part = 0.1; part <= 1; part += 0.1) await touch('touchMove', finger(part));
    await touch('touchEnd');
    await scroller.evaluate(async (element) => {
      const frame = () => new Promise(requestAnimationFrame);
      for (let still = 0, last = -1; still < 10; await frame()) {
        still = element.scrollLeft === last ? still + 1 : 0;
        last = element.scrollLeft;
      }
    });
  };
}

for (const width of [1280, 390]) {
  test(`a gap, what is not stated, a no, what does not apply and a value look different at ${width} px`, () =>
    withPage(browser, site, { width }, async (page) => {
      await page.goto(COMPARE);
      const look = (name) => main(page).locator(`:is(.matrix td, .legend span).is-${name}`).first().evaluate((cell) => {
        const { backgroundImage, fontStyle } = getComputedStyle(cell);
        const hatched = backgroundImage.includes('repeating-linear-gradient') ? 'hatched ' : '';
        return `${getComputedStyle(cell, '::before').content.split(' / ')[0]} ${hatched}${fontStyle}`;
      });
      assert.deepEqual(await Promise.all(['gap', 'not-stated', 'no', 'not-applicable', 'value'].map(look)), [
        'none hatched italic', '"· " normal', '"✕ " normal', '"∅ " italic', 'none normal',
      ]);
    }));
}

test('on paper a wide matrix becomes several tables with their heads repeated', () =>
  withPage(browser, research, {}, async (page) => {
    await page.goto('/distributed-computing-frameworks/compare/?c=overview,architecture');
    const all = await frameworks(page);
    const sheets = await printed(page);
    const wanted = Array.from({ length: Math.ceil(all.length / 4) }, (_, sheet) => all.slice(sheet * 4, sheet * 4 + 4));
    assert.ok(wanted.length > 1, 'there is more than fits one sheet');
    assert.deepEqual(sheets.map((sheet) => sheet.columns), wanted);
    assert.ok(sheets.every(({ repeats, even, fits }) => repeats && even && fits), JSON.stringify(sheets));
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.equal(await page.locator('.matrix-scroller').count(), 1);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.ok((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length >= 3, 'several pages');
  }));

test('on paper frameworks as rows become several tables of a few facts each, all frameworks in each', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(`${COMPARE}?as=rows`);
    const facts = (box) => box.locator('thead tr:last-child th > div > a, thead tr:last-child th > div:not(:has(> a))').count();
    const all = await facts(page.locator('.matrix-scroller'));
    assert.equal(all, 16);
    const sheets = await printed(page);
    assert.equal(sheets.length, Math.ceil(all / 4));
    assert.ok(sheets.every(({ repeats, even, fits }) => repeats && even && fits), JSON.stringify(sheets));
    assert.deepEqual(sheets.map((sheet) => sheet.over), [
      ['Overview 3', 'Architecture 1'], ['Architecture 4'], ['Architecture 1', 'Performance 3'], ['Performance 2', 'Use Case Fit 2'],
    ]);
    assert.equal(sheets.map((sheet) => sheet.columns.length).reduce((sum, count) => sum + count), all);
    assert.ok(sheets.every(({ rows }) => rows.join() === 'Zorble,Quillfern,Tumbrook'), JSON.stringify(sheets));
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.equal(await page.locator('.matrix-scroller').count(), 1);
    assert.equal(await facts(page.locator('.matrix-scroller')), all);
  }));

test('sheets of paper are what is asked for, without script too', () =>
  withPage(browser, research, { script: false }, async (page) => {
    await page.goto('/distributed-computing-frameworks/compare/?c=overview&as=paper');
    const all = await frameworks(page);
    const sheets = await sheetsOf(page);
    assert.deepEqual(sheets.flatMap((sheet) => sheet.columns), all);
    assert.ok(sheets.length > 1 && sheets.every(({ columns, even }) => even && columns.length <= 4), JSON.stringify(sheets));
  }));

const TREES = {
  'matrix-columns': ['?c=architecture', '.matrix'],
  'matrix-rows': ['?c=architecture&as=rows', '.matrix'],
  'head-to-head': [`?f=zorble,quillfern&c=architecture,performance`, '#fg-compare'],
};

for (const [name, [query, selector]] of Object.entries(TREES)) {
  test(`a screen reader finds its way: ${name}`, () =>
    withPage(browser, site, {}, async (page) => {
      await page.goto(COMPARE + query);
      await assertTree(main(page).locator(selector).first(), name);
    }));
}

test('a screen reader finds its way: choosing', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/toy-schedulers/choose/?w=performance:3&must=architecture.retries-marbles:yes');
    await assertTree(main(page).locator('#fg-choose'), 'choosing');
  }));

test('the browser tells a screen reader of a named table with heads for rows and columns', () =>
  withPage(browser, site, {}, async (page) => {
    const client = await page.context().newCDPSession(page);
    for (const [query, table, across, down, scopes] of [
      ['', 'Toy Schedulers: Zorble, Quillfern and Tumbrook side by side', ['Zorble', 'Quillfern', 'Tumbrook'], ['Scheduler', 'Bowls', 'Empty trip', 'Performance'], 'col row rowgroup'],
      ['?as=rows', 'Toy Schedulers: Zorble, Quillfern and Tumbrook side by side, one a row', ['Scheduler', 'Bowls', 'Empty trip', 'Performance'], ['Zorble', 'Quillfern', 'Tumbrook'], 'col colgroup row'],
    ]) {
      await page.goto(COMPARE + query);
      const { nodes } = await client.send('Accessibility.getFullAXTree');
      const named = (role) => nodes.filter((node) => !node.ignored && node.role?.value === role).map((node) => node.name?.value ?? '');
      assert.ok(named('table').includes(table), named('table').join());
      for (const name of across) assert.ok(named('columnheader').some((head) => head.includes(name)), named('columnheader').join());
      for (const name of down) assert.ok(named('rowheader').some((head) => head.includes(name)), named('rowheader').join());
      const heads = await page.locator('.matrix th').evaluateAll((cells) => [...new Set(cells.map((cell) => cell.scope))].sort().join(' '));
      assert.equal(heads, scopes);
    }
  }));

/** The tables that go to paper. */
async function printed(page) {
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  return sheetsOf(page);
}

function sheetsOf(page) {
  return page.locator('.matrix-scroller:visible').evaluateAll((boxes) =>
    boxes.map((sheet) => {
      const [first, last] = [sheet.querySelector('thead tr'), sheet.querySelector('thead tr:last-child')];
      const names = (within) => [...sheet.querySelectorAll(within)].map((name) => name.innerText);
      const span = (row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
      return {
        columns: [...last.querySelectorAll('th')].map((head) => (head.querySelector('.column') ?? head).innerText),
        over: [...first.querySelectorAll('.over')].map((head) => `${head.querySelector('b').innerText} ${head.colSpan}`),
        rows: names('tbody .column'),
        repeats: getComputedStyle(sheet.querySelector('thead')).display === 'table-header-group',
        even: [...sheet.querySelectorAll('tr')].every((row) => span(row) === sheet.querySelectorAll('col').length),
        fits: sheet.scrollWidth <= sheet.clientWidth + 1,
      };
    }),
  );
}
