import type { ExportFormat } from '../../shared/export-format.ts';
import type { KeySource } from '../../shared/key-source.ts';
import { toHex } from '../engine/bytes/hex.ts';
import { formatPath } from '../engine/derive/path.ts';
import type { RecoveredWallet } from '../session/recover-wallet.ts';
import { verdictLine, type WalletIdentity, type WalletLine } from './wallet-line.ts';

/** One recovered wallet, as a command reports it. README.md lists the fields. */
export interface RecoveredLine extends WalletLine, Partial<RevealedKeys> {
  readonly recovered: true;
  readonly path: string;
  /** Where the recovery key was, and how it decrypted. */
  readonly keySource: KeySource;
  /** SEC 1 compressed, or RFC 8032. */
  readonly walletPublicKeyHex: string;
  readonly addresses: Readonly<Record<string, string>>;
  /** There where a register was given; null where its row has no address. */
  readonly expectedAddress?: string | null;
  readonly addressMatches?: boolean | null;
  readonly outputFile?: string;
  readonly outputFormat?: ExportFormat;
}

/** Private keys in hex: the wallet's, and what it was derived from. */
interface RevealedKeys {
  readonly privateKeyHex: string;
  readonly masterPrivateKeyHex: string;
  readonly masterChainCodeHex: string | null;
}

/**
 * The line of a recovered wallet, without any secret.
 * @param expectedAddress null where the register has none for it, undefined where nothing was expected
 */
export function recoveredLine(
  command: string,
  identity: WalletIdentity,
  wallet: RecoveredWallet,
  expectedAddress: string | null | undefined,
): RecoveredLine {
  const { key, report, addresses, matchingAddress, warnings, keySource } = wallet;
  return {
    ...verdictLine(command, identity, report.verdict, [report]),
    recovered: true,
    path: formatPath(key.path),
    keySource,
    walletPublicKeyHex: toHex(key.curve.encodeCompressed(key.publicKey)),
    addresses: Object.fromEntries(addresses.map(({ name, address }) => [name, address])),
    warnings: [
      ...identity.warnings,
      ...warnings,
      ...(expectedAddress === null ? [{ code: 'register.no-address', details: {} } as const] : []),
    ],
    ...(expectedAddress === undefined
      ? {}
      : {
          expectedAddress,
          addressMatches: expectedAddress === null ? null : matchingAddress !== undefined,
        }),
  };
}

/** The one place where recovered keys become text: only for a user who asked to see them. */
export function revealedKeys({ key, master }: RecoveredWallet): RevealedKeys {
  return {
    privateKeyHex: key.privateKey.use(toHex),
    masterPrivateKeyHex: master.privateKey.use(toHex),
    masterChainCodeHex: master.chainCode?.use(toHex) ?? null,
  };
}
