// The program on a copy of a content folder, and pages that report every fault of theirs.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import axe from 'axe-core';
import { chromium } from 'playwright-core';

export const FIXTURE = here('fixture');
export const CONTENT = here('../../content');

const PROGRAM = process.env.FIELDGUIDE_BIN ?? here('../../target/debug/fieldguide');
export const CHROMIUM = process.env.FIELDGUIDE_CHROMIUM ?? '/usr/bin/chromium';
export const CHROMIUM_FLAGS = [
  '--no-sandbox', // tests run as root in containers
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE_MS = 10_000;

/** Begins what the tests of a file share, hands it over in its order, and ends it after them. */
export function share(begin, take) {
  let shared = [];
  before(async () => {
    shared = await Promise.all(begin());
    take(...shared);
  });
  after(async () => {
    for (const one of shared) await (one.stop ?? one.close).call(one);
  });
}

/** The path of a file beside this one. */
export function here(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Starts the program on a copy of a content folder, so that a test may change it; unpublished, it knows no address. */
export async function serve(source, { live = true, published = true } = {}) {
  const root = await mkdtemp(path.join(tmpdir(), 'fieldguide-'));
  const content = path.join(root, 'content');
  await cp(source, content, { recursive: true });
  if (!published) await withoutAddress(path.join(content, 'site.toml'));
  const options = ['serve', '--content', content, '--listen', '127.0.0.1:0', '--log', 'json', ...(live ? [] : ['--no-live'])];
  const program = spawn(PROGRAM, options, { stdio: ['ignore', 'ignore', 'pipe'] });
  const kill = () => program.kill('SIGKILL');
  process.once('exit', kill);
  const exited = once(program, 'exit');
  const log = [];
  const url = await address(program, log);
  await ready(url);

  /** Asks the program to end, and fails when it does not end well or logged a fault. */
  async function stop() {
    const impatience = setTimeout(kill, PATIENCE_MS);
    program.kill('SIGTERM');
    const [code, signal] = await exited;
    clearTimeout(impatience);
    process.off('exit', kill);
    await rm(root, { recursive: true });
    assert.deepEqual({ code, signal }, { code: 0, signal: null }, 'the program ends in peace');
    assert.deepEqual(log.filter((line) => /panicked|"level":"ERROR"/.test(line)), [], 'the log holds no fault');
  }

  return { url, content, stop };
}

async function withoutAddress(siteFile) {
  const lines = (await readFile(siteFile, 'utf8')).split('\n');
  await writeFile(siteFile, lines.filter((line) => !line.startsWith('base_url')).join('\n'));
}

/** The address that the log names; the log is read to its end. */
function address(program, log) {
  return new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('exit', (code) => reject(new Error(`the program ended with ${code}:\n${log.join('\n')}`)));
    createInterface({ input: program.stderr }).on('line', (line) => {
      log.push(line);
      const named = /serving (http:[^\s"]+)/.exec(line);
      if (named) resolve(named[1]);
    });
  });
}

async function ready(url) {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok) return;
    await pause(20);
  }
  throw new Error(`${url} was not ready within ${PATIENCE_MS} ms`);
}

/** Starts the browser with a fresh profile; its windows may have scroll bars that take room, as on most desktops. */
export function launch({ scrollBars = false } = {}) {
  return chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS, ignoreDefaultArgs: scrollBars ? ['--hide-scrollbars'] : [] });
}

/** Runs `body` with a page of its own; fails on every fault the page met on the way. */
export async function withPage(browser, site, { width = 1280, height = 800, scheme = 'light', forced = false, zoom = 1, script = true, touch = false }, body) {
  const context = await browser.newContext({
    baseURL: site.url,
    colorScheme: scheme,
    hasTouch: touch,
    deviceScaleFactor: zoom,
    forcedColors: forced ? 'active' : 'none',
    javaScriptEnabled: script,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    // A zoomed window has as many fewer pixels of its own.
    viewport: { width: width / zoom, height: height / zoom },
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const faults = watch(page, site);
    await body(page);
    assert.deepEqual(faults, [], 'the page met no fault');
  } finally {
    await context.close();
  }
}

/** Collects console errors, violated policies, failed requests, and requests that leave the site. */
function watch(page, site) {
  const faults = [];
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    // Chromium repeats failed requests here; they are judged below, where it is known what was asked for.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== site.url && protocol !== 'data:') faults.push(`left the site: ${request.url()}`);
  });
  page.on('response', (response) => {
    // A page that is not there is asked for by its test, and by the page itself when it looks for changes.
    if (response.status() >= 400 && response.url() !== page.url() && !response.request().isNavigationRequest()) {
      faults.push(`status ${response.status()}: ${response.url()}`);
    }
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // A page that is left, and a search overtaken by the next letter, abort their requests.
    if (reason !== 'net::ERR_ABORTED') faults.push(`${reason}: ${request.url()}`);
  });
  return faults;
}

/** What axe-core finds wrong with the page as it stands, one line each. */
export async function axeViolations(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
}

/** What moved by itself, from the first paint to the end of the page and back. */
export function shiftsOf(page) {
  return page.evaluate(async () => {
    const moved = [];
    const observer = new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) {
        const sources = shift.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? 'text');
        if (!shift.hadRecentInput) moved.push({ value: shift.value, sources });
      }
    });
    observer.observe({ type: 'layout-shift', buffered: true });
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    for (const to of [document.documentElement.scrollHeight, 0]) {
      scrollTo(0, to);
      await painted();
      await painted();
    }
    return moved;
  });
}
