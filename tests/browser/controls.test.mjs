// Every control of comparing and choosing: a link or a form field that works by keyboard with script and by pointer
// without, keeps the focus, announces what changed, and leads to an address that gives the same view by itself.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import {
  assertMarked, box, CHOOSE, COMPARE, frameworks, main, mark, matrixOf, unfold, untilAsked, untilViewed, view, whenReady,
} from './comparing.mjs';
import { axeViolations, CONTENT, FIXTURE, launch, serve, share, withPage } from './support.mjs';

let browser;
let site;
let research;

share(() => [launch(), serve(FIXTURE), serve(CONTENT)], (...shared) => {
  [browser, site, research] = shared;
});

const PAIR = '?f=zorble,quillfern';
const YES = 'must=architecture.retries-marbles:yes';
const ALL = ['Zorble', 'Quillfern', 'Tumbrook'];

// Where a control is.
const named = (name) => (page) => main(page).getByRole('link', { name, exact: true }).first();
const at = (selector) => (page) => main(page).locator(selector);
const ticked = (fold, name) => async (page) => {
  await unfold(page, fold);
  return box(page, name);
};
const inFold = (fold, selector) => async (page) => {
  await unfold(page, fold);
  return page.locator(selector);
};
const inHint = (row, name) => async (page) => {
  const head = main(page).locator('th', { hasText: row }).first();
  await head.locator('.hint summary').click();
  return head.getByRole('link', { name, exact: true });
};

// What is then to be seen.
const inOrder = (...names) => async (page) => assert.deepEqual(await frameworks(page), names);
const says = (words) => async (page) => assert.match(await page.locator('#fg-state').innerText(), words);
const shows = (selector, count = 1) => async (page) => assert.equal(await main(page).locator(selector).count(), count, selector);
const lacks = (selector) => shows(selector, 0);
const leavesOut = (name) => async (page) => assert.match(await main(page).locator('.left-out').last().innerText(), name);
const all = (...checks) => async (page) => {
  for (const check of checks) await check(page);
};

/**
 * What can be done to a comparison: from which query, by which control (a link or a box; `choose` an option of it, or
 * `type` into it and send it), which query that makes, what is then seen, and what has the focus if not the control.
 */
