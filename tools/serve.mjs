// A static file server for a cross-origin isolated page: SharedArrayBuffer and worker threads need the
// two headers below.
//
// usage: node serve.mjs [--port N] FOLDER...   a path is looked for in each folder in turn

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = {
  '.css': 'text/css', '.dat': 'application/octet-stream', '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript', '.json': 'application/json', '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml', '.ts': 'text/plain', '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

function parseArguments(words) {
  const folders = [];
  let port = 8080;
  while (words.length > 0) {
    const word = words.shift();
    if (word === '--port') port = Number(words.shift());
    else folders.push(word);
  }
  return { port, folders };
}

// The file that a request names, or undefined.
async function find(folders, pathname) {
  const path = normalize(decodeURIComponent(pathname));
  if (path.includes('\0') || path.split(/[\\/]/).includes('..')) return undefined;
  for (const folder of folders) {
    for (const candidate of [join(folder, path), join(folder, path, 'index.html')]) {
      const found = await stat(candidate).catch(() => undefined);
      if (found?.isFile()) return { path: candidate, size: found.size };
    }
  }
  return undefined;
}

export function serve({ port, folders }) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = await find(folders, pathname).catch(() => undefined);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    response.setHeader('Cache-Control', 'no-cache');
    if (file === undefined) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end(`no ${pathname}\n`);
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[extname(file.path)] ?? 'application/octet-stream',
      'Content-Length': file.size,
    });
    createReadStream(file.path).pipe(response);
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const server = await serve(parseArguments(process.argv.slice(2)));
  console.log(`http://127.0.0.1:${server.address().port}/`);
}
