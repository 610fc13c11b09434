/**
 * The lines of the bundles that name a network, a process, a thread or a loader, and are ours. Each may stand once in
 * the bundles of its row: the same line in a package would be the second.
 * @type {readonly (readonly [bundles: RegExp, lines: readonly string[]])[]}
 */
const OURS = [
  // electron/shell/deny-network.ts
  [
    /^(?:app\/(?:main|hsm-bridge|proof-worker|wallet-worker)\.cjs|cli\/(?:main\.js|hsm-bridge\.cjs|wallet-worker\.cjs))$/,
    [
      'return process.getBuiltinModule(`node:${name}`);',
      'builtinModule("module").syncBuiltinESMExports();',
      'const tls = builtinModule("tls");',
    ],
  ],
  // electron/proof-pool, electron/hsm/bridge/main.ts
  [
    /^(?:app\/(?:main|hsm-bridge|proof-worker|wallet-worker)|cli\/(?:hsm-bridge|wallet-worker))\.cjs$/,
    ['let node_worker_threads = require("node:worker_threads");'],
  ],
  [
    /^app\/main\.cjs$/,
    [
      'const worker = new node_worker_threads.Worker(this.#workerFile, this.#options);',
      'const child = fork(bundle);',
      'hsm: new HsmClient(utilityBridge((0, node_path.join)(folder, "hsm-bridge.cjs"), (file) => electron.utilityProcess.fork(file, [], { stdio: "ignore" }))),',
      'denyNetwork(electron.net);',
    ],
  ],
  [
    /^cli\/main\.js$/,
    [
      'import { Worker } from "node:worker_threads";',
      'const worker = new Worker(this.#workerFile, this.#options);',
      'import { fork } from "node:child_process";',
      'const child = fork(bundle, [], {',
      // The bundler's own, for packages that ask for `crypto`.
      'import { createRequire } from "node:module";',
      'var __require = /* #__PURE__ */ (() => createRequire(import.meta.url))();',
    ],
  ],
  // electron/hsm/bridge: a thread that watches for the parent, and the package that loads a vendor's module.
  [
    /^(?:app|cli)\/hsm-bridge\.cjs$/,
    [
      'let node_module = require("node:module");',
      'const require$1 = (0, node_module.createRequire)(require("url").pathToFileURL(__filename).href);',
      'return require$1(PACKAGE);',
      'require$1.resolve(PACKAGE);',
      'new node_worker_threads.Worker((0, node_url.fileURLToPath)(require("url").pathToFileURL(__filename).href)).unref();',
    ],
  ],
  [/^app\/(?:main|preload|reveal-preload)\.cjs$/, ['let electron = require("electron");']],
];

/**
 * @param {string} bundle like `cli/main.js`
 * @returns {Set<string>} the lines that are ours in it, without the blanks around them
 */
export function linesOfOurs(bundle) {
  return new Set(OURS.flatMap(([bundles, lines]) => (bundles.test(bundle) ? lines : [])));
}
