// Reading: sources and figures that open in place, code's tools, the reader's place, keys, theme, paper.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { PAGES } from './kinds.mjs';
import { axeViolations, FIXTURE, here, launch, serve, share, withPage } from './support.mjs';

let browser;
let site;

share(() => [launch(), serve(FIXTURE)], (...shared) => {
  [browser, site] = shared;
});

const focused = (page) => page.evaluate(() => document.activeElement.outerHTML.slice(0, 200));
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const settled = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

for (const width of [1280, 390]) {
  test(`a source opens where it is cited, and the focus returns, ${width} px`, () =>
    withPage(browser, site, { width }, async (page) => {
      await page.goto('/wide/');
      const mark = page.locator('article .cite a').first();
      await mark.focus();
      await page.keyboard.press('Enter');
      const note = page.getByRole('dialog', { name: 'Source 1' });
      await note.getByText('On width').waitFor();
      assert.equal(new URL(page.url()).hash, '', 'the page stays where it is');
      const inside = await note.evaluate((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return left >= 0 && right <= document.documentElement.clientWidth && top >= 0 && bottom <= innerHeight;
      });
      assert.ok(inside, 'the note can be seen whole');
      assert.deepEqual(await axeViolations(page), []);
      await note.locator('.cite a').click();
      await page.getByRole('dialog', { name: 'Source 2' }).getByText('Notes on width').waitFor();
      await page.keyboard.press('Escape');
      await note.waitFor({ state: 'hidden' });
      assert.match(await focused(page), /id="cite-1-1"/);
    }));
}

test('from a source in place a link leads to the list', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/wide/');
    await page.locator('article .cite a').first().click();
    await page.getByRole('link', { name: 'In the list of sources' }).click();
    await page.waitForURL(/#source-1$/);
    assert.equal(await page.locator('#fg-note').isVisible(), false);
  }));

test('code is copied, and wrapped where it is too wide', () =>
  withPage(browser, site, { width: 390 }, async (page) => {
    await page.goto('/wide/');
    const figure = page.locator('figure.code');
    await figure.getByText('ridge.py').waitFor();
    const isTooWide = () => figure.locator('pre').evaluate((pre) => pre.scrollWidth > pre.clientWidth);
    assert.equal(await isTooWide(), true);
    const wrap = figure.getByRole('button', { name: 'Wrap' });
    await wrap.click();
    assert.equal(await isTooWide(), false);
    assert.equal(await wrap.getAttribute('aria-pressed'), 'true');
    await figure.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('status').getByText('Code copied').waitFor({ state: 'attached' });
    assert.match(await clipboard(page), /^ridges = /);
    await wrap.click();
    assert.equal(await isTooWide(), true);
  }));

for (const key of ['Enter', 'Space']) {
  test(`code is copied and wrapped by ${key}`, () =>
    withPage(browser, site, { width: 390 }, async (page) => {
      await page.goto('/wide/');
      const figure = page.locator('figure.code');
      const wrap = figure.getByRole('button', { name: 'Wrap' });
      await wrap.press(key);
      assert.equal(await wrap.getAttribute('aria-pressed'), 'true');
      await wrap.press(key);
      assert.equal(await wrap.getAttribute('aria-pressed'), 'false');
      await figure.getByRole('button', { name: 'Copy' }).press(key);
      await page.getByRole('status').getByText('Code copied').waitFor({ state: 'attached' });
      assert.match(await clipboard(page), /^ridges = /);
    }));
}

test('code that fits has nothing to wrap', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/toy-schedulers/evidence/');
    const figure = page.locator('figure.code');
    await figure.hover();
    await figure.getByRole('button', { name: 'Copy' }).waitFor();
    assert.equal(await figure.getByRole('button', { name: 'Wrap' }).isVisible(), false);
  }));

test('a heading gives its address away', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    await page.getByRole('link', { name: 'Link to “Losing owls”' }).click();
    await page.getByRole('status').getByText('Link copied').waitFor({ state: 'attached' });
    assert.equal(await clipboard(page), `${site.url}/handbook/#losing-owls`);
  }));

