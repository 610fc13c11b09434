import { realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';

/** What any module of a bundle may take of Node: it reaches no network, process, thread or loader. */
export const FOR_ALL = ['buffer', 'crypto', 'fs', 'fs/promises', 'os', 'path', 'tty', 'url', 'util'];

/** What else is taken of Node, and by which files. Whatever stands in neither list is refused. */
const FOR_SOME = new Map([
  ['child_process', ['electron/hsm/child-bridge.ts']],
  // The bundler's own part has no file, and a file can't have such a name.
  ['module', ['electron/hsm/bridge/pkcs11js.ts', '\0rolldown/runtime.js']],
  [
    'worker_threads',
    [
      'electron/hsm/bridge/main.ts',
      'electron/proof-pool/thread-pool.ts',
      'electron/proof-pool/wallet-worker.ts',
      'electron/proof-pool/worker.ts',
    ],
  ],
]);

/**
 * Stops a build in which a module takes of Node, or of Electron, what it may not. Asked by the module's real file, when
 * it is read: what a text says of itself does not count.
 * @param {string} root the project's folder
 * @returns {import('vite').Plugin}
 */
export function onlyNamedBuiltins(root) {
  const base = `${withSlashes(realpathSync(root))}/`;
  return {
    name: 'breakglass:only-named-builtins',
    enforce: 'pre',
    resolveId(source, importer) {
      const taken = builtinIn(source);
      if (taken === undefined) return;
      const file = withSlashes((importer ?? '').split('?')[0] ?? '');
      const from = file.startsWith(base) ? file.slice(base.length) : file;
      if (!mayTake(from, taken)) this.error(`${from} may not take ${source} (build/cli/builtins.mjs)`);
    },
  };
}

/**
 * @param {string} file below the project's folder
 * @param {string} taken
 */
function mayTake(file, taken) {
  if (taken === 'electron') return file.startsWith('electron/');
  return FOR_ALL.includes(taken) || FOR_SOME.get(taken)?.includes(file) === true;
}

/**
 * @param {string} source as it is imported
 * @returns {string | undefined} the builtin's bare name, also of one that this Node lacks
 */
function builtinIn(source) {
  if (source.startsWith('node:')) return source.slice('node:'.length);
  return isBuiltin(source) || source === 'electron'
    ? source
    : /^electron\//.test(source)
      ? 'electron'
      : undefined;
}

/** @param {string} path */
function withSlashes(path) {
  return path.replaceAll('\\', '/');
}
