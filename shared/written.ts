/** What a session can write, beside its record. */
export const WRITTEN_THINGS = [
  'key',
  'public-key',
  'private-key',
  'share',
  'void-share',
  'rehearsal',
  'bucket-results',
] as const;

/** One of them; `rehearsal` is a folder, `void-share` a share of a set that another one stands for. */
export type WrittenThing = (typeof WRITTEN_THINGS)[number];

/** A file that a session wrote, or went on with, where the user wanted it: by its name, as the record has it. */
export interface WrittenFile {
  readonly what: WrittenThing;
  readonly name: string;
}
