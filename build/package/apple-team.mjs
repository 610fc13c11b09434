import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Reverse-domain name of the app. */
export const APP_ID = 'org.breakglass.Breakglass';

/** What the app is allowed on macOS. The maintainer's team stands in it, and nowhere else. */
export const ENTITLEMENTS = join(dirname(fileURLToPath(import.meta.url)), 'macos', 'entitlements.plist');

const GROUP = /<key>com\.apple\.security\.application-groups<\/key>\s*<array>\s*<string>([^<]+)<\/string>/;

/**
 * The team before the name of the app's group. Chromium's processes find each other by a Mach service, which the App
 * Sandbox lets an app register only under the name of such a group (electron/electron#51351).
 * @param {string} entitlements a property list
 * @returns {string} empty where the list names no group of this app
 */
export function teamOf(entitlements) {
  const group = GROUP.exec(entitlements)?.[1] ?? '';
  return group.endsWith(`.${APP_ID}`) ? group.slice(0, -APP_ID.length - 1) : '';
}

/**
 * Why an app for macOS can't be signed with these entitlements: undefined when it can.
 * @param {string} [entitlements] a property list; the project's own when not given
 * @returns {string | undefined}
 */
export function teamComplaint(entitlements = readFileSync(ENTITLEMENTS, 'utf8')) {
  // Apple's own form of a team id.
  return /^[A-Z0-9]{10}$/.test(teamOf(entitlements))
    ? undefined
    : `the team in ${ENTITLEMENTS} is a placeholder: put in that of the certificate which signs`;
}
