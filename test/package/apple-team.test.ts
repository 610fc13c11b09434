import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { packagingTool } from './tools.ts';

interface AppleTeam {
  readonly ENTITLEMENTS: string;
  readonly teamOf: (entitlements: string) => string;
  readonly teamComplaint: (entitlements?: string) => string | undefined;
}

const { ENTITLEMENTS, teamOf, teamComplaint } = await packagingTool<AppleTeam>('apple-team.mjs');
const { afterPack } = await packagingTool<{
  readonly afterPack: (context: object) => Promise<void>;
}>('after-pack.mjs');
const ours = readFileSync(ENTITLEMENTS, 'utf8');
const of = (team: string): string => ours.replace('<string>TEAM-ID.', `<string>${team}.`);

describe('the team that signs for macOS', () => {
  it('is a placeholder in the sources, before the name of the app', () => {
    expect(teamOf(ours)).toBe('TEAM-ID');
  });

  it('is taken once it has the form of one', () => {
    expect([teamOf(of('8Y2UTZ2NBZ')), teamComplaint(of('8Y2UTZ2NBZ'))]).toEqual(['8Y2UTZ2NBZ', undefined]);
  });

  it.each([
    ['the placeholder', ours],
    ['small letters', of('8y2utz2nbz')],
    ['one letter less', of('8Y2UTZ2NB')],
    ['the group of another app', of('8Y2UTZ2NBZ').replace('org.breakglass', 'org.other')],
    ['no group', ours.replace('application-groups', 'application-group')],
  ])('is refused: %s', (_what, entitlements) => {
    expect(teamComplaint(entitlements)).toMatch(/is a placeholder: put in that of the certificate/);
  });

  it('stops the packaging while it is a placeholder, before anything is signed', async () => {
    const context = { electronPlatformName: 'darwin', appOutDir: '/nowhere', arch: 3, packager: {} };
    await expect(afterPack(context)).rejects.toThrow(/entitlements\.plist is a placeholder/);
  });
});
