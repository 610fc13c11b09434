import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { PreloadConfig } from './wire.ts';

/** The two scripts that run before a page's own. */
export interface PageSources {
  readonly mainWorld: string;
  readonly preloadWorld: string;
}

/** Puts the page's side of the stand-in, its configuration and the app's preload together. */
export function makePageSources(preloadFile: string | undefined): PageSources {
  const read = (name: string): string => readFileSync(join(__dirname, 'page', name), 'utf8');
  const preload = preloadFile === undefined ? '' : readFileSync(preloadFile, 'utf8');
  const config: PreloadConfig = {
    secret: `host-${randomBytes(12).toString('hex')}-`,
    platform: process.platform,
    arch: process.arch,
    preloadFile: preloadFile ?? '',
  };
  const wrapped = `function (require, process, module, exports) {${preload}\n}`;
  return {
    mainWorld: `(() => { ${read('main-world.js')}\nmainWorld.start(${JSON.stringify(config.secret)}); })();`,
    preloadWorld: `(() => { ${read('preload-world.js')}\npreloadWorld.start(${JSON.stringify(config)}, ${wrapped}); })();`,
  };
}
