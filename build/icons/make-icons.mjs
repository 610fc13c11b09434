#!/usr/bin/env node
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';

/**
 * `node build/icons/make-icons.mjs`: draws `icon.svg` in the sizes that the systems want, for whoever changes it. The
 * pictures are in the repository, so that packaging needs no browser.
 */

const folder = dirname(fileURLToPath(import.meta.url));
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');

const LINUX_SIZES = [16, 32, 48, 64, 128, 256, 512];
const ICO_SIZES = [16, 32, 48, 256];
/** Types of pictures in an ICNS file that are PNG, by size. */
const ICNS_TYPES = /** @type {const} */ ([
  [128, 'ic07'],
  [256, 'ic08'],
  [512, 'ic09'],
  [1024, 'ic10'],
]);
/** Names that an AppX wants, with width and height. */
const APPX = /** @type {const} */ ([
  ['StoreLogo', 50, 50],
  ['Square44x44Logo', 44, 44],
  ['Square150x150Logo', 150, 150],
  ['Wide310x150Logo', 310, 150],
]);

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage();

/**
 * @param {number} width
 * @param {number} [height]
 */
async function png(width, height = width) {
  await page.setViewportSize({ width, height });
  await page.setContent(
    `<style>html,body{margin:0;background:transparent}svg{display:block;width:100vw;height:100vh}</style>${svg}`,
  );
  return page.screenshot({ omitBackground: true });
}

mkdirSync(join(folder, 'png'), { recursive: true });
mkdirSync(join(folder, 'appx'), { recursive: true });
for (const size of LINUX_SIZES) writeFileSync(join(folder, 'png', `${size}x${size}.png`), await png(size));
for (const [name, width, height] of APPX)
  writeFileSync(join(folder, 'appx', `${name}.png`), await png(width, height));
/** @type {[number, Buffer][]} */
const forIco = [];
for (const size of ICO_SIZES) forIco.push([size, await png(size)]);
writeFileSync(join(folder, 'icon.ico'), icoOf(forIco));
/** @type {[string, Buffer][]} */
const forIcns = [];
for (const [size, type] of ICNS_TYPES) forIcns.push([type, await png(size)]);
writeFileSync(join(folder, 'icon.icns'), icnsOf(forIcns));
await browser.close();

/**
 * An ICO file of PNG pictures, which Windows reads since Vista.
 * @param {readonly [size: number, png: Buffer][]} pictures
 */
function icoOf(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(([size, bytes], index) => {
    const at = 6 + 16 * index;
    // 256 is written as 0.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(bytes.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += bytes.length;
  });
  return Buffer.concat([head, ...pictures.map(([, bytes]) => bytes)]);
}

/**
 * An ICNS file: a list of typed, counted pieces.
 * @param {readonly [type: string, png: Buffer][]} pictures
 */
function icnsOf(pictures) {
  const body = Buffer.concat(pictures.map(([type, bytes]) => piece(type, bytes)));
  return piece('icns', body);
}

/**
 * @param {string} type four letters
 * @param {Buffer} bytes
 */
function piece(type, bytes) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + bytes.length, 4);
  return Buffer.concat([head, bytes]);
}
