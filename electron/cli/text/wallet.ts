import type { CheckName, CheckOutcome } from '../../../shared/checks.ts';
import type { NamedAddress } from '../../engine/address/addresses.ts';
import type { RecoveredWallet } from '../../session/recover-wallet.ts';
import type { RecoveredLine } from '../recovered-line.ts';
import type { CheckLine, VerdictWord, WalletLine } from '../wallet-line.ts';
import { CHECK_NAMES, OUTCOME_WORDS } from './checks.ts';
import { describeKeySource } from './token.ts';
import { warningSentence } from './warnings.ts';

const VERDICTS: Readonly<Record<VerdictWord, string>> = {
  valid: 'VALID',
  invalid: 'NOT VALID',
  unverifiable: 'CANNOT BE VERIFIED',
  unsupported: 'NOT SUPPORTED',
  error: 'ERROR',
};

/** A wallet in words: which it is, what its files say, every check, and the verdict. */
export function describeWallet(line: WalletLine): readonly string[] {
  return [
    `Wallet ${line.keyId ?? '(key id unknown)'}`,
    ...describeIdentity(line),
    ...describeChecks(line.checks),
    `  ${VERDICTS[line.verdict]}: ${line.message}`,
    ...line.warnings.map((warning) => `  Warning: ${warningSentence(warning)}`),
  ];
}

/** A recovered wallet in words; its private keys only where the line carries them. */
export function describeRecovered(line: RecoveredLine, { addresses }: RecoveredWallet): readonly string[] {
  return [
    ...describeWallet(line),
    `  RECOVERED: the master key was rebuilt and equals its public key. The wallet's key is at ${line.path}.`,
    ...(line.keySource.kind === 'file' ? [] : [row('opened by', describeKeySource(line.keySource))]),
    row('public key', line.walletPublicKeyHex),
    ...describeAddresses(addresses),
    ...describeExpectation(line),
    ...(line.outputFile === undefined ? [] : [row('written to', line.outputFile)]),
    ...(line.privateKeyHex === undefined
      ? []
      : [
          row('private key', line.privateKeyHex),
          row('master key', line.masterPrivateKeyHex ?? ''),
          row('chain code', line.masterChainCodeHex ?? 'none in this backup'),
        ]),
  ];
}

/** One address a line, the chain's name before it. */
export function describeAddresses(addresses: readonly NamedAddress[]): readonly string[] {
  const names = addresses.map(({ chain, format }) => `${chain} (${format})`);
  const width = Math.max(...names.map(({ length }) => length), 0);
  return addresses.map(({ address }, i) => `  ${(names[i] ?? '').padEnd(width)}  ${address}`);
}

function describeIdentity(line: WalletLine): readonly string[] {
  const files = line.files.length === 0 ? [] : [row('files', line.files.join(', '))];
  if (line.players === null || line.threshold === null) return files;
  const quorum = `${line.threshold + 1} of ${line.players} players, ${line.sharing ?? ''}`;
  return [
    row('key', `${line.keyAlgorithm ?? line.curve ?? ''}, ${quorum}, ERS version ${line.ersVersion ?? ''}`),
    ...(line.quorumId === null ? [] : [row('quorum id', line.quorumId)]),
    ...files,
  ];
}

/** Checks of one name and outcome share a line, so that a good backup takes few. */
function describeChecks(checks: readonly CheckLine[]): readonly string[] {
  const groups = new Map<string, { check: CheckName; outcome: CheckOutcome; where: Set<string> }>();
  for (const { check, outcome, player, index } of checks) {
    const name = `${check}:${outcome}`;
    const group = groups.get(name) ?? { check, outcome, where: new Set() };
    if (player !== null) group.where.add(`${player}${index === undefined ? '' : ` at index ${index}`}`);
    groups.set(name, group);
  }
  return [...groups.values()].map(({ check, outcome, where }) => {
    const players = where.size === 0 ? '' : ` (player ${[...where].join(', ')})`;
    return `  ${OUTCOME_WORDS[outcome].padEnd(12)}${CHECK_NAMES[check]}${players}`;
  });
}

function describeExpectation(line: RecoveredLine): readonly string[] {
  if (line.expectedAddress === undefined) return [];
  if (line.expectedAddress === null) return [row('expected', 'no address in the register')];
  const word = line.addressMatches === true ? 'matches' : 'DOES NOT MATCH';
  return [row('expected', `${line.expectedAddress} ${word}`)];
}

function row(name: string, value: string): string {
  return `  ${name.padEnd(12)}${value}`;
}
