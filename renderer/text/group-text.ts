import { isUuid } from '../../shared/ids.ts';

/** How many characters stand together, so that an eye keeps its place. */
export const GROUP_LENGTH = 4;

/** Cuts an address into groups of four; a leading `0x` stays with the first group, and an id is cut at its hyphens. */
export function groupText(text: string): readonly string[] {
  if (isUuid(text)) return text.split(/(?<=-)/);
  const prefix = text.startsWith('0x') ? 2 : 0;
  const first = prefix + GROUP_LENGTH;
  const groups = text === '' ? [] : [text.slice(0, first)];
  for (let start = first; start < text.length; start += GROUP_LENGTH) {
    groups.push(text.slice(start, start + GROUP_LENGTH));
  }
  return groups;
}

/** The first sixteen digits of a fingerprint, in groups: enough to tell two keys apart at a glance. */
export function shortFingerprint(hex: string): string {
  return groupText(hex.slice(0, 16)).join(' ') + (hex.length > 16 ? ' …' : '');
}
