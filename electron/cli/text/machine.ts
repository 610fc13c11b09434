import type { MemoryRisk } from '../../../shared/machine.ts';

const SENTENCES: Readonly<Record<MemoryRisk, string>> = {
  'core-dumps':
    'A crash could write the key to disk: this machine keeps core dumps. Run "ulimit -c 0", and switch off what collects them.',
  swap: 'The key could be written to disk: this machine swaps. Run "sudo swapoff -a" first.',
  hibernation:
    'The key could be written to disk: this machine can hibernate. Do not let it sleep, and turn it off afterwards.',
  unknown:
    'Whether memory can reach the disk is not known on this system. Use a machine with an encrypted disk, and turn it off afterwards.',
};

/**
 * Says to a person how memory may reach a disk, and what to do.
 * @param risk as `memoryRisksOf` finds it
 */
export function memorySentence(risk: MemoryRisk): string {
  return SENTENCES[risk];
}

/**
 * Says to a person that a key is about to be opened on a network, and what to do.
 * @param names of the interfaces that are up and lead out
 */
export function connectedSentence(names: readonly string[]): string {
  return `This machine is on a network (${names.join(', ')}), and a recovery key is about to be opened on it. In a live recovery stop here, and pull the cable or switch the radio off.`;
}
