#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { format, resolveConfig } from 'prettier';

import { shippedPackages } from './shipped-packages.mjs';

/** `npm run doc:dependencies`: writes the packages that others bring along into docs/dependencies.md. */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const doc = join(root, 'docs', 'dependencies.md');
const [BEGIN, END] = ['<!-- brought along: begin -->', '<!-- brought along: end -->'];

/** @type {Record<'dependencies' | 'optionalDependencies', Record<string, string>>} */
const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const own = new Set([
  'node_modules/electron',
  ...Object.keys({ ...dependencies, ...optionalDependencies }).map((name) => `node_modules/${name}`),
]);
const rows = shippedPackages(root)
  .filter(({ path }) => !own.has(path))
  .map(({ name, version, license }) => `| \`${name}\` | ${version} | ${license} |`);
const table = ['| package | version | licence |', '| --- | --- | --- |', ...new Set(rows)].join('\n');

const text = readFileSync(doc, 'utf8');
const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
if (before === -1 || after < before)
  throw new Error(`docs/dependencies.md has no place between ${BEGIN} and ${END}`);
const changed = `${text.slice(0, before)}${BEGIN}\n\n${table}\n\n${text.slice(after)}`;
writeFileSync(doc, await format(changed, { ...(await resolveConfig(doc)), parser: 'markdown' }));
