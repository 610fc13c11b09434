import type { CurveName } from '../../shared/curve-name.ts';
import type { ErrorCode } from '../../shared/error-codes.ts';
import type { KeyId } from '../../shared/ids.ts';
import { curveOfAlgorithm } from '../../shared/key-algorithm.ts';
import type { ErrorDetails, Fault } from '../../shared/recovery-error.ts';
import type { RegisterFinding, RegisterRow } from '../../shared/register.ts';
import type { NamedAddress } from '../engine/address/addresses.ts';
import { findAddress } from '../engine/address/same-address.ts';
import { registerWarnings } from './environments.ts';
import type { Register } from './register.ts';

/** What the files of one wallet say without any secret, or why they say nothing. */
export interface WalletFacts {
  readonly keyId: KeyId | undefined;
  readonly files: readonly string[];
  /** Name of the bucket that the files lie in; undefined where it can't be told. */
  readonly bucket: string | undefined;
  readonly said:
    | {
        readonly curve: CurveName;
        /** Of the wallet's public key that the kit states; undefined where it states none. */
        readonly addresses: readonly NamedAddress[] | undefined;
      }
    | { readonly fault: Fault };
}

/**
 * Says what a register and a bucket's files don't agree on: rows without files, files without a row, files that can't be
 * used, another algorithm, addresses that can't be the wallet's, another bucket; and what the register should have said.
 * Source: docs/bucket.md, "Register and bucket".
 * @returns faults and warnings in the order of the wallets, then of the rows without files
 */
export function compareRegister(
  register: Register,
  wallets: Iterable<WalletFacts>,
): readonly RegisterFinding[] {
  const findings: RegisterFinding[] = [];
  const met = new Set<KeyId>();
  for (const facts of wallets) {
    if (facts.keyId !== undefined) met.add(facts.keyId);
    const row = facts.keyId === undefined ? undefined : register.get(facts.keyId);
    findings.push(...compareWallet(facts, row));
  }
  const missing = [...register.values()].filter(({ keyId }) => !met.has(keyId));
  return [
    ...findings,
    ...missing.map(({ keyId }) => faultOf({ keyId, files: [] }, 'register.files-missing', { keyId })),
    ...registerWarnings(register).map((warning): RegisterFinding => ({
      keyId: null,
      files: [],
      found: { kind: 'warning', warning },
    })),
  ];
}

type Where = Pick<WalletFacts, 'keyId' | 'files'>;

function compareWallet(facts: WalletFacts, row: RegisterRow | undefined): readonly RegisterFinding[] {
  const { said, bucket } = facts;
  const findings: RegisterFinding[] = [];
  if ('fault' in said) findings.push(faultOf(facts, said.fault.code, said.fault.details));
  if (row === undefined) {
    const details: ErrorDetails = facts.keyId === undefined ? {} : { keyId: facts.keyId };
    return [...findings, faultOf(facts, 'register.not-listed', details)];
  }
  if (row.bucket !== '' && bucket !== undefined && row.bucket !== bucket) {
    const details = { keyId: row.keyId, expected: row.bucket, found: bucket };
    findings.push(faultOf(facts, 'register.other-bucket', details));
  }
  if ('curve' in said) {
    if (curveOfAlgorithm(row.keyAlgorithm) !== said.curve) {
      const details = { stated: row.keyAlgorithm, curve: said.curve };
      findings.push(faultOf(facts, 'kit.key-algorithm-mismatch', details));
    } else findings.push(...compareAddresses(facts, row, said.addresses));
  }
  if (row.addresses.length === 0) {
    const warning = { code: 'register.no-address', details: {} } as const;
    findings.push({ keyId: row.keyId, files: facts.files, found: { kind: 'warning', warning } });
  }
  return findings;
}

/** Recovery is content when one address fits; here each has to, since a wrong one is a mistake of the register's. */
function compareAddresses(
  where: Where,
  row: RegisterRow,
  addresses: readonly NamedAddress[] | undefined,
): readonly RegisterFinding[] {
  if (addresses === undefined) return [];
  return row.addresses
    .filter((expected) => findAddress(addresses, expected) === undefined)
    .map((expected) => faultOf(where, 'address.mismatch', { expected }));
}

function faultOf({ keyId, files }: Where, code: ErrorCode, details: ErrorDetails): RegisterFinding {
  return { keyId: keyId ?? null, files, found: { kind: 'fault', fault: { code, details } } };
}
