// Programs in headless Chromium, a fresh page of one browser for each.
//
// usage: node chromium.mjs FOLDER...     the folders that pages are served from, besides this one
//
// A request per line of standard input, {module, file, timeout}, an answer per line of output: {out, error, code}, the
// lines of both streams and an exit code, or {problem} where there is none, with `late` where the time was up.
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { launchChromium } from "../../tests/browser/chromium.mjs";
import { serve } from "../../tools/serve.mjs";

const kCloseSeconds = 5;

const site = addressOf(await serve({ port: 0, folders: [dirname(fileURLToPath(import.meta.url)), ...process.argv.slice(2)] }));
const threads = addressOf(await serveThreads());
let browser;
let session;  // for what is not about a page

function addressOf(server) {
  return `http://127.0.0.1:${server.address().port}/`;
}

// A page cannot tell the CPU time of its threads: it asks here for [[thread, milliseconds], ...] of all renderers. The
// answer is empty where there is no /proc.
function serveThreads() {
  const server = createServer(async (request, response) => {
    const times = await threadTimes().catch(() => []);
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.end(times.length === 0 ? "" : JSON.stringify(times));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function threadTimes() {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").flatMap(({ id }) => timesOf(`/proc/${id}/task`));
}

// What has ended meanwhile has no times.
function timesOf(folder) {
  const unlessGone = (read) => {
    try {
      return read();
    } catch {
      return [];
    }
  };
  const timeOf = (thread) => Number(readFileSync(`${folder}/${thread}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  return unlessGone(() => readdirSync(folder)).flatMap((thread) => unlessGone(() => [[thread, timeOf(thread)]]));
}

// Gives what the promise gives, or `otherwise` after so many seconds.
async function within(seconds, promise, otherwise) {
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, seconds * 1000, otherwise); });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

// In the page.
async function runInPage({ module, source, threads }) {
  if (!globalThis.crossOriginIsolated) throw new Error("the page is not cross-origin isolated");
  return (await import(module)).run(source, threads);
}

async function answer({ module, file, timeout }) {
  browser ??= await launchChromium();
  session ??= await browser.newBrowserCDPSession();
  const page = await browser.newPage();
  try {
    await page.goto(`${site}page.html`);
    const done = page.evaluate(runInPage, { module, source: readFileSync(file, "utf8"), threads });
    done.catch(() => {});  // a page that is closed fails late
    return await within(timeout, done, { problem: "late", late: true });
  } finally {
    // The thread of a page that never ends may not even close it.
    const closed = page.close().then(() => true, () => false);
    if (!await within(kCloseSeconds, closed, false)) await endBrowser();
  }
}

async function endBrowser() {
  const ended = browser;
  browser = session = undefined;
  await within(kCloseSeconds, ended?.close());
}

const lines = createInterface({ input: process.stdin });
// Also in the middle of a program.
lines.on("close", async () => {
  await endBrowser();
  process.exit(0);
});
for await (const line of lines) {
  const told = await answer(JSON.parse(line)).catch((error) => ({ problem: error.message }));
  console.log(JSON.stringify(told));
}
