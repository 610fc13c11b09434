/** rsaEncryption. Source: RFC 8017 A.1. */
export const RSA_OID = '1.2.840.113549.1.1.1';

const ALGORITHM_NAMES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.7': 'RSAES-OAEP', // RFC 8017 A.2.1
  '1.2.840.113549.1.1.10': 'RSASSA-PSS', // RFC 8017 A.2.3
  '1.2.840.113549.1.3.1': 'DH', // PKCS#3
  '1.2.840.10046.2.1': 'DH', // RFC 3279 2.3.3
  '1.2.840.10040.4.1': 'DSA', // RFC 3279 2.3.2
  '1.2.840.10045.2.1': 'EC', // RFC 5480 2.1.1
  '1.3.101.110': 'X25519', // RFC 8410 3
  '1.3.101.111': 'X448',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};

/** Names the algorithm of a key by its OBJECT IDENTIFIER; an unknown one stays as dotted text. */
export function algorithmName(oid: string): string {
  return ALGORITHM_NAMES[oid] ?? oid;
}
