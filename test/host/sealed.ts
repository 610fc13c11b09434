import { record } from './host-log.ts';

/** What JavaScript itself, Node's inspector or a bundler's interop reads from any object. */
const READ_BY_THE_LANGUAGE: ReadonlySet<PropertyKey> = new Set([
  'then',
  'toJSON',
  'constructor',
  'prototype',
  'default',
  '__esModule',
]);

/** Notes a call that the stand-in does not know, and throws. The spec fails even where the app catches it. */
export function unsupported(name: string): never {
  record({ kind: 'unsupported', name });
  throw new Error(`unsupported: ${name}`);
}

/**
 * The object with a wall around it: whatever it doesn't have is noted and throws, instead of being `undefined`.
 * What it has may be replaced, as Playwright's loader and the stubs of dialogs do.
 * @param name how it is called in the complaint
 */
export function sealed<T extends object>(name: string, object: T): T {
  const isKnown = (target: T, key: PropertyKey): boolean =>
    key in target || typeof key === 'symbol' || READ_BY_THE_LANGUAGE.has(key);
  return new Proxy(object, {
    get: (target, key, receiver) =>
      isKnown(target, key) ? Reflect.get(target, key, receiver) : unsupported(`${name}.${String(key)}`),
    set: (target, key, value) =>
      isKnown(target, key) ? Reflect.set(target, key, value) : unsupported(`${name}.${String(key)} = …`),
  });
}
