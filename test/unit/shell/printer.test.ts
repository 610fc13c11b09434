import { expect, it, vi } from 'vitest';

import { answerFrom } from '../../../electron/shell/page-files.ts';
import { Printer, type PrintFrame } from '../../../electron/shell/printer.ts';

const PAGE = 'app://print/index.html';
const STYLE = 'app://print/page.css';
const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
const html = (text: string): string =>
  `<!doctype html><head>${POLICY}<style>p { color: red }</style></head><p>${text}</p>`;

/** A printer whose windows print what is served to them, once `load` lets them. */
function printing(load: () => Promise<void> = () => Promise.resolve()) {
  const served = (url: string): Promise<string> => answerFrom(printer.files, { url, method: 'GET' }).text();
  const destroy = vi.fn();
  const open = vi.fn((): PrintFrame => ({
    load,
    print: async () => new TextEncoder().encode(`${await served(PAGE)}|${await served(STYLE)}`),
    destroy,
  }));
  const printer = new Printer(open);
  return { printer, open, destroy };
}

const textOf = async (pdf: Promise<Uint8Array>): Promise<string> => new TextDecoder().decode(await pdf);

it('serves the page with its style beside it, as the window takes none in the page', async () => {
  const { printer, destroy } = printing();
  const [page, style] = (await textOf(printer.print(html('Ada')))).split('|');
  expect(page).toBe('<!doctype html><head><link rel="stylesheet" href="page.css"></head><p>Ada</p>');
  expect(style).toBe('p { color: red }');
  expect(destroy).toHaveBeenCalledTimes(1);
});

it('serves nothing before and after, and nothing else meanwhile', async () => {
  let seen: readonly string[] = [];
  const { printer } = printing(() => {
    seen = [...printer.files.keys()];
    return Promise.resolve();
  });
  expect(printer.files.size).toBe(0);
  await printer.print(html('Ada'));
  expect(seen).toEqual([PAGE, STYLE]);
  expect(printer.files.size).toBe(0);
});

it('prints one page after the other, each in a window of its own', async () => {
  const { printer, open } = printing();
  const first = printer.print(html('Ada'));
  const second = printer.print(html('Grace'));
  expect([await textOf(first), await textOf(second)]).toEqual([
    expect.stringContaining('Ada'),
    expect.stringContaining('Grace'),
  ]);
  expect(open).toHaveBeenCalledTimes(2);
});

it('destroys a window that fails, serves nothing more of it, and prints the next page', async () => {
  const load = vi.fn(() => Promise.resolve()).mockRejectedValueOnce(new Error('ERR_FAILED'));
  const { printer, destroy } = printing(load);
  const first = printer.print(html('Ada'));
  const second = printer.print(html('Grace'));
  await expect(first).rejects.toThrow('ERR_FAILED');
  expect(await textOf(second)).toContain('Grace');
  expect(destroy).toHaveBeenCalledTimes(2);
  expect(printer.files.size).toBe(0);
});
