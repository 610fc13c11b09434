import { expect, type ElectronApplication } from '@playwright/test';

import { CHANNELS } from '../../shared/contract.ts';
import { CONTENT_SECURITY_POLICY } from '../../electron/shell/headers.ts';
import { SWITCHES } from '../../electron/shell/switches.ts';
import { hostName, test } from './fixture.ts';
import { begin, press, seeScreen, TITLES } from './path.ts';

/** What the app locks, seen from inside of the running app. docs/app-security.md has the list. */

const isStandIn = hostName === 'stand-in';
const CSP = /Content Security Policy|TrustedScript|TrustedHTML|Trusted Type|violates|Refused/;
const BLOCKED = /ERR_BLOCKED_BY_CLIENT|WebSocket connection|Failed to load resource|ERR_|Not allowed/;

test.describe.configure({ timeout: 60_000 });

/** What Electron has and its types don't. */
interface WithPreferences {
  readonly getLastWebPreferences: () => Readonly<Record<string, unknown>>;
}

test.beforeEach(async ({ page }) => {
  await seeScreen(page, TITLES.prepare);
});

/** Takes the policy out of the way on every answer, so that what stands behind it is seen. */
async function withoutPolicy(electronApp: ElectronApplication): Promise<void> {
  await electronApp.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    const { session } = window.webContents;
    session.webRequest.onHeadersReceived(({ responseHeaders }, callback) => {
      const kept = Object.entries(responseHeaders ?? {}).filter(
        ([name]) => !/content-security-policy/i.test(name),
      );
      callback({ responseHeaders: Object.fromEntries(kept) });
    });
    await window.loadURL('app://bundle/index.html');
  });
}

test.describe('the page', () => {
  test('comes from app:, with the policy in its header', async ({ page, appUrl }) => {
    const answered = page.waitForResponse((response) => response.request().resourceType() === 'document');
    await page.reload();
    const headers = (await answered).headers();
    expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(await appUrl()).toBe('app://bundle/index.html');
    await seeScreen(page, TITLES.prepare);
  });

  test('has no Node, and of the app the contract and two functions', async ({ page }) => {
    const seen = await page.evaluate(`(() => { 'use strict';
      const refused = (work) => { try { work(); return 'done'; } catch (e) { return e.constructor.name; } };
      return {
        types: [typeof require, typeof process, typeof Buffer, typeof module, typeof global, typeof __dirname],
        names: Object.keys(recovery).sort(),
        kinds: [...new Set(Object.values(recovery).map((each) => typeof each))],
        replace: refused(() => { window.recovery = {}; }),
        change: refused(() => { recovery['session.read'] = () => 1; }),
        add: refused(() => { recovery.more = 1; }),
        frame: typeof document.body.appendChild(document.createElement('iframe')).contentWindow.recovery,
      }; })()`);
    expect(seen).toEqual({
      types: Array<string>(6).fill('undefined'),
      names: [...CHANNELS, 'offerDropped', 'onSessionChanged'].sort(),
      kinds: ['function'],
      replace: 'TypeError',
      change: 'TypeError',
      add: 'TypeError',
      frame: 'undefined',
    });
  });

  test('is refused whatever is not in the contract', async ({ page }) => {
    const codes = await page.evaluate(`Promise.all([
      recovery['mode.choose']({ mode: 'both' }),
      recovery['mode.choose']({ mode: 'drill', more: 1 }),
      recovery['session.read']({}),
      recovery['kit.add-dropped']({ token: 'a'.repeat(32) }),
      recovery['address.derive']({ path: 'm/' + '0/'.repeat(5000) }),
      Promise.resolve().then(() => recovery.offerDropped([{ path: '/etc/passwd' }])),
    ].map((answer) => answer.then((a) => a.ok ? 'ok' : a.fault.code, () => 'thrown')))`);
    expect(codes).toEqual([...Array<string>(5).fill('ipc.malformed'), 'thrown']);
  });

  test('of another origin in our window is not answered', async ({ page, electronApp }) => {
    // Two other walls stand before it: main lets the request through, and serves something there.
    await electronApp.evaluate(async ({ BrowserWindow, session }) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      const own = session.fromPartition('recovery');
      own.webRequest.onBeforeRequest(null);
      own.protocol.unhandle('app');
      own.protocol.handle(
        'app',
        () => new Response('<h1>Other</h1>', { headers: { 'content-type': 'text/html' } }),
      );
      await window.loadURL('app://other/index.html');
    });
    await expect(page.getByRole('heading', { name: 'Other' })).toBeVisible();
    const answer = await page.evaluate(
      `recovery['session.read'](null).then((a) => a.ok ? 'ok' : a.fault.code)`,
    );
    expect(answer).toBe('ipc.untrusted');
  });

  test('runs no string as script, and takes no markup', async ({ page, expectConsoleErrors }) => {
    expectConsoleErrors(CSP);
    const seen = await page.evaluate(`(async () => {
      const refused = (work) => { try { work(); return 'done'; } catch (e) { return e.constructor.name; } };
      const later = (work) => new Promise((resolve) => setTimeout(() => resolve(refused(work)), 0));
      const script = document.createElement('script');
      return {
        markup: refused(() => { document.createElement('div').innerHTML = '<b>x</b>'; }),
        text: refused(() => { script.text = 'window.ran = 1'; }),
        policy: refused(() => trustedTypes.createPolicy('mine', { createHTML: (x) => x })),
        // Later, since what the developer tools evaluate may evaluate.
        code: await later(() => (0, Function)('return 1')()),
        evaluated: await later(() => (0, eval)('1 + 1')),
      }; })()`);
    expect(seen).toEqual({
      markup: 'TypeError',
      text: 'TypeError',
      policy: 'TypeError',
      code: 'EvalError',
      evaluated: 'EvalError',
    });
  });
});

