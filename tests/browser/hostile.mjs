// Makes the observatories whose sites are tested: the sample, and a copy of it where all
// that comes from outside (names, sources, replies) tries to be something else than text.
//   node hostile.mjs PROGRAM FOLDER
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const MONTH = '2026-10';

const attacks = [
  '<script>window.owned = 1</script>',
  '"><img src=x onerror="window.owned=2">',
  "'><svg onload=window.owned=3>",
  'javascript:window.owned=4',
  '</title></svg><script>window.owned=5</script>',
  '\u202eecalp tser\u202c \u2066ehcac\u2069 Halle',
  'Marché'.repeat(14).slice(0, 80),
  ']]><!-- --!><style>*{display:none}</style>',
  '&lt;b&gt;&amp;#60;i&#62; ${7*7} {{7*7}}',
  'a" onfocus="window.owned=6" tabindex="1',
];

/** What a name must read as on a page: itself, without what no document may hold. */
export function shown(name) {
  return name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

export const names = attacks;

const reply = `${attacks[0]} ${attacks[1]}\n\n${attacks[3]} ${attacks[5]}\n\n${attacks[6]}`;

function editJson(file, change) {
  const document = JSON.parse(readFileSync(file, 'utf8'));
  change(document);
  writeFileSync(file, JSON.stringify(document));
}

function publish(program, folder) {
  execFileSync(program, ['-C', folder, 'run', '--as-of', MONTH],
    { stdio: ['ignore', 'ignore', 'inherit'] });
}

function make(program, folder, change) {
  rmSync(folder, { recursive: true, force: true });
  execFileSync(program, ['init', '--sample', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  change();
  publish(program, folder);
}

function spoil(folder) {
  editJson(path.join(folder, 'marketplaces.json'), (registry) => {
    registry.marketplaces.forEach((place, i) => {
      place.aliases = [...(place.aliases ?? []), place.name];
      place.name = attacks[i % attacks.length];
      if (i % 2 === 0) place.reply = { fr: reply, en: reply };
    });
    for (const source of Object.values(registry.sources)) source.text = attacks[1];
  });
  editJson(path.join(folder, 'observatory.json'), (observatory) => {
    observatory.title = { fr: `${attacks[1]} ${attacks[6]}`, en: attacks[4] };
  });
  editJson(path.join(folder, 'method.json'), (method) => {
    Object.assign(method, { draws: 400, history_draws: 200 }); // what is drawn is the same
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [program, folder] = process.argv.slice(2);
  make(program, path.join(folder, 'sample'), () => {});
  const hostile = path.join(folder, 'hostile');
  make(program, hostile, () => spoil(hostile));
}
