// How pages and pictures come out: widths, paper, themes.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { everyFile, folder, openDetails, setMedia, setWidth, visit } from './site.mjs';

const WIDTHS = [320, 390, 768, 1200];
const WEIGHT = 400000;

let sites;
before(async () => { sites = [await visit('sample'), await visit('hostile')]; });
after(() => Promise.all(sites.map((site) => site.close())));

/** Runs the check over the pages of both sites. */
async function everyPage(check) {
  const found = [];
  for (const site of sites) found.push(...await everyFile(site, site.pages, check));
  return found;
}

/** Elements that reach over the right edge and are in nothing that scrolls. */
function overflows() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const isContained = (element) => {
    for (let e = element.parentElement; e !== null; e = e.parentElement)
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(e).overflowX)) return true;
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')]
    .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 0.5 && !isContained(e))
    .map((e) => `${e.tagName}.${e.className.baseVal ?? e.className} ${e.textContent.slice(0, 30)}`);
  return [`${root.scrollWidth} > ${root.clientWidth}: ${wide.slice(0, 3).join(' | ')}`];
}

/** Texts of the drawings shown that leave their drawing. */
function strayTexts() {
  const stray = [];
  for (const svg of document.querySelectorAll('svg')) {
    const box = svg.getBoundingClientRect();
    if (box.width === 0) continue;
    const near = 0.5;
    for (const text of svg.querySelectorAll('text')) {
      const own = text.getBoundingClientRect();
      if (own.left < box.left - near || own.right > box.right + near ||
          own.top < box.top - near || own.bottom > box.bottom + near)
        stray.push(`“${text.textContent}” leaves its drawing`);
    }
  }
  return stray;
}

/** A figure shows one drawing, and says in its label what its caption says. */
function figures() {
  const wrong = [];
  for (const figure of document.querySelectorAll('figure')) {
    const caption = figure.querySelector('figcaption').textContent;
    const drawings = [...figure.querySelectorAll('svg')];
    const shown = drawings.filter((svg) => svg.getBoundingClientRect().width > 0);
    if (figure.getAttribute('aria-label') !== caption) wrong.push(`label is not “${caption}”`);
    if (shown.length !== 1) wrong.push(`${shown.length} drawings of “${caption}” are shown`);
    for (const svg of drawings) {
      const desc = svg.querySelector('desc').textContent;
      const named = svg.getAttribute('aria-labelledby').split(' ')
        .every((id) => svg.querySelector(`#${CSS.escape(id)}`) !== null);
      if ([...desc].length > 250) wrong.push(`${[...desc].length} characters: ${desc}`);
      if (desc === '' || !named) wrong.push(`no description of “${caption}”`);
    }
  }
  return wrong;
}

test('no page overflows sideways, nor any text its drawing, nor are two drawings shown', async () => {
  const found = await everyPage(async (tab) => {
    const all = [];
    await openDetails(tab);
    for (const width of WIDTHS) {
      await setWidth(tab, width);
      for (const check of [overflows, strayTexts, figures])
        for (const what of await tab.evaluate(check)) all.push(`${width}: ${what}`);
    }
    return all;
  });
  assert.deepEqual(found, []);
});

test('every figure has a wide and a narrow drawing', async () => {
  const found = await everyFile(sites[0], sites[0].pages, (tab) => tab.evaluate(() =>
    [...document.querySelectorAll('figure')]
      .filter((figure) => !figure.querySelector('.bar-wide svg') ||
        !figure.querySelector('.bar-narrow svg'))
      .map((figure) => figure.querySelector('figcaption').textContent)));
  assert.deepEqual(found, []);
});

test('a drawing alone keeps its texts inside, in the font that is there', async () => {
  const found = [];
  for (const site of sites)
    found.push(...await everyFile(site, site.pictures, (tab) => tab.evaluate(strayTexts)));
  assert.deepEqual(found, []);
});

test('a page weighs 400 kB at most', () => {
  const found = sites[0].pages
    .map((page) => [page, Buffer.byteLength(sites[0].read(page))])
    .filter(([, bytes]) => bytes > WEIGHT);
  assert.deepEqual(found, []);
});

test('paper shows every table, folded or not, and nothing to click', async () => {
  const found = await everyFile(sites[0], sites[0].pages, async (tab) => {
    await setMedia(tab, { media: 'print' });
    await setWidth(tab, 700); // about an A4 sheet
    return tab.evaluate(() => [
      ...[...document.querySelectorAll('table')]
        .filter((table) => table.getBoundingClientRect().height === 0)
        .map((table) => `hidden: ${table.caption?.textContent}`),
      ...[...document.querySelectorAll('summary, .bar-menu, .bar-downloads')]
        .filter((element) => element.getBoundingClientRect().height > 0)
        .map((element) => `shown: ${element.className || element.tagName}`),
    ]);
  });
  assert.deepEqual(found, []);
});

const looks = [
  ['light', 1200, {}], ['phone', 390, {}], ['tablet', 768, {}],
  ['dark', 1200, { scheme: 'dark' }], ['dark-phone', 390, { scheme: 'dark' }],
  ['forced', 1200, { scheme: 'dark', forced: 'active' }],
];

test('pages print, and every look of them is kept for people to look at', async () => {
  const [site] = sites;
  const album = path.join(folder, 'looks');
  mkdirSync(album, { recursive: true });
  const tab = await site.browser.newPage();
  const place = site.pages.find((page) => page.startsWith('places/'));
  const albumOf = { index: 'index.html', place, en: 'en/index.html' };
  for (const [name, page] of Object.entries(albumOf)) {
    await tab.goto(site.origin + page);
    for (const [look, width, media] of name === 'en' ? looks.slice(0, 2) : looks) {
      await setWidth(tab, width);
      await setMedia(tab, media);
      await tab.screenshot({ path: path.join(album, `${name}-${look}.png`), fullPage: true });
    }
    await setMedia(tab, { media: '' });
    const pdf = Buffer.from(await tab.pdf({ preferCSSPageSize: true, printBackground: true }));
    writeFileSync(path.join(album, `${name}.pdf`), pdf);
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    assert.ok(sheets >= 2 && sheets <= 40, `${page}: ${sheets} sheets`);
  }
  await tab.close();
});
