import { RecoveryError } from '../../shared/recovery-error.ts';
import { equalBytes } from '../engine/bytes/compare.ts';
import { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { checkNewPassword } from '../engine/password/new-password.ts';
import { readCapped } from '../files/read-capped.ts';
import type { OptionTable, ParsedOptions } from './options.ts';
import { promptPassword } from './prompt.ts';
import type { Terminal } from './terminal.ts';

/** How a password can be given; there is no way to give one on the command line. */
export const PASSWORD_OPTIONS: OptionTable = {
  'password-file': { value: 'FILE', help: 'read the password from the first line of a file' },
  'password-stdin': { help: 'read the password from standard input' },
};

const MAX_PASSWORD_FILE_BYTES = 64 * 1024;

/** Gives passwords to a command: from a file or standard input where the options say so, else by asking. */
export class PasswordSource {
  readonly #options: ParsedOptions;
  readonly #terminal: Terminal;
  #fromStdin: SecretBytes | undefined;

  /** Fails with `usage.invalid` when the options name two sources. */
  constructor(options: ParsedOptions, terminal: Terminal) {
    if (options.has('password-file') && options.has('password-stdin')) {
      throw new RecoveryError('usage.invalid', {
        option: '--password-stdin',
        reason: 'with --password-file',
      });
    }
    this.#options = options;
    this.#terminal = terminal;
  }

  /**
   * The password of something that exists. The caller wipes it.
   * Fails with `password.required` where it is not given and can't be asked for.
   */
  async existing(what: string): Promise<SecretBytes> {
    const given = await this.#given('password-file');
    if (given !== undefined) return given;
    return this.#prompt(`Password of ${what}: `, new RecoveryError('password.required', { what }));
  }

  /**
   * A password for something new, asked for twice. The caller wipes it. Where a file of its own is named by the
   * option `ownFile`, it comes from there.
   * Fails with what `checkNewPassword` fails with, and with `password.unavailable` (the two differ).
   */
  async chosen(what: string, ownFile?: string): Promise<SecretBytes> {
    const given = (await this.#given(ownFile)) ?? (await this.#given('password-file'));
    if (given !== undefined) return goodEnough(given);
    const first = await promptPassword(this.#terminal, `New password for ${what}: `);
    const second = await promptPassword(this.#terminal, 'The same again: ');
    try {
      if (first.use((a) => second.use((b) => equalBytes(a, b)))) return goodEnough(first);
      first.wipe();
      throw new RecoveryError('password.unavailable', { reason: 'the two differ' });
    } finally {
      second.wipe();
    }
  }

  /**
   * The user PIN of a token. The caller wipes it.
   * Fails with `pin.required` where it is not given and can't be asked for.
   * @param token its label, for the question
   * @param remark what to know before typing it
   * @param file where a PKCS#11 URI says that it is
   */
  async pin(token: string, remark: string, file: string | undefined): Promise<SecretBytes> {
    const pinFile = file ?? this.#options.optional('pin-file');
    if (pinFile !== undefined) return firstLine(await readPasswordFile(pinFile));
    if (this.#options.has('pin-stdin')) return firstLine(await readAll(this.#terminal.stdin));
    return this.#prompt(`PIN of the token ${token}${remark}: `, new RecoveryError('pin.required', { token }));
  }

  /** Asks on the terminal; without one that is the fault to tell. */
  async #prompt(question: string, unasked: RecoveryError): Promise<SecretBytes> {
    try {
      return await promptPassword(this.#terminal, question);
    } catch (error) {
      const noTerminal = error instanceof RecoveryError && error.details['reason'] === 'no terminal';
      throw noTerminal ? unasked : error;
    }
  }

  async #given(fileOption: string | undefined): Promise<SecretBytes | undefined> {
    const file = fileOption === undefined ? undefined : this.#options.optional(fileOption);
    if (file !== undefined) return firstLine(await readPasswordFile(file));
    if (!this.#options.has('password-stdin')) return undefined;
    this.#fromStdin ??= firstLine(await readAll(this.#terminal.stdin));
    return this.#fromStdin.use((bytes) => new SecretBytes(bytes));
  }

  /** Wipes what was kept of standard input. */
  wipe(): void {
    this.#fromStdin?.wipe();
  }
}

/** Wipes a password that the rules for new files refuse. */
function goodEnough(password: SecretBytes): SecretBytes {
  try {
    checkNewPassword(password);
    return password;
  } catch (error) {
    password.wipe();
    throw error;
  }
}

/** A pipe, as a shell's `<(...)` makes one, is refused as any other file's reader refuses it, but has a way in. */
async function readPasswordFile(file: string): Promise<Uint8Array> {
  try {
    return await readCapped(file, MAX_PASSWORD_FILE_BYTES);
  } catch (error) {
    if (error instanceof RecoveryError && error.details['reason'] === 'not a regular file') {
      throw new RecoveryError('file.unreadable', { file, reason: 'password not in a regular file' });
    }
    throw error;
  }
}

/** Up to the first line break, which editors add and nobody means; nothing else is taken off. */
function firstLine(content: Uint8Array): SecretBytes {
  const lineFeed = content.indexOf(0x0a);
  const end = lineFeed < 0 ? content.length : content[lineFeed - 1] === 0x0d ? lineFeed - 1 : lineFeed;
  try {
    return new SecretBytes(content.subarray(0, end));
  } finally {
    content.fill(0);
  }
}

async function readAll(stdin: NodeJS.ReadableStream): Promise<Uint8Array> {
  const all = new Uint8Array(MAX_PASSWORD_FILE_BYTES);
  let length = 0;
  try {
    for await (const chunk of stdin as AsyncIterable<Buffer>) {
      const fits = length + chunk.length <= all.length;
      if (fits) all.set(chunk, length);
      length += chunk.length;
      chunk.fill(0);
      if (!fits) throw new RecoveryError('password.unavailable', { reason: 'too long' });
    }
  } catch (error) {
    all.fill(0);
    throw error;
  }
  return all.subarray(0, length);
}
