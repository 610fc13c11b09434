import type { KeyAlgorithm } from '../../shared/key-algorithm.ts';

/** One line of the table. */
export interface Row {
  readonly keyAlgorithm: KeyAlgorithm;
  readonly command: 'verify' | 'recover';
  readonly state: 'steady' | 'cold';
  readonly cpuMs: number;
  /** Only of a process. */
  readonly wallMs?: number;
  readonly peakMiB?: number;
}

/** Everything that a run of the benchmark found out. */
export interface Figures {
  readonly machine: string;
  readonly unitMs: number;
  readonly rsaPublicMs: number;
  readonly rsaPrivateMs: number;
  /** `node -e 0`: below this no process gets. */
  readonly floorWallMs: number;
  readonly rows: readonly Row[];
}

/**
 * CPU a kit, steady, in units: what the public Go CLI takes as a whole process, and half of it. Its 0.25 s and 0.12 s
 * were measured where a unit is 0.37 ms.
 */
const CPU_AIMS = { SECP256K1: [660, 330], ED25519: [330, 165] } as const;
const WALL_AIM_MS = 350;

const COLUMNS = ['', 'CPU ms', 'units', 'aim', 'then', 'wall ms', 'aim', 'peak MiB'];

/** The figures as text for people. */
export function toTable(figures: Figures): string {
  const { machine, unitMs, rsaPublicMs, rsaPrivateMs, floorWallMs, rows } = figures;
  return [
    `One kit, RSA-4096, 2 of 3. ${machine}`,
    '',
    ...align([
      ['one unit: secp256k1.Point.BASE.multiply', unitMs.toFixed(3), 'ms CPU'],
      ['native RSA-4096 public operation', rsaPublicMs.toFixed(3), 'ms CPU'],
      ['native RSA-4096 private operation', rsaPrivateMs.toFixed(3), 'ms CPU'],
      ['node -e 0', floorWallMs.toFixed(0), 'ms wall'],
    ]),
    '',
    ...align([COLUMNS, ...rows.map((row) => cells(row, unitMs))]),
    '',
    'steady: user and system time in a warm process, median; cold: a whole process, started anew, median.',
    'units: CPU time in multiplications; their aims are the public Go CLI, and then half of it.',
  ].join('\n');
}

/** The figures as one JSON object. */
export function toJson(figures: Figures): string {
  const rows = figures.rows.map((row) => ({ ...row, units: row.cpuMs / figures.unitMs, ...aims(row) }));
  return JSON.stringify({ ...figures, rows });
}

function aims({ keyAlgorithm, command, state }: Row): { aimUnits?: readonly number[]; aimWallMs?: number } {
  if (state === 'steady') return { aimUnits: CPU_AIMS[keyAlgorithm] };
  return command === 'recover' ? { aimWallMs: WALL_AIM_MS } : {};
}

function cells(row: Row, unitMs: number): readonly string[] {
  const { aimUnits = [], aimWallMs } = aims(row);
  return [
    `${row.keyAlgorithm} ${row.command}, ${row.state}`,
    row.cpuMs.toFixed(1),
    (row.cpuMs / unitMs).toFixed(0),
    `${aimUnits[0] ?? ''}`,
    `${aimUnits[1] ?? ''}`,
    row.wallMs?.toFixed(0) ?? '',
    `${aimWallMs ?? ''}`,
    row.peakMiB?.toFixed(0) ?? '',
  ];
}

/** Pads the cells of every column to one width, names to the left and figures to the right. */
function align(table: readonly (readonly string[])[]): readonly string[] {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((line) => line[column]?.length ?? 0)),
  );
  return table.map((line) =>
    line
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
