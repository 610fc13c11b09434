import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

import { CdpConnection } from './cdp-connection.ts';
import { recordTime } from './host-log.ts';

/** Where Debian puts it. */
const CHROMIUM = process.env['BREAKGLASS_CHROMIUM'] ?? '/usr/bin/chromium';
const CLOSE_TIMEOUT_MS = 5000;

/** Chromium's own traffic off; everything else through the proxy, which lets nothing out. */
const OWN_SWITCHES: Readonly<Record<string, string>> = {
  // A window to look at is for `npm run app:host` alone.
  ...(process.env['BREAKGLASS_HOST_VISIBLE'] === 'true' ? {} : { headless: 'new' }),
  'no-sandbox': '',
  'disable-gpu': '',
  'disable-quic': '',
  'no-first-run': '',
  'disable-background-networking': '',
  'disable-component-update': '',
  'disable-sync': '',
  'no-startup-window': '',
  'disable-extensions': '',
  'disable-popup-blocking': '',
  'password-store': 'basic',
  'disable-dev-shm-usage': '',
  'force-webrtc-ip-handling-policy': 'disable_non_proxied_udp',
  'proxy-bypass-list': '<-loopback>',
  'remote-debugging-port': '0',
};

/**
 * The app's own walls in switches would keep a request from the proxy, so that nobody would see what `webRequest`
 * says about it; the others are Node's. They are in the log of calls, and a spec reads them there.
 */
const NOT_PASSED_ON = new Set([
  ...['host-resolver-rules', 'host-rules', 'proxy-server', 'proxy-pac-url', 'no-proxy-server', 'inspect'],
  ...['js-flags', 'user-data-dir'],
]);

/** The running Chromium, and whether it is there yet. */
interface Running {
  readonly child: ChildProcess;
  readonly connection: CdpConnection;
}
let running: Running | undefined;
let isStopping = false;

/** The connection to it. Throws before it has been started. */
export function chromium(): CdpConnection {
  if (running === undefined) throw new Error('Chromium has not been started');
  return running.connection;
}

/**
 * Starts Chromium.
 * @param userData folder under which its profile goes
 * @param switches those of the app and of the command line
 * @param proxyPort where everything goes that CDP can't hold
 */
export function startChromium(
  userData: string,
  switches: ReadonlyMap<string, string>,
  proxyPort: number,
): CdpConnection {
  const profile = join(userData, 'stand-in-profile');
  mkdirSync(profile, { recursive: true });
  const all = new Map([
    ...[...switches].filter(([name]) => !NOT_PASSED_ON.has(name)),
    ...Object.entries(OWN_SWITCHES),
    ['proxy-server', `http://127.0.0.1:${proxyPort}`] as const,
    ['user-data-dir', profile] as const,
  ]);
  const args = [...all].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
  const child = spawn(CHROMIUM, ['--remote-debugging-pipe', ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  relayAddress(child.stderr as Readable);
  child.on('error', (error) => {
    process.stderr.write(`stand-in: ${CHROMIUM} does not start: ${error.message}\n`);
    process.exit(70);
  });
  child.on('exit', (code, signal) => {
    if (isStopping) return;
    process.stderr.write(`stand-in: Chromium died, ${code ?? signal ?? ''}\n`);
    process.exit(70);
  });
  process.on('exit', () => child.kill('SIGKILL'));
  const connection = new CdpConnection(child.stdio[3] as Writable, child.stdio[4] as Readable);
  running = { child, connection };
  recordTime('chromium');
  return connection;
}

/** Ends Chromium, by force if need be. */
export async function stopChromium(): Promise<void> {
  if (running === undefined || isStopping) return;
  isStopping = true;
  const { child, connection } = running;
  const exited = once(child, 'exit');
  await connection.root.tell('Browser.close', {});
  const killer = setTimeout(() => child.kill('SIGKILL'), CLOSE_TIMEOUT_MS);
  if (child.exitCode === null && child.signalCode === null) await exited;
  clearTimeout(killer);
}

/** Playwright waits for this line. */
function relayAddress(stderr: Readable): void {
  let tail = '';
  stderr.on('data', (data: Buffer) => {
    const lines = `${tail}${data.toString()}`.split('\n');
    tail = lines.pop() ?? '';
    for (const line of lines)
      if (line.startsWith('DevTools listening on ')) process.stderr.write(`${line}\n`);
  });
}
