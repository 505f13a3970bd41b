// A web server for one folder, with the headers that the site is meant to be served with.
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

export const policy =
  "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; " +
  "base-uri 'none'; form-action 'none'";

const headers = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.atom': 'application/atom+xml',
  '.xml': 'application/xml',
};

async function find(root, url) {
  const asked = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  const file = await realpath(path.join(root, asked));
  if (file !== root && !file.startsWith(root + path.sep)) throw new Error('outside');
  return (await stat(file)).isDirectory() ? path.join(file, 'index.html') : file;
}

/** Serves `folder` on 127.0.0.1; `asked` holds the paths that were requested. */
export async function serve(folder) {
  const root = await realpath(folder);
  const asked = [];
  const server = createServer(async (request, response) => {
    asked.push(request.url);
    if (request.url === '/favicon.ico') { // browsers ask, whatever is published
      response.writeHead(204, headers);
      response.end();
      return;
    }
    try {
      const file = await find(root, request.url);
      await stat(file);
      const type = types[path.extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { ...headers, 'Content-Type': type });
      createReadStream(file).pipe(response);
    } catch {
      response.writeHead(404, { ...headers, 'Content-Type': 'text/plain' });
      response.end('not found\n');
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}/`;
  return { origin, asked, close: () => server.close() };
}
