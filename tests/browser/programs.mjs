// Programs in one page of headless Chromium, for tests/run_programs.py --server.
//
// usage: node programs.mjs SITE     a request per line of standard input, an answer per line of output
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { serve } from '../../tools/serve.mjs';
import { launchChromium } from './chromium.mjs';

const here = dirname(fileURLToPath(import.meta.url));

// The command line's options as those of run() in wasm/skein.js.
function optionsOf(flags) {
  const units = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
  const options = {};
  for (let i = 0; i < flags.length; i += 1) {
    if (flags[i] === '--heap-limit') options.heapLimit = parseFloat(flags[i += 1]) * (units[flags[i].at(-1)] ?? 1);
    else if (flags[i] === '--time-limit') options.timeLimit = Number(flags[i += 1]);
    else if (flags[i] === '--worker-limit') options.workerLimit = Number(flags[i += 1]);
    else if (flags[i] === '-m' || flags[i] === '--module') options.module = true;
    else throw new Error(`the page has no option ${flags[i]}`);
  }
  return options;
}

// A program may read, import and start workers from what lies beside it.
function filesBeside(file) {
  const folder = dirname(file);
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ name }) =>
    [`${basename(folder)}/${name}`, readFileSync(join(folder, name), 'utf8')]));
}

// In the page.
async function runInPage({ name, files, options, timeout }) {
  if (!globalThis.skein?.isAlive) {
    const { loadSkein } = await import('./skein.js');
    globalThis.skein = await loadSkein();
  }
  const out = [];
  const error = [];
  let late = false;
  const timer = setTimeout(() => { late = true; globalThis.skein.stop(); }, timeout * 1000);
  const { code } = await globalThis.skein.run(files[name],
    { ...options, name, files, print: (line) => out.push(`${line}\n`), printErr: (line) => error.push(`${line}\n`) });
  clearTimeout(timer);
  if (late) return { problem: `it did not end within ${timeout} s` };
  return { out: out.join(''), error: error.join(''), code };
}

const server = await serve({ port: 0, folders: [process.argv[2], here] });
const browser = await launchChromium();
const page = await browser.newPage();
page.on('pageerror', (error) => console.error(`page: ${error.message}`));
page.on('console', (message) => { if (message.type() === 'error') console.error(`console: ${message.text()}`); });
await page.goto(`http://127.0.0.1:${server.address().port}/programs.html`);

for await (const line of createInterface({ input: process.stdin })) {
  const { file, flags, args, timeout } = JSON.parse(line);
  let answer;
  try {
    const options = { ...optionsOf(flags), args };
    const name = `${basename(dirname(file))}/${basename(file)}`;
    answer = await page.evaluate(runInPage, { name, files: filesBeside(file), options, timeout });
  } catch (error) {
    answer = { problem: error.message };
  }
  console.log(JSON.stringify(answer));
}
await browser.close();
server.close();
