import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from '@playwright/test';

import { BLOCKED, demoFolder, withoutCsp } from '../host/demo/demo-app.ts';
import { hostName, test } from './fixture.ts';

test.use({ appFolder: demoFolder });

/** What Electron has and its types don't. */
interface WithPreferences {
  readonly getLastWebPreferences: () => object;
}

const isStandIn = hostName === 'stand-in';
const CSP = /Content Security Policy/;

test.describe('messages', () => {
  test('carry bytes and dates there and back', async ({ page }) => {
    await page.getByRole('button', { name: 'Ping' }).click();
    await expect(page.locator('#reply')).toHaveText('3,2,1');
    const answer = await page.evaluate(
      `demo.ping(new Uint8Array([9, 8])).then(({ echo, at }) => [echo instanceof Uint8Array, [...echo], at.getTime()])`,
    );
    expect(answer).toEqual([true, [8, 9], 0]);
  });

  test('fail as in Electron', async ({ page }) => {
    expect(await page.evaluate('demo.fail().catch((e) => e.message)')).toBe(
      "Error invoking remote method 'demo.fail': RangeError: boom",
    );
    expect(await page.evaluate('demo.missing().catch((e) => e.message)')).toBe(
      "Error invoking remote method 'demo.missing': Error: No handler registered for 'demo.missing'",
    );
    expect(await page.evaluate('demo.ping(() => 1).catch((e) => e.message)')).toContain(
      'could not be cloned',
    );
  });

  test('of another origin are refused by the sender’s frame', async ({ page, electronApp, appUrl }) => {
    await electronApp.evaluate(async ({ BrowserWindow }) => {
      await BrowserWindow.getAllWindows()[0]?.loadURL('app://other/index.html');
    });
    expect(await appUrl()).toBe('app://other/index.html');
    await page.waitForURL(/\/\/other[./]/);
    expect(await page.evaluate('demo.ping(new Uint8Array(1)).catch((e) => e.message)')).toContain(
      'not for you',
    );
  });

  test('reach the page when main sends them: power events', async ({ page, electronApp }) => {
    await electronApp.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
    await expect(page.locator('#power')).toHaveText('suspend');
  });
});

test.describe('the two worlds', () => {
  test('the page has no Node, no IPC and a frozen api', async ({ page }) => {
    const seen = await page.evaluate(`(() => { 'use strict';
      const refused = (work) => { try { work(); return 'done'; } catch (e) { return e.constructor.name; } };
      return {
        types: [typeof require, typeof process, typeof Buffer, typeof module, typeof global],
        assign: refused(() => { window.demo = 1; }), set: refused(() => { demo.ping = 1; }),
        names: Object.keys(window).filter((key) => /host|electron|ipc/i.test(key)),
      }; })()`);
    expect(seen).toEqual({
      types: Array<string>(5).fill('undefined'),
      assign: 'TypeError',
      set: 'TypeError',
      names: [],
    });
  });

  test('what the page does to its own objects, the preload does not see', async ({ page }) => {
    await page.evaluate('void (JSON.stringify = JSON.parse = () => { throw new Error("hooked"); })');
    expect(await page.evaluate('demo.ping(new Uint8Array([7])).then(({ echo }) => echo[0])')).toBe(7);
  });

  test('a frame has no api', async ({ page }) => {
    const type = `typeof document.body.appendChild(document.createElement('iframe')).contentWindow.demo`;
    expect(await page.evaluate(type)).toBe('undefined');
  });

  test('the preload has no fs', async ({ page }) => {
    expect(await page.evaluate('demo.requireFs()')).toContain('module not found: fs');
  });
});

test.describe('files', () => {
  test('dropped are known by their true path', async ({ page, dropFiles, folder }) => {
    const files = ['a b é.zip', 'c.pem'].map((name) => join(folder, name));
    files.forEach((file, i) => {
      writeFileSync(file, 'x'.repeat(100 + i));
    });
    await dropFiles(page.locator('#zone'), files);
    await expect(page.locator('#files')).toHaveText(`${files[0]!} 100, ${files[1]!} 101`);
  });

  test('chosen in a dialog that the spec answers', async ({ page, stubDialog, folder }) => {
    const file = join(folder, 'chosen.zip');
    writeFileSync(file, 'x'.repeat(1234));
    const shown = await stubDialog('showOpenDialog', { canceled: false, filePaths: [file] });
    await page.getByRole('button', { name: 'Choose files' }).click();
    await expect(page.locator('#files')).toContainText(`${basename(file)} 1234`);
    expect(await shown()).toEqual([{ properties: ['openFile'] }]);
  });

  test('downloads are prevented', async ({ page, hostLog }) => {
    await page.evaluate(`(() => { const a = document.createElement('a');
      a.href = URL.createObjectURL(new Blob(['x'])); a.download = 'x.txt'; a.click(); })()`);
    await expect
      .poll(() =>
        hostLog()
          .of('download')
          .map(({ isPrevented }) => isPrevented),
      )
      .toEqual(isStandIn ? [true] : []);
  });
});

