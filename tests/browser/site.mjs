// A published site, its files, and a browser to open them with.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { serve } from './server.mjs';

export const folder = process.env.BAROMETRE_BROWSER;
if (!folder) throw new Error('BAROMETRE_BROWSER is not set: tests/browser/run.sh sets it');

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);

// Whoever opens two pages at a time keeps two cores busy.
const TABS = 2;

/** Every file of a site, as paths from its root. */
export function filesOf(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** The site `name`: "sample" or "hostile". */
export function siteOf(name) {
  const root = path.join(folder, name, 'site/current');
  const files = filesOf(root);
  const current = files.filter((file) => !file.startsWith('editions/'));
  return {
    root,
    files,
    // Frozen editions hold the same pages, byte for byte, one folder further down.
    pages: current.filter((file) => file.endsWith('.html') && !/(^|\/)fragment\./.test(file)),
    pictures: current.filter((file) => file.endsWith('.svg')),
    read: (file) => readFileSync(path.join(root, file), 'utf8'),
  };
}

/** Serves the site and opens a browser; `close` ends both. */
export async function visit(name) {
  const site = siteOf(name);
  const server = await serve(site.root);
  const browser = await puppeteer.launch({
    executablePath: chromium,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  async function close() {
    await browser.close();
    server.close();
  }
  return { ...site, origin: server.origin, asked: server.asked, browser, close };
}

/** Runs `check(tab, file)` for each file and gives back all that it found, in order. */
export async function everyFile(site, files, check) {
  const found = files.map(() => []);
  let next = 0;
  async function work() {
    const tab = await site.browser.newPage();
    for (let i = next++; i < files.length; i = next++) {
      await tab.goto(site.origin + files[i], { waitUntil: 'load' });
      found[i] = (await check(tab, files[i])).map((what) => `${files[i]}: ${what}`);
    }
    await tab.close();
  }
  await Promise.all(Array.from({ length: TABS }, work));
  return found.flat();
}

export async function setWidth(tab, width) {
  await tab.setViewport({ width, height: 900 });
}

/** Light or dark, screen or print, own or forced colours. */
export async function setMedia(tab, { media = 'screen', scheme = 'light', forced = 'none' }) {
  const session = await tab.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    media,
    features: [
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'forced-colors', value: forced },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ],
  });
}

export async function openDetails(tab) {
  await tab.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}
