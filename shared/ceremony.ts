import type { PasswordRating } from './export-state.ts';
import type { PersonRole } from './record.ts';

/** The steps of a key ceremony, in order. Source: docs/ceremony.md, "In the app". */
export const CEREMONY_STEPS = ['people', 'randomness', 'key', 'files', 'shares', 'agree'] as const;

/** One of them. */
export type CeremonyStep = (typeof CEREMONY_STEPS)[number];

/** The parts that a person can have in a ceremony. */
export const CEREMONY_ROLES = [
  'operator',
  'witness',
  'ceremony-lead',
  'custodian',
] as const satisfies readonly PersonRole[];

/** One person's part. */
export type CeremonyRole = (typeof CEREMONY_ROLES)[number];

/** The most people of a ceremony. */
export const MAX_CEREMONY_PEOPLE = 30;

/** The most custodians of one set of shares. */
export const MAX_CUSTODIANS = 16;

/** How many rolls of a die are taken, and how many fill the 256 bits that they can carry. */
export const DICE_ROLLS = { least: 50, full: 100, most: 1000 } as const;

/** What shares can be made of. */
export const SHARED_THINGS = ['password', 'file'] as const;

/** One of them: the password of the private key file, or that file itself. */
export type SharedThing = (typeof SHARED_THINGS)[number];

/** One person who is there. */
export interface CeremonyPerson {
  readonly name: string;
  readonly role: CeremonyRole;
}

/** What may be said of rolls of a die: how many and how good, never which. */
export interface CeremonyDice {
  readonly count: number;
  /** Whole bits, if the die is fair. */
  readonly entropyBits: number;
  /** As uneven as a fair die is once in a thousand times. */
  readonly isUneven: boolean;
}

/** The key that was made: its public half. */
export interface CeremonyKey {
  readonly bits: number;
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex. */
  readonly fingerprintHex: string;
  /** The same in 32 words. */
  readonly fingerprintWords: readonly string[];
  /** Witnesses who compared it, in the order they did. */
  readonly confirmedBy: readonly string[];
}

/** One file that was written. */
export interface CeremonyFile {
  /** Path, for people. */
  readonly file: string;
  readonly bytes: number;
  /** Lower-case hex; null where the file holds a private key or a share. */
  readonly sha256Hex: string | null;
}

/** A public key file, and who takes it. */
export interface CeremonyPublicKeyFile extends CeremonyFile {
  readonly form: 'der' | 'hex' | 'base64';
  /** Products, by name. */
  readonly products: readonly string[];
}

/** The files of the pair, written, read back and tried. */
export interface CeremonyFiles {
  readonly privateKey: CeremonyFile;
  readonly publicKeys: readonly CeremonyPublicKeyFile[];
  /** False where the password was typed in another form than Unicode's composed one. */
  readonly passwordIsNfc: boolean;
}

/** How a secret is to be split: one share for each custodian. */
export interface CeremonySplit {
  readonly what: SharedThing;
  readonly needed: number;
  readonly custodians: readonly string[];
}

/** Shares that were made, each on a page. */
export interface CeremonyShares extends CeremonySplit {
  /** The name of the set, as it stands on each page. */
  readonly set: string;
  readonly pages: readonly CeremonyFile[];
  /** The shares that were combined again and gave what was split; null before. */
  readonly combined: readonly number[] | null;
  /** True once some of them could not be combined, or read: then the secret may be split anew. */
  readonly failed: boolean;
}

/** What each step has. */
type CeremonyPlace =
  | { readonly step: 'people' }
  | { readonly step: 'randomness'; readonly typed: CeremonyDice | null }
  | {
      readonly step: 'key';
      /** Null where the system's randomness is used alone. */
      readonly dice: CeremonyDice | null;
      readonly key: CeremonyKey | null;
      readonly making: boolean;
    }
  | {
      readonly step: 'files';
      readonly key: CeremonyKey;
      /** Path of the chosen folder, for people. */
      readonly folder: string | null;
      readonly rating: PasswordRating | null;
      readonly working: 'sealing' | 'testing' | null;
    }
  | {
      readonly step: 'shares';
      readonly key: CeremonyKey;
      readonly files: CeremonyFiles;
      readonly folder: string | null;
      readonly shares: CeremonyShares | null;
      /** Sets that were given up for a newer one; their files stay, and are to be destroyed. */
      readonly givenUp: readonly CeremonyShares[];
      readonly working: 'splitting' | 'combining' | null;
    }
  | {
      readonly step: 'agree';
      readonly key: CeremonyKey;
      readonly files: CeremonyFiles;
      readonly shares: CeremonyShares | null;
      readonly givenUp: readonly CeremonyShares[];
      /** Who agreed, in the order they did. */
      readonly agreed: readonly string[];
    };

/** A ceremony as anyone may see it: no roll, no private key, no password, no share. */
export type CeremonyView = { readonly people: readonly CeremonyPerson[] } & CeremonyPlace;

/** The ceremony at one step. */
export type CeremonyAt<Step extends CeremonyStep> = Extract<CeremonyView, { readonly step: Step }>;

/** Whether the app works by itself, so that nobody has to touch anything. */
export function isCeremonyWorking(view: CeremonyView): boolean {
  return (view.step === 'key' && view.making) || ('working' in view && view.working !== null);
}

/** Whether a step back is possible: not from work under way, nor once the files are there, which stay. */
export function canStepBack(view: CeremonyView): boolean {
  return view.step !== 'shares' && view.step !== 'agree' && !isCeremonyWorking(view);
}

/** Whether shares may be made: there are none yet, or those that are there could not be combined. */
export function canSplit({ shares }: CeremonyAt<'shares'>): boolean {
  return shares === null || shares.failed;
}

/** The first witness who has not compared the fingerprint yet; undefined when all have. */
export function nextWitness(people: readonly CeremonyPerson[], key: CeremonyKey): string | undefined {
  return people.find(({ name, role }) => role === 'witness' && !key.confirmedBy.includes(name))?.name;
}

/** The first person who has not agreed yet; undefined when all have. */
export function nextToAgree({ people, agreed }: CeremonyAt<'agree'>): string | undefined {
  return people.find(({ name }) => !agreed.includes(name))?.name;
}