for (const [width, key] of [[1280, null], [1280, 'Space'], [390, null], [390, 'Enter']]) {
  test(`a drawing that holds more than fits opens large, ${width} px, by ${key ?? 'pointer'}`, () =>
    withPage(browser, site, { width }, async (page) => {
      const push = (button) => (key ? button.press(key) : button.click());
      await page.goto('/wide/');
      await push(page.locator('figure.diagram').getByRole('button', { name: 'Enlarge' }));
      const large = page.getByRole('dialog');
      const drawing = large.locator('svg');
      const before = (await drawing.boundingBox()).width;
      await push(large.getByRole('button', { name: 'Larger' }));
      assert.ok((await drawing.boundingBox()).width > before * 1.2);
      assert.deepEqual(await axeViolations(page), []);
      await page.keyboard.press('Escape');
      await large.waitFor({ state: 'hidden' });
      assert.match(await focused(page), /enlarge/);
    }));
}

test('a chart opens large on a phone', () =>
  withPage(browser, site, { width: 390 }, async (page) => {
    await page.goto('/toy-schedulers/evidence/');
    await page.locator('figure.chart').first().getByRole('button', { name: 'Enlarge' }).click();
    await page.getByRole('dialog').locator('svg.wide').waitFor();
  }));

test('an image that is shown smaller than it is opens large', () =>
  withPage(browser, site, { width: 390 }, async (page) => {
    await page.goto('/toy-schedulers/zorble/');
    const image = page.locator('.prose').getByRole('img', { name: 'The owl in the middle' });
    await image.scrollIntoViewIfNeeded();
    const small = (await image.boundingBox()).width;
    await page.locator('.prose p', { has: page.getByRole('img') }).getByRole('button', { name: 'Enlarge' }).click();
    const large = page.getByRole('dialog', { name: 'The owl in the middle' });
    assert.ok((await large.locator('img').boundingBox()).width > small * 1.2);
    await page.keyboard.press('Escape');
    await large.waitFor({ state: 'hidden' });
    assert.match(await focused(page), /enlarge/);
  }));

test('an image that fits has nothing to enlarge', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/toy-schedulers/zorble/');
    await page.locator('.prose img').scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelector('.prose img').complete);
    await settled(page);
    assert.equal(await page.getByRole('button', { name: 'Enlarge' }).count(), 0);
  }));

test('a figure that fits has nothing to enlarge', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/toy-schedulers/evidence/');
    assert.equal(await page.locator('figure.chart').getByRole('button', { name: 'Enlarge' }).count(), 0);
  }));

test('a table that is too wide scrolls inside itself and shows that it does', () =>
  withPage(browser, site, { width: 390 }, async (page) => {
    await page.goto('/wide/');
    const scroller = page.getByRole('group', { name: 'Table' });
    assert.equal(await scroller.locator('thead th').count(), 7, 'an empty heading is no heading');
    await scroller.focus();
    const shade = (side) => scroller.evaluate((element, side) => {
      const backgrounds = getComputedStyle(element).backgroundAttachment.split(', ');
      return { backgrounds, more: side === 'end' ? element.scrollWidth - element.clientWidth - element.scrollLeft : element.scrollLeft };
    }, side);
    assert.deepEqual((await shade('end')).backgrounds, ['local', 'local', 'scroll', 'scroll']);
    assert.ok((await shade('end')).more > 100);
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('.scroller').scrollLeft > 0);
  }));

test('in forced colours a line stands at the edge behind which there is more', () =>
  withPage(browser, site, { width: 390, forced: true }, async (page) => {
    await page.goto('/wide/');
    const scroller = page.getByRole('group', { name: 'Table' });
    await scroller.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await scroller.boundingBox();
    const edge = () => page.screenshot({ clip: { x: x + width - 3, y, width: 3, height } });
    const isMarked = async () => {
      const asItIs = await edge();
      await scroller.evaluate((element) => { element.style.background = 'none'; });
      const bare = await edge();
      await scroller.evaluate((element) => { element.style.background = ''; });
      return !asItIs.equals(bare);
    };
    assert.equal(await isMarked(), true, 'there is more');
    await scroller.evaluate((element) => { element.scrollLeft = element.scrollWidth; });
    await settled(page);
    assert.equal(await isMarked(), false, 'this is the end');
  }));

