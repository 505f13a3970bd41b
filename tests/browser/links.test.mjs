// Every link of the whole site leads to a file and, where it says so, to a place in it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { siteOf, filesOf } from './site.mjs';
import { serve } from './server.mjs';

const site = siteOf('sample');
let server;
before(async () => { server = await serve(site.root); });
after(() => server.close());

function unescape(text) {
  return text.replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

function linksIn(text) {
  return [...text.matchAll(/\s(href|src|srcset)="([^"]*)"/g)].map((match) => unescape(match[2]));
}

const isPage = (url) => /(\.html|\/)$/.test(url.pathname);

/** Follows every link from the front page; calls `problem` for each that leads nowhere. */
async function crawl(problem) {
  const bodies = new Map();
  async function body(url) {
    const address = url.origin + url.pathname;
    if (!bodies.has(address)) {
      const answer = await fetch(address);
      bodies.set(address, answer.ok ? await answer.text() : null);
    }
    return bodies.get(address);
  }
  const waiting = [new URL('index.html', server.origin)];
  const seen = new Set([waiting[0].href]);
  while (waiting.length > 0) {
    const page = waiting.pop();
    for (const link of linksIn(await body(page))) {
      const url = new URL(link, page);
      if (url.origin !== page.origin) {
        if (!/^(https|mailto):$/.test(url.protocol)) problem(page, link, 'scheme');
        continue;
      }
      const found = await body(url);
      if (found === null) problem(page, link, 'no such file');
      else if (url.hash && !found.includes(` id="${decodeURIComponent(url.hash.slice(1))}"`))
        problem(page, link, 'no such place in the page');
      url.hash = '';
      if (found !== null && isPage(url) && !seen.has(url.href)) {
        seen.add(url.href);
        waiting.push(url);
      }
    }
  }
  return [...seen].map((href) => decodeURIComponent(new URL(href).pathname.slice(1)));
}

test('every link leads somewhere, and every page is led to', async () => {
  const found = [];
  const reached = await crawl((page, link, what) => found.push(`${page.pathname}: ${link}: ${what}`));
  assert.deepEqual(found, []);
  const missed = site.pages.filter((page) => !reached.includes(page));
  assert.deepEqual(missed, []);
});

test('frozen editions lead to their own files', () => {
  const found = [];
  const files = new Set(filesOf(site.root));
  for (const page of site.files.filter((file) => /^editions\/.*\.html$/.test(file)))
    for (const link of linksIn(site.read(page))) {
      const url = new URL(link, `http://site/${page}`);
      const file = url.pathname.slice(1).replace(/(^|\/)$/, '$1index.html');
      if (url.host === 'site' && !files.has(file)) found.push(`${page}: ${link}`);
    }
  assert.deepEqual(found, []);
});

/* The page that an address leads to: a permanent one is published in its folder. */
function pageOf(link, page) {
  const path = new URL(link, `http://site/${page}`).pathname.slice(1);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

test('language links are mutual', () => {
  const found = [];
  for (const page of site.pages) {
    const text = site.read(page);
    const own = text.match(/rel="canonical" href="([^"]*)"/)?.[1];
    const pairs = [...text.matchAll(/hreflang="(\w+)" href="([^"]*)"/g)];
    assert.ok(pairs.length >= 2, page);
    for (const [, , link] of pairs) {
      const other = pageOf(link, page);
      const back = [...site.read(other).matchAll(/hreflang="\w+" href="([^"]*)"/g)]
        .some((match) => match[1] === own || pageOf(match[1], other) === page);
      if (!back) found.push(`${page}: ${other}`);
    }
  }
  assert.deepEqual(found, []);
});
