import type { Session, WebContents } from 'electron';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CONTENT_SECURITY_POLICY, HEADERS, withHeaders } from '../../electron/shell/headers.ts';
import { PARTITION, WALLS, type LockedSession } from '../../electron/shell/lockdown.ts';
import { answerFrom, readPageFiles, type PageFiles } from '../../electron/shell/page-files.ts';
import { PERMISSIONS } from '../../electron/shell/permissions.ts';
import { mayRequest, type Allowance } from '../../electron/shell/request-filter.ts';
import { isOwnUrl, PAGE_URL, registerScheme } from '../../electron/shell/scheme.ts';
import { isForbiddenKey, refuseDevTools, refuseLeaving } from '../../electron/shell/web-contents.ts';
import { MIN_HEIGHT, MIN_WIDTH, webPreferences, windowOptions } from '../../electron/shell/window-options.ts';
import { event, quietRefusals } from '../unit/shell/fakes.ts';

type Handler = (...args: never[]) => unknown;

/** A session that keeps what it is given, and is asked by the name of the method or event. */
function fakeSession(allowance: Allowance = { ownPage: 'bundle', devTools: false }) {
  const handlers = new Map<string, Handler>();
  const keep = (name: string) => (handler: Handler) => void handlers.set(name, handler);
  const session = {
    setPermissionRequestHandler: keep('permission request'),
    setPermissionCheckHandler: keep('permission check'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('display media'),
    webRequest: { onBeforeRequest: keep('request'), onHeadersReceived: keep('headers') },
    on: (name: string, handler: Handler) => void handlers.set(name, handler),
    setSpellCheckerEnabled: (enabled: boolean) => void handlers.set('spelling', () => enabled),
  };
  const { refusals, lines } = quietRefusals();
  for (const [, raise] of WALLS) raise(session as unknown as LockedSession, allowance, refusals);
  const ask = (name: string, ...args: unknown[]): unknown => handlers.get(name)!(...(args as never[]));
  const request = (url: string): boolean => {
    let cancel = false;
    ask('request', { url }, (answer: { cancel: boolean }) => (cancel = answer.cancel));
    return cancel;
  };
  return { ask, request, refusals, lines };
}

const FOREIGN = [
  'http://example.org/',
  'https://example.org/',
  'ws://example.org/',
  'wss://example.org/',
  'file:///etc/passwd',
  'ftp://example.org/',
  'data:text/html,x',
  'blob:app://bundle/0',
  'chrome://settings',
  'chrome-extension://x/y',
  'devtools://devtools/bundled/x',
  'about:blank',
  'javascript:1',
  'app://other/index.html',
  'app://bundle.evil/index.html',
  'app://bundle@evil/index.html',
  'app://bundle:80/index.html',
  'app://user@bundle/',
  'app:bundle/',
  'APP://BUNDLE/',
  '',
];

describe('permissions', () => {
  it.each([...Object.keys(PERMISSIONS), 'of-another-day'])('%s is refused', (permission) => {
    const { ask, refusals } = fakeSession();
    let granted: unknown;
    ask('permission request', null, permission, (answer: unknown) => (granted = answer), {});
    expect(granted).toBe(false);
    expect(ask('permission check', null, permission, 'app://bundle', {})).toBe(false);
    expect(refusals.count('permission')).toBe(1);
  });

  it('every one has a reason', () => {
    expect(Object.values(PERMISSIONS).filter((reason) => reason.length < 10)).toEqual([]);
  });

  it('devices and the screen are refused', () => {
    const { ask } = fakeSession();
    let streams: unknown;
    ask('display media', {}, (answer: unknown) => (streams = answer));
    expect([ask('device', {}), streams]).toEqual([false, null]);
  });
});

describe('requests', () => {
  it.each(FOREIGN)('%s is cancelled and counted', (url) => {
    const { request, refusals, lines } = fakeSession();
    expect(request(url)).toBe(true);
    expect(refusals.count('request')).toBe(1);
    expect(lines.join('')).not.toContain('example');
  });

  it('of the page go on, uncounted', () => {
    const { request, refusals } = fakeSession();
    expect(request(PAGE_URL)).toBe(false);
    expect(refusals.count('request')).toBe(0);
  });

  it('of the page are cancelled on the default session, which shows none', () => {
    expect(fakeSession({ ownPage: null, devTools: false }).request(PAGE_URL)).toBe(true);
  });

  it('of developer tools go on where they may be open', () => {
    expect(mayRequest('devtools://devtools/x', { ownPage: 'bundle', devTools: true })).toBe(true);
  });

  it('are told from the origin alone', () => {
    expect(FOREIGN.filter((url) => isOwnUrl(url, 'bundle'))).toEqual([]);
  });
});

describe('content security policy', () => {
  const directives = new Map(
    CONTENT_SECURITY_POLICY.split('; ').map((it) => [it.split(' ')[0], it.split(' ').slice(1)]),
  );

  it('allows nothing by default, and only what is used', () => {
    expect(directives.get('default-src')).toEqual(["'none'"]);
    for (const name of ['connect-src', 'form-action', 'frame-ancestors', 'base-uri', 'object-src']) {
      expect(directives.get(name)).toEqual(["'none'"]);
    }
    for (const name of ['script-src', 'style-src', 'img-src', 'font-src']) {
      expect(directives.get(name)).toEqual(["'self'"]);
    }
    expect(directives.get('require-trusted-types-for')).toEqual(["'script'"]);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:|blob:|eval/);
  });

  it('is put on every answer, in place of what came', () => {
    let answer: unknown;
    const received = { 'content-security-policy': ['default-src *'], 'X-Other': ['1'] };
    fakeSession().ask(
      'headers',
      { url: PAGE_URL, responseHeaders: received },
      (it: unknown) => (answer = it),
    );
    expect(answer).toEqual({ responseHeaders: withHeaders(received) });
    const names = Object.keys(withHeaders(received)).map((name) => name.toLowerCase());
    expect(names.filter((name) => name === 'content-security-policy')).toHaveLength(1);
    expect(withHeaders(received)['Content-Security-Policy']).toEqual([CONTENT_SECURITY_POLICY]);
    expect(withHeaders(undefined)).toEqual(withHeaders({}));
  });
});

