import { toBase64 } from '../bytes/base64.ts';
import { toHex } from '../bytes/hex.ts';

/** How a public key can be written for a platform: binary DER, its hex text, its base64 text on one line. */
export const PUBLIC_KEY_FORMS = ['der', 'hex', 'base64'] as const;

/** One of `PUBLIC_KEY_FORMS`. */
export type PublicKeyForm = (typeof PUBLIC_KEY_FORMS)[number];

/** The products that a recovery public key is given to. */
export const PUBLIC_KEY_PRODUCTS = ['palisade', 'institutional-vault'] as const;

/** One of `PUBLIC_KEY_PRODUCTS`. */
export type PublicKeyProduct = (typeof PUBLIC_KEY_PRODUCTS)[number];

/** What each product takes. Source: docs/key-files.md, "RSA key pair". */
export const PRODUCT_NEEDS: Readonly<Record<PublicKeyProduct, ProductNeeds>> = {
  palisade: { name: 'Palisade', forms: ['der', 'hex'], minimumBits: 4096, recommendedBits: 4096 },
  'institutional-vault': {
    name: 'Institutional Vault (ers_public_key)',
    forms: ['base64'],
    minimumBits: 2048,
    recommendedBits: 3072,
  },
};

interface ProductNeeds {
  readonly name: string;
  readonly forms: readonly PublicKeyForm[];
  readonly minimumBits: number;
  readonly recommendedBits: number;
}

/** The end of the name of a file in each form. */
export const FORM_EXTENSIONS: Readonly<Record<PublicKeyForm, string>> = {
  der: 'der',
  hex: 'hex',
  base64: 'b64',
};

/**
 * Writes a public key in one form: for RSA-4096 550 bytes of DER, 1100 characters of hex, or 736 of base64, without a
 * line break at the end, since platforms count characters. Source: docs/key-files.md.
 * @param spkiDer SubjectPublicKeyInfo
 */
export function writePublicKey(spkiDer: Uint8Array, form: PublicKeyForm): Uint8Array {
  switch (form) {
    case 'der':
      return spkiDer;
    case 'hex':
      return new TextEncoder().encode(toHex(spkiDer));
    case 'base64':
      return new TextEncoder().encode(toBase64(spkiDer));
  }
}

/** The products that take a key of a size in a form, by their names. */
export function productsTaking(form: PublicKeyForm, bits: number): readonly string[] {
  return Object.values(PRODUCT_NEEDS)
    .filter(({ forms, minimumBits }) => forms.includes(form) && bits >= minimumBits)
    .map(({ name }) => name);
}
