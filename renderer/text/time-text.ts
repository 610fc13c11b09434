/** A time of a record as people read it: `2026-11-28 18:30:00 UTC`. */
export function timeText(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}