const COMPARING = {
  'a framework less': { by: ticked('Frameworks', 'Tumbrook'), makes: PAIR, sees: inOrder('Zorble', 'Quillfern') },
  'a framework more': { from: PAIR, by: ticked('Frameworks', 'Tumbrook'), makes: '', sees: inOrder(...ALL) },
  'a criterion less': { by: ticked('Criteria', 'Overview'), makes: '?c=architecture,performance,use-case-fit', sees: lacks('#fg-row-overview-licence') },
  'a criterion more': { from: '?c=architecture,performance,use-case-fit', by: ticked('Criteria', 'Overview'), makes: '', sees: shows('#fg-row-overview-licence') },
  'a row picked': { by: ticked('Rows', 'Bowls'), makes: '?r=architecture.bowls', sees: says(/^3 frameworks, 1 of 16 rows/) },
  'a row picked no longer': { from: '?r=architecture.bowls', by: ticked('Rows', 'Bowls'), makes: '', sees: says(/^3 frameworks, 16 rows/) },
  'only differences': { from: `${PAIR}&as=columns`, by: at('#fg-only'), makes: `${PAIR}&only=differences&as=columns`, sees: lacks('tr.same') },
  'only differences of a pair': { from: PAIR, by: at('#fg-only'), makes: `${PAIR}&only=differences`, sees: lacks('.agreed') },
  'only differences no longer': { from: '?only=differences', by: at('#fg-only'), makes: '', sees: says(/^3 frameworks, 16 rows/) },
  'only measured': { by: at('#fg-measured'), makes: '?only=measured', sees: says(/only measured/) },
  'only measured no longer': { from: '?only=measured', by: at('#fg-measured'), makes: '', sees: says(/^3 frameworks, 16 rows/) },
  'a must-have from the list': {
    by: inFold('Must-haves', '#fg-must-add'), choose: 'Retries marbles: yes', makes: `?${YES}`, sees: all(inOrder('Zorble', 'Tumbrook'), leavesOut(/Quillfern/)),
  },
  'a must-have in words': {
    by: inFold('Must-haves', '#fg-must-text'), type: 'Scheduler: not owl', makes: '?must=architecture.scheduler:!owl', sees: inOrder('Quillfern', 'Tumbrook'),
  },
  'a must-have no longer': { from: `?${YES}`, by: ticked('Must-haves', 'Retries marbles: yes'), makes: '', sees: inOrder(...ALL), focus: '#fg-must-add' },
  'sorted by name': { by: at('#fg-sort'), choose: 'Name', makes: '?sort=name', sees: inOrder('Quillfern', 'Tumbrook', 'Zorble') },
  'sorted as chosen': { from: '?sort=name', by: at('#fg-sort'), choose: 'As chosen', makes: '', sees: inOrder(...ALL) },
  'frameworks as rows': { by: at('#fg-as'), choose: 'rows', makes: '?as=rows', sees: all(inOrder(...ALL), shows('.matrix.rows')) },
  'sheets of paper': { by: at('#fg-as'), choose: 'sheets of paper', makes: '?as=paper', sees: says(/as paper/) },
  'a pair as columns': { from: PAIR, by: at('#fg-as'), choose: 'columns', makes: `${PAIR}&as=columns`, sees: lacks('.heads') },
  'a pair as rows': { from: PAIR, by: at('#fg-as'), choose: 'rows', makes: `${PAIR}&as=rows`, sees: shows('.matrix.rows') },
  'a pair head to head': { from: `${PAIR}&as=columns`, by: at('#fg-as'), choose: 'head to head', makes: PAIR, sees: shows('.heads') },
  'words in the table': { by: at('#fg-find'), type: 'owl', makes: '?q=owl', sees: async (page) => assert.ok(await main(page).locator('td.is-found').count()) },

  'a column moved right': { by: named('Move Zorble right'), makes: '?f=quillfern,zorble,tumbrook', sees: inOrder('Quillfern', 'Zorble', 'Tumbrook') },
  'a column moved to the edge': {
    by: named('Move Quillfern left'), makes: '?f=quillfern,zorble,tumbrook', sees: inOrder('Quillfern', 'Zorble', 'Tumbrook'), focus: '#fg-right-quillfern',
  },
  'a row of a framework moved': {
    from: '?as=rows', by: named('Move Zorble down'), makes: '?f=quillfern,zorble,tumbrook&as=rows', sees: inOrder('Quillfern', 'Zorble', 'Tumbrook'),
  },
  'a pair turned round': { from: PAIR, by: named('Move Zorble right'), makes: '?f=quillfern,zorble', sees: inOrder('Quillfern', 'Zorble'), focus: '#fg-left-zorble' },
  'a column removed': { by: named('Remove Zorble'), makes: '?f=quillfern,tumbrook', sees: all(inOrder('Quillfern', 'Tumbrook'), shows('.heads')), focus: '.heads a' },
  'one of a pair removed': { from: PAIR, by: named('Remove Zorble'), makes: '?f=quillfern', sees: all(inOrder('Quillfern'), lacks('.heads')), focus: '.scroller' },
  'a criterion left out': { by: named('Leave out Performance'), makes: '?c=overview,architecture,use-case-fit', sees: lacks('#fg-row-performance-empty-trip'), focus: '.scroller' },
  'sorted by a row': {
    from: '?f=tumbrook,quillfern,zorble', by: at('#fg-row-overview-first-release'),
    makes: '?f=tumbrook,quillfern,zorble&sort=overview.first-release', sees: all(inOrder(...ALL), shows('[aria-sort=ascending]')),
  },
  'sorted the other way': {
    from: '?f=tumbrook,quillfern,zorble&sort=overview.first-release', by: at('#fg-row-overview-first-release'),
    makes: '?f=tumbrook,quillfern,zorble&sort=-overview.first-release', sees: all(inOrder('Quillfern', 'Zorble', 'Tumbrook'), shows('[aria-sort=descending]')),
  },
  'sorted no longer': {
    from: '?f=tumbrook,quillfern,zorble&sort=-overview.first-release', by: at('#fg-row-overview-first-release'),
    makes: '?f=tumbrook,quillfern,zorble', sees: all(inOrder('Tumbrook', 'Quillfern', 'Zorble'), lacks('[aria-sort]')),
  },
  'sorted by a rating, the best first': {
    from: '?f=tumbrook,quillfern,zorble', by: at('#fg-rating-architecture'),
    makes: '?f=tumbrook,quillfern,zorble&sort=architecture', sees: all(inOrder(...ALL), shows('[aria-sort=descending]')),
  },
  'sorted by a rating, the other way': {
    from: '?f=tumbrook,quillfern,zorble&sort=architecture', by: at('#fg-rating-architecture'),
    makes: '?f=tumbrook,quillfern,zorble&sort=-architecture', sees: all(inOrder('Quillfern', 'Zorble', 'Tumbrook'), shows('[aria-sort=ascending]')),
  },
  'sorted by a number': {
    from: '?f=tumbrook,quillfern,zorble', by: at('#fg-row-architecture-bowls'),
    makes: '?f=tumbrook,quillfern,zorble&sort=architecture.bowls', sees: inOrder('Zorble', 'Tumbrook', 'Quillfern'),
  },
  'rows sorted by a fact': {
    from: '?f=tumbrook,quillfern,zorble&as=rows', by: at('#fg-row-overview-first-release'),
    makes: '?f=tumbrook,quillfern,zorble&sort=overview.first-release&as=rows', sees: all(inOrder(...ALL), shows('.rows [aria-sort=ascending]')),
  },
  'a row of a framework removed': {
    from: '?as=rows', by: named('Remove Zorble'), makes: '?f=quillfern,tumbrook&as=rows', sees: all(inOrder('Quillfern', 'Tumbrook'), shows('.matrix.rows')), focus: '.scroller',
  },
  'a criterion of rows left out': {
    from: '?as=rows', by: named('Leave out Performance'), makes: '?c=overview,architecture,use-case-fit&as=rows', sees: lacks('#fg-row-performance-empty-trip'), focus: '.scroller',
  },
  'a pair sorted by a row': {
    from: '?f=quillfern,zorble', by: at('#fg-row-overview-first-release'),
    makes: '?f=quillfern,zorble&sort=overview.first-release', sees: all(inOrder('Zorble', 'Quillfern'), shows('.heads')),
  },
  'one row': { by: inHint('Bowls', 'Pick this row'), makes: '?r=architecture.bowls', sees: says(/^3 frameworks, 1 of 16 rows/), focus: '.hint summary' },
  'one row no longer': { from: '?r=architecture.bowls', by: inHint('Bowls', 'Do not pick this row'), makes: '', sees: says(/^3 frameworks, 16 rows/), focus: '.hint summary' },
  'one row of a pair': { from: PAIR, by: inHint('Bowls', 'Pick this row'), makes: `${PAIR}&r=architecture.bowls`, sees: shows('tbody tr'), focus: '.hint summary' },
  'a yes required': { by: inHint('Retries marbles', 'Must be yes'), makes: `?${YES}`, sees: all(inOrder('Zorble', 'Tumbrook'), leavesOut(/Quillfern/)), focus: '.scroller' },
  'a yes required of a pair': { from: PAIR, by: inHint('Retries marbles', 'Must be yes'), makes: `${PAIR}&${YES}`, sees: inOrder('Zorble'), focus: '.scroller' },
  'all rows again': { from: '?q=xylophone', by: named('Show all rows'), makes: '', sees: says(/^3 frameworks, 16 rows/), focus: '.scroller' },
  'all must-haves taken away': {
    from: '?f=zorble&must=architecture.bowls>99', by: named('Show them without must-haves'), makes: '?f=zorble', sees: inOrder('Zorble'), focus: '.scroller',
  },
  'a finding opened': {
    by: at('#fg-open-zorble-architecture'), makes: '?open=zorble.architecture', sees: async (page) => assert.match(await matrixOf(page).innerText(), /The bell rings/),
  },
  'a finding closed': {
    from: '?open=zorble.architecture', by: at('#fg-open-zorble-architecture'), makes: '', sees: async (page) => assert.doesNotMatch(await matrixOf(page).innerText(), /The bell rings/),
  },
};

