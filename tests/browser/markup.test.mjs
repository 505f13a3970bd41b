// What two validators of HTML and one of XML find in the files.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { siteOf } from './site.mjs';

const require = createRequire(import.meta.url);
const sites = ['sample', 'hostile'].map(siteOf);

const rules = {
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // RGAA 1.9.1 asks for role="figure" on figure; folded tables have display: block, which
    // takes their roles away unless they are written.
    'no-redundant-role': 'off',
    // What scrolls around a table is a region to reach, but no section of the text.
    'prefer-native-element': ['error', { exclude: ['region'] }],
    // A rule of search engines: the name of the observatory is in every title.
    'long-title': 'off',
    // The stylesheet is a file of the same site: who can change it can change the page.
    'require-sri': 'off',
    // Pages are XML too, where every element ends: <meta …/>.
    'void-style': ['error', { style: 'selfclose' }],
    // French typography: U+202F and U+00A0 are meant where they stand.
    'no-irregular-whitespace': 'off',
  },
};

// What vnu says of correct pages, and why it may.
const excused = [
  // As above: RGAA 1.9.1, and tables that fold.
  /^The “\w+” role is unnecessary for/,
  /^The “role” attribute must not be used on a “(tr|th|td)” element which has a “table” ancestor/,
  // XML ends every element.
  /^Trailing slash on void elements has no effect/,
];

function vnu(files) {
  const jar = require.resolve('vnu-jar/build/dist/vnu.jar');
  const run = spawnSync('java', ['-Xmx512m', '-jar', jar, '--stdout', '--format', 'json',
    '--also-check-css', '--also-check-svg', '--exit-zero-always', ...files],
  { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout).messages;
}

test('html-validate finds no error on any page', async () => {
  const validator = new HtmlValidate(new StaticConfigLoader({ root: true, ...rules }));
  const found = [];
  for (const site of sites)
    for (const page of site.pages) {
      const report = await validator.validateFile(path.join(site.root, page));
      for (const result of report.results)
        for (const message of result.messages)
          found.push(`${page}:${message.line}: ${message.ruleId}: ${message.message}`);
    }
  assert.deepEqual(found, []);
});

test('vnu finds no error and gives no warning on any page, fragment, picture or sheet', () => {
  const files = sites.flatMap((site) => [...site.pages, ...site.pictures, 'barometre.css']
    .map((file) => path.join(site.root, file)));
  const found = vnu(files)
    .filter((message) => !excused.some((excuse) => excuse.test(message.message)))
    .map((message) => `${path.relative(sites[0].root, new URL(message.url).pathname)}:` +
      `${message.lastLine}: ${message.message}`);
  assert.deepEqual(found, []);
});

test('xmllint reads every page, fragment, picture and feed', () => {
  for (const site of sites) {
    const files = site.files.filter((file) => /\.(html|svg|atom|xml)$/.test(file));
    assert.ok(files.length > 100, `${files.length} files`);
    execFileSync('xmllint', ['--noout', '--nonet', ...files], { cwd: site.root });
  }
});

test('no id stands twice on a page', () => {
  const found = [];
  for (const site of sites)
    for (const page of site.pages) {
      const ids = [...site.read(page).matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
      const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
      found.push(...twice.map((id) => `${page}: ${id}`));
    }
  assert.deepEqual(found, []);
});
