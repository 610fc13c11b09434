import { RecoveryError } from '../../shared/recovery-error.ts';
import { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import type { Terminal } from './terminal.ts';
import { printable } from './text/printable.ts';

const MAX_BYTES = 4096;

const CTRL_C = 0x03;
const CTRL_D = 0x04;
const BACKSPACE = 0x08;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const CTRL_U = 0x15;
const DELETE = 0x7f;

/**
 * Asks for a password on the terminal and shows nothing of it. The bytes are kept as they are typed: not trimmed, not
 * normalized, never a string.
 * Fails with `password.unavailable` when there is no terminal to ask on, or the user gives up.
 * @param terminal where to ask
 * @param question shown before the cursor
 */
export async function promptPassword(terminal: Terminal, question: string): Promise<SecretBytes> {
  const { stdin, stderr } = terminal;
  if (stdin.isTTY !== true || stdin.setRawMode === undefined) {
    throw new RecoveryError('password.unavailable', { reason: 'no terminal' });
  }
  // The echo goes before the question comes: what is typed or pasted the moment it is seen is not shown.
  stdin.setRawMode(true);
  stderr.write(printable(question));
  stdin.resume();
  try {
    return await readLine(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

function readLine(stdin: NodeJS.ReadableStream): Promise<SecretBytes> {
  const typed = new Uint8Array(MAX_BYTES);
  let length = 0;
  return new Promise<SecretBytes>((resolve, reject) => {
    /** Takes one byte; says when the line is done, or why it never will be. */
    const type = (byte: number): 'done' | 'given up' | 'too long' | undefined => {
      if (byte === CARRIAGE_RETURN || byte === LINE_FEED) return 'done';
      if (byte === CTRL_C || (byte === CTRL_D && length === 0)) return 'given up';
      if (byte === BACKSPACE || byte === DELETE) length = startOfLastCharacter(typed, length);
      else if (byte === CTRL_U) length = 0;
      else if (length === MAX_BYTES) return 'too long';
      else typed[length++] = byte;
      return undefined;
    };
    const stop = (): void => {
      stdin.removeListener('data', onData);
      stdin.removeListener('end', onEnd);
    };
    const give = (): void => {
      stop();
      resolve(new SecretBytes(typed.subarray(0, length)));
      typed.fill(0);
    };
    const giveUp = (reason: string): void => {
      stop();
      typed.fill(0);
      reject(new RecoveryError('password.unavailable', { reason }));
    };
    const onEnd = (): void => {
      giveUp('no terminal');
    };
    const onData = (chunk: Buffer): void => {
      for (const byte of chunk) {
        const end = type(byte);
        if (end === undefined) continue;
        if (end === 'done') give();
        else giveUp(end);
        break;
      }
      chunk.fill(0);
    };
    stdin.on('data', onData);
    stdin.on('end', onEnd);
  });
}

/** A character of UTF-8 is one lead byte and the continuation bytes after it. Source: RFC 3629 3. */
function startOfLastCharacter(bytes: Uint8Array, length: number): number {
  let start = length - 1;
  while (start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  return Math.max(start, 0);
}