const CHOOSING = {
  'a weight': { by: at('#fg-w-performance'), type: '5', makes: '?w=performance:5', sees: says(/Zorble comes first with 3\.43/) },
  'a must-have from the list': { by: at('#fg-must-add'), choose: 'Retries marbles: yes', makes: `?${YES}`, sees: leavesOut(/Quillfern: not “Retries marbles: yes”/) },
  'a must-have in words': { by: at('#fg-must-text'), type: 'Scheduler: not owl', makes: '?must=architecture.scheduler:!owl', sees: leavesOut(/Zorble: not/) },
  'a must-have no longer': {
    from: `?${YES}`, by: (page) => box(page, 'Retries marbles: yes'), makes: '', sees: says(/could still put Quillfern or Tumbrook first/), focus: '#fg-must-add',
  },
  'start over': { from: `?w=performance:5&${YES}`, by: named('Start over'), makes: '', sees: says(/Zorble comes first with 4\.00/) },
};

const SITUATIONS = {
  'a situation': {
    by: named('Background jobs of a web application'), makes: '?w=overview:3,architecture:4,learning-curve:2,use-case-fit:4&must=use-case-fit.web-background-jobs:yes',
    sees: all(shows('.situations [aria-current]'), leavesOut(/not “Web background jobs: yes”/)),
  },
  'no situation': {
    from: '?w=overview:3,architecture:4,learning-curve:2,use-case-fit:4&must=use-case-fit.web-background-jobs:yes',
    by: named('Start over'), makes: '', sees: lacks('.situations [aria-current]'),
  },
};

