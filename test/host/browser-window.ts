import { app } from './app.ts';
import { recordCall } from './host-log.ts';
import { openWindows, windowClosed } from './lifecycle.ts';
import { ListedEvents } from './listed-events.ts';
import { sealed } from './sealed.ts';
import { openWebContents, type WebContents } from './web-contents.ts';
import { checkWindowOptions, type WindowOptions } from './window-options.ts';

const DEFAULT_WIDTH = 800;
const DEFAULT_HEIGHT = 600;

const windows = new Map<WebContents, Window>();

/** `BrowserWindow`: a page and the little that is its window's. */
class Window extends ListedEvents {
  readonly webContents: WebContents;
  private isLoaded = false;
  private isGone = false;

  constructor(options: WindowOptions = {}) {
    super('BrowserWindow', ['ready-to-show', 'closed', 'blur']);
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    checkWindowOptions(options);
    this.webContents = openWebContents(options.webPreferences ?? {}, {
      width: options.width ?? DEFAULT_WIDTH,
      height: options.height ?? DEFAULT_HEIGHT,
      onFirstLoad: () => {
        this.firstLoad();
      },
      onClose: () => {
        this.close();
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

  close(): void {
    this.destroy();
  }

  /** For the app that quits. Nothing listens to `close`, so nothing prevents it. */
  tryClose(): boolean {
    this.destroy();
    return true;
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
