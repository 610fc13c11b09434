import { app } from './app.ts';
import type { CdpSession } from './cdp-connection.ts';
import type { TargetInfo } from './cdp-protocol.ts';
import { chromium } from './chromium.ts';
import { Frames, type Frame } from './frames.ts';
import { openPages } from './gated-page.ts';
import { record, recordCall, recordFault, recordTime } from './host-log.ts';
import { ListedEvents, preventable } from './listed-events.ts';
import { nativeTheme } from './native-theme.ts';
import { gateNetwork } from './network-gate.ts';
import { PageChannel } from './page-channel.ts';
import { applyPermissions } from './permissions.ts';
import { closeUnrun } from './popup.ts';
import { makePageSources } from './preload-source.ts';
import { toChromium, toElectron } from './schemes.ts';
import { sealed, unsupported } from './sealed.ts';
import { defaultSession, fromPartition, type Session } from './session.ts';
import { claimTarget } from './targets.ts';
import { lastWebPreferences, type WebPreferences } from './window-options.ts';
import type { KeyInput } from './wire.ts';

const EVENTS = [
  ...['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview', 'before-input-event'],
  // Of which 'input-event' never comes: what a mouse does is nobody's to prevent.
  ...['input-event', 'devtools-opened', 'did-create-window', 'render-process-gone', 'unresponsive'],
];
const RELOAD_WAIT_MS = 100;
const PRELOAD_WORLD = 'Electron Isolated Context';

type WindowOpenHandler = (details: object) => { readonly action: string };

/** What the page's window hears of it. */
export interface WindowOfPage {
  readonly width: number;
  readonly height: number;
  readonly onFirstLoad: () => void;
  readonly onClose: () => void;
  readonly onGone: () => void;
}

let lastId = 0;

/** `webContents`: one page in Chromium. */
export class WebContents extends ListedEvents {
  readonly id = ++lastId;
  readonly session: Session;
  private readonly preferences: WebPreferences;
  private readonly window: WindowOfPage;
  private readonly opened: Promise<CdpSession>;
  private target: { readonly id: string; readonly cdp: CdpSession; readonly frames: Frames } | undefined =
    undefined;
  private channel: PageChannel | undefined = undefined;
  private self: this = this;
  private hostNavigation: string | undefined = undefined;
  private openHandler: WindowOpenHandler | undefined = undefined;
  private askedByPage: string | undefined = undefined;
  private windowOpens: { readonly url: string; readonly name: string; readonly features: string }[] = [];
  private loadWaiters: (() => void)[] = [];
  private isGone = false;

  /** Made by `openWebContents` only. */
  constructor(preferences: WebPreferences, window: WindowOfPage) {
    super('webContents', EVENTS);
    this.preferences = preferences;
    this.window = window;
    this.session =
      preferences.session ??
      (preferences.partition === undefined ? defaultSession : fromPartition(preferences.partition));
    this.opened = this.open();
    this.opened.catch((error: unknown) => {
      if (!this.isGone) recordFault('opening a page', error);
    });
  }

  /** Gives the page the object by which the app knows it. */
  setSelf(self: this): void {
    this.self = self;
  }

  get mainFrame(): Frame {
    return this.frames.frame(this.frames.mainFrameId);
  }

  getURL(): string {
    return this.target === undefined ? '' : this.frames.urlOf(this.frames.mainFrameId);
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  send(channel: string, ...args: readonly unknown[]): void {
    this.channel?.send(channel, args);
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.openHandler = handler;
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    recordCall('webContents.setWebRTCIPHandlingPolicy', policy);
  }

  setBackgroundThrottling(isAllowed: boolean): void {
    recordCall('webContents.setBackgroundThrottling', isAllowed);
  }

  openDevTools(): void {
    if (this.preferences.devTools !== false) unsupported('webContents.openDevTools');
    recordCall('webContents.openDevTools, refused');
  }

  closeDevTools(): void {
    recordCall('webContents.closeDevTools');
  }

  getLastWebPreferences(): WebPreferences {
    return lastWebPreferences(this.preferences);
  }

  close(): void {
    this.window.onClose();
  }

  async loadURL(url: string): Promise<void> {
    const cdp = await this.opened;
    await applyPermissions(this.session, this.self, url);
    const chromiumUrl = new URL(toChromium(url)).href;
    this.hostNavigation = chromiumUrl;
    const loaded = new Promise<void>((resolve) => this.loadWaiters.push(resolve));
    const { errorText } = await cdp.send('Page.navigate', { url: chromiumUrl });
    if (errorText !== undefined) {
      const code = errorText.replace('net::', '');
      throw Object.assign(new Error(`${code} (-1) loading '${url}'`), { code, errno: -1, url });
    }
    await loaded;
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const cdp = await this.opened;
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails === undefined) return result.value;
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }

  async printToPDF(options: {
    readonly printBackground?: boolean;
    readonly preferCSSPageSize?: boolean;
  }): Promise<Buffer> {
    const { printBackground = false, preferCSSPageSize = false, ...others } = options;
    for (const name of Object.keys(others)) unsupported(`printToPDF({ ${name} })`);
    const cdp = await this.opened;
    const { data } = await cdp.send('Page.printToPDF', { printBackground, preferCSSPageSize });
    return Buffer.from(data, 'base64');
  }

  /** Ends the page, for its window. */
  destroyPage(): void {
    if (this.target !== undefined)
      void chromium().root.tell('Target.closeTarget', { targetId: this.target.id });
    this.gone();
  }

  private get frames(): Frames {
    if (this.target === undefined) throw new Error('the page is not there yet');
    return this.target.frames;
  }

  private async open(): Promise<CdpSession> {
    const { width, height } = this.window;
    const { root } = chromium();
    const { targetId } = await root.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height,
    });
    const frames = new Frames(targetId);
    openPages.set(targetId, {
      id: this.id,
      session: this.session,
      facade: this.self,
      isMainFrame: (frameId) => frameId === targetId,
      frame: (frameId) => frames.frame(frameId),
      isNavigationFromOutside: (url) => this.isNavigationFromOutside(url),
      mayNavigate: (url, frameId, isRedirect) => this.mayNavigate(url, frameId, isRedirect),
      onPopup: (session, info) => this.onPopup(session, info),
    });
    const cdp = await claimTarget(targetId);
    this.target = { id: targetId, cdp, frames };
    const channel = new PageChannel(cdp, PRELOAD_WORLD, {
      event: () => ({
        type: 'frame',
        sender: this.self,
        senderFrame: this.mainFrame,
        processId: 1,
        frameId: this.mainFrame.routingId,
      }),
      isKeyPrevented: (input) => this.isKeyPrevented(input),
      isGone: () => this.isGone,
    });
    this.channel = channel;
    this.listen(cdp, frames);
    const applyTheme = (): Promise<void> => this.applyTheme(cdp);
    nativeTheme.on('updated', () => void applyTheme());
    this.session.permissionListeners.add(() => {
      if (this.getURL() !== '') void applyPermissions(this.session, this.self, this.getURL());
    });
    const sources = makePageSources(this.preferences.preload);
    await Promise.all([
      gateNetwork(cdp, openPages.get(targetId), 'page'),
      cdp.send('Page.enable', {}),
      ...channel.open(),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: sources.mainWorld }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        source: sources.preloadWorld,
        worldName: PRELOAD_WORLD,
      }),
      applyTheme(),
      cdp.tell('Runtime.runIfWaitingForDebugger', {}),
    ]);
    return cdp;
  }

  private listen(cdp: CdpSession, frames: Frames): void {
    cdp.on('detached', () => {
      this.gone();
    });
    cdp.on('Inspector.targetCrashed', () => {
      const details = { reason: 'crashed', exitCode: 1 };
      this.emit('render-process-gone', {}, details);
      app.emit('render-process-gone', {}, this.self, details);
    });
    cdp.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      frames.attached(frameId, parentFrameId);
    });
    cdp.on('Page.frameNavigated', ({ frame }) => {
      frames.attached(frame.id, frame.parentId);
      frames.navigated(frame.id, frame.url);
    });
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      frames.navigated(frameId, url);
    });
    cdp.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      // blob:, about: and javascript: never come to the network's gate. Too late to prevent, so it is stopped.
      if (disposition !== 'currentTab') return;
      if (/^https?:/i.test(url)) {
        this.askedByPage = url;
        return;
      }
      if (this.mayNavigate(toElectron(url), frameId, false)) return;
      record({ kind: 'blocked', url: toElectron(url), by: 'will-navigate', via: 'page' });
      void cdp.tell('Page.stopLoading', {});
    });
    cdp.on('Page.loadEventFired', () => {
      recordTime('load');
      for (const resolve of this.loadWaiters.splice(0)) resolve();
      this.window.onFirstLoad();
    });
    cdp.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      this.windowOpens.push({ url, name: windowName, features: windowFeatures.join(',') });
    });
    cdp.on('Page.javascriptDialogOpening', ({ type }) => {
      const accept = type === 'beforeunload' || this.preferences.disableDialogs !== true;
      void cdp.tell('Page.handleJavaScriptDialog', { accept });
    });
  }

  /** A reload from outside is one that the page did not ask for; the page's question and the request race. */
  private async isNavigationFromOutside(url: string): Promise<boolean> {
    if (this.hostNavigation === url) {
      this.hostNavigation = undefined;
      return true;
    }
    if (this.chromiumUrl !== url) return false;
    await new Promise((resolve) => setTimeout(resolve, RELOAD_WAIT_MS));
    const isAskedByPage = this.askedByPage === url;
    this.askedByPage = undefined;
    return !isAskedByPage;
  }

  private get chromiumUrl(): string {
    return toChromium(this.getURL());
  }

  private mayNavigate(url: string, frameId: string, isRedirect: boolean): boolean {
    const isMainFrame = frameId === this.frames.mainFrameId;
    const frame = this.frames.frame(frameId);
    record({ kind: 'navigation', url, isMainFrame });
    const event = preventable({ url, isMainFrame, isSameDocument: false, frame, initiator: frame });
    const told = [url, false, isMainFrame, frame.processId, frame.routingId] as const;
    if (isRedirect) this.emit('will-redirect', event, ...told);
    else this.emit('will-frame-navigate', event);
    if (isMainFrame && !isRedirect && !event.defaultPrevented) this.emit('will-navigate', event, ...told);
    return !event.defaultPrevented;
  }

  private isKeyPrevented(input: KeyInput): boolean {
    const event = preventable({});
    this.emit('before-input-event', event, input);
    return event.defaultPrevented;
  }

  private async onPopup(session: CdpSession, info: TargetInfo): Promise<void> {
    const { url: asked = '', name = '', features = '' } = this.windowOpens.shift() ?? {};
    const url = toElectron(asked === '' ? info.url : asked);
    const details = { url, frameName: name, features, disposition: 'foreground-tab' };
    const { action } = this.openHandler?.(details) ?? { action: 'allow' };
    record({ kind: 'window-open', url, action });
    // The app denies every window; one that it lets open is nothing that the stand-in can play.
    if (action !== 'deny') record({ kind: 'unsupported', name: `a window for ${url}` });
    await closeUnrun(session, info.targetId);
  }

  private async applyTheme(cdp: CdpSession): Promise<void> {
    const { themeSource } = nativeTheme;
    const value = themeSource === 'system' ? '' : themeSource;
    await cdp.tell('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }

  private gone(): void {
    if (this.isGone) return;
    this.isGone = true;
    if (this.target !== undefined) openPages.delete(this.target.id);
    this.window.onGone();
  }
}

/** Opens a page in a window of its own. */
export function openWebContents(preferences: WebPreferences, window: WindowOfPage): WebContents {
  const page = new WebContents(preferences, window);
  const self = sealed('webContents', page);
  page.setSelf(self);
  queueMicrotask(() => app.emit('web-contents-created', {}, self));
  return self;
}
