import { isBuiltin } from 'node:module';

import { parseAst } from 'vite';

import { FOR_ALL } from '../cli/builtins.mjs';
import { linesOfOurs } from './network-lines.mjs';

/**
 * Looks in what is to be packed for whatever reaches a network, a process, a thread or a loader of modules. The bundlers
 * have refused such imports by the file that has them; this is a second look, at the bundle itself, which also sees
 * what is reached without an import. It reads syntax: neither a comment nor a word in a string can hide or excuse code.
 */

/** What a page and Node have without loading anything. */
const WEB = [
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport'],
  ...['RTCPeerConnection', 'Worker', 'SharedWorker', 'importScripts'],
];

/** Names of properties that a page has for it. */
const PAGE_MEMBERS = new Set([...WEB, 'sendBeacon', 'serviceWorker']);

/** What else Node has without loading anything: a clone of an object that lies about itself loads Node's own modules. */
const NODE_GLOBALS = [...WEB, 'structuredClone', 'MessageChannel'];

/** Names of properties that Node or Electron has for it; functions of processes are looked at where they are called. */
const NODE_MEMBERS = new Set([
  ...PAGE_MEMBERS,
  ...NODE_GLOBALS,
  ...['getBuiltinModule', '_linkedBinding', 'dlopen', '_debugProcess', 'execve'],
  ...['createRequire', 'mainModule', 'require', '_load'],
  ...['_createServerHandle', '_createSocketHandle', '_listen2', 'utilityProcess'],
  ...['BoundSocket', '_TransferredBoundSocket', 'DynamicLibrary', 'DatabaseSync', 'setEngine'],
  ...['setEngineKey', 'setClientCertEngine', 'setFlagsFromString'],
]);

/** What starts a process; `exec` is also what a pattern does. */
const STARTS = new Set(['fork', 'spawn', 'spawnSync', 'execFile', 'execFileSync', 'execSync']);

/** What makes code of a string. */
const MAKES_CODE = new Set(['eval', 'Function']);

/** How a loader is called, also where the bundler had to rename it. */
const LOADER = /^(?:__)?require(?:\$\d+)?$/;

