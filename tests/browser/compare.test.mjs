// The comparison and the choice: every control is a link or a form field, and script only saves the trip.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { axeViolations, CONTENT, FIXTURE, launch, serve, withPage } from './support.mjs';

let browser;
let site;
let research;

before(async () => {
  [browser, site, research] = await Promise.all([launch(), serve(FIXTURE), serve(CONTENT)]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
  await research?.stop();
});

const COMPARE = '/toy-schedulers/compare/';
const CHOOSE = '/distributed-computing-frameworks/choose/';
const main = (page) => page.getByRole('main');
const matrixOf = (page) => main(page).getByRole('table').first();
const columnOf = (page, name) => matrixOf(page).getByRole('columnheader', { name });
const rowOf = (page, name) => matrixOf(page).getByRole('row', { name });
const unfold = (page, name) => main(page).locator('.controls summary', { hasText: name }).click();
const box = (page, name) => main(page).getByRole('checkbox', { name });
const columns = (page) => main(page).locator('thead .column').allInnerTexts();
const query = (page) => decodeURIComponent(new URL(page.url()).search);

/** What the comparison or the choice shows: its tables, and how much that is. */
function shownText() {
  const parts = document.querySelectorAll('#fg-state, .matrix, .both, .left-out, .ranking');
  return [...parts].map((part) => part.innerText).join('\n').replace(/[ \t]+/g, ' ');
}
const shown = (page) => page.evaluate(shownText);

/** Waits until the page shows what it showed before. */
async function untilShown(page, wanted) {
  const isShown = new Function('wanted', `${shownText}; return shownText() === wanted;`);
  await page.waitForFunction(isShown, wanted).catch(async () => assert.equal(await shown(page), wanted));
}

/** Waits until links are followed without page loads: the script comes when somebody comes near. */
async function whenReady(page) {
  await page.locator('#fg-state').hover();
  await whenLoaded(page, 'compare');
}

/** Waits until a module has run. */
async function whenLoaded(page, module) {
  const find = (module) => performance.getEntriesByType('resource').find(({ name }) => name.includes(`/${module}.`))?.name;
  const script = await (await page.waitForFunction(find, module)).jsonValue();
  await page.evaluate((name) => import(name), script);
}

/** Each field of the form: what is done to it, what the address then says, and what is then to be seen. */
const FIELDS = {
  'a framework less': {
    act: async (page) => {
      await unfold(page, 'Frameworks');
      await box(page, /Tumbrook/).uncheck();
    },
    query: '?f=zorble,quillfern',
    holds: (page) => page.getByRole('heading', { level: 1, name: 'Zorble vs Quillfern' }).waitFor(),
  },
  'a criterion less': {
    act: async (page) => {
      await unfold(page, 'Criteria');
      await box(page, 'Overview').uncheck();
    },
    query: '?c=architecture,performance,use-case-fit',
    holds: (page) => rowOf(page, /^Licence/).waitFor({ state: 'detached' }),
  },
  'a row picked': {
    act: async (page) => {
      await unfold(page, 'Rows');
      await box(page, 'Bowls').check();
    },
    query: '?r=architecture.bowls',
    holds: (page) => page.getByText('3 frameworks, 1 of', { exact: false }).waitFor(),
  },
  'only differences': {
    from: '?f=zorble,quillfern&as=columns',
    act: (page) => box(page, 'Only differences').check(),
    query: '?f=zorble,quillfern&only=differences&as=columns',
    holds: (page) => main(page).locator('.matrix tr.same').first().waitFor({ state: 'detached' }),
  },
  'only measured': {
    act: (page) => box(page, 'Only measured').check(),
    query: '?only=measured',
    holds: (page) => page.getByText(/No row is left|, \d+ of \d+ rows/).first().waitFor(),
  },
  'a must-have from the list': {
    act: async (page) => {
      await unfold(page, 'Must-haves');
      await page.locator('#fg-must-add').selectOption({ label: 'Retries marbles: yes' });
    },
    query: '?must=architecture.retries-marbles:yes',
    holds: (page) => columnOf(page, /Quillfern/).waitFor({ state: 'detached' }),
  },
  'a must-have in words': {
    act: async (page) => {
      await unfold(page, 'Must-haves');
      await page.getByLabel('Or write one').fill('Scheduler: not owl');
      await page.getByLabel('Or write one').press('Enter');
    },
    query: '?must=architecture.scheduler:!owl',
    holds: (page) => columnOf(page, /Zorble/).waitFor({ state: 'detached' }),
    submits: true,
  },
  'sorted by name': {
    act: (page) => page.getByLabel('Sort by').selectOption('name'),
    query: '?sort=name',
    holds: (page) => page.waitForFunction(() => document.querySelector('thead .column').innerText === 'Quillfern'),
  },
  'frameworks as rows': {
    act: (page) => page.getByLabel('Frameworks as').selectOption('rows'),
    query: '?as=rows',
    holds: (page) => matrixOf(page).getByRole('rowheader', { name: /Zorble/ }).waitFor(),
  },
  'words in the table': {
    act: async (page) => {
      await page.getByLabel('Find in the table').pressSequentially('owl');
      await page.getByLabel('Find in the table').press('Enter');
    },
    query: '?q=owl',
    holds: (page) => main(page).locator('td.is-found').first().waitFor(),
    submits: true,
  },
};

for (const [name, { from = '', act, query: wanted, holds, submits }] of Object.entries(FIELDS)) {
  test(`${name}: the same with and without script, from the address alone, and back and forward`, async () => {
    let with_script;
    await withPage(browser, site, {}, async (page) => {
      await page.goto(COMPARE + from);
      const before = await shown(page);
      await mark(page);
      await whenReady(page);
      await act(page);
      await holds(page);
      await page.waitForFunction((wanted) => decodeURIComponent(location.search) === wanted, wanted);
      with_script = await shown(page);
      assert.notEqual(with_script, before);
      await assertMarked(page);
      await page.goBack();
      await untilShown(page, before);
      await page.goForward();
      await untilShown(page, with_script);
      await assertMarked(page);
      await page.goto(COMPARE + wanted);
      assert.equal(await shown(page), with_script, 'the address alone gives the same view');
    });
    await withPage(browser, site, { script: false }, async (page) => {
      await page.goto(COMPARE + from);
      await act(page);
      if (!submits) await main(page).getByRole('button', { name: 'Show' }).click();
      await holds(page);
      assert.equal(await shown(page), with_script, 'without script');
    });
  });
}

/** Each kind of link: which one, and what is then to be seen. */
const LINKS = {
  'move a column': {
    link: (page) => matrixOf(page).getByRole('link', { name: 'Move Quillfern left' }),
    holds: async (page) => {
      await page.waitForFunction(() => document.querySelector('thead .column').innerText === 'Quillfern');
      assert.deepEqual(await columns(page), ['Quillfern', 'Zorble', 'Tumbrook']);
    },
    query: '?f=quillfern,zorble,tumbrook',
  },
  'remove a column': {
    link: (page) => matrixOf(page).getByRole('link', { name: 'Remove Zorble' }),
    holds: (page) => page.getByRole('heading', { level: 1, name: 'Quillfern vs Tumbrook' }).waitFor(),
    query: '?f=quillfern,tumbrook',
  },
  'leave out a criterion': {
    link: (page) => matrixOf(page).getByRole('link', { name: 'Leave out Performance' }),
    holds: (page) => matrixOf(page).getByRole('link', { name: 'Leave out Performance' }).waitFor({ state: 'detached' }),
    query: '?c=overview,architecture,use-case-fit',
  },
  'sort by a row': {
    link: (page) => page.locator('#fg-row-performance-empty-trip'),
    holds: (page) => matrixOf(page).locator('[aria-sort=ascending]', { hasText: 'Empty trip' }).waitFor(),
    query: '?sort=performance.empty-trip',
  },
  'pick a row': {
    open: 'Bowls',
    link: (page) => matrixOf(page).getByRole('link', { name: 'Pick this row' }),
    holds: (page) => page.getByText('3 frameworks, 1 of', { exact: false }).waitFor(),
    query: '?r=architecture.bowls',
  },
  'require a yes': {
    open: 'Retries marbles',
    link: (page) => matrixOf(page).getByRole('link', { name: 'Must be yes' }),
    holds: (page) => columnOf(page, /Quillfern/).waitFor({ state: 'detached' }),
    query: '?must=architecture.retries-marbles:yes',
  },
  'open a finding': {
    link: (page) => matrixOf(page).locator('#fg-open-zorble-architecture'),
    holds: (page) => matrixOf(page).getByText('The bell rings when no marble has moved').waitFor(),
    query: '?open=zorble.architecture',
  },
};

for (const [name, { open, link, holds, query: wanted }] of Object.entries(LINKS)) {
  test(`${name}: a link that works with and without script`, async () => {
    for (const script of [true, false]) {
      await withPage(browser, site, { script }, async (page) => {
        await page.goto(COMPARE);
        const before = await shown(page);
        if (script) await mark(page);
        if (script) await whenReady(page);
        if (open) await matrixOf(page).locator('th', { hasText: open }).locator('.hint summary').first().click();
        await link(page).first().click();
        await holds(page);
        await page.waitForFunction((wanted) => decodeURIComponent(location.search) === wanted, wanted).catch(() => assert.equal(query(page), wanted));
        if (script) {
          await assertMarked(page);
          await page.goBack();
          await untilShown(page, before);
          await page.goForward();
          await holds(page);
        }
      });
    }
  });
}

test('a column that is moved keeps the focus, also at the edge', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(COMPARE);
    await whenReady(page);
    const left = (name) => matrixOf(page).getByRole('link', { name: `Move ${name} left` });
    await left('Tumbrook').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => [...document.querySelectorAll('thead .column')][1].innerText === 'Tumbrook');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'fg-left-tumbrook');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('thead .column').innerText === 'Tumbrook');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'fg-right-tumbrook');
  }));

