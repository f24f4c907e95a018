// A static file server for a cross-origin isolated page: SharedArrayBuffer and worker threads need the
// two headers below.
//
// usage: node serve.mjs [--port N] FOLDER...   a path is looked for in each folder in turn
//
// --port 0 takes one that is free. Prints the address, serves until it is interrupted.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const types = {
  '.css': 'text/css', '.dat': 'application/octet-stream', '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript', '.json': 'application/json', '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml', '.ts': 'text/plain', '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

function fail(problem) {
  console.error(problem);
  process.exit(1);
}

function parseArguments(words) {
  const folders = [];
  let port = 8080;
  while (words.length > 0) {
    const word = words.shift();
    if (word === '--port') port = Number(words.shift());
    else folders.push(word);
  }
  if (!Number.isInteger(port) || port < 0 || port > 65535) fail('a port is a number from 0 to 65535');
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

// Resolves when the server listens; rejects when it cannot.
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
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function main() {
  const options = parseArguments(process.argv.slice(2));
  const server = await serve(options).catch((error) => {
    if (error.code === 'EADDRINUSE') fail(`port ${options.port} is taken; name another one: ./dev serve ${options.port + 1}`);
    if (error.code === 'EACCES') fail(`port ${options.port} may not be used: those below 1024 are the system's`);
    fail(error.message);
  });
  console.log(`http://localhost:${server.address().port}/   (Ctrl-C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
