import { defineConfig } from '@playwright/test';

/** Another app than the project's, built already, for the mutations of the lockdown: they set it. */
const appFolder = process.env['BREAKGLASS_APP_FOLDER'];

/** The specs that start the app. `npx playwright test -c test/app/playwright.config.ts`. */
// eslint-disable-next-line no-restricted-syntax -- Playwright reads the default export
export default defineConfig<{ readonly appFolder: string }>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  ...(appFolder === undefined
    ? { globalSetup: ['../host/global-setup.ts', './build-app.ts'] }
    : { use: { appFolder } }),
  outputDir: '../../dist/test-results',
  reporter: [['list'], ['../host/host-reporter.ts']],
  timeout: 30_000,
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] === 'true',
});
