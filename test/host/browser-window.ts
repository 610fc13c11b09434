import { app } from './app.ts';
import { recordCall } from './host-log.ts';
import { openWindows, windowClosed } from './lifecycle.ts';
import { ListedEvents, preventable } from './listed-events.ts';
import { sealed } from './sealed.ts';
import { openWebContents, type WebContents } from './web-contents.ts';
import { checkWindowOptions, type WindowOptions } from './window-options.ts';

const DEFAULT_WIDTH = 800;
const DEFAULT_HEIGHT = 600;

const windows = new Map<WebContents, Window>();

/** `BrowserWindow`: a page and the little that is its window's. */
class Window extends ListedEvents {
  readonly webContents: WebContents;
  private isShown: boolean;
  private isLoaded = false;
  private isGone = false;

  constructor(options: WindowOptions = {}) {
    super('BrowserWindow', ['ready-to-show', 'close', 'closed', 'blur']);
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    checkWindowOptions(options);
    this.isShown = options.show ?? true;
    this.webContents = openWebContents(options.webPreferences ?? {}, {
      width: options.width ?? DEFAULT_WIDTH,
      height: options.height ?? DEFAULT_HEIGHT,
      onFirstLoad: () => {
        this.firstLoad();
      },
      // A page that closes itself emits no `close`: Electron destroys it at once.
      onClose: () => {
        this.destroy();
      },
      onGone: () => {
        this.gone();
      },
    });
    openWindows.add(this);
    const self = sealed('BrowserWindow', this);
    windows.set(this.webContents, self);
    return self;
  }

  static getAllWindows(): Window[] {
    return [...windows.values()];
  }

  static fromWebContents(webContents: WebContents): Window | null {
    return windows.get(webContents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    recordCall('BrowserWindow.show');
    this.isShown = true;
  }

  isVisible(): boolean {
    return this.isShown;
  }

  focus(): void {
    recordCall('BrowserWindow.focus');
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {
    recordCall('BrowserWindow.restore');
  }

  setContentProtection(isProtected: boolean): void {
    recordCall('BrowserWindow.setContentProtection', isProtected);
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  /** As the user's click on the button of the window: whoever listens to `close` may prevent it. */
  close(): void {
    this.tryClose();
  }

  /** For the app that quits. */
  tryClose(): boolean {
    if (this.isGone) return true;
    const event = preventable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
    return !event.defaultPrevented;
  }

  destroy(): void {
    if (!this.isGone) this.webContents.destroyPage();
  }

  private firstLoad(): void {
    if (this.isLoaded) return;
    this.isLoaded = true;
    this.emit('ready-to-show');
  }

  private gone(): void {
    if (this.isGone) return;
    this.isGone = true;
    windows.delete(this.webContents);
    this.emit('closed');
    windowClosed(this);
  }
}

/** What the app makes windows with. */
export const BrowserWindow = sealed('BrowserWindow', Window);
