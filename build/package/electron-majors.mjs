/**
 * When the newest majors of Electron came out, by the registry (`npm view electron time`). The project supports the three
 * newest: https://www.electronjs.org/docs/latest/tutorial/electron-timelines. Update the table, with its date, before a release.
 */
export const MAJORS = {
  asOf: '2026-11-28',
  stable: [
    { major: 45, date: '2026-10-21' },
    { major: 44, date: '2026-08-25' },
    { major: 43, date: '2026-07-01' },
    { major: 42, date: '2026-05-06' },
  ],
};

const SUPPORTED = 3;
const DAY_MS = 86_400_000;

/** Days. A new major comes every eight weeks or so: after that long the table has missed one. */
const FRESH_DAYS = 60;

/**
 * Why an Electron should not go into a release: undefined when it may.
 * @param {string} version of Electron
 * @param {Date} today
 * @param {typeof MAJORS} [table]
 * @returns {string | undefined}
 */
export function electronComplaint(version, today, table = MAJORS) {
  const supported = table.stable
    .map(({ major }) => major)
    .sort((a, b) => b - a)
    .slice(0, SUPPORTED);
  if (!supported.includes(Number.parseInt(version, 10)))
    return `Electron ${version} is not of a supported major (${supported.join(', ')} as of ${table.asOf})`;
  const ageDays = Math.floor((today.getTime() - Date.parse(table.asOf)) / DAY_MS);
  return ageDays > FRESH_DAYS
    ? `the table of Electron's majors is ${ageDays} days old: look at "npm view electron time" and update build/package/electron-majors.mjs`
    : undefined;
}
