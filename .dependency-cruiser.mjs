const NODE_IO =
  '^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster|inspector)(/|$)';
const CRYPTO_LIBRARIES = 'node_modules/(@noble|@scure|node-forge)/';

/**
 * One row of the house's table of rooms: what `from` never imports, directly.
 * @param {string} name of the rule, as it stands in a complaint
 * @param {string} from pattern of the room
 * @param {string} never pattern of what is forbidden
 * @param {string} comment why
 * @param {string} [except] pattern inside `from` that the rule spares
 */
const forbid = (name, from, never, comment, except) => ({
  name,
  comment,
  severity: 'error',
  from: except === undefined ? { path: from } : { path: from, pathNot: except },
  to: { path: never },
});

/** Which room may import which. docs/architecture.md says why. */
export default {
  forbidden: [
    forbid(
      'engine-is-pure',
      '^electron/engine/',
      `${NODE_IO}|^electron$|node_modules/electron/|^electron/(shell|session|files|hsm|cli|record|proof-pool)/`,
      'bytes in, data out: no Electron, disk, clock, network, nor any room above it',
    ),
    forbid(
      'proof-pool-sees-no-secret',
      '^electron/proof-pool/',
      '^electron/(session|hsm|shell|cli|files)/|^electron/engine/(?!ers/(backup|part-checks|part-points|validate|verdict)|rsa/public-key|kit/(kit-file|label|sort-kits|wallet)\\.ts|address/|bytes/random|curve/curve\\.ts)',
      'workers get public data only',
    ),
    forbid(
      'hsm-bridge-stands-alone',
      '^electron/hsm/(bridge|protocol)/',
      '^electron/(?!hsm/(bridge|protocol)/)',
      'the bridge loads a vendor module that may crash or lie',
    ),
    forbid(
      'hsm-bridge-is-a-process',
      '^electron/',
      '^electron/hsm/bridge/',
      "no process but the bridge loads a vendor's library",
      '^electron/(hsm/bridge/|shell/hsm-bridge\\.ts)',
    ),
    forbid(
      'hsm-below-the-session',
      '^electron/hsm/',
      '^electron/(session|shell|cli|files|record|proof-pool)/',
      'the session drives; nothing calls back up',
    ),
    forbid(
      'session-below-the-shell',
      '^electron/session/',
      '^electron$|node_modules/electron/|^electron/(shell|cli)/|^renderer/',
      'the session drives; nothing calls back up',
    ),
    forbid(
      'files-and-record-below-the-session',
      '^electron/(files|record)/',
      '^electron/(session|shell|cli)/|^electron$|node_modules/electron/',
      'one way for data to flow',
    ),
    forbid(
      'electron-only-in-the-shell',
      '^electron/',
      '^electron$|node_modules/electron/',
      'what touches Electron lives in one room',
      '^electron/(shell/|main\\.ts|preload\\.ts|reveal-preload\\.ts)',
    ),
    forbid('main-side-without-pages', '^electron/', '^renderer/', 'the page is another process'),
    forbid('shared-imports-nothing', '^shared/', '^(?!shared/)', 'the same words on both sides of a process'),
    forbid(
      'renderer-only-shared',
      '^renderer/',
      `^(?!(renderer|shared)/|.*node_modules/)|node_modules/electron/|${CRYPTO_LIBRARIES}`,
      'a page has no Node and no secrets',
    ),
    forbid('nothing-imports-tests', '^(electron|renderer|shared|build)/', '^test/', 'tests never ship'),
    {
      name: 'no-development-package-in-the-product',
      comment: 'what ships is listed in docs/dependencies.md',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circles',
      comment: 'one way for data to flow',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-loose-ends',
      comment: 'an import that resolves to nothing',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    builtInModules: { add: ['electron'] },
  },
};
