import { join } from 'node:path';

import { projectRoot } from '../project-root.ts';

/**
 * A module of the packaging, which is JavaScript: its types are stated by who asks.
 * @param name of the file in `build/package`
 */
export async function packagingTool<Module>(name: string): Promise<Module> {
  return (await import(join(projectRoot, 'build', 'package', name))) as Module;
}

/** `payload-files.mjs`. */
export interface PayloadFiles {
  readonly BUDGET: Readonly<Record<'asar' | 'main' | 'page', number>>;
  readonly REQUIRED: readonly string[];
  readonly complaintsAbout: (folder: string, machinePaths: readonly string[]) => readonly string[];
  readonly complaintsAboutCli: (folder: string) => readonly string[];
}

/** `list-files.mjs`. */
export interface ListFiles {
  readonly listFiles: (folder: string) => readonly string[];
}

/** `shipped-packages.mjs`. */
export interface ShippedPackages {
  readonly shippedPackages: (root: string) => readonly {
    readonly path: string;
    readonly name: string;
    readonly version: string;
    readonly license: string;
  }[];
}

/** `build-info.mjs`. */
export interface BuildInfo {
  readonly PAYLOAD_INPUTS: readonly string[];
}
