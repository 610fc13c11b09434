import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';

import { Output } from '../../../electron/cli/output.ts';
import { promptPassword } from '../../../electron/cli/prompt.ts';
import { printable, printableJson } from '../../../electron/cli/text/printable.ts';
import type { Terminal } from '../../../electron/cli/terminal.ts';

/** Clears a screen, turns a line round, starts a line, and says all of it in the ways that Unicode has for it. */
const HOSTILE = 'a\u001b[2J\u202e\n\r\u009b2J\u2028\u2029\u200b\u{e0041}b';
const SHOWN = 'a?[2J????2J????b';

/** A stream that keeps what is written, as a terminal or not. */
function kept(isTTY: boolean): {
  readonly stream: Writable & { isTTY: boolean };
  readonly text: () => string;
} {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done): void {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), text: () => chunks.join('') };
}

function outputOf(
  json: boolean,
  isTTY = false,
): { output: Output; stdout: () => string; stderr: () => string } {
  const [stdout, stderr] = [kept(isTTY), kept(isTTY)];
  const terminal: Terminal = { stdin: process.stdin, stdout: stdout.stream, stderr: stderr.stream };
  return { output: new Output(terminal, json), stdout: stdout.text, stderr: stderr.text };
}

describe('what goes to a terminal', () => {
  it('printable: control characters and what turns or breaks a line become question marks', () => {
    expect(printable(HOSTILE)).toBe(SHOWN);
    expect(printable('Zürich 鍵 🔑')).toBe('Zürich 鍵 🔑');
  });

  it('lines of a report: none breaks, none acts', () => {
    const { output, stdout } = outputOf(false);
    output.report({}, () => ['one', HOSTILE, 'two']);
    expect(stdout()).toBe(`one\n${SHOWN}\ntwo\n`);
  });

  it('a note and the progress', () => {
    const { output, stderr } = outputOf(false, true);
    output.progress(HOSTILE);
    output.note(HOSTILE);
    expect(stderr()).toBe(`\r${SHOWN}\r${' '.repeat(SHOWN.length)}\r${SHOWN}\n`);
  });

  it('the question for a password', async () => {
    const { stream, text } = kept(true);
    const stdin = Object.assign(new (await import('node:stream')).PassThrough(), {
      isTTY: true,
      setRawMode: () => stdin as never,
    });
    stdin.end('x\r');
    const terminal: Terminal = { stdin, stdout: stream, stderr: stream };
    (await promptPassword(terminal, `Password of ${HOSTILE}: `)).wipe();
    expect(text()).toBe(`Password of ${SHOWN}: \n`);
  });

  it('JSON: the same value, on one line, in characters that a terminal shows', () => {
    const object = { [HOSTILE]: [HOSTILE, 1, null], plain: 'Zürich 鍵 🔑' };
    const { output, stdout } = outputOf(true);
    output.report(object, () => []);
    expect(stdout()).toBe(`${printableJson(object)}\n`);
    expect(stdout().slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(stdout()).toContain('Zürich 鍵 🔑');
    expect(JSON.parse(stdout())).toEqual(object);
  });
});
