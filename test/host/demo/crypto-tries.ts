import {
  createDecipheriv,
  createECDH,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  scryptSync,
} from 'node:crypto';
import { Worker } from 'node:worker_threads';

const attempt = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

/** What the app's cryptography takes and refuses, in main and in a worker thread. */
export async function tryCrypto(): Promise<Readonly<Record<string, string>>> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const encrypted = privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'pass',
  });
  return {
    sha256: attempt(() => createHash('sha256')),
    'sha3-256': attempt(() => createHash('sha3-256')),
    Sha256: attempt(() => createHash('Sha256')),
    secp256k1: attempt(() => createECDH('secp256k1')),
    'P-256': attempt(() => createECDH('prime256v1')),
    scrypt: attempt(() => scryptSync('a', 'b', 16)),
    'PBES2 with PBKDF2': attempt(() => createPrivateKey({ key: encrypted, passphrase: 'pass' })),
    'PBES2 with scrypt': attempt(() => createPrivateKey({ key: SCRYPT_PEM, passphrase: 'pass' })),
    chacha20: attempt(() => createDecipheriv('chacha20-poly1305', Buffer.alloc(32), Buffer.alloc(12))),
    'RSA of 1000 bits': attempt(() => generateKeyPairSync('rsa', { modulusLength: 1000 })),
    'secp256k1 in a worker': await inWorker(),
  };
}

function inWorker(): Promise<string> {
  const code = `const { parentPort } = require('node:worker_threads');
    try { require('node:crypto').createECDH('secp256k1'); parentPort.postMessage('done'); }
    catch (error) { parentPort.postMessage(error.code); }`;
  return new Promise((resolve) => {
    new Worker(code, { eval: true }).once('message', resolve);
  });
}

/** `openssl pkcs8 -topk8 -scrypt` of an Ed25519 key, password `pass`. */
const SCRYPT_PEM = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAijbCl+V2yicgICQAAC
AQgCAQEwHQYJYIZIAWUDBAEqBBDKlgcJFz9o+3C1AbnfS8H1BEBaVasHONsAcTEe
otjRbfDZw92m9ApQqFHgUN1ocCxRGCQ0K+YbmHGZODyFSFmNQpp+/kxY3i/pz6Fc
tgLgAzVy
-----END ENCRYPTED PRIVATE KEY-----
`;
