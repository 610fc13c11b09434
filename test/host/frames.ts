import { sealed } from './sealed.ts';
import { originOf, toElectron } from './schemes.ts';

/** `WebFrameMain`, as far as it goes here. */
export interface Frame {
  readonly url: string;
  readonly origin: string;
  readonly parent: Frame | null;
  readonly top: Frame;
  readonly processId: number;
  readonly routingId: number;
  readonly frameTreeNodeId: number;
  readonly detached: boolean;
}

/** The frames of one page. Each has one object as long as it lives, as in Electron. */
export class Frames {
  readonly mainFrameId: string;
  private readonly urls = new Map<string, string>();
  private readonly parents = new Map<string, string>();
  private readonly facades = new Map<string, Frame>();

  constructor(mainFrameId: string) {
    this.mainFrameId = mainFrameId;
  }

  /** Notes where a frame is in the tree. */
  attached(frameId: string, parentId: string | undefined): void {
    if (parentId !== undefined) this.parents.set(frameId, parentId);
  }

  /** Notes what a frame shows: the URL as Chromium has it. */
  navigated(frameId: string, chromiumUrl: string): void {
    this.urls.set(frameId, chromiumUrl);
  }

  /** What a frame shows, as Electron has it. */
  urlOf(frameId: string): string {
    return toElectron(this.urls.get(frameId) ?? '');
  }

  /** The object that the app gets. */
  frame(frameId: string): Frame {
    const known = this.facades.get(frameId);
    if (known !== undefined) return known;
    const number = this.facades.size + 1;
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- getters have a `this` of their own
    const frames = this;
    const facade: Frame = sealed('frame', {
      get url() {
        return frames.urlOf(frameId);
      },
      get origin() {
        return originOf(frames.urls.get(frameId) ?? '');
      },
      get parent() {
        if (frameId === frames.mainFrameId) return null;
        return frames.frame(frames.parents.get(frameId) ?? frames.mainFrameId);
      },
      get top() {
        return frames.frame(frames.mainFrameId);
      },
      processId: 1,
      routingId: number,
      frameTreeNodeId: number,
      detached: false,
    });
    this.facades.set(frameId, facade);
    return facade;
  }
}
