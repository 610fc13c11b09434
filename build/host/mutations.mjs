/**
 * How each lock is broken, in the built app, and which spec sees it. `find` stands in the bundle exactly once.
 * The step "debugging refused" works in a packaged app alone, which the stand-in is not: see `switches.test.ts`.
 * @typedef {object} Mutation
 * @property {string} name
 * @property {'main.cjs' | 'preload.cjs' | 'reveal-preload.cjs'} file
 * @property {string} find
 * @property {string} put
 * @property {string} spec
 * @property {string} title
 */

const LOCKDOWN = 'app-lockdown.spec.ts';
const FAULTS = 'app-faults.spec.ts';

const ON_POLICY = 'comes from app:, with the policy in its header';
const ON_BRIDGE = 'has no Node, and of the app the contract and two functions';
const ON_PREFERENCES = 'has every lock among its preferences';
const ON_APP = 'is one, without a menu, kept from screenshots, in a sandboxed app';
const ON_PLACE = 'stays where it is: no window, no navigation';
const ON_PERMISSIONS = 'gets no permission';
const ON_FILTER = 'is closed to the page by the request handler alone';
const ON_CONTRACT = 'is refused whatever is not in the contract';
const ON_AIR_GAP = 'an interface that comes up in mid-session';

/**
 * @param {string} name
 * @param {string} title of the spec in app-lockdown that sees it
 * @param {string} find
 * @param {string} put
 * @returns {Mutation}
 */
const broken = (name, title, find, put) => ({ name, file: 'main.cjs', find, put, spec: LOCKDOWN, title });

/**
 * The locks of the window that shows a secret.
 * @param {string} name
 * @param {string} find
 * @param {string} put
 * @param {string} [file]
 * @returns {Mutation}
 */
const brokenReveal = (name, find, put, file = 'main.cjs') => ({
  name: `reveal: ${name}`,
  file: file === 'main.cjs' ? 'main.cjs' : 'reveal-preload.cjs',
  find,
  put,
  spec: 'app-reveal.spec.ts',
  title: 'the window that shows a secret has locks of its own',
});

const REVEAL_MUTATIONS = [
  brokenReveal('open to screenshots', 'window.setContentProtection(true);', ''),
  brokenReveal('stays when it loses the focus', 'window.on("blur", lost);', ''),
  brokenReveal(
    'on the session of the page',
    'const session = electron.session.fromPartition(REVEAL_PARTITION);',
    'const session = electron.session.fromPartition(PARTITION);',
  ),
  brokenReveal('the preload of the page', '(folder, "reveal-preload.cjs")', '(folder, "preload.cjs")'),
  brokenReveal(
    'a session without walls',
    'of [...PAGES, [PRINT_PARTITION, "print"]]) raise(',
    'of [PAGES[0], [PRINT_PARTITION, "print"]]) raise(',
  ),
  brokenReveal(
    'one function more',
    'electron.contextBridge.exposeInMainWorld("reveal", reveal);',
    'electron.contextBridge.exposeInMainWorld("reveal", reveal);electron.contextBridge.exposeInMainWorld("recovery", reveal);',
    'reveal-preload.cjs',
  ),
];

/**
 * The locks of the window that prints.
 * @param {string} name
 * @param {string} find
 * @param {string} put
 */
const brokenPrint = (name, find, put) => ({
  ...broken(`print: ${name}`, 'the window that prints has locks of its own', find, put),
  spec: 'app-print.spec.ts',
});

const PRINT_MUTATIONS = [
  brokenPrint(
    'on the session of the page',
    'printWindowOptions(electron.session.fromPartition(PRINT_PARTITION))',
    'printWindowOptions(electron.session.fromPartition(PARTITION))',
  ),
  brokenPrint('shown', 'title: "Breakglass: printing",\n\t\tshow: false,', 'title: "Breakglass: printing",'),
  brokenPrint(
    'a session without walls',
    'of [...PAGES, [PRINT_PARTITION, "print"]]) raise(',
    'of PAGES) raise(',
  ),
];

