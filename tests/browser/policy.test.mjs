// Nothing runs, nothing is fetched from elsewhere, whatever a marketplace calls itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { names, shown } from './hostile.mjs';
import { everyFile, setWidth, visit } from './site.mjs';

let sample, hostile;
before(async () => { [sample, hostile] = [await visit('sample'), await visit('hostile')]; });
after(() => Promise.all([sample.close(), hostile.close()]));

/** Opens each file alone and tells what the console says and what else is asked for. */
async function listen(site, files, allowed) {
  const found = [];
  const tab = await site.browser.newPage();
  let file;
  tab.on('console', (message) => found.push(`${file}: console: ${message.text()}`));
  tab.on('pageerror', (error) => found.push(`${file}: error: ${error.message}`));
  tab.on('dialog', (dialog) => { found.push(`${file}: dialog`); dialog.dismiss(); });
  tab.on('request', (request) => {
    if (!request.url().startsWith(site.origin)) found.push(`${file}: ${request.url()}`);
  });
  await setWidth(tab, 1200);
  site.asked.length = 0;
  for (file of files) await tab.goto(site.origin + file, { waitUntil: 'load' });
  await new Promise((done) => setTimeout(done, 500)); // what is asked for late
  await tab.close();
  const expected = [...files, ...allowed].map((path) => `/${path}`);
  for (const path of site.asked) if (!expected.includes(path)) found.push(`asked for ${path}`);
  return found;
}

test('the console stays silent and only the stylesheet and the icon are asked for', async () => {
  const allowed = ['barometre.css', 'icon.svg'];
  for (const site of [sample, hostile])
    assert.deepEqual(await listen(site, site.pages, allowed), []);
});

test('a picture alone asks for nothing', async () => {
  const allowed = ['favicon.ico']; // it has no head to name the icon in
  for (const site of [sample, hostile])
    assert.deepEqual(await listen(site, site.pictures, allowed), []);
});

test('the policy is enforced: what it forbids does not run', async () => {
  const tab = await sample.browser.newPage();
  const told = [];
  tab.on('console', (message) => told.push(message.text()));
  await tab.goto(`${sample.origin}index.html`);
  const ran = await tab.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.owned = true';
    document.body.append(script);
    const image = document.createElement('div');
    image.innerHTML = '<p style="color: red"><img src="x" onerror="window.owned = true"></p>';
    document.body.append(image);
    await new Promise((done) => setTimeout(done, 300));
    return window.owned === true;
  });
  assert.equal(ran, false);
  assert.match(told.join('\n'), /Content Security Policy/);
  await tab.close();
});

/** What in the document could run, or is not the program's own. */
function foreign() {
  const wrong = [];
  if (window.owned !== undefined) wrong.push(`ran: ${window.owned}`);
  for (const element of document.querySelectorAll('*')) {
    if (['script', 'style', 'iframe', 'object', 'embed', 'form', 'b', 'i', 'foreignObject']
      .includes(element.localName)) wrong.push(`<${element.localName}>`);
    for (const { name, value } of element.attributes) {
      if (/^on|^style$/.test(name)) wrong.push(`${element.localName} ${name}`);
      if (/^(href|src|srcset|xlink:href)$/.test(name) &&
          !/^(https:|mailto:|#|[\w./-]+(#[\w-]+)?$)/.test(value)) wrong.push(`link to ${value}`);
    }
  }
  return wrong;
}

test('hostile names and replies are text, and nothing else', async () => {
  const files = [...hostile.pages, ...hostile.pictures];
  const found = await everyFile(hostile, files, (tab) => tab.evaluate(foreign));
  assert.deepEqual(found, []);
  const [front] = await everyFile(hostile, ['index.html'], async (tab) =>
    [await tab.evaluate(() => document.body.innerText.replace(/\s+/g, ' '))]);
  for (const name of names) assert.ok(front.includes(shown(name)), name);
});

test('no published text holds characters that turn its direction', () => {
  const found = hostile.files
    .filter((file) => /\.(html|svg|atom|xml)$/.test(file))
    .filter((file) => /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(hostile.read(file)));
  assert.deepEqual(found, []);
});
