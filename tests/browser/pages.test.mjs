// Every kind of page, light and dark, wide and narrow, with and without script.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { PAGES, statusOf } from './kinds.mjs';
import { axeViolations, CONTENT, FIXTURE, here, launch, serve, share, withPage } from './support.mjs';

let browser;
let site;

share(() => [launch(), serve(FIXTURE)], (...shared) => {
  [browser, site] = shared;
});

for (const script of [true, false]) {
  for (const scheme of ['light', 'dark']) {
    for (const width of [1280, 390]) {
      test(`${scheme}, ${width} px, ${script ? 'with' : 'without'} script`, async (t) => {
        for (const [name, path] of Object.entries(PAGES)) {
          await t.test(name, () =>
            withPage(browser, site, { width, scheme, script }, async (page) => {
              const response = await page.goto(path);
              assert.equal(response.status(), statusOf(name));
              await assertSound(page);
              if (script) {
                await assertAccessible(page);
                await page.screenshot({ path: here(`screenshots/${name}-${width}-${scheme}.png`), fullPage: true });
              }
            }),
          );
        }
      });
    }
  }
}

test('without script no control is shown that needs it', async (t) => {
  for (const [name, path] of Object.entries(PAGES)) {
    await t.test(name, () =>
      withPage(browser, site, { script: false }, async (page) => {
        await page.goto(path);
        assert.deepEqual(await page.evaluate(idleControls), []);
      }),
    );
  }
  await t.test('with script they are there', () =>
    withPage(browser, site, { width: 390 }, async (page) => {
      await page.goto(PAGES.wide);
      await page.getByRole('button', { name: 'Enlarge' }).first().waitFor();
      const shown = await page.evaluate(idleControls);
      for (const control of ['data-theme-picker', 'data-keys', 'copy', 'wrap', 'enlarge']) {
        assert.ok(shown.some((html) => html.includes(control)), `${control} is one of ${shown}`);
      }
    }),
  );
});

const VIEWS = {
  'forced colours, light': { forced: true },
  'forced colours, dark, 390 px': { forced: true, scheme: 'dark', width: 390 },
  '320 px': { width: 320 },
  '320 px, without script': { width: 320, script: false },
  'zoomed to 200 %': { zoom: 2 },
};

for (const [view, options] of Object.entries(VIEWS)) {
  test(view, async (t) => {
    for (const [name, path] of Object.entries(PAGES)) {
      await t.test(name, () =>
        withPage(browser, site, options, async (page) => {
          await page.goto(path);
          await assertSound(page);
          if (options.script !== false) await assertAccessible(page);
          if (options.forced) await page.screenshot({ path: here(`screenshots/${name}-${options.width ?? 1280}-forced.png`) });
        }),
      );
    }
  });
}

test('text twice as large as usual', async (t) => {
  // Without live reload, which would give the page its own size back.
  const still = await serve(FIXTURE, { live: false });
  t.after(still.stop);
  for (const [name, path] of Object.entries(PAGES)) {
    await t.test(name, () =>
      withPage(browser, still, {}, async (page) => {
        await page.goto(path);
        const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main')).fontSize));
        const usual = await size();
        await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
        assert.equal(await size(), 2 * usual, 'the text follows the size that the browser is set to');
        await assertSound(page);
      }),
    );
  }
});

for (const [scheme, width] of [['light', 1280], ['dark', 390]]) {
  test(`every page that the home page leads to, ${scheme}, ${width} px`, async (t) => {
    const content = await serve(CONTENT);
    t.after(content.stop);
    await withPage(browser, content, { width, scheme }, async (page) => {
      const found = new Set(['/']);
      for (const path of found) {
        await t.test(path, async () => {
          const response = await page.goto(path);
          assert.equal(response.status(), 200);
          for (const next of await pagesLinkedFrom(page)) found.add(next);
          await assertSound(page);
          await assertAccessible(page);
        });
      }
    });
  });
}

/** What holds for every page. */
async function assertSound(page) {
  const { headings, language, title, tooWide } = await page.evaluate(() => {
    const root = document.documentElement;
    const beyond = (element) => element.getBoundingClientRect().right > root.clientWidth;
    const culprits = () => [...document.body.querySelectorAll('*')].filter(beyond).map((element) => element.outerHTML.slice(0, 90));
    return {
      headings: document.querySelectorAll('h1').length,
      language: root.lang,
      title: document.title,
      tooWide: root.scrollWidth > root.clientWidth ? culprits() : [],
    };
  });
  assert.equal(headings, 1, `${page.url()} has one main heading`);
  assert.ok(language && title, `${page.url()} names its language and its title`);
  assert.deepEqual(tooWide, [], `${page.url()} does not scroll sideways`);
}

/** Runs in the page: the controls in sight that neither a form nor a popover gives something to do. */
function idleControls() {
  const isIdle = (control) => control.matches(':enabled') && !control.form && !control.hasAttribute('popovertarget');
  return [...document.querySelectorAll('button, select, input, textarea')]
    .filter((control) => control.checkVisibility() && isIdle(control))
    .map((control) => control.outerHTML.slice(0, 90));
}

/** What axe-core says of the page; it needs script to run. */
async function assertAccessible(page) {
  assert.deepEqual(await axeViolations(page), [], `${page.url()} is accessible`);
}

/** Paths of the site that the page links to, without their queries: those lead to the same pages. */
function pagesLinkedFrom(page) {
  return page.evaluate(() =>
    [...document.links]
      .filter((link) => link.origin === location.origin && !link.hasAttribute('download'))
      .map((link) => link.pathname)
      .filter((path) => path.endsWith('/')),
  );
}