const REACH = `(async () => {
  const element = (tag, url, attribute = 'src') => new Promise((resolve) => {
    const made = document.createElement(tag); made.onload = () => resolve('load'); made.onerror = () => resolve('error');
    made[attribute] = url; document.body.append(made); setTimeout(() => resolve('nothing'), 3000);
  });
  const socket = (url) => new Promise((resolve) => {
    try { const made = new WebSocket(url); made.onopen = () => resolve('open'); made.onerror = () => resolve('error'); }
    catch { resolve('error'); }
    setTimeout(() => resolve('nothing'), 3000);
  });
  const worker = (url) => new Promise((resolve) => {
    try { const made = new Worker(url); made.onmessage = () => resolve('ran'); made.onerror = () => resolve('error'); }
    catch { resolve('error'); }
    setTimeout(() => resolve('nothing'), 3000);
  });
  const refused = () => 'refused';
  try { navigator.sendBeacon('https://example.com/beacon', 'x'); } catch {}
  void element('iframe', 'https://example.com/frame');
  return {
    fetch: await fetch('https://example.com/fetch').then(() => 'answered', refused),
    file: await fetch('file:///etc/passwd').then(() => 'answered', refused),
    image: await element('img', 'https://example.com/image'),
    style: await (() => { const l = document.createElement('link'); l.rel = 'stylesheet'; document.body.append(l);
      return new Promise((r) => { l.onload = () => r('load'); l.onerror = () => r('error'); l.href = 'https://example.com/style';
        setTimeout(() => r('nothing'), 3000); }); })(),
    sockets: [await socket('wss://example.com/socket'), await socket('ws://127.0.0.1:45999/loop')],
    worker: await worker(URL.createObjectURL(new Blob(['postMessage(1)']))),
  };
})()`;

