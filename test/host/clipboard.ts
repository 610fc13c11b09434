import { sealed } from './sealed.ts';

let content = '';

/** `clipboard`, text only, one that nobody else reads. */
export const clipboard = sealed('clipboard', {
  writeText: (text: string): void => {
    content = text;
  },
  readText: (): string => content,
  clear: (): void => {
    content = '';
  },
});
