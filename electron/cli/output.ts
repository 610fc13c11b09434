import type { Terminal } from './terminal.ts';
import { printable, printableJson } from './text/printable.ts';

/**
 * Where a command's findings go: JSON lines for machines, or words for people. All of it passes here, and nothing in
 * it that a terminal would act on.
 */
export class Output {
  readonly #terminal: Terminal;
  readonly json: boolean;
  readonly #progressShown: boolean;
  #progressWidth = 0;

  constructor(terminal: Terminal, json: boolean) {
    this.#terminal = terminal;
    this.json = json;
    this.#progressShown = terminal.stderr.isTTY === true;
  }

  /**
   * Reports one finding: as one JSON object on a line of its own, or as lines of text.
   * @param object what machines get
   * @param text what people get, a line each
   */
  report(object: object, text: () => readonly string[]): void {
    this.clearProgress();
    const lines = this.json ? [printableJson(object)] : text().map(printable);
    this.#terminal.stdout.write(`${lines.join('\n')}\n`);
  }

  /** Says something to people only, beside the findings. */
  note(text: string): void {
    this.clearProgress();
    this.#terminal.stderr.write(`${printable(text)}\n`);
  }

  /** Shows what is being done, where somebody is there to see it. */
  progress(text: string): void {
    if (!this.#progressShown) return;
    const line = printable(text);
    this.#terminal.stderr.write(`\r${line.padEnd(this.#progressWidth)}`);
    this.#progressWidth = line.length;
  }

  /** Takes the progress off the screen again. */
  clearProgress(): void {
    if (this.#progressWidth === 0) return;
    this.#terminal.stderr.write(`\r${' '.repeat(this.#progressWidth)}\r`);
    this.#progressWidth = 0;
  }
}