describe('downloads and spelling', () => {
  it('a download is refused', () => {
    const { ask, refusals } = fakeSession();
    const download = event({});
    ask('will-download', download, { getURL: () => 'app://bundle/x' });
    expect([download.prevented, refusals.count('download')]).toEqual([true, 1]);
  });

  it('the spell checker is off', () => {
    expect(fakeSession().ask('spelling')).toBe(false);
  });

  it('the session is in memory', () => {
    expect(PARTITION).not.toMatch(/^persist:/);
  });
});

describe('the scheme', () => {
  let folder = '';
  let files: PageFiles = new Map();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'breakglass-page-'));
    mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, 'page', 'assets', 'a.js'), 'x');
    writeFileSync(join(folder, 'secret.html'), 'secret');
    files = readPageFiles(join(folder, 'page'), 'bundle');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has an origin, and no privilege beside', () => {
    let registered: unknown;
    registerScheme({ registerSchemesAsPrivileged: (schemes) => (registered = schemes) });
    const privileges = { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false };
    expect(registered).toEqual([{ scheme: 'app', privileges }]);
  });

  it('serves what is on the list, with the headers', async () => {
    const answer = answerFrom(files, { url: PAGE_URL, method: 'GET' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('<!doctype html>');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const [name, value] of Object.entries(HEADERS)) expect(answer.headers.get(name)).toBe(value);
    expect(answerFrom(files, { url: 'app://bundle/assets/a.js', method: 'GET' }).status).toBe(200);
  });

  it.each([
    'app://bundle/',
    'app://bundle/../secret.html',
    'app://bundle/%2e%2e/secret.html',
    'app://bundle/..%2fsecret.html',
    'app://bundle/assets/../index.html',
    'app://bundle//index.html',
    'app://bundle/index.html?x',
    'app://bundle/index.html#x',
    'app://bundle/INDEX.HTML',
    'app://other/index.html',
    'app://bundle/__proto__',
    'app://bundle/etc/passwd',
  ])('does not know %s', async (url) => {
    const answer = answerFrom(files, { url, method: 'GET' });
    expect([answer.status, await answer.text()]).toEqual([404, '']);
    expect(answer.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  });

  it.each(['POST', 'PUT', 'HEAD'])('answers no %s', (method) => {
    expect(answerFrom(files, { url: PAGE_URL, method }).status).toBe(404);
  });

  it('no longer reads the disk', async () => {
    writeFileSync(join(folder, 'page', 'index.html'), 'changed');
    expect(await answerFrom(files, { url: PAGE_URL, method: 'GET' }).text()).toBe('<!doctype html>');
  });

  it('does not start with a strange file, or without a page', () => {
    writeFileSync(join(folder, 'page', 'assets', 'tool.exe'), 'x');
    expect(() => readPageFiles(join(folder, 'page'), 'bundle')).toThrow('tool.exe');
    expect(() => readPageFiles(join(folder, 'page', 'assets'), 'bundle')).toThrow();
  });
});