/** Code in a string that loads a module. */
const LOADS_IN_STRING = /\b(?:require|import|getBuiltinModule)\s*\(\s*\\?["'`](?:node:)?([\w/]+)\\?["'`]/g;

/** The line with which the bundler begins a part. It tells a reader where to look, and excuses nothing. */
const PART = /^\/\/ ((?:node_modules|electron|shared|renderer)\/\S+|\\0\S+)$/gm;

/**
 * A node of the syntax tree.
 * @typedef {{ type: string, start: number, end: number, [key: string]: unknown }} Syntax
 */

/**
 * Where a bundle of Node reaches further than it may.
 * @param {string} text of the bundle
 * @param {string} bundle its name, like `cli/main.js`: the lines of ours that it may hold, each once
 * @returns {string[]} like `node_modules/x/index.js: require("net")`
 */
export function waysInNode(text, bundle) {
  const ours = linesOfOurs(bundle);
  /** @type {Map<string, number>} */
  const used = new Map();
  return hitsIn(text, waysOfNode)
    .filter(({ start }) => {
      const begin = text.lastIndexOf('\n', start) + 1;
      const line = text.slice(begin, endOfLine(text, start)).trim();
      const first = used.get(line) ?? begin;
      used.set(line, first);
      return first !== begin || !ours.has(line);
    })
    .map(({ start, end }) => `${partAt(text, start)}: ${excerpt(text, start, end)}`);
}

/**
 * Where a script of a page, minified or not, reaches a network.
 * @param {string} text of the script
 * @returns {string[]} with what stands around it
 */
export function waysInPage(text) {
  return hitsIn(text, waysOfPage).map(({ start }) => text.slice(Math.max(0, start - 40), start + 60));
}

/**
 * Where the markup of a page holds script of its own, or asks for what is not of the app.
 * @param {string} text
 * @returns {string[]}
 */
export function waysInMarkup(text) {
  return [
    ...text.matchAll(/<script(?![^>]*\ssrc=)[^>]*>|\b(?:https?|wss?):\/\/|\s(?:src|href)="\/\/|\son\w+=/gi),
  ].map(({ 0: hit }) => hit);
}

/**
 * @param {string} text
 * @param {(node: Syntax, parent: Syntax, key: string) => boolean} reaches
 * @returns {{ start: number, end: number }[]} what can't be read is one hit at the beginning
 */
function hitsIn(text, reaches) {
  /** @type {{ start: number, end: number }[]} */
  const hits = [];
  /**
   * @param {unknown} value
   * @param {Syntax} parent
   * @param {string} key
   */
  const visit = (value, parent, key) => {
    if (Array.isArray(value)) for (const each of value) visit(each, parent, key);
    else if (isSyntax(value)) {
      if (reaches(value, parent, key)) hits.push({ start: value.start, end: value.end });
      for (const [name, child] of Object.entries(value)) visit(child, value, name);
    }
  };
  try {
    const program = /** @type {Syntax} */ (/** @type {unknown} */ (parseAst(text)));
    visit(program, program, '');
  } catch {
    return [{ start: 0, end: text.length }];
  }
  return hits;
}

/**
 * @param {Syntax} node
 * @param {Syntax} parent
 * @param {string} key of the node in its parent
 */
function waysOfPage(node, parent, key) {
  return isUseOf(node, parent, key, (name) => WEB.includes(name)) || isMemberIn(node, PAGE_MEMBERS);
}

/**
 * @param {Syntax} node
 * @param {Syntax} parent
 * @param {string} key of the node in its parent
 */
function waysOfNode(node, parent, key) {
  return (
    isUseOf(node, parent, key, (name) => NODE_GLOBALS.includes(name)) ||
    isMemberIn(node, NODE_MEMBERS) ||
    isLoaderInHand(node, parent, key) ||
    loads(node) ||
    startsOrMakesCode(node) ||
    isOfProcessOrElectron(node, parent) ||
    loadsInString(node)
  );
}

/**
 * A name that stands for what it names, and not for a property or a label.
 * @param {Syntax} node
 * @param {Syntax} parent
 * @param {string} key
 * @param {(name: string) => boolean} isNamed
 */
function isUseOf(node, parent, key, isNamed) {
  if (node.type !== 'Identifier' || !isNamed(String(node['name']))) return false;
  if (key === 'property' || key === 'key') return parent['computed'] === true;
  return key !== 'label' && key !== 'exported';
}

/**
 * `x.name`, `x["name"]`, `{ name } = x`, and `import { name }`.
 * @param {Syntax} node
 * @param {ReadonlySet<string>} names
 */
function isMemberIn(node, names) {
  if (node.type === 'MemberExpression') return names.has(nameOf(node['property'], node['computed']));
  if (node.type === 'ImportSpecifier') return names.has(nameOf(node['imported'], false));
  return (
    node.type === 'ObjectPattern' &&
    syntaxes(node['properties']).some((each) => names.has(nameOf(each['key'], each['computed'])))
  );
}

/**
 * A loader that is not called at once: under another name it would load unseen.
 * @param {Syntax} node
 * @param {Syntax} parent
 * @param {string} key
 */
function isLoaderInHand(node, parent, key) {
  if (!isUseOf(node, parent, key, (name) => LOADER.test(name))) return false;
  return key !== 'callee' && parent.type !== 'UnaryExpression';
}

/**
 * Loads what is not for all modules, or nobody can tell what.
 * @param {Syntax} node
 */
function loads(node) {
  if (/^(?:Import|ExportNamed|ExportAll)Declaration$/.test(node.type))
    return isSyntax(node['source']) && !isForAll(textOf(node['source']));
  if (node.type === 'ImportExpression') return !isForAll(textOf(node['source']));
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  const [first] = syntaxes(node['arguments']);
  const callee = /** @type {Syntax} */ (node['callee']);
  if (callee.type === 'Identifier' && LOADER.test(String(callee['name']))) return !isForAll(textOf(first));
  const name = textOf(first);
  if (name === undefined || isForAll(name) || !isModule(name)) return false;
  return name.startsWith('node:') || callee.type !== 'MemberExpression';
}

/** @param {Syntax} node */
function startsOrMakesCode(node) {
  if (node.type === 'ImportSpecifier') return STARTS.has(nameOf(node['imported'], false));
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  const callee = /** @type {Syntax} */ (node['callee']);
  if (callee.type === 'Identifier')
    return (
      STARTS.has(String(callee['name'])) ||
      callee['name'] === 'exec' ||
      MAKES_CODE.has(String(callee['name']))
    );
  return callee.type === 'MemberExpression' && STARTS.has(nameOf(callee['property'], callee['computed']));
}

/**
 * `process.binding` and `electron.net`, also taken apart; other objects have such properties for other things.
 * @param {Syntax} node
 * @param {Syntax} parent
 */
function isOfProcessOrElectron(node, parent) {
  /** @type {(object: unknown, name: string) => boolean} */
  const isWay = (object, name) =>
    (name === 'binding' && isNamed(object, /^process$/)) ||
    (name === 'net' && isNamed(object, /^electron(?:\$\d+)?$/));
  if (node.type === 'MemberExpression')
    return isWay(node['object'], nameOf(node['property'], node['computed']));
  if (node.type !== 'ObjectPattern') return false;
  const from = parent['init'] ?? parent['right'];
  return syntaxes(node['properties']).some((each) => isWay(from, nameOf(each['key'], each['computed'])));
}

/** @param {Syntax} node */
function loadsInString(node) {
  const text = node.type === 'TemplateElement' ? templateText(node) : textOf(node);
  return text !== undefined && [...text.matchAll(LOADS_IN_STRING)].some(([, name]) => isModule(name ?? ''));
}

/** @param {string | undefined} name as it is loaded */
function isForAll(name) {
  return name !== undefined && FOR_ALL.includes(name.replace(/^node:/, ''));
}

/** @param {string} name */
function isModule(name) {
  return name === 'electron' || name.startsWith('node:') || (isBuiltin(name) && !isForAll(name));
}

/**
 * @param {unknown} value
 * @returns {value is Syntax}
 */
function isSyntax(value) {
  return (
    typeof value === 'object' && value !== null && typeof (/** @type {Syntax} */ (value).type) === 'string'
  );
}

/**
 * @param {unknown} value
 * @returns {Syntax[]}
 */
function syntaxes(value) {
  return Array.isArray(value) ? value.filter(isSyntax) : [];
}

/**
 * @param {unknown} value
 * @param {RegExp} pattern
 */
function isNamed(value, pattern) {
  return isSyntax(value) && value.type === 'Identifier' && pattern.test(String(value['name']));
}

/**
 * @param {unknown} key of a property
 * @param {unknown} isComputed
 */
function nameOf(key, isComputed) {
  if (!isSyntax(key)) return '';
  return isComputed !== true && key.type === 'Identifier' ? String(key['name']) : (textOf(key) ?? '');
}

/**
 * @param {unknown} value
 * @returns {string | undefined} of a string, or a template that holds nothing else
 */
function textOf(value) {
  if (!isSyntax(value)) return undefined;
  if (value.type === 'Literal') return typeof value['value'] === 'string' ? value['value'] : undefined;
  const [only, ...more] = value.type === 'TemplateLiteral' ? syntaxes(value['quasis']) : [];
  return only === undefined || more.length > 0 ? undefined : templateText(only);
}

/** @param {Syntax} element of a template */
function templateText(element) {
  return /** @type {{ cooked: string | null }} */ (element['value']).cooked ?? '';
}

/**
 * @param {string} text
 * @param {number} at
 */
function partAt(text, at) {
  let part = '';
  for (const { index, 1: name } of text.matchAll(PART)) {
    if (index > at) break;
    part = name ?? part;
  }
  return part;
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function excerpt(text, start, end) {
  return text.slice(start, Math.min(end, endOfLine(text, start), start + 80));
}

/**
 * @param {string} text
 * @param {number} at
 */
function endOfLine(text, at) {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
