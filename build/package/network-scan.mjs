/**
 * Looks in the bundles for the names of whatever can open a socket. The bundles are not minified, and name the file that
 * each part comes from in a line of its own, so that the one file that has to name them, since it denies them, is known.
 */

const MODULES = '(?:net|tls|http|https|http2|dgram|dns|dns/promises|inspector|child_process|cluster)';

/** Names of networking, and of ways to load them under another name. */
const NODE_NAMES = [
  new RegExp(`\\b(?:require|import|getBuiltinModule)\\(\\s*["'\`](?:node:)?${MODULES}["'\`]`),
  new RegExp(`\\bfrom\\s*["'](?:node:)?${MODULES}["']`),
  /\bnode_(?:net|tls|http|https|http2|dgram|dns|dns_promises|inspector|child_process|cluster)\b/,
  /\bprocess\.(?:binding|_linkedBinding|dlopen)\b/,
  /\belectron\.net\.\w/,
];

/** What a page, and Node as well, has for it without loading anything. */
const WEB_NAMES = [
  /(?<![.\w$])fetch\(/,
  /\b(?:globalThis|window|self)\.fetch\b/,
  /\bXMLHttpRequest\b/,
  /\bnew (?:WebSocket|EventSource|WebTransport|RTCPeerConnection|SharedWorker|Worker)\b/,
  /\.(?:sendBeacon|serviceWorker)\b/,
  /\bimportScripts\(/,
];

/** What denies the network has to name it. */
const DENYING = /^electron\/shell\/deny-network(?:-now)?\.ts$/;

/** What starts a process, and only one: the bridge to an HSM, from a file of ours. */
const STARTS_BRIDGE = /^electron\/(?:hsm\/child-bridge|shell\/utility-bridge)\.ts$/;

/** The line with which the bundler begins a part. */
const PART = /^\/\/ ((?:node_modules|electron|shared|renderer)\/\S+|\\0\S+)$/;

/**
 * The places of a bundle of Node where the network is named, beside the part that denies it.
 * @param {string} text of the bundle
 * @returns {string[]} like `node_modules/x/index.js: require("node:net")`
 */
export function networkInNode(text) {
  // Loading stands at the top, before the first part that is ours; only what denies the network may use what it gives.
  let part = '';
  /** @type {string[]} */
  const found = [];
  for (const line of text.split('\n')) {
    part = PART.exec(line)?.[1] ?? part;
    if (isLoading(line, part) || DENYING.test(part)) continue;
    for (const pattern of [...NODE_NAMES, ...WEB_NAMES]) {
      const hit = pattern.exec(line)?.[0];
      if (hit !== undefined && !isThreadOfOurs(hit, part)) found.push(`${part}: ${hit}`);
    }
  }
  return found;
}

/**
 * What loads a module of Node that the part of denial uses: in `main.js` and the `.cjs` files at the top.
 * @param {string} line
 * @param {string} part
 */
function isLoading(line, part) {
  if (part !== '' && !part.startsWith('\\0')) return false;
  return (
    /^let (node_(?:net|tls|http|https|http2|dgram|dns)) = require\("node:[a-z0-9]+"\);$/.test(line) ||
    /^(node_\w+) = __toESM\(\1, 1\);$/.test(line) ||
    /^import \{ fork \} from "node:child_process";$/.test(line)
  );
}

/**
 * The pools start worker threads of ours, by one piece of code.
 * @param {string} hit
 * @param {string} part
 */
function isThreadOfOurs(hit, part) {
  return hit === 'new Worker' && part === 'electron/proof-pool/thread-pool.ts';
}

/**
 * The places of a bundle where a process is started, beside the parts that may.
 * @param {string} text of the bundle
 * @returns {string[]}
 */
export function processesIn(text) {
  let part = '';
  /** @type {string[]} */
  const found = [];
  for (const line of text.split('\n')) {
    part = PART.exec(line)?.[1] ?? part;
    if (
      /(?<![.\w$])(?:fork|spawn|spawnSync|exec|execFile|execFileSync)\(/.test(line) &&
      !STARTS_BRIDGE.test(part)
    )
      found.push(`${part}: ${line.trim().slice(0, 80)}`);
  }
  return found;
}

/**
 * The places of a page's bundle, minified or not, where a connection is named.
 * @param {string} text of the bundle
 * @returns {string[]} with what stands around it
 */
export function networkInPage(text) {
  return WEB_NAMES.flatMap((pattern) => {
    const match = pattern.exec(text);
    return match === null ? [] : [text.slice(Math.max(0, match.index - 40), match.index + 60)];
  });
}
