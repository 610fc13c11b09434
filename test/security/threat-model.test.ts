import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';

const text = readFileSync(join(projectRoot, 'docs', 'threat-model.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('docs/threat-model.md', () => {
  it.each([
    'thief of the laptop',
    'malicious shard file',
    'malicious page content',
    'malicious PKCS#11 module',
    'careless operator',
    'dishonest operator, honest witness',
    'supply chain',
  ])('has claims about: %s', (actor) => {
    expect(rows.some(([who = '']) => who.startsWith(actor))).toBe(true);
  });

  it.each(rows.map((cells) => [cells[0] ?? '', cells] as const))(
    '%s: names a test that exists',
    (_actor, cells) => {
      expect(cells).toHaveLength(4);
      const [, file = '', title = ''] = /^`(test\/[\w./-]+)`: (.+)$/.exec(cells[3] ?? '') ?? [];
      expect([file, existsSync(join(projectRoot, file))]).toEqual([file, true]);
      expect(title.length).toBeGreaterThan(5);
      expect(readFileSync(join(projectRoot, file), 'utf8')).toContain(title);
    },
  );
});
