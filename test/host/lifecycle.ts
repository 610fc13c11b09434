/** What the app closes when it quits. */
export interface Closable {
  /** @returns whether it is closed: a listener may have prevented it */
  readonly tryClose: () => boolean;
}

/** Every open window. */
export const openWindows = new Set<Closable>();

let afterLastWindow: () => void = () => undefined;

/** Says what is to happen once the last window has closed. */
export function onLastWindowClosed(listener: () => void): void {
  afterLastWindow = listener;
}

/** Takes a window that has closed off the list. */
export function windowClosed(window: Closable): void {
  openWindows.delete(window);
  if (openWindows.size > 0) return;
  setImmediate(() => {
    if (openWindows.size === 0) afterLastWindow();
  });
}