test('the contents list follows the reading, to the last section', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    const contents = page.getByRole('navigation', { name: 'On this page' });
    const here = () => contents.locator('[aria-current]').allInnerTexts();
    assert.deepEqual(await here(), ['Bowls']);
    await page.evaluate(() => document.getElementById('gardens').scrollIntoView());
    await contents.locator('[aria-current]', { hasText: /gardens/i }).waitFor();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await contents.locator('[aria-current]', { hasText: 'Losing rests' }).waitFor();
    const entry = contents.locator('[aria-current]');
    assert.ok((await entry.boundingBox()).y < 800, 'the entry is kept in sight');
  }));

for (const script of [true, false]) {
  test(`on a phone the contents are at hand wherever one reads, ${script ? 'with' : 'without'} script`, () =>
    withPage(browser, site, { width: 390, script }, async (page) => {
      await page.goto('/handbook/#gardens');
      const summary = page.locator('.contents-fold summary');
      assert.ok((await summary.boundingBox()).y < 60, 'it stays below the header');
      if (script) await summary.getByText(/gardens/i).waitFor();
      await summary.click();
      await page.locator('.contents-fold').getByRole('link', { name: 'Losing owls' }).click();
      await page.waitForURL(/#losing-owls$/);
      if (!script) return;
      await page.waitForFunction(() => !document.querySelector('.contents-fold').open);
      const { heading, fold } = await page.evaluate(() => ({
        heading: document.getElementById('losing-owls').getBoundingClientRect().top,
        fold: document.querySelector('.contents-fold').getBoundingClientRect().bottom,
      }));
      assert.ok(heading >= fold, 'the heading is not covered');
      await summary.click();
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.contents-fold').evaluate((fold) => fold.open), false);
    }));
}

test('keys lead through sections and pages, and a sheet names them', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/toy-schedulers/zorble/');
    await page.keyboard.press('j');
    assert.match(await focused(page), /#overview/);
    await page.keyboard.press('j');
    assert.match(await focused(page), /#architecture/);
    await page.keyboard.press('k');
    assert.match(await focused(page), /#overview/);
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Next and previous section').waitFor();
    assert.deepEqual(await axeViolations(page), []);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.keyboard.press('n');
    await page.waitForURL('/toy-schedulers/quillfern/');
    await page.keyboard.press('p');
    await page.waitForURL('/toy-schedulers/zorble/');
  }));

test('shortcuts of a single key can be switched off, and on again', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    const box = page.getByRole('checkbox', { name: 'Shortcuts of a single key' });
    await box.uncheck();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('j');
    assert.doesNotMatch(await focused(page), /anchor/);
    await page.goto('/wide/');
    await page.keyboard.press('j');
    assert.doesNotMatch(await focused(page), /anchor/);
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await box.check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('k');
    assert.match(await focused(page), /anchor/);
  }));

// All but one, over which its faults lie while live reload is on.
const TABBED = Object.keys(PAGES).filter((name) => name !== 'evidence-broken');
const WINDOWS = {
  '1280 px': {},
  '1280 px, without script': { script: false },
  '390 px': { width: 390 },
  '390 px, without script': { width: 390, script: false },
  'zoomed to 200 %': { zoom: 2 },
};
for (const [size, options] of Object.entries(WINDOWS)) {
  test(`whatever takes the focus can be seen, ${size}`, async (t) => {
    for (const name of TABBED) {
      await t.test(name, () =>
        withPage(browser, site, options, async (page) => {
          await page.goto(PAGES[name]);
          const hidden = [];
          let last = '';
          for (let tabs = 0; tabs < 400; tabs += 1) {
            await page.keyboard.press('Tab');
            const { isBody, fault, place } = await page.evaluate(stateOfFocus);
            if (isBody) break;
            if (fault) hidden.push(fault);
            last = place;
          }
          assert.deepEqual(hidden, []);
          // A table in a frame of another site stands alone.
          assert.match(last, name === 'compare-embed' ? /^<main/ : /footer|foot/, 'Tab goes to the end of the page');
        }),
      );
    }
  });
}