/** @type {readonly Mutation[]} */
export const MUTATIONS = [
  broken(
    'bugs end the app',
    'ends with the app on a bug',
    '\t\t\t\tendOnBugs({',
    '\t\t\t\t((ports) => ports)({',
  ),
  broken(
    'bugs end the app: the message is told',
    'ends with the app on a bug',
    'const kind = error instanceof Error ? error.name : typeof error;',
    'const kind = String(error);',
  ),
  broken(
    'network denied',
    'throws in the main process, for good',
    'function denyNetwork(electronNet) {',
    'function denyNetwork(electronNet) {\n\treturn;',
  ),
  broken(
    'network denied: can be put back',
    'throws in the main process, for good',
    'writable: false,\n\t\tconfigurable: false,\n\t\tenumerable: true',
    'writable: true,\n\t\tconfigurable: true,\n\t\tenumerable: true',
  ),
  broken('switches', 'is named dead by switches', 'setSwitches(electron.app.commandLine);', ''),
  broken('sandbox', ON_APP, 'electron.app.enableSandbox();', ''),
  broken('single instance', ON_APP, '!electron.app.requestSingleInstanceLock()', 'false'),
  broken('scheme', ON_POLICY, 'registerScheme(electron.protocol);', ''),
  broken(
    'pages kept in place: windows',
    ON_PLACE,
    'return { action: "deny" };',
    'return { action: "allow" };',
  ),
  broken(
    'pages kept in place: navigation',
    ON_PLACE,
    'refuseLeaving(contents, this.#refusals);',
    'contents.setWindowOpenHandler(() => ({ action: "deny" }));',
  ),
  broken(
    'pages kept in place: WebRTC',
    ON_APP,
    'contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");',
    '',
  ),
  broken('end of session', 'ends by its own button', 'this.#watchForEnd();', ''),
  broken('permissions refused: when asked', ON_PERMISSIONS, 'callback(false);', 'callback(true);'),
  broken(
    'permissions refused: when looked up',
    ON_PERMISSIONS,
    'session.setPermissionCheckHandler(() => false);',
    'session.setPermissionCheckHandler(() => true);',
  ),
  broken(
    'requests filtered',
    ON_FILTER,
    'const cancel = !mayRequest(url, allowance);',
    'const cancel = false;',
  ),
  broken('content security policy', ON_POLICY, '"connect-src \'none\'",', '"connect-src *",'),
  broken(
    'content security policy: strings as script',
    'runs no string as script, and takes no markup',
    '"require-trusted-types-for \'script\'",',
    '',
  ),
  broken('downloads refused', 'downloads nothing', 'refuseDownloads(session, refusals);\n', '\n'),
  broken('spell checker off', ON_APP, 'session.setSpellCheckerEnabled(false);', ''),
  broken(
    'page served: from anywhere',
    ON_POLICY,
    'servePage(electron.session.fromPartition(partition).protocol, files);',
    'servePage((host === "bundle" ? electron.session.defaultSession : electron.session.fromPartition(partition)).protocol, files);',
  ),
  broken('no menu', ON_APP, 'electron.Menu.setApplicationMenu(null);', ''),
  {
    ...broken(
      'power events',
      'a session that nobody minds',
      'electron.powerMonitor.on("lock-screen", () => this.#end?.abandoned("screen-lock"));',
      '',
    ),
    spec: FAULTS,
  },
  {
    ...broken('air-gap watch', ON_AIR_GAP, '\twatchAirGap({', '\t((ports) => ports.tell(ports.read()))({'),
    spec: FAULTS,
  },
  {
    ...broken(
      'air gap required',
      ON_AIR_GAP,
      'if (mode !== "drill" && !airGap.holds',
      'if (mode === "drill" && !airGap.holds',
    ),
    spec: FAULTS,
  },
  broken(
    'calls: from another origin',
    'of another origin in our window is not answered',
    'senderFrame.parent === null && isOwnUrl(senderFrame.url, host)',
    'senderFrame.parent === null',
  ),
  broken('calls: not parsed', ON_CONTRACT, 'parseRequest(channel, request))', 'request ?? null)'),
  broken('window: sandbox', ON_PREFERENCES, 'sandbox: true,', 'sandbox: false,'),
  broken('window: context isolation', ON_PREFERENCES, 'contextIsolation: true,', 'contextIsolation: false,'),
  broken('window: Node in the page', ON_PREFERENCES, 'nodeIntegration: false,', 'nodeIntegration: true,'),
  broken('window: web security', ON_PREFERENCES, 'webSecurity: true,', 'webSecurity: false,'),
  broken(
    'window: dropped files open',
    ON_PREFERENCES,
    'navigateOnDragDrop: false,',
    'navigateOnDragDrop: true,',
  ),
  broken(
    'window: on the default session',
    ON_PREFERENCES,
    'const session = electron.session.fromPartition(PARTITION);',
    'const session = electron.session.defaultSession;',
  ),
  broken('window: open to screenshots', ON_APP, 'window.setContentProtection(true);', ''),
  {
    ...broken('bridge: one function more', ON_BRIDGE, '\t\toffersMore', ''),
    file: 'preload.cjs',
    find: '\t\tofferDropped: (files) =>',
    put: '\t\tinvoke,\n\t\tofferDropped: (files) =>',
  },
  ...REVEAL_MUTATIONS,
  ...PRINT_MUTATIONS,
];
