import { RecoveryError } from '../../shared/recovery-error.ts';
import { readDice, type DiceRolls } from '../engine/random/dice.ts';
import { withFile } from '../files/with-file.ts';
import type { CommandContext } from './command.ts';
import type { OptionTable } from './options.ts';
import { promptPassword } from './prompt.ts';

/** How rolls of dice can be given. */
export const DICE_OPTIONS: OptionTable = {
  dice: { help: 'ask for rolls of a six-sided die, to mix into the randomness of the system' },
  'dice-file': { value: 'FILE', help: 'read the rolls from a file' },
};

const MAX_DICE_FILE_BYTES = 64 * 1024;

/**
 * The rolls that the options ask for, if they do. The caller wipes them.
 * Fails with what `readDice` fails with, and with `usage.invalid` for two sources.
 */
export async function diceOf({ options, output, terminal }: CommandContext): Promise<DiceRolls | undefined> {
  const file = options.optional('dice-file');
  if (file !== undefined && options.has('dice')) {
    throw new RecoveryError('usage.invalid', { option: '--dice', reason: 'with --dice-file' });
  }
  if (file === undefined && !options.has('dice')) return undefined;
  const rolls =
    file === undefined ? await typedDice(terminal) : await withFile(file, MAX_DICE_FILE_BYTES, readDice);
  if (rolls.isUneven) {
    output.note(
      'The six faces came up very unevenly: a fair die is so uneven once in a thousand times. The key is no weaker than without dice; try another die if you count on it.',
    );
  }
  return rolls;
}

async function typedDice(terminal: CommandContext['terminal']): Promise<DiceRolls> {
  const typed = await promptPassword(
    terminal,
    'Rolls of the die, 1 to 6, 50 or better 100 of them (not shown): ',
  );
  try {
    return typed.use(readDice);
  } finally {
    typed.wipe();
  }
}
