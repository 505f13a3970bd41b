// A page is walked through with the Tab key alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { everyFile, openDetails, setMedia, setWidth, visit } from './site.mjs';

let site;
before(async () => { site = await visit('sample'); });
after(() => site.close());

/** Numbers all that must be reached; gives their count. */
function mark() {
  const isShown = (e) => e.getClientRects().length > 0;
  const scrolls = (e) => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) &&
    e.scrollWidth > e.clientWidth + 1;
  const stops = [...document.body.querySelectorAll('*')]
    .filter((e) => e.matches('a[href], summary, [tabindex="0"]') || scrolls(e))
    .filter(isShown);
  stops.forEach((e, i) => { e.dataset.stop = i; });
  return stops.map((e) => `${e.localName} ${(e.getAttribute('href') ?? e.textContent).slice(0, 40)}`);
}

/** The number of what has the focus, and what is wrong with how it shows. */
function focused() {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const isDrawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const isInView = box.width > 1 && box.bottom > 0 && box.top < innerHeight &&
    box.right > 0 && box.left < innerWidth;
  return { stop: Number(element.dataset.stop ?? -1), isDrawn, isInView };
}

async function walk(tab) {
  const wrong = [];
  const stops = await tab.evaluate(mark);
  const reached = new Set();
  for (let pressed = 0; pressed < stops.length; pressed++) {
    await tab.keyboard.press('Tab');
    const here = await tab.evaluate(focused);
    if (here === null) break;
    if (reached.size === 0 && here.stop !== 0) wrong.push('the skip link is not first');
    if (!here.isDrawn) wrong.push(`focus is not drawn: ${stops[here.stop]}`);
    if (!here.isInView) wrong.push(`focus is out of view: ${stops[here.stop]}`);
    if (here.stop !== reached.size) wrong.push(`out of order: ${stops[here.stop]}`);
    reached.add(here.stop);
  }
  stops.forEach((stop, i) => { if (!reached.has(i)) wrong.push(`not reached: ${stop}`); });
  return wrong;
}

test('Tab reaches the skip link first, then all there is, in order, and shows where', async () => {
  const found = await everyFile(site, site.pages, async (tab, page) => {
    await setMedia(tab, {});
    await setWidth(tab, page.length % 2 === 0 ? 1200 : 320);
    await openDetails(tab);
    return walk(tab);
  });
  assert.deepEqual(found, []);
});

test('the skip link is seen when reached, and leads to the content', async () => {
  const found = await everyFile(site, site.pages, async (tab) => {
    await setMedia(tab, {});
    await tab.keyboard.press('Tab');
    const isSeen = await tab.evaluate(() => document.activeElement.matches('.bar-skip a') &&
      document.activeElement.getBoundingClientRect().top >= 0);
    await tab.keyboard.press('Enter');
    const isThere = await tab.evaluate(() => document.activeElement.localName === 'main');
    await tab.keyboard.press('Tab');
    const isInside = await tab.evaluate(() => document.activeElement.closest('main') !== null);
    return isSeen && isThere && isInside ? [] : [`${isSeen} ${isThere} ${isInside}`];
  });
  assert.deepEqual(found, []);
});

test('the keyboard opens and closes a folded table', async () => {
  const found = await everyFile(site, ['index.html', 'en/index.html'], async (tab) => {
    const states = [];
    await tab.focus('summary');
    for (const key of ['Enter', 'Space']) {
      await tab.keyboard.press(key);
      states.push(await tab.evaluate(() => document.querySelector('details').open));
    }
    return states[0] === true && states[1] === false ? [] : [states.join()];
  });
  assert.deepEqual(found, []);
});
