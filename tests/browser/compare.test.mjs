// The comparison: what is dragged, its head-to-heads, on a phone, on paper, and for a screen reader.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  assertMarked, CHOOSE, COMPARE, frameworks, main, mark, untilAsked, untilSeen, untilViewed, view, whenLoaded, whenReady,
} from './comparing.mjs';
import { textsOf } from './paper.mjs';
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
  test(`${what} can be dragged to another place, and back and forth`, () =>
    withPage(browser, site, {}, async (page) => {
      await page.goto(COMPARE + from);
      const before = await view(page);
      await mark(page);
      await whenReady(page);
      const head = (slug) => page.locator(`#fg-col-${slug}`);
      await head('tumbrook').hover();
      await whenLoaded(page, 'drag');
      const targetPosition = place(await head('zorble').boundingBox());
      await head('tumbrook').dragTo(head('zorble'), { sourcePosition, targetPosition });
      await untilAsked(page, makes);
      assert.equal((await frameworks(page)).indexOf('Tumbrook'), makes.includes('f=tumbrook') ? 0 : 1);
      const after = await view(page);
      await page.goBack();
      await untilViewed(page, before);
      await page.goForward();
      await untilViewed(page, after);
      await assertMarked(page);
    }));
}

test('a link that is followed while another is under way waits for it, and neither is lost', () =>
  withPage(browser, research, {}, async (page) => {
    await page.goto('/distributed-computing-frameworks/compare/?f=ray,dask,celery,spark&c=overview,architecture,performance');
    await whenReady(page);
    await page.evaluate(() => {
      document.getElementById('fg-remove-celery').click();
      document.getElementById('fg-drop-architecture').click();
    });
    await untilAsked(page, '?f=ray,dask,spark&c=overview,performance');
    await page.goBack();
    await untilAsked(page, '?f=ray,dask,spark&c=overview,architecture,performance');
  }));

test('values that the address cannot have are ignored with a note', () =>
  withPage(browser, site, { script: false }, async (page) => {
    const response = await page.goto(`${COMPARE}?f=zorble,dask&c=speed&r=x.y&only=gaps&must=Colour:red&sort=price&as=circle&open=a.b`);
    assert.equal(response.status(), 200);
    const notes = await main(page).locator('.notice p').allInnerTexts();
    assert.equal(notes[0], 'There is no framework "dask" here.');
    assert.equal(notes.at(-1), 'More of the address was not understood and left out.');
    assert.deepEqual(await frameworks(page), ['Zorble']);
  }));

for (const script of [true, false]) {
  const how = script ? 'with script' : 'without script';
  test(`a head-to-head leads with what differs, folds what agrees and puts the prose side by side, ${how}`, () =>
    withPage(browser, research, { script }, async (page) => {
      await page.goto('/distributed-computing-frameworks/compare/?f=ray,dask');
      assert.match(await page.title(), /^Ray from Anyscale vs Dask · /);
      if (script) assert.deepEqual(await axeViolations(page), []);
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
      await page.waitForURL(/\/compare\/\?f=/);
      assert.match(await page.title(), /Ray from Anyscale vs Dask/);
    }));
}

/** The columns that a phone shows beside the names that stay, by their heads; of one that is cut off, that it is a part. */
const inSight = (scroller) =>
  scroller.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect();
    const names = [...element.querySelectorAll('.rows tbody th')].map((name) => name.getBoundingClientRect());
    if (names.some((name) => name.left < left - 1)) return ['names that went away'];
    const start = names[0]?.right ?? left;
    const nameOf = (head) => {
      const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
      while (texts.nextNode() && !texts.currentNode.data.trim());
      return texts.currentNode.data.trim();
    };
    const heads = [...element.querySelectorAll('thead th[scope=col]')].map((head) => [nameOf(head), head.getBoundingClientRect()]);
    const isWhole = ({ left, right: end, top, bottom }) => left >= start - 1 && end <= right + 1 && top >= 0 && bottom <= innerHeight;
    const shown = heads.filter(([, box]) => box.right > start + 1 && box.left < right - 1);
    return shown.map(([name, box]) => (isWhole(box) ? name : `part of ${name}`));
  });

/** Brings the end of an element to the end of the window. */
const bringIn = (element) => element.evaluate((element) => element.scrollIntoView({ block: 'end', behavior: 'instant' }));

const ON_PHONES = {
  columns: { from: '', first: ['Zorble', 'Quillfern'], pick: ['Tumbrook'], then: ['Quillfern', 'Tumbrook'] },
  rows: { from: '?as=rows', first: ['Summary', 'First release'], pick: ['Performance', 'Empty trip'], then: ['Summary', 'Empty trip'] },
};

