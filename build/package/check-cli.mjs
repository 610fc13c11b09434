#!/usr/bin/env node
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { complaintsAboutCli } from './payload-files.mjs';

/** A step of `npm run package`: says nothing and ends with 0 when the command line's bundles may be packed. */

const complaints = complaintsAboutCli(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
for (const complaint of complaints) process.stderr.write(`package: ${complaint}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;
