import type { CurveName } from './curve-name.ts';

/** One way to write a recovered key. docs/export.md says who reads each. */
interface FormatFacts {
  /** Whether whoever has the file has the key. */
  readonly clear: boolean;
  /** The wallet's key at its path, or the master key with its chain code. */
  readonly writes: 'wallet' | 'master';
  /** The curves whose keys can be written so. */
  readonly curves: readonly CurveName[];
  /** What the name of the file ends with. */
  readonly extension: string;
}

const SECP256K1: readonly CurveName[] = ['secp256k1'];
const WEIERSTRASS: readonly CurveName[] = ['secp256k1', 'P-224', 'P-256', 'P-384', 'P-521'];
const EDWARDS: readonly CurveName[] = ['ED-25519', 'ED-448'];
const ALL: readonly CurveName[] = [...WEIERSTRASS, ...EDWARDS];

/** Every format, the default first, the clear ones last. */
export const EXPORT_FORMATS = {
  pke1: { clear: false, writes: 'wallet', curves: ALL, extension: '.pke1' },
  'keystore-v3': { clear: false, writes: 'wallet', curves: SECP256K1, extension: '.keystore.json' },
  'pkcs8-scrypt': { clear: false, writes: 'wallet', curves: WEIERSTRASS, extension: '.p8.pem' },
  'pkcs8-pbkdf2': { clear: false, writes: 'wallet', curves: WEIERSTRASS, extension: '.p8.pem' },
  age: { clear: false, writes: 'wallet', curves: ALL, extension: '.age' },
  'sec1-pem': { clear: true, writes: 'wallet', curves: WEIERSTRASS, extension: '.ec.pem' },
  hex: { clear: true, writes: 'wallet', curves: WEIERSTRASS, extension: '.hex' },
  base64: { clear: true, writes: 'wallet', curves: WEIERSTRASS, extension: '.b64' },
  wif: { clear: true, writes: 'wallet', curves: SECP256K1, extension: '.wif' },
  'wif-testnet': { clear: true, writes: 'wallet', curves: SECP256K1, extension: '.testnet.wif' },
  xprv: { clear: true, writes: 'master', curves: SECP256K1, extension: '.xprv' },
  'edwards-scalar': { clear: true, writes: 'wallet', curves: EDWARDS, extension: '.scalar.txt' },
  'ed25519-expanded': { clear: true, writes: 'wallet', curves: ['ED-25519'], extension: '.expanded.txt' },
} as const satisfies Record<string, FormatFacts>;

/** The name of a format. */
export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** All formats, the default first. */
export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as readonly ExportFormat[];

/** Whether a file of this format is the key itself, with no password before it. */
export function isClearFormat(format: ExportFormat): boolean {
  return EXPORT_FORMATS[format].clear;
}

/**
 * The formats in which a key can be written.
 * @param curve of the key
 * @param hasChainCode whether the backup gave one, without which there is no extended key
 */
export function formatsFor(curve: CurveName, hasChainCode: boolean): readonly ExportFormat[] {
  return EXPORT_FORMAT_NAMES.filter((name) => {
    const { curves, writes }: FormatFacts = EXPORT_FORMATS[name];
    return curves.includes(curve) && (writes === 'wallet' || hasChainCode);
  });
}
