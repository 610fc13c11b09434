const GROUP = 4;
const GROUPS_A_LINE = 8;

/** A fingerprint in groups of four digits, eight a line, to be read aloud and compared. */
export function inFours(hex: string): readonly string[] {
  const groups = Array.from({ length: Math.ceil(hex.length / GROUP) }, (_, i) =>
    hex.slice(i * GROUP, (i + 1) * GROUP),
  );
  return Array.from({ length: Math.ceil(groups.length / GROUPS_A_LINE) }, (_, i) =>
    groups.slice(i * GROUPS_A_LINE, (i + 1) * GROUPS_A_LINE).join(' '),
  );
}