test.describe('the network', () => {
  test('the policy that onHeadersReceived sends stops a request first', async ({
    page,
    expectConsoleErrors,
  }) => {
    expectConsoleErrors(CSP, BLOCKED);
    expect(
      await page.evaluate(`fetch('index.html').then((r) => r.headers.get('content-security-policy'))`),
    ).toContain("default-src 'none'");
    expect(await page.evaluate(`fetch('https://example.com/').catch((e) => e.message)`)).toBe(
      'Failed to fetch',
    );
  });

  test('without the policy, webRequest stops fetch, image, frame, WebSocket, beacon and worker', async ({
    page,
    electronApp,
    hostLog,
    expectConsoleErrors,
  }) => {
    expectConsoleErrors(BLOCKED);
    await withoutCsp(page, electronApp);
    const seen = await page.evaluate(`(async () => {
      const element = (tag, url) => new Promise((resolve) => {
        const made = document.createElement(tag); made.onload = () => resolve('load'); made.onerror = () => resolve('error');
        made.src = url; document.body.append(made);
      });
      const socket = (url) => new Promise((resolve) => {
        const made = new WebSocket(url); made.onopen = () => resolve('open'); made.onerror = () => resolve('error');
      });
      const worker = () => new Promise((resolve) => { new Worker('worker.js').onmessage = (e) => resolve(e.data); });
      const refused = (e) => e.message;
      navigator.sendBeacon('https://example.com/beacon', 'x');
      await element('iframe', 'https://example.com/frame');
      return {
        fetch: await fetch('https://example.com/fetch').catch(refused),
        post: await fetch('https://example.com/post', { method: 'POST', mode: 'no-cors', body: 'x' }).catch(refused),
        preflight: await fetch('https://example.com/put', { method: 'PUT', headers: { 'x-a': '1' } }).catch(refused),
        image: await element('img', 'https://example.com/image'),
        sockets: [await socket('wss://example.com/socket?q=1'), await socket('ws://127.0.0.1:45999/loop')],
        worker: await worker(),
        own: (await fetch('index.html')).status,
      };
    })()`);
    expect(seen).toEqual({
      fetch: 'Failed to fetch',
      post: 'Failed to fetch',
      preflight: 'Failed to fetch',
      image: 'error',
      sockets: ['error', 'error'],
      worker: 'Failed to fetch',
      own: 200,
    });
    const stopped = hostLog()
      .of('blocked')
      .map(({ url, by }) => `${by} ${url}`);
    for (const path of isStandIn ? ['beacon', 'frame', 'fetch', 'post', 'put', 'image', 'from-worker'] : []) {
      expect(stopped).toContain(`webRequest https://example.com/${path}`);
    }
    for (const url of isStandIn ? ['wss://example.com/socket?q=1', 'ws://127.0.0.1:45999/loop'] : []) {
      expect(stopped).toContain(`webRequest ${url}`);
    }
  });

  test('app:// serves ranges', async ({ page }) => {
    const got = await page.evaluate(
      `fetch('page.css', { headers: { range: 'bytes=0-4' } }).then(async (r) => [r.status, await r.text()])`,
    );
    expect(got).toEqual([206, '#zone']);
  });
});

test.describe('windows and pages', () => {
  test('window.open and target=_blank are refused', async ({ page, electronApp, hostLog }) => {
    await page.evaluate(`window.opened = window.open('https://example.com/open'), undefined`);
    await page.getByRole('link', { name: 'new window' }).click();
    if (isStandIn) {
      await expect
        .poll(() =>
          hostLog()
            .of('window-open')
            .map(({ url, action }) => [url, action]),
        )
        .toEqual([
          ['https://example.com/open', 'deny'],
          ['https://example.com/new', 'deny'],
        ]);
    }
    await expect.poll(() => electronApp.windows().length).toBe(1);
    expect(await page.evaluate('!window.opened || window.opened.closed')).toBe(true);
  });

  test('navigation is refused', async ({ page, appUrl, hostLog }) => {
    await page.getByRole('link', { name: 'leave' }).click();
    await page.evaluate(`location.href = 'https://example.com/else'`);
    if (isStandIn) {
      await expect
        .poll(() =>
          hostLog()
            .of('blocked')
            .map(({ by, url }) => `${by} ${url}`),
        )
        .toEqual(['will-navigate https://example.com/leave', 'will-navigate https://example.com/else']);
    }
    await expect(page.getByRole('heading', { name: 'Host Demo' })).toBeVisible();
    expect(await appUrl()).toBe('app://bundle/index.html');
  });

  test('permissions are refused', async ({ page }) => {
    const seen = await page.evaluate(`(async () => [
      await Notification.requestPermission(),
      (await navigator.permissions.query({ name: 'geolocation' })).state,
      await navigator.clipboard.readText().then(() => 'granted', (e) => e.name),
    ])()`);
    expect(seen).toEqual(['denied', 'denied', 'NotAllowedError']);
  });

  test('a key can be kept from the page', async ({ page }) => {
    await page.getByLabel('Text').pressSequentially('aqb');
    await expect(page.getByLabel('Text')).toHaveValue('ab');
  });

  test('the theme is main’s to set', async ({ page, electronApp }) => {
    await electronApp.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'dark';
    });
    await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(0, 0, 0)');
  });
});

