import { recordCall } from './host-log.ts';
import { sealed } from './sealed.ts';

let content = '';

/** `clipboard`, text only, one that nobody else reads. */
export const clipboard = sealed('clipboard', {
  // What was written is nobody's to log: it may be a secret.
  writeText: (text: string): Promise<void> => {
    recordCall('clipboard.writeText');
    content = text;
    return Promise.resolve();
  },
  readText: (): Promise<string> => Promise.resolve(content),
  clear: (): void => {
    recordCall('clipboard.clear');
    content = '';
  },
});