test('a column can be dragged to another place', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(COMPARE);
    await mark(page);
    await box(page, 'Only differences').check();
    await page.waitForFunction(() => location.search === '?only=differences');
    const head = (slug) => page.locator(`#fg-col-${slug}`);
    const { width } = await head('zorble').boundingBox();
    await head('tumbrook').hover();
    await whenLoaded(page, 'drag');
    await head('tumbrook').dragTo(head('zorble'), { sourcePosition: { x: 60, y: 14 }, targetPosition: { x: width / 4, y: 14 } });
    await page.waitForFunction(() => document.querySelector('thead .column').innerText === 'Tumbrook');
    assert.equal(query(page), '?f=tumbrook,zorble,quillfern&only=differences');
    await assertMarked(page);
  }));

test('values that the address cannot have are ignored with a note', () =>
  withPage(browser, site, { script: false }, async (page) => {
    const response = await page.goto(`${COMPARE}?f=zorble,dask&c=speed&r=x.y&only=gaps&must=Colour:red&sort=price&as=circle&open=a.b`);
    assert.equal(response.status(), 200);
    const notes = await main(page).locator('.notice p').allInnerTexts();
    assert.equal(notes[0], 'There is no framework "dask" here.');
    assert.equal(notes.at(-1), 'More of the address was not understood and left out.');
    assert.deepEqual(await columns(page), ['Zorble']);
  }));

