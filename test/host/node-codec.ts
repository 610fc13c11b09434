import { makeCodec } from './codec.ts';

/** The codec on main's side. */
export const nodeCodec = makeCodec({
  toBase64: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  fromBase64: (text) => new Uint8Array(Buffer.from(text, 'base64')),
  isPlatformObject: () => false,
});