for (const [name, path, siteOf, controls] of [
  ['comparing', COMPARE, () => site, COMPARING],
  ['choosing', CHOOSE, () => site, CHOOSING],
  ['situations', '/distributed-computing-frameworks/choose/', () => research, SITUATIONS],
]) {
  for (const [mode, script, check] of [['with script', true, checkSwapped], ['without script', false, checkLoaded]]) {
    test(`${name} ${mode}`, (t) =>
      withPage(browser, siteOf(), { script }, async (page) => {
        for (const [what, control] of Object.entries(controls)) await t.test(what, () => check(page, path, control));
      }));
  }
}

/** A control changes the page where it stands, and every step can be taken back. */
async function checkSwapped(page, path, { from = '', by, makes, sees, focus, ...how }) {
  await page.goto(path + from);
  const before = await view(page);
  await mark(page);
  await whenReady(page);
  const control = await by(page);
  const focused = focus ?? `[id="${await control.getAttribute('id')}"]`;
  if (how.choose) await choose(control, how.choose);
  else if (how.type) await type(control, how.type);
  else await control.press((await control.getAttribute('type')) === 'checkbox' ? 'Space' : 'Enter');
  await untilAsked(page, makes);
  await assertMarked(page);
  await sees(page);
  const after = await view(page);
  assert.notEqual(after.shown[0], before.shown[0], 'the change is announced');
  const isFocused = await page.evaluate((focused) => document.activeElement.matches(focused), focused);
  assert.ok(isFocused, `${focused} has the focus, not ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 100))}`);
  await page.goBack();
  await untilViewed(page, before);
  await page.goForward();
  await untilViewed(page, after);
  await assertMarked(page);
  await page.goto(path + makes);
  assert.deepEqual(await view(page), after, 'the address alone gives the same view');
}

/** A control leads to another page; its address in short gives the same. */
async function checkLoaded(page, path, { from = '', by, makes, sees, ...how }) {
  await page.goto(path + from);
  const start = page.url();
  const control = await by(page);
  const isField = (await control.getAttribute('href')) === null;
  if (how.choose) await choose(control, how.choose);
  else if (how.type) await type(control, how.type);
  else await control.click();
  if (isField && !how.type) await main(page).getByRole('button', { name: /^(Show|Rank)$/ }).click();
  await page.waitForURL((url) => url.href !== start);
  await sees(page);
  const query = await page.locator('form[data-query]').getAttribute('data-query');
  assert.equal(decodeURIComponent(query), makes);
  const after = await view(page);
  await page.goto(path + makes);
  assert.deepEqual(await view(page), after, 'the address alone gives the same view');
}

async function choose(control, label) {
  await control.focus();
  await control.selectOption({ label });
}

async function type(control, words) {
  await control.fill('');
  await control.pressSequentially(words);
  await control.press('Enter');
}

test('a fold of choices closes by Escape, and when the reader goes on elsewhere', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(COMPARE);
    await whenReady(page);
    const [fold, summary] = [page.locator('#fg-pick-f'), page.locator('#fg-pick-f > summary')];
    const isOpen = () => fold.evaluate((fold) => fold.open);
    await summary.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'fg-f-zorble');
    await page.keyboard.press('Escape');
    assert.equal(await isOpen(), false);
    assert.ok(await summary.evaluate((summary) => summary === document.activeElement));
    await summary.click();
    assert.equal(await isOpen(), true);
    await page.getByRole('heading', { level: 1 }).click();
    assert.equal(await isOpen(), false);
  }));

test('a weight goes up and down by the arrow keys, and each step can be taken back', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(CHOOSE);
    await whenReady(page);
    const weight = page.getByLabel(/^Performance/);
    const views = [await view(page)];
    for (const [key, value] of [['ArrowUp', '2'], ['ArrowUp', '3'], ['ArrowDown', '2']]) {
      await weight.press(key);
      await untilAsked(page, `?w=performance:${value}`);
      assert.equal(await weight.inputValue(), value);
      views.push(await view(page));
    }
    for (const before of views.slice(0, -1).reverse()) {
      await page.goBack();
      await untilViewed(page, before);
    }
    for (const after of views.slice(1)) {
      await page.goForward();
      await untilViewed(page, after);
    }
  }));