test.describe('the network', () => {
  test('is closed to the page by its policy', async ({ page, hostLog, expectConsoleErrors }) => {
    expectConsoleErrors(CSP, BLOCKED);
    const seen = await page.evaluate<Record<string, unknown>>(REACH);
    expect(seen).toMatchObject({ fetch: 'refused', file: 'refused', image: 'error', style: 'error' });
    expect(seen['sockets']).toEqual(['error', 'error']);
    expect(seen['worker']).not.toBe('ran');
    if (!isStandIn) return;
    // The frame's own document is the only one of them that the policy lets come as far as the request handler.
    const asked = hostLog()
      .of('blocked')
      .filter(({ by }) => by === 'webRequest')
      .map(({ url }) => url);
    expect(asked.filter((url) => !/frame|beacon/.test(url))).toEqual([]);
  });

  test('is closed to the page by the request handler alone', async ({
    page,
    electronApp,
    hostLog,
    expectConsoleErrors,
  }) => {
    expectConsoleErrors(CSP, BLOCKED);
    await withoutPolicy(electronApp);
    await seeScreen(page, TITLES.prepare);
    const seen = await page.evaluate<Record<string, unknown>>(REACH);
    expect(seen).toMatchObject({ fetch: 'refused', file: 'refused', image: 'error', style: 'error' });
    expect(seen['sockets']).toEqual(['error', 'error']);
    if (!isStandIn) return;
    const asked = hostLog()
      .of('blocked')
      .map(({ by, url }) => `${by} ${url}`);
    for (const path of ['fetch', 'image', 'style', 'beacon']) {
      expect(asked).toContain(`webRequest https://example.com/${path}`);
    }
    expect(asked).toContain('webRequest wss://example.com/socket');
    expect(asked).toContain('webRequest ws://127.0.0.1:45999/loop');
  });

  test('throws in the main process, for good', async ({ electronApp, page }) => {
    await expect(page.getByRole('main')).toBeVisible();
    const seen = await electronApp.evaluate(async () => {
      const load = (name: string): Record<string, unknown> =>
        process.getBuiltinModule(name) as unknown as Record<string, unknown>;
      const codeOf = async (owner: Record<string, unknown>, name: string): Promise<string> => {
        try {
          await (owner[name] as (...args: unknown[]) => unknown)('http://127.0.0.1:9/');
          return 'went through';
        } catch (error) {
          return String((error as { code?: unknown }).code);
        }
      };
      const ways: readonly (readonly [string, string])[] = [
        ['node:net', 'connect'],
        ['node:net', 'createServer'],
        ['node:tls', 'connect'],
        ['node:http', 'request'],
        ['node:http', 'get'],
        ['node:https', 'request'],
        ['node:http2', 'connect'],
        ['node:dgram', 'createSocket'],
        ['node:dns', 'lookup'],
        ['node:dns/promises', 'lookup'],
      ];
      const codes: string[] = [];
      for (const [module, name] of ways) codes.push(`${module}.${name} ${await codeOf(load(module), name)}`);
      codes.push(`fetch ${await codeOf(globalThis, 'fetch')}`);
      const net = load('node:net');
      codes.push(`put back ${String(Reflect.set(net, 'connect', () => 'mine'))}`);
      return codes;
    });
    expect(seen.slice(0, -1).map((line) => line.split(' ')[1])).toEqual(
      Array<string>(seen.length - 1).fill('network.denied'),
    );
    expect(seen.at(-1)).toBe('put back false');
  });

  test('is named dead by switches of the command line', async ({ electronApp, page }) => {
    await expect(page.getByRole('main')).toBeVisible();
    const names = SWITCHES.map(({ name }) => name);
    const missing = await electronApp.evaluate(
      ({ app }, all) => all.filter((name) => !app.commandLine.hasSwitch(name)),
      names,
    );
    expect(missing).toEqual([]);
  });
});