describe('a page stays where it is', () => {
  function fakeContents() {
    const handlers = new Map<string, Handler>();
    let rtc = '';
    let closed = 0;
    const contents = {
      on: (name: string, handler: Handler) => void handlers.set(name, handler),
      setWindowOpenHandler: (handler: Handler) => void handlers.set('open', handler),
      setWebRTCIPHandlingPolicy: (policy: string) => void (rtc = policy),
      closeDevTools: () => {
        closed++;
      },
    };
    const { refusals } = quietRefusals();
    refuseLeaving(contents as unknown as WebContents, refusals);
    refuseDevTools(contents as unknown as WebContents);
    const ask = (name: string, ...args: unknown[]): unknown => handlers.get(name)!(...(args as never[]));
    return { ask, refusals, rtc: () => rtc, closed: () => closed };
  }

  it('no window opens', () => {
    const { ask, refusals } = fakeContents();
    expect(ask('open', { url: PAGE_URL })).toEqual({ action: 'deny' });
    expect(refusals.count('window')).toBe(1);
  });

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'no %s',
    (name) => {
      for (const url of [PAGE_URL, 'https://example.org/', 'file:///etc/passwd']) {
        const going = event({ url });
        fakeContents().ask(name, going);
        expect(going.prevented).toBe(true);
      }
    },
  );

  it('WebRTC may use no way of its own', () => {
    expect(fakeContents().rtc()).toBe('disable_non_proxied_udp');
  });

  it('developer tools are closed at once', () => {
    const { ask, closed } = fakeContents();
    ask('devtools-opened');
    expect(closed()).toBe(1);
  });

  const key = (name: string, ...held: ('control' | 'meta' | 'shift' | 'alt')[]) => ({
    ...{ key: name, control: false, meta: false, shift: false, alt: false },
    ...Object.fromEntries(held.map((it) => [it, true])),
  });

  it.each([
    [key('F12')],
    [key('I', 'control', 'shift')],
    [key('i', 'meta', 'alt')],
    [key('J', 'control', 'shift')],
    [key('r', 'control')],
    [key('R', 'control', 'shift')],
    [key('F5')],
    [key('p', 'meta')],
    [key('s', 'control')],
  ])('the key %o does nothing', (input) => {
    const pressed = event({});
    fakeContents().ask('before-input-event', pressed, input);
    expect(pressed.prevented).toBe(true);
  });

  it.each([[key('a')], [key('c', 'control')], [key('v', 'control')], [key('Tab', 'shift')], [key('Enter')]])(
    'the key %o works',
    (input) => {
      expect(isForbiddenKey(input)).toBe(false);
    },
  );
});

describe('the window', () => {
  const parts = { session: Object.create(null) as Session, preload: '/p.cjs', packaged: true };

  it('has a page without Node, in the sandbox', () => {
    expect(webPreferences(parts)).toMatchObject({
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
      enableWebSQL: false,
      plugins: false,
    });
  });

  it('uses the locked session and no other', () => {
    const preferences = webPreferences(parts);
    expect(preferences.session).toBe(parts.session);
    expect(preferences.partition).toBeUndefined();
  });

  it('has developer tools only where it is not packaged', () => {
    expect(webPreferences(parts).devTools).toBe(false);
    expect(webPreferences({ ...parts, packaged: false }).devTools).toBe(true);
  });

  it('is never smaller than a screen needs', () => {
    expect([MIN_WIDTH, MIN_HEIGHT]).toEqual([1024, 700]);
    expect(windowOptions(parts)).toMatchObject({ minWidth: 1024, minHeight: 700, show: false });
  });
});
