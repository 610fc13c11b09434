/** What the preload's world and the stand-in tell each other, as JSON. */

/** From the preload's world to main. */
export type FromPage =
  | { readonly type: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly type: 'preload-error'; readonly message: string }
  | { readonly type: 'unsupported'; readonly name: string }
  | { readonly type: 'preload-ran' };

/** From main to the preload's world. `args` and `result` are the codec's text. */
export type ToPage =
  | { readonly type: 'reply'; readonly id: number; readonly result: string }
  | { readonly type: 'refusal'; readonly id: number; readonly message: string }
  | { readonly type: 'event'; readonly channel: string; readonly args: string };

/** What the preload's world is given at its start. */
export interface PreloadConfig {
  /** Name of the events between the two worlds, which the page can't guess. */
  readonly secret: string;
  readonly platform: string;
  readonly arch: string;
  readonly preloadFile: string;
}

/** A key press as `before-input-event` tells it. */
export interface KeyInput {
  readonly type: 'keyDown' | 'keyUp';
  readonly key: string;
  readonly code: string;
  readonly isAutoRepeat: boolean;
  readonly shift: boolean;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

/** The longest message either way: bulk data has no business in a page, and CDP would choke on it. */
export const MAX_MESSAGE_LENGTH = 16 * 1024 * 1024;