test('what is found by typing is taken back and forth, and the field says so', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto(COMPARE);
    await whenReady(page);
    const field = page.getByLabel('Find in the table');
    await field.pressSequentially('owl', { delay: 30 });
    await untilAsked(page, '?q=owl');
    await main(page).locator('td.is-found').first().waitFor();
    assert.equal(await field.inputValue(), 'owl');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'fg-find');
    await page.goBack(); // one step for the whole word
    await page.waitForFunction(() => location.search === '' && !document.querySelector('td.is-found'));
    assert.equal(await field.inputValue(), '');
    await page.goForward();
    await main(page).locator('td.is-found').first().waitFor();
    assert.equal(await field.inputValue(), 'owl');
  }));

for (const script of [true, false]) {
  test(`what is taken along is what is shown, ${script ? 'with' : 'without'} script`, () =>
    withPage(browser, site, { script }, async (page) => {
      for (const [path, control, file, start] of [
        [COMPARE, COMPARING['one of a pair removed'], 'compare', 'criterion,fact,Quillfern\n'],
        [CHOOSE, CHOOSING['start over'], 'choose', 'place,framework,score'],
      ]) {
        await page.goto(path + control.from);
        if (script) await whenReady(page);
        await (await control.by(page)).click();
        await untilAsked(page, control.makes);
        const link = (name) => main(page).locator('.take').getByRole('link', { name, exact: true });
        const [csv] = await Promise.all([page.waitForEvent('download'), link('CSV').click()]);
        assert.equal(csv.suggestedFilename(), `${file}.csv`);
        assert.ok((await readFile(await csv.path(), 'utf8')).startsWith(start));
        const here = page.url();
        for (const [name, ending, words] of [['JSON', 'json', /"Quillfern"/], ['Markdown', 'md', /^# Toy Schedulers/]]) {
          await link(name).click();
          await page.waitForURL(`**/${file}.${ending}${control.makes}`);
          assert.match(await page.locator('body').innerText(), words);
          await page.goto(here);
        }
      }
    }));
}

test('the address can be copied, which is said for a while', () =>
  withPage(browser, site, {}, async (page) => {
    for (const [path, name] of [[`${COMPARE}${PAIR}`, 'Link to this view'], [`${CHOOSE}?w=performance:5`, 'Link to this answer']]) {
      await page.goto(path);
      await whenReady(page);
      const link = page.getByRole('link', { name });
      const shown = () => link.evaluate((link) => getComputedStyle(link, '::after').content);
      const said = page.locator('#fg-said[role=status]');
      await link.click();
      await said.filter({ hasText: 'Link copied' }).waitFor();
      assert.match(await shown(), /copied/);
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), site.url + path);
      await said.filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
      assert.equal(await shown(), 'none');
    }
  }));

test('without script the link to a view leads to it', () =>
  withPage(browser, site, { script: false }, async (page) => {
    for (const [path, name] of [[`${COMPARE}${PAIR}&sort=`, 'Link to this view'], [`${CHOOSE}?w.performance=5`, 'Link to this answer']]) {
      await page.goto(path);
      const before = await view(page);
      await page.getByRole('link', { name }).click();
      await page.waitForURL((url) => url.href !== site.url + path);
      assert.deepEqual(await view(page), before);
    }
  }));

for (const script of [true, false]) {
  test(`the answer leads to the first ones side by side, to its findings, and to what a situation says, ${script ? 'with' : 'without'} script`, () =>
    withPage(browser, research, { script }, async (page) => {
      await page.goto('/distributed-computing-frameworks/choose/');
      await page.getByRole('link', { name: /Background jobs of a web application/ }).click();
      await page.locator('.situations [aria-current]').waitFor();
      assert.match(await page.locator('#fg-state').innerText(), /comes first|share the first place/);
      assert.equal(await page.getByLabel(/^Architecture/).inputValue(), '4');
      if (script) assert.deepEqual(await axeViolations(page), []);
      const first = await main(page).locator('.ranking tbody th').first().innerText();
      const choice = page.url();
      for (const [link, leadsTo] of [
        [page.getByRole('link', { name: /^Read the first (two|three) side by side/ }), /\/compare\/\?f=/],
        [main(page).locator('.ranking tbody td a').first(), /#\w+/],
        [page.getByRole('link', { name: 'Why these weights' }), /\/#background-jobs-of-a-web-application$/],
      ]) {
        await link.click();
        await page.waitForURL(leadsTo);
        if (page.url().includes('/compare/')) assert.equal((await frameworks(page))[0].trim(), first.trim());
        await page.goto(choice);
      }
    }));
}
