import { pageUrl, SCHEME } from './scheme.ts';
import type { PageFile, PageFiles } from './page-files.ts';

/** One window that is never shown, as far as it is used here. */
export interface PrintFrame {
  readonly load: (url: string) => Promise<void>;
  /** @returns PDF */
  readonly print: () => Promise<Uint8Array>;
  readonly destroy: () => void;
}

const STYLE = /<style>([^]*?)<\/style>/;
const POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/;

/**
 * Prints self-contained pages to PDF, one at a time, in a window of its own that is never shown: without preload,
 * without script, in a session that reaches nothing but the page in memory.
 */
export class Printer {
  readonly #open: () => PrintFrame;
  readonly #files = new Map<string, PageFile>();
  #turn: Promise<unknown> = Promise.resolve();

  /** @param open opens the window */
  constructor(open: () => PrintFrame) {
    this.#open = open;
  }

  /** What the window's session serves: the page that is being printed, and nothing at other times. */
  get files(): PageFiles {
    return this.#files;
  }

  /** Prints a page. @returns PDF */
  readonly print = (html: string): Promise<Uint8Array> => {
    const printed = this.#turn.then(() => this.#printNow(html));
    this.#turn = printed.catch(() => undefined);
    return printed;
  };

  async #printNow(html: string): Promise<Uint8Array> {
    // Our windows let no style in that stands in a page: it is served beside it.
    const [, style = ''] = STYLE.exec(html) ?? [];
    const page = html.replace(POLICY, '').replace(STYLE, '<link rel="stylesheet" href="page.css">');
    this.#files.set(pageUrl('print'), fileOf('text/html; charset=utf-8', page));
    this.#files.set(`${SCHEME}://print/page.css`, fileOf('text/css; charset=utf-8', style));
    const frame = this.#open();
    try {
      await frame.load(pageUrl('print'));
      return new Uint8Array(await frame.print());
    } finally {
      frame.destroy();
      this.#files.clear();
    }
  }
}

function fileOf(type: string, text: string): PageFile {
  return { type, bytes: new TextEncoder().encode(text) };
}