test('typing in the table keeps what is typed and makes one step of the history', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(COMPARE);
    await whenReady(page);
    const field = page.getByLabel('Find in the table');
    await field.pressSequentially('owl', { delay: 30 });
    await page.waitForFunction(() => location.search === '?q=owl');
    await main(page).locator('td.is-found').first().waitFor();
    assert.equal(await field.inputValue(), 'owl');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'fg-find');
    await page.goBack();
    await page.waitForFunction(() => location.search === '' && !document.querySelector('td.is-found'));
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

test('on paper a wide matrix becomes several tables with their heads repeated', () =>
  withPage(browser, research, {}, async (page) => {
    await page.goto('/distributed-computing-frameworks/compare/?c=overview,architecture');
    const all = await columns(page);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const sheets = await page.locator('.matrix-scroller:visible').evaluateAll((boxes) =>
      boxes.map((sheet) => ({
        columns: [...sheet.querySelectorAll('thead th')].map((head) => head.querySelector('.column').innerText),
        repeats: getComputedStyle(sheet.querySelector('thead')).display,
        even: [...sheet.querySelectorAll('tr:not(.group)')].every((row) => row.cells.length === sheet.querySelectorAll('thead th').length + 1),
        fits: sheet.scrollWidth <= sheet.clientWidth + 1,
      })),
    );
    const wanted = Array.from({ length: Math.ceil(all.length / 4) }, (_, sheet) => all.slice(sheet * 4, sheet * 4 + 4));
    assert.ok(wanted.length > 1, 'there is more than fits one sheet');
    assert.deepEqual(sheets.map((sheet) => sheet.columns), wanted);
    assert.ok(sheets.every(({ repeats, even, fits }) => repeats === 'table-header-group' && even && fits), JSON.stringify(sheets));
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.equal(await page.locator('.matrix-scroller').count(), 1);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.ok((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length >= 3, 'several pages');
  }));

test('a screen reader hears a named table with heads for rows and columns, and each change', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(COMPARE);
    const client = await page.context().newCDPSession(page);
    const tree = async () => (await client.send('Accessibility.getFullAXTree')).nodes.filter((node) => !node.ignored);
    const named = (nodes, role) => nodes.filter((node) => node.role?.value === role).map((node) => node.name?.value ?? '');
    const nodes = await tree();
    assert.ok(named(nodes, 'table').includes('Toy Schedulers: Zorble, Quillfern and Tumbrook side by side'), named(nodes, 'table').join());
    const heads = named(nodes, 'columnheader');
    for (const name of ['Zorble', 'Quillfern', 'Tumbrook']) assert.ok(heads.some((head) => head.includes(name)), heads.join());
    const rows = named(nodes, 'rowheader');
    for (const name of ['Scheduler', 'Bowls', 'Empty trip', 'Performance']) assert.ok(rows.some((head) => head.includes(name)), rows.join());
    assert.ok(nodes.filter((node) => node.role?.value === 'rowgroup').length >= 5, 'a row group a criterion, and the heads');
    const scopes = await page.locator('.matrix th').evaluateAll((cells) => cells.map((cell) => cell.scope));
    assert.deepEqual([...new Set(scopes)].sort(), ['col', 'row', 'rowgroup']);
    const status = async () => named(await tree(), 'status').join('|') + (await page.locator('[role=status]').allInnerTexts()).join('|');
    const before = await status();
    await box(page, 'Only differences').check();
    await page.waitForFunction(() => location.search !== '');
    assert.notEqual(await status(), before, 'the change is announced');
  }));