/** Runs in the page: what has the focus, and what is wrong with how it is seen. */
function stateOfFocus() {
  const element = document.activeElement;
  if (element === document.body) return { isBody: true };
  const name = element.outerHTML.slice(0, 90);
  const rect = [...element.getClientRects()].find(({ width, height }) => width > 0 && height > 0);
  const place = element.closest('footer, main, header, nav, form')?.outerHTML.slice(0, 40) ?? '';
  if (!rect) return { fault: `no size: ${name}`, place };
  const left = Math.max(rect.left, 0);
  const right = Math.min(rect.right, innerWidth);
  const top = Math.max(rect.top, 0);
  const bottom = Math.min(rect.bottom, innerHeight);
  if (left >= right || top >= bottom) return { fault: `out of sight: ${name}`, place };
  const seen = [0.2, 0.5, 0.8].some((part) => {
    const at = document.elementFromPoint((left + right) / 2, top + (bottom - top) * part);
    return at && (element.contains(at) || at.contains(element) || at.labels !== undefined);
  });
  if (!seen) return { fault: `covered: ${name}`, place };
  if (getComputedStyle(element).outlineStyle === 'none') return { fault: `without an outline: ${name}`, place };
  return { place };
}

for (const [scheme, chosen, next] of [['light', 'dark', ''], ['dark', 'light', 'dark']]) {
  test(`the chosen theme is there before the first paint: ${chosen} on a ${scheme} system`, () =>
    withPage(browser, site, { scheme }, async (page) => {
      await page.goto('/');
      await page.getByLabel('Theme').selectOption(chosen);
      await page.addInitScript(() => {
        const observer = new MutationObserver(() => {
          if (!document.body) return;
          globalThis.themeAtBody = document.documentElement.dataset.theme;
          observer.disconnect();
        });
        observer.observe(document, { childList: true, subtree: true });
      });
      await page.goto('/handbook/');
      assert.equal(await page.evaluate(() => globalThis.themeAtBody), chosen, 'the theme is set before there is a body to paint');
      await page.keyboard.press('t');
      assert.equal(await page.getByLabel('Theme').inputValue(), next);
    }));
}

test('on paper stand the text, its sources with their addresses, and where the page stands', () =>
  withPage(browser, site, { scheme: 'dark' }, async (page) => {
    await page.goto('/toy-schedulers/zorble/');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const name of ['.top', '.nav', '.contents-fold', '.crumbs', '.neighbours', '.tools', '.to-top']) {
      for (const part of await page.locator(name).all()) assert.equal(await part.isVisible(), false, name);
    }
    await page.locator('.sources').getByText(/https?:\/\//).first().waitFor();
    await page.locator('.standing').waitFor();
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return { color, backgroundColor };
    });
    assert.deepEqual(colours, { color: 'rgb(35, 34, 30)', backgroundColor: 'rgb(255, 255, 255)' });
  }));

test('on paper figures are drawn in light colours, and links and the page have their addresses', () =>
  withPage(browser, site, { width: 390, scheme: 'light' }, async (page) => {
    await page.goto('/toy-schedulers/evidence/');
    await page.getByLabel('Theme').selectOption('Dark');
    const darkest = () => page.evaluate(() => {
      const drawn = [...document.querySelectorAll('.chart svg.wide text, .diagram svg text')];
      const fills = drawn.map((text) => getComputedStyle(text).fill.match(/\d+/g).slice(0, 3).map(Number));
      return Math.max(...fills.flat());
    });
    assert.ok(await darkest() > 150, 'on the screen words of figures are light');
    await page.emulateMedia({ media: 'print' });
    assert.ok(await darkest() < 110, 'on paper they are dark');
    assert.equal(await page.locator('.chart svg.narrow').first().isVisible(), false);
    for (const drawing of await page.locator('.chart svg.wide, .diagram svg').all()) assert.ok(await drawing.isVisible());
    await page.goto('/wide/');
    const after = (selector) => page.locator(selector).first().evaluate((link) => getComputedStyle(link, '::after').content);
    assert.equal(await after('.prose a[href*="/list/"]'), '" (https://example.org/list/)"');
    await page.locator('.foot').getByText('https://toys.example.org/wide/', { exact: true }).waitFor();
  }));