test.describe('main', () => {
  test('has BoringSSL’s cryptography, in its threads as well', async ({ page }) => {
    expect(await page.evaluate('demo.crypto()')).toEqual({
      sha256: 'done',
      'sha3-256': 'ERR_OSSL_EVP_UNSUPPORTED',
      Sha256: 'ERR_OSSL_EVP_UNSUPPORTED',
      secp256k1: 'ERR_CRYPTO_INVALID_CURVE',
      'P-256': 'done',
      scrypt: 'done',
      'PBES2 with PBKDF2': 'done',
      'PBES2 with scrypt': 'ERR_OSSL_PKCS8',
      chacha20: 'ERR_CRYPTO_UNKNOWN_CIPHER',
      'RSA of 1000 bits': 'ERR_OSSL',
      'secp256k1 in a worker': 'ERR_CRYPTO_INVALID_CURVE',
    });
  });

  test('tells what it is, and which locks its window has', async ({ electronApp, page, folder, hostLog }) => {
    expect(page.isClosed()).toBe(false);
    const seen = await electronApp.evaluate(({ app, BrowserWindow }) => ({
      is: [app.getName(), app.getVersion(), app.isPackaged, app.getPath('userData')],
      preferences: (
        BrowserWindow.getAllWindows()[0]?.webContents as unknown as WithPreferences
      ).getLastWebPreferences(),
    }));
    expect(seen).toEqual({
      is: ['Host Demo', '1.2.3', false, join(folder, 'user-data')],
      preferences: expect.objectContaining({ sandbox: true, contextIsolation: true }) as unknown,
    });
    const calls = hostLog()
      .of('call')
      .map(({ name }) => name);
    for (const name of isStandIn ? ['app.enableSandbox', 'session.enableNetworkEmulation'] : []) {
      expect(calls).toContain(name);
    }
  });

  test('forks a process, whose cryptography is the same', async ({ electronApp, page, folder }) => {
    expect(page.isClosed()).toBe(false);
    const file = join(folder, 'child.cjs');
    writeFileSync(
      file,
      `process.parentPort.once('message', ({ data }) => {
        try { require('node:crypto').createECDH(data); } catch (error) { process.parentPort.postMessage(error.code); }
      });`,
    );
    const answer = await electronApp.evaluate(
      ({ utilityProcess }, path) =>
        new Promise<unknown>((resolve) => {
          const child = utilityProcess.fork(path);
          child.once('message', (message) => {
            child.kill();
            resolve(message);
          });
          child.postMessage('secp256k1');
        }),
      file,
    );
    expect(answer).toBe('ERR_CRYPTO_INVALID_CURVE');
  });

  test('hears of a page that crashes', async ({ electronApp, page }) => {
    const reason = electronApp.evaluate(
      ({ app }) =>
        new Promise<string>((resolve) => {
          app.once('render-process-gone', (_event, _webContents, details) => {
            resolve(details.reason);
          });
        }),
    );
    const session = await page.context().newCDPSession(page);
    void session.send('Page.crash').catch(() => undefined);
    expect(await reason).toBe('crashed');
  });

  test('quits with its last window', async ({ electronApp, page }) => {
    const closed = electronApp.waitForEvent('close');
    await page.close();
    await closed;
  });

  test('a relaunch is noted, and no process follows', async ({ electronApp, page, hostLog }) => {
    test.skip(!isStandIn, 'Electron itself would start again');
    expect(page.isClosed()).toBe(false);
    const closed = electronApp.waitForEvent('close');
    await electronApp
      .evaluate(({ app }) => {
        app.relaunch();
        app.exit(0);
      })
      .catch(() => undefined);
    await closed;
    expect(
      hostLog()
        .of('call')
        .map(({ name }) => name),
    ).toEqual(expect.arrayContaining(['app.relaunch', 'app.exit']));
  });
});