test('the address can be copied', () =>
  withPage(browser, site, {}, async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`${COMPARE}?f=zorble,quillfern`);
    await whenReady(page);
    await page.getByRole('link', { name: 'Link to this view' }).click();
    await page.getByText('Link copied').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${site.url}${COMPARE}?f=zorble,quillfern`);
  }));

test('choosing works the same with and without script, from the address alone, and back and forward', async () => {
  const weigh = (page) => page.getByLabel(/^Scalability/).fill('9');
  let with_script;
  await withPage(browser, research, {}, async (page) => {
    await page.goto(CHOOSE);
    const before = await shown(page);
    await mark(page);
    await weigh(page);
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => decodeURIComponent(location.search) === '?w=scalability:9');
    with_script = await shown(page);
    assert.notEqual(with_script, before);
    await assertMarked(page);
    await page.goBack();
    await untilShown(page, before);
    assert.equal(await page.getByLabel(/^Scalability/).inputValue(), '1');
    await page.goForward();
    await untilShown(page, with_script);
    await assertMarked(page);
    await page.goto(`${CHOOSE}?w=scalability:9`);
    assert.equal(await shown(page), with_script);
  });
  await withPage(browser, research, { script: false }, async (page) => {
    await page.goto(CHOOSE);
    await weigh(page);
    await page.getByRole('button', { name: 'Rank' }).click();
    assert.equal(await shown(page), with_script);
  });
});

test('a situation sets weights and must-haves, and says who is left out and why', () =>
  withPage(browser, research, {}, async (page) => {
    await page.goto(CHOOSE);
    await page.getByRole('link', { name: /Background jobs of a web application/ }).click();
    await page.locator('.situations [aria-current]').waitFor();
    assert.match(await page.locator('#fg-state').innerText(), /comes first|share the first place/);
    assert.match(await page.locator('ul.left-out').last().innerText(), /not “Web background jobs: yes”/);
    assert.equal(await page.getByLabel(/^Architecture/).inputValue(), '4');
    assert.deepEqual(await axeViolations(page), []);
    await page.locator('.ranking tbody td a').first().click();
    assert.match(new URL(page.url()).hash, /#\w+/);
  }));

/** Leaves a mark that only a full navigation removes. */
function mark(page) {
  return page.evaluate(() => (globalThis.untouched = true));
}

async function assertMarked(page) {
  assert.equal(await page.evaluate(() => globalThis.untouched), true, 'the page was not loaded anew');
}
