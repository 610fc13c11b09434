import { leadingOut } from '../../shared/air-gap.ts';
import { readInterfaces } from '../shell/air-gap.ts';
import { readMemoryRisks } from '../shell/memory-risks.ts';
import type { HeldKey } from './command.ts';
import type { Output } from './output.ts';
import { connectedSentence, memorySentence } from './text/machine.ts';

/**
 * Says before a key is opened how its memory may reach a disk, and which network it is on. The app refuses a live
 * recovery on a network; a script is told, and its record says so.
 */
export function warnOfMachine(held: HeldKey, output: Output): void {
  if (output.json) return;
  for (const risk of readMemoryRisks()) output.note(`Warning: ${memorySentence(risk)}`);
  if (held === 'signing') return;
  const names = leadingOut(readInterfaces());
  if (names.length > 0) output.note(`Warning: ${connectedSentence(names)}`);
}
