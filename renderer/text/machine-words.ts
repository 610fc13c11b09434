import type { AppNetwork, MemoryRisk } from '../../shared/machine.ts';

/** What is said of the network that the system gives to the app. */
export const APP_NETWORK_WORDS: Readonly<Record<AppNetwork, string>> = {
  none: 'The system gives this app no network.',
  shared:
    'The system gives this app the machine’s network. The app refuses to use it; the air gap has to keep the rest out.',
  unknown: 'This system does not tell whether the app has a network. The app refuses to use one.',
};

/** What is said of how memory may reach a disk, and what to do. */
export const MEMORY_RISK_WORDS: Readonly<Record<MemoryRisk, string>> = {
  'core-dumps':
    'A crash could write the key to disk: core dumps are on. Start with “ulimit -c 0”, and switch off what collects them.',
  swap: 'The key could be written to disk: the machine swaps. Run “sudo swapoff -a”; this line goes when it is off.',
  hibernation:
    'The key could be written to disk: the machine can hibernate. Do not let it sleep, and turn it off afterwards.',
  unknown:
    'This system does not tell whether memory can reach the disk. Use a machine with an encrypted disk, and turn it off afterwards.',
};