test('on paper a chart stands without its table, unless that is open, and says where its data are', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/toy-schedulers/evidence/');
    const chart = page.locator('figure.chart').first();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await chart.locator('.chart-table').isVisible(), false);
    const address = await chart.locator('.chart-data a').first().evaluate((link) => getComputedStyle(link, '::after').content);
    assert.equal(address, '" (/toy-schedulers/data/trips/)"');
    await chart.locator('.chart-table').evaluate((table) => { table.open = true; });
    await chart.getByRole('table').waitFor();
  }));

// Between the margins of a sheet, upright and lying.
const PAPER = { compare: 1000, 'compare-pair': 670, choose: 670, sources: 670, data: 1000, category: 670 };
for (const [name, width] of Object.entries(PAPER)) {
  test(`on paper ${name} is whole, and without what only a screen can use`, () =>
    withPage(browser, site, { width, scheme: 'dark' }, async (page) => {
      await page.goto(PAGES[name]);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      for (const part of await page.locator('form, button, .button, .top, .nav, .crumbs, .skip, .to-top, .take, summary:has(+ fieldset)').all()) {
        assert.equal(await part.isVisible(), false, await part.evaluate((element) => element.outerHTML.slice(0, 90)));
      }
      const beyond = await page.evaluate(() => {
        const isBeyond = (element) => element.checkVisibility() && !element.closest('.vh') && element.getBoundingClientRect().right > innerWidth + 1;
        return [...document.querySelectorAll('main *')].filter(isBeyond).map((element) => element.outerHTML.slice(0, 90));
      });
      assert.deepEqual(beyond, []);
      await page.locator('.foot').getByText(/^https:\/\/toys\.example\.org\/toy-schedulers\//).waitFor();
    }));
}

test('on paper the page of data says where they were measured', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/toy-schedulers/data/trips/');
    const environment = page.locator('.environment dl');
    assert.equal(await environment.isVisible(), false);
    await page.emulateMedia({ media: 'print' });
    assert.ok((await environment.boundingBox()).height > 20);
  }));

test('a change is outlined where motion is not wanted, and fades where it is', () =>
  withPage(browser, site, {}, async (page) => {
    await page.goto('/handbook/');
    const shown = () => page.locator('.prose p').first().evaluate((paragraph) => {
      paragraph.classList.add('changed');
      const { animationName, outlineStyle } = getComputedStyle(paragraph);
      return { animationName, outlineStyle, running: document.getAnimations().length };
    });
    assert.deepEqual(await shown(), { animationName: 'none', outlineStyle: 'solid', running: 0 });
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    assert.deepEqual(await shown(), { animationName: 'changed', outlineStyle: 'none', running: 1 });
  }));

test('declared facts are folded, and open without script', () =>
  withPage(browser, site, { script: false }, async (page) => {
    await page.goto('/toy-schedulers/');
    const fact = page.getByText('who decides which marble is next');
    assert.equal(await fact.isVisible(), false);
    await page.getByText('4 facts of Architecture').click();
    await fact.waitFor();
  }));

test('a category of gaps says where findings are, and an address that leads nowhere where to begin', () =>
  withPage(browser, site, { script: false }, async (page) => {
    await page.goto('/mist-schedulers/');
    await page.getByText('Nothing in this category is researched yet').waitFor();
    await page.getByRole('article').getByRole('link', { name: 'Toy Schedulers' }).click();
    await page.waitForURL('/toy-schedulers/');
    await page.goto('/toy-schedulers/zorbel/');
    assert.equal(await page.getByLabel('Search for', { exact: true }).inputValue(), 'zorbel');
    await page.getByRole('article').getByRole('link', { name: 'Mist Schedulers' }).waitFor();
  }));

/** The style sheets by their names. */
async function readSheets() {
  const folder = here('../../static/');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.css'));
  return Promise.all(names.map(async (name) => [name, await readFile(folder + name, 'utf8')]));
}

/** The values of properties whose names begin so. */
const valuesOf = (sheet, property) => [...sheet.matchAll(new RegExp(`(?<![\\w-])(?:${property})[\\w-]*\\s*:([^;}]+)`, 'g'))].map(([, value]) => value.trim());

test('an empty comparison leads to one that is not', () =>
  withPage(browser, site, { script: false }, async (page) => {
    await page.goto(PAGES['compare-empty']);
    assert.equal(await page.getByRole('table').count(), 0);
    await page.getByRole('link', { name: 'Show them without must-haves' }).click();
    await page.getByRole('table').waitFor();
    assert.equal(new URL(page.url()).search, '?f=zorble');
  }));

