import type { HsmKeyView, HsmToken } from '../../../shared/hsm.ts';
import { selectToken, type TokenWish } from '../../hsm/select.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { requireHsmOptions, TOKEN_OPTIONS, type HsmChoice } from '../hsm-options.ts';
import { hsmClient, unlockToken } from '../open-hsm.ts';
import { describeToken } from '../text/token.ts';

/** `hsm list`: which tokens a module has, and which RSA keys they show. */
export const HSM_LIST: Command = {
  name: 'hsm list',
  summary: 'show the tokens of an HSM and their RSA keys',
  usage: '--pkcs11-module FILE [--token LABEL --login] [options]',
  options: {
    ...TOKEN_OPTIONS,
    login: { help: 'log in, for the keys that a token shows only then; so does giving a PIN' },
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  run: list,
};

async function list(context: CommandContext): Promise<ExitCode> {
  const { options, output } = context;
  const choice = requireHsmOptions(options);
  const login =
    ['login', 'pin-file', 'pin-stdin'].some((name) => options.has(name)) || choice.pinFile !== undefined;
  const client = hsmClient(choice, context);
  const all = await client.tokens(choice.module);
  const tokens = login || isSaid(choice.token) ? [selectToken(all, choice.token)] : all;
  for (const token of tokens) report(token, await keysOf(token), login, choice, context);
  if (tokens.length === 0 && !output.json) output.note('There is no token at this module.');
  await client.close();
  return 0;

  async function keysOf(token: HsmToken): Promise<readonly HsmKeyView[]> {
    if (login) return (await unlockToken(client, token, choice, context)).keys;
    return token.initialized ? (await client.unlock(choice.module, token, undefined)).keys : [];
  }
}

function isSaid(wish: TokenWish): boolean {
  return Object.values(wish).some((value) => value !== undefined);
}

function report(
  token: HsmToken,
  keys: readonly HsmKeyView[],
  loggedIn: boolean,
  { module }: HsmChoice,
  { output }: CommandContext,
): void {
  const { slotIdHex, ...facts } = token;
  const line = {
    command: HSM_LIST.name,
    module: module.file,
    // As text: a number of 64 bits is not kept by every reader of JSON.
    slotId: BigInt(`0x${slotIdHex}`).toString(),
    ...facts,
    loggedIn,
    keys,
  };
  output.report(line, () => describeToken(line));
}
