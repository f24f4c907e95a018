// Headless Chromium for tests, driven by playwright-core, which is put into the cache on first use.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

const version = '1.65.1';
const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'skein', 'node');

function playwright() {
  const require = createRequire(join(folder, 'from-here.js'));
  if (!existsSync(join(folder, 'node_modules', 'playwright-core'))) {
    mkdirSync(folder, { recursive: true });
    const { status, stderr } = spawnSync('npm',
      ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `playwright-core@${version}`],
      { encoding: 'utf8' });
    if (status !== 0) throw new Error(`playwright-core could not be installed: ${stderr}`);
  }
  return require('playwright-core');
}

export function launchChromium() {
  return playwright().chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}