test('the style sheets name no side of the page', async () => {
  const physical = /[{;]\s*((?:margin|padding|border|inset)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:|(?:text-align|float|clear):\s*(?:left|right)/g;
  for (const [name, sheet] of await readSheets()) {
    assert.deepEqual([...sheet.matchAll(physical)].map(([found]) => found), [], name);
    const sided = (value) => {
      const sides = value.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '()').split(/\s+/);
      return sides.length === 4 && sides[1] !== sides[3];
    };
    assert.deepEqual(valuesOf(sheet, 'margin|padding|inset').filter(sided), [], name);
  }
});

test('shades and shadows of the style sheets follow the way text runs', async () => {
  for (const [name, sheet] of await readSheets()) {
    // One way and the other at once is the same from both sides.
    const isOneSided = (value) => (value.match(/\(90deg/g) ?? []).length !== (value.match(/\(-90deg/g) ?? []).length || /to (?:left|right)/.test(value);
    assert.deepEqual(valuesOf(sheet, 'background|mask').filter(isOneSided), [], name);
    const isThrown = (value) => value.split(/,(?![^(]*\))/).some((shadow) => /^\s*(?:inset\s+)?-?\.?[1-9]/.test(shadow));
    assert.deepEqual(valuesOf(sheet, 'box-shadow|text-shadow').filter(isThrown), [], name);
  }
});

test('the style sheets take room and sizes of text from their scales', async () => {
  for (const [name, sheet] of await readSheets()) {
    if (name === 'tokens.css') continue;
    assert.deepEqual(valuesOf(sheet, 'font').filter((value) => /[\d.]+rem/.test(value)), [], `${name}: a size of text is a --size-*`);
    const room = valuesOf(sheet, 'margin|padding|(?:row-|column-)?gap|inset');
    // What belongs to a word grows with it; what is as wide as a line of a drawing is told in pixels.
    const isLiteral = (value) => [...value.matchAll(/(?<![\w.-])-?([\d.]+)(rem|em)\b/g)].some(([, size, unit]) => unit === 'rem' || size >= 1);
    assert.deepEqual(room.filter(isLiteral), [], `${name}: room is a --space-*`);
  }
});

test('from right to left nothing leaves the page', async (t) => {
  // Without live reload, which would give the page its own direction back.
  const still = await serve(FIXTURE, { live: false });
  t.after(still.stop);
  for (const width of [1280, 390]) {
    for (const name of ['home', 'category', 'framework', 'wide', 'document', 'compare', 'compare-pair', 'compare-rows', 'choose', 'search', 'data', 'sources']) {
      await t.test(`${name}, ${width} px`, () =>
        withPage(browser, still, { width }, async (page) => {
          await page.goto(PAGES[name]);
          await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
          await settled(page);
          const { scrollWidth, clientWidth } = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return { scrollWidth, clientWidth };
          });
          assert.ok(scrollWidth <= clientWidth, `${scrollWidth} of ${clientWidth} px`);
          if (width === 1280 && !name.startsWith('compare')) {
            const [nav, main] = await Promise.all([page.locator('#fg-nav').boundingBox(), page.locator('main').boundingBox()]);
            assert.ok(nav.x > main.x, 'the tree stands on the right');
          }
        }),
      );
    }
  }
});

test('from right to left ratings fill and gaps are hatched from the right', async (t) => {
  const still = await serve(FIXTURE, { live: false });
  t.after(still.stop);
  await withPage(browser, still, {}, async (page) => {
    await page.goto('/toy-schedulers/quillfern/');
    const looks = () => page.evaluate(() => ({
      pips: getComputedStyle(document.querySelector('.pips')).backgroundImage.slice(0, 22),
      gap: getComputedStyle(document.querySelector('.gap')).backgroundPosition,
    }));
    const before = await looks();
    await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    await settled(page);
    assert.deepEqual([before, await looks()], [
      { pips: 'linear-gradient(90deg,', gap: '0px 0px' },
      { pips: 'linear-gradient(-90deg', gap: '100% 0px' },
    ]);
  });
});