for (const [layout, { from, first, pick, then }] of Object.entries(ON_PHONES)) {
  for (const script of [true, false]) {
    test(`on a phone two columns are seen at a time, names always: frameworks as ${layout}, ${script ? 'with' : 'without'} script`, () =>
      withPage(browser, site, { width: 390, script }, async (page) => {
        await page.goto(COMPARE + from);
        const scroller = main(page).locator('.matrix-scroller');
        await bringIn(scroller);
        assert.deepEqual(await inSight(scroller), first);
        await scroller.evaluate((element) => element.scrollTo({ top: element.scrollHeight, behavior: 'instant' }));
        assert.deepEqual(await inSight(scroller), first, 'the heads stay in sight');
        const columns = main(page).getByRole('navigation', { name: 'Columns' });
        for (const fold of pick.slice(0, -1)) await columns.locator('summary', { hasText: fold }).click();
        await columns.getByRole('link', { name: pick.at(-1), exact: true }).click();
        await untilSeen(async () => {
          await bringIn(scroller);
          return inSight(scroller);
        }, then);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'the page itself does not scroll sideways');
      }));
  }

  test(`on a phone a swipe ends on whole columns: frameworks as ${layout}`, () =>
    withPage(browser, site, { width: 390, touch: true }, async (page) => {
      await page.goto(COMPARE + from);
      const scroller = main(page).locator('.matrix-scroller');
      await bringIn(scroller);
      const place = () => scroller.evaluate((element) => element.scrollLeft);
      for (const [by, hasMoved] of [[-130, (from, to) => to > from], [150, (from, to) => to < from]]) {
        const before = await place();
        await swipe(page, scroller, by);
        const seen = await inSight(scroller);
        assert.ok(seen.length === 2 && !seen.join().includes('part of'), seen.join());
        assert.ok(hasMoved(before, await place()), seen.join());
      }
    }));
}

/** Swipes over a table, and waits until it has come to rest. */
async function swipe(page, scroller, by) {
  const client = await page.context().newCDPSession(page);
  const { x, y, width, height } = await scroller.boundingBox();
  const touch = (type, ...touchPoints) => client.send('Input.dispatchTouchEvent', { type, touchPoints });
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
}

test('on a phone the names of a head-to-head stay in sight, each above its column', () =>
  withPage(browser, site, { width: 390 }, async (page) => {
    await page.goto(`${COMPARE}?f=zorble,quillfern`);
    for (const section of await main(page).locator('section.versus').all()) {
      const seen = await section.locator('.matrix').first().locator('tbody tr').last().evaluate((row) => {
        row.scrollIntoView({ block: 'center', behavior: 'instant' });
        const cells = [...row.querySelectorAll('td')].map((cell) => cell.getBoundingClientRect());
        return [...document.querySelectorAll('.heads > div')].map((head, at) => {
          const name = head.querySelector('.column');
          const { left, top, bottom } = name.getBoundingClientRect();
          const isSeen = name.contains(document.elementFromPoint(left + 24, (top + bottom) / 2));
          const isAbove = Math.abs(head.getBoundingClientRect().left - cells[at].left) < 4 && cells[at].right <= innerWidth + 1;
          return isSeen && isAbove ? name.innerText : `${name.innerText} at ${left}, ${top} over ${cells[at].left} to ${cells[at].right}`;
        });
      });
      assert.deepEqual(seen, ['Zorble', 'Quillfern']);
    }
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  }));

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
  }));

test('in a PDF each page of a wide matrix starts with the heads of its columns', () =>
  withPage(browser, research, {}, async (page) => {
    await page.goto('/distributed-computing-frameworks/compare/');
    const all = (await frameworks(page)).map((name) => name.replace(/\s/g, ''));
    const sheets = Array.from({ length: Math.ceil(all.length / 4) }, (_, sheet) => all.slice(sheet * 4, sheet * 4 + 4));
    // The table lies on pages of its own: upright are the title before it and the legend after it.
    const texts = textsOf(await page.pdf({ preferCSSPageSize: true }));
    assert.match(texts.at(-1), /^notresearched.*Lastverified/, 'the legend and the foot share a page');
    const pages = texts.slice(1, -1);
    assert.ok(pages.length > sheets.length, `${pages.length} pages`);
    const headsOf = (text) => sheets.findIndex((names) => names.every((name) => text.slice(0, 300).includes(name)));
    const found = pages.map(headsOf);
    assert.deepEqual(found.filter((sheet) => sheet < 0), [], pages.map((text) => text.slice(0, 300)).join('\n'));
    assert.deepEqual([...new Set(found)], sheets.map((_, sheet) => sheet), 'all sheets in their order');
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

test('sheets of paper are what is asked for, without script too, and paper says where they are', () =>
  withPage(browser, research, { script: false }, async (page) => {
    await page.goto('/distributed-computing-frameworks/compare/?c=overview');
    const all = await frameworks(page);
    const where = page.locator('.on-paper');
    assert.equal(await where.isVisible(), false);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await where.isVisible());
    const { pathname, search } = new URL(await where.locator('a').innerText());
    await page.goto(pathname + search);
    assert.equal(await where.count(), 0);
    const sheets = await sheetsOf(page);
    assert.deepEqual(sheets.flatMap((sheet) => sheet.columns), all);
    assert.ok(sheets.length > 1 && sheets.every(({ columns, even }) => even && columns.length <= 4), JSON.stringify(sheets));
  }));

const TREES = {
  'matrix-columns': [`${COMPARE}?c=architecture`, '.matrix'],
  'matrix-rows': [`${COMPARE}?c=architecture&as=rows`, '.matrix'],
  'head-to-head': [`${COMPARE}?f=zorble,quillfern&c=architecture,performance`, '#fg-compare'],
  choosing: [`${CHOOSE}?w=performance:3&must=architecture.retries-marbles:yes`, '#fg-choose'],
  glance: ['/toy-schedulers/zorble/', '.at-a-glance'],
};

for (const [name, [path, selector]] of Object.entries(TREES)) {
  test(`a screen reader finds its way: ${name}`, () =>
    withPage(browser, site, {}, async (page) => {
      await page.goto(path);
      await assertTree(main(page).locator(selector).first(), name);
    }));
}

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
  assert.equal(await page.locator('.on-paper').isVisible(), false, 'nothing has to be asked for');
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
