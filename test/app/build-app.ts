import { projectRoot } from '../project-root.ts';

/** Builds the app, once a run, where its sources have changed. */
// eslint-disable-next-line no-restricted-syntax -- Playwright reads the default export
export default async function build(): Promise<void> {
  const module = '../../build/app/build-if-stale.mjs';
  const { buildAppIfStale } = (await import(module)) as {
    readonly buildAppIfStale: (root: string) => Promise<boolean>;
  };
  await buildAppIfStale(projectRoot);
}
