/** What a file that is no kit may be, by how it starts. */
/* eslint-disable no-control-regex -- the magic numbers of binary files are control characters */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/^-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key in PEM'],
  [/^-----BEGIN [A-Z ]*PUBLIC KEY-----/, 'a public key in PEM'],
  [/^-----BEGIN CERTIFICATE-----/, 'a certificate'],
  [/^PKE1/, 'a PKE1-encrypted private key'],
  [/^key_id,/i, 'a register of wallets'],
  [/^<\?xml[\s\S]*<Error>/, 'an error message of the bucket, saved in place of the file'],
  [/^<(?:!doctype|html)/i, 'a web page'],
  [/^<\?xml/, 'XML'],
  [/^PK\u0003\u0004/, 'a zip archive: unpack it first'],
  [/^\u001f\u008b/, 'a gzip archive: unpack it first'],
  [/^%PDF/, 'a PDF'],
  [/^0\u0082/, 'a key in binary DER'],
  [/^3082[0-9a-f]{4,}\s*$/i, 'a key in hex'],
  [/^\[/, 'a JSON array'],
];

const HEAD_BYTES = 2048;

/**
 * Says in a few words what a file seems to be, for a complaint that it is not a kit. Never repeats its content.
 * @param content the file's bytes
 */
export function looksLike(content: Uint8Array): string {
  const head = Buffer.from(content.subarray(0, HEAD_BYTES)).toString('latin1').trimStart();
  const sign = SIGNS.find(([pattern]) => pattern.test(head));
  if (sign !== undefined) return sign[1];
  return /[\u0000-\u0008\u000e-\u001f]/.test(head) ? 'a binary file' : 'text of another kind';
}