test.describe('the window', () => {
  test('stays where it is: no window, no navigation', async ({
    page,
    electronApp,
    appUrl,
    hostLog,
    expectConsoleErrors,
  }) => {
    expectConsoleErrors(CSP, BLOCKED);
    await page.evaluate(`window.opened = window.open('https://example.com/open'), undefined`);
    await page.evaluate(`location.href = 'https://example.com/else'`);
    if (isStandIn) {
      await expect
        .poll(() =>
          hostLog()
            .of('window-open')
            .map(({ url, action }) => `${action} ${url}`),
        )
        .toEqual(['deny https://example.com/open']);
      await expect
        .poll(() =>
          hostLog()
            .of('blocked')
            .map(({ by, url }) => `${by} ${url}`),
        )
        .toEqual(expect.arrayContaining(['will-navigate https://example.com/else']));
    }
    await expect.poll(() => electronApp.windows().length).toBe(1);
    await expect.poll(() => page.evaluate('!window.opened || window.opened.closed')).toBe(true);
    expect(await appUrl()).toBe('app://bundle/index.html');
    await begin(page, 'drill');
  });

  test('is not left by a file that is dropped on another screen', async ({ page, dropFiles, appUrl }) => {
    await dropFiles(page.getByRole('main'), [process.execPath]);
    expect(await appUrl()).toBe('app://bundle/index.html');
    await seeScreen(page, TITLES.prepare);
  });

  test('gets no permission', async ({ page, hostLog }) => {
    const seen = await page.evaluate(`(async () => {
      const name = (work) => Promise.resolve().then(work).then(() => 'granted', (e) => e.name);
      const state = async (name) => (await navigator.permissions.query({ name })).state;
      return {
        asked: [
          typeof Notification === 'undefined' ? 'absent' : await Notification.requestPermission(),
          await name(() => navigator.clipboard.readText()),
          await name(() => navigator.clipboard.writeText('x')),
          await name(() => navigator.mediaDevices.getUserMedia({ audio: true })),
          await name(() => new Promise((ok, no) => navigator.geolocation.getCurrentPosition(ok, () => no(new TypeError())))),
        ],
        looked: [await state('geolocation'), await state('notifications'), await state('clipboard-read'), await state('camera')],
      };
    })()`);
    const { asked, looked } = seen as { asked: string[]; looked: string[] };
    expect(asked.filter((each) => each === 'granted')).toEqual([]);
    expect(looked).toEqual(Array<string>(4).fill('denied'));
    if (!isStandIn) return;
    expect(
      hostLog()
        .of('permission')
        .filter(({ isGranted }) => isGranted),
    ).toEqual([]);
    expect(hostLog().of('permission').length).toBeGreaterThan(0);
  });

  test('downloads nothing', async ({ page, hostLog, expectConsoleErrors }) => {
    expectConsoleErrors(CSP, BLOCKED);
    await page.evaluate(`(() => { const a = document.createElement('a');
      a.href = URL.createObjectURL(new Blob(['x'])); a.download = 'x.txt'; a.click(); })()`);
    if (!isStandIn) return;
    await expect
      .poll(() =>
        hostLog()
          .of('download')
          .map(({ isPrevented }) => isPrevented),
      )
      .toEqual([true]);
  });

  test('has every lock among its preferences', async ({ electronApp }) => {
    const seen = await electronApp.evaluate(({ BrowserWindow, session }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents;
      const preferences = (contents as unknown as WithPreferences).getLastWebPreferences();
      const plain = Object.entries(preferences).filter(([, value]) => typeof value !== 'object');
      return {
        preferences: Object.fromEntries(plain),
        own:
          contents.session !== session.defaultSession &&
          contents.session === session.fromPartition('recovery'),
      };
    });
    expect(seen.own).toBe(true);
    expect(seen.preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableDialogs: true,
    });
  });

  test('is one, without a menu, kept from screenshots, in a sandboxed app', async ({
    page,
    electronApp,
    hostLog,
  }) => {
    if (!isStandIn) {
      expect(await electronApp.evaluate(({ Menu }) => Menu.getApplicationMenu() === null)).toBe(true);
    }
    await electronApp.evaluate(({ app }) => app.emit('second-instance', {}, [], ''));
    await expect.poll(() => electronApp.windows().length).toBe(1);
    await seeScreen(page, TITLES.prepare);
    await expect(page.locator('webview')).toHaveCount(0);
    if (!isStandIn) return;
    const calls = hostLog()
      .of('call')
      .map(({ name, args }) => `${name} ${JSON.stringify(args)}`);
    for (const call of [
      'app.enableSandbox []',
      'app.requestSingleInstanceLock []',
      'BrowserWindow.setContentProtection [true]',
      'webContents.setWebRTCIPHandlingPolicy ["disable_non_proxied_udp"]',
      'session.setSpellCheckerEnabled [false]',
      'BrowserWindow.focus []',
      'Menu.setApplicationMenu [null]',
    ]) {
      expect(calls).toContain(call);
    }
    expect(calls.filter((call) => call === 'session.setSpellCheckerEnabled [false]')).toHaveLength(4);
  });

  test('ends with the app on a bug, whose message stays untold', async ({ page, electronApp }) => {
    await begin(page, 'drill');
    const child = electronApp.process();
    const told: string[] = [];
    child.stderr?.on('data', (data: Buffer) => told.push(data.toString()));
    const closed = electronApp.waitForEvent('close');
    await electronApp.evaluate(() => {
      setTimeout(() => {
        throw new RangeError('a message that may hold anything');
      }, 0);
    });
    await closed;
    await expect.poll(() => child.exitCode).toBe(1);
    expect(told.join('')).toContain('breakglass: a fault of this program: RangeError');
    expect(told.join('')).not.toContain('may hold anything');
  });

  test('ends by its own button', async ({ page, electronApp }) => {
    await begin(page, 'drill');
    await press(page, 'End and wipe');
    await page.getByRole('dialog').getByRole('button', { name: 'End and wipe now' }).click();
    await seeScreen(page, TITLES.done);
    const closed = electronApp.waitForEvent('close');
    await press(page, 'Start again').catch(() => undefined);
    await closed;
  });
});
