import { expect, it } from 'vitest';

import { curveOf } from '../../../../electron/engine/curve/curve.ts';
import { judge } from '../../../../electron/engine/ers/verdict.ts';
import { makeBackup, proveAgain } from '../../../fixtures/backups.ts';
import { anyScalar, pointBytes, scalarBytes } from '../../../fixtures/prover.ts';
import { bigEndianToInteger } from '../../../../electron/engine/bytes/integer.ts';
import { makeRsaKey } from '../../../fixtures/rsa.ts';
import { checksOf, failuresOf } from '../../../fixtures/verify.ts';

const key = makeRsaKey();

it('an additive version 2 backup whose third share is nowhere in the file is not valid', () => {
  const made = makeBackup({ key, version: '2', sharing: 'additive', players: 2 });
  const { scalars } = curveOf('secp256k1');
  const third = anyScalar('secp256k1');
  const whole = scalars.add(bigEndianToInteger(made.privateKey), third);
  const statement = {
    ...made.statement,
    publicKey: pointBytes('secp256k1', whole),
    commitments: [...made.statement.commitments, pointBytes('secp256k1', third)],
  };
  const backup = proveAgain({ ...made, statement });
  expect(scalarBytes('secp256k1', whole)).toHaveLength(32);
  const results = checksOf(made, backup);
  expect(failuresOf(results)).toMatchObject([{ check: 'players', code: 'proof.player-set' }]);
  expect(judge(backup, results)).toMatchObject({ kind: 'invalid', code: 'proof.player-set' });
});

it('nothing is valid because nobody looked: a missing check is a bug', () => {
  const made = makeBackup({ key });
  const results = checksOf(made);
  expect(() => judge(made.backup, [])).toThrow('a check is missing');
  expect(() => judge(made.backup, results.slice(0, -1))).toThrow('a check is missing');
  expect(() =>
    judge(
      made.backup,
      results.filter(({ player }) => player !== 1),
    ),
  ).toThrow('a check is missing');
});
