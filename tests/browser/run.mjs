// The page in a real browser: it is served, opened in headless Chromium, and runs programs.
//
// usage: node run.mjs SITE EXAMPLES [--screenshot FILE]
//
// An example is checked as tests/run_programs.py does: what it must print stands in its
// "// expect: " comments; one that has none must end with exit code 0 and print something.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { serve } from '../../tools/serve.mjs';
import { launchChromium } from './chromium.mjs';

const [site, examples] = process.argv.slice(2);
const screenshot = process.argv.includes('--screenshot') ? process.argv.at(-1) : undefined;
const timeout = 120_000;

const server = await serve({ port: 0, folders: [site] });
const address = `http://127.0.0.1:${server.address().port}/`;
const browser = await launchChromium();
let passed = 0;
let failed = 0;

async function test(name, body) {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}: ${error.message}`);
  }
}

async function openPage(context = browser) {
  const page = await context.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('pageerror', (error) => console.log(`page: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error') console.log(`console: ${message.text()}`); });
  await page.goto(address);
  return page;
}

const state = (page) => page.locator('#state').textContent();
const lines = async (page) => (await page.locator('#output').textContent()).split('\n').slice(0, -1);

async function waitForState(page, pattern) {
  const [source, flags] = [pattern.source, pattern.flags];
  await page.waitForFunction(([s, f]) => new RegExp(s, f).test(document.getElementById('state').textContent),
    [source, flags], { timeout });
}

async function start(page, source) {
  if (source !== undefined) await page.locator('#editor').fill(source);
  await page.locator('#run').click();
}

async function run(page, source) {
  await start(page, source);
  await waitForState(page, /^(Finished|Exit code|Stopped|Failed)/);
  return { state: await state(page), lines: await lines(page) };
}

const page = await openPage();
await test('the engine loads', async () => {
  await waitForState(page, /^Ready/);
  assert.equal(await page.locator('#isolation').textContent(), 'cross-origin isolated');
});
await test('hello', async () => {
  const result = await run(page, 'console.log("hello, wörld"); console.log([1, 2, 3].map((x) => x * x));');
  assert.deepEqual(result.lines, ['hello, wörld', '[ 1, 4, 9 ]']);
  assert.match(result.state, /^Finished/);
});
await test('an uncaught error', async () => {
  const result = await run(page, 'console.log(1);\nthrow new TypeError("oops");');
  assert.equal(result.lines[0], '1');
  assert.ok(result.lines.some((line) => line.includes('TypeError: oops')), result.lines.join('\n'));
  assert.match(result.state, /^Exit code 1 /);
});
await test('timers and promises', async () => {
  const result = await run(page,
    'setTimeout(() => console.log("third"), 20); Promise.resolve().then(() => console.log("second")); console.log("first");');
  assert.deepEqual(result.lines, ['first', 'second', 'third']);
});
await test('an endless loop leaves the page responsive and can be stopped', async () => {
  await start(page, 'console.log("looping"); for (;;) {}');
  await page.waitForFunction(() => document.getElementById('output').textContent.includes('looping'), null, { timeout });
  await page.locator('#stop').click();
  await waitForState(page, /^Stopped/);
});
await test('much output', async () => {
  const result = await run(page, 'for (let i = 1; i <= 20000; i++) console.log("line " + i);');
  assert.equal(result.lines.at(-1), 'line 20000');
});
await test('a module imports a file', async () => {
  const code = await page.evaluate(async () => {
    const { loadSkein } = await import('./skein.js');
    const printed = [];
    const skein = await loadSkein({ print: (line) => printed.push(line), threads: 1 });
    const source = 'import { twice } from "./lib/twice.mjs"; console.log(await twice(21));';
    const { code } = await skein.run(source,
      { name: 'main.mjs', files: { 'lib/twice.mjs': 'export const twice = async (x) => 2 * x;' } });
    skein.terminate();
    return [code, ...printed];
  });
  assert.deepEqual(code, [0, '42']);
});

await test('threads are counted, and as many as were chosen', async () => {
  await page.locator('#threads').selectOption('3');
  await page.locator('#examples button[data-name="sum_workers.js"]').click();
  const result = await run(page);
  assert.equal(result.lines[0], '3 workers: 500000500000');
  assert.match(result.state, /^Finished in \d+\.\d\d s · 4 threads$/);
});
await test('a picture is shown', async () => {
  await page.locator('#examples button[data-name="mandelbrot.js"]').click();
  await run(page);
  assert.equal(await page.locator('#pictures figcaption').textContent(), 'mandelbrot.ppm');
  const colours = await page.locator('#pictures canvas').evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  assert.ok(colours > 50, `${colours} colours`);
});
await test('a page that is not isolated says why it cannot run', async () => {
  const context = await browser.newContext();
  await context.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers['cross-origin-opener-policy'];
    await route.fulfill({ response, headers });
  });
  const other = await openPage(context);
  await waitForState(other, /^The engine cannot run here/);
  assert.match(await other.locator('#problem').textContent(), /Cross-Origin-Opener-Policy/);
  await context.close();
});

for (const name of existsSync(examples) ? readdirSync(examples).filter((name) => /\.m?js$/.test(name)).sort() : []) {
  await test(`example ${name}`, async () => {
    await page.locator(`#examples button[data-name="${name}"]`).click();
    const result = await run(page);
    assert.match(result.state, /^Finished/, [result.state, ...result.lines].join('\n'));
    const text = readFileSync(join(examples, name), 'utf8');
    const expected = [...text.matchAll(/\/\/\s?expect: ?(.*)$/gm)].map((match) => match[1].trimEnd());
    if (expected.length > 0) assert.deepEqual(result.lines.map((line) => line.trimEnd()), expected);
    else assert.ok(result.lines.length > 0, 'it printed nothing');
  });
}
if (screenshot) await page.screenshot({ path: screenshot });

await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
