// What two engines of rules find. They do not replace an audit by a person.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { everyFile, openDetails, setMedia, setWidth, visit } from './site.mjs';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const sniffer = readFileSync(
  require.resolve('@pa11y/html_codesniffer/build/HTMLCS.js'), 'utf8');

const everything = {
  runOnly: ['RGAAv4', 'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
// Another theme changes colours and nothing else.
const colours = { runOnly: ['color-contrast', 'link-in-text-block'] };

async function violations(tab, options) {
  const found = await tab.evaluate(async (asked) => {
    const result = await window.axe.run(document, { resultTypes: ['violations'], ...asked });
    return result.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}`));
  }, options);
  return found;
}

let site;
before(async () => { site = await visit('sample'); });
after(() => site.close());

test('axe finds no violation on any page, wide or narrow, light or dark', async () => {
  const found = await everyFile(site, site.pages, async (tab) => {
    const all = [];
    await tab.evaluate(axe);
    await openDetails(tab);
    for (const width of [1200, 320]) {
      await setWidth(tab, width);
      for (const scheme of ['light', 'dark']) {
        await setMedia(tab, { scheme });
        const options = scheme === 'light' ? everything : colours;
        for (const what of await violations(tab, options)) all.push(`${width} ${scheme}: ${what}`);
      }
    }
    return all;
  });
  assert.deepEqual(found, []);
});

test('HTML_CodeSniffer finds no error against WCAG 2 AA on any page', async () => {
  const found = await everyFile(site, site.pages, async (tab) => {
    await tab.evaluate(sniffer);
    await openDetails(tab);
    return tab.evaluate(() => new Promise((done) => {
      window.HTMLCS.process('WCAG2AA', document, () => done(window.HTMLCS.getMessages()
        .filter((message) => message.type === window.HTMLCS.ERROR)
        .map((message) => `${message.code}: ${message.element.outerHTML?.slice(0, 80)}`)));
    }));
  });
  assert.deepEqual(found, []);
});

test('axe is able to find something: a page spoilt on purpose', async () => {
  const found = await everyFile(site, ['index.html'], async (tab) => {
    await setWidth(tab, 1200);
    await tab.evaluate(axe);
    await tab.evaluate(() => {
      document.documentElement.removeAttribute('lang');
      document.querySelector('svg').removeAttribute('aria-labelledby');
      document.querySelector('svg title').remove();
    });
    return violations(tab, everything);
  });
  assert.match(found.join('\n'), /html-has-lang/);
  assert.match(found.join('\n'), /svg-img-alt/);
});
