import type { ReactElement } from 'react';

import { isRunning, type BucketDesk } from '../../shared/bucket-desk.ts';
import { start, type Desk, type ScreenProps } from '../app/desk.ts';
import { BucketInputs } from '../parts/bucket-inputs.tsx';
import { BucketProgressCard } from '../parts/bucket-progress.tsx';
import { BucketRows } from '../parts/bucket-rows.tsx';
import { DropArea } from '../parts/drop-area.tsx';
import { Layout, type MainAction } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { bucketLead, bucketStatus, bucketTitle } from '../text/bucket-words.ts';
import { warningText } from '../text/warnings.ts';

/** A whole bucket: what is checked with what, how far it is, and each wallet that was done. */
export function BucketScreen({ stage: { bucket }, desk }: ScreenProps<'bucket'>): ReactElement {
  const running = isRunning(bucket);
  const begun = bucket.view.kind !== 'idle';
  return (
    <Layout
      desk={desk}
      canGoBack={!running}
      title={bucketTitle(bucket)}
      lead={bucketLead(bucket)}
      status={bucketStatus(bucket)}
      main={mainOf(bucket, desk)}
      beside={besideOf(bucket, desk)}
    >
      <DropArea desk={desk} disabled={desk.busy !== null || running} />
      {bucket.registerWarnings.map((warning, i) => (
        <Note key={i} tone="warn" title="Worth knowing">
          <p>{warningText(warning)}</p>
        </Note>
      ))}
      {begun && 'progress' in bucket.view && bucket.view.progress !== null && (
        <BucketProgressCard view={bucket.view} progress={bucket.view.progress} />
      )}
      {begun && <BucketRows desk={desk} bucket={bucket} />}
      {!running && <BucketInputs desk={desk} bucket={bucket} folded={begun} />}
    </Layout>
  );
}

function mainOf(bucket: BucketDesk, desk: Desk): MainAction {
  const begin = (task: BucketDesk['task'], label: string): MainAction => ({
    label,
    disabled: bucket.paths.length === 0,
    onPress: () => {
      start(desk.ask('bucket.start', { task }));
    },
  });
  switch (bucket.view.kind) {
    case 'idle':
      return bucket.task === 'verify'
        ? begin('verify', 'Check every backup')
        : begin('recover-check', 'Recover and compare all');
    case 'finding':
    case 'running':
      return {
        label: 'Pause',
        onPress: () => {
          start(desk.ask('bucket.pause', null));
        },
      };
    case 'paused':
      return {
        label: 'Go on',
        onPress: () => {
          start(desk.ask('bucket.resume', null));
        },
      };
    case 'stopping':
      return { label: 'Stopping…', disabled: true };
    case 'stopped':
    case 'failed':
      return begin(bucket.task, 'Start again');
    case 'done':
      return bucket.task === 'verify'
        ? begin('recover-check', 'Recover and compare all')
        : {
            label: 'Finish and wipe',
            onPress: () => {
              start(desk.ask('session.end', null));
            },
          };
  }
}

function besideOf(bucket: BucketDesk, desk: Desk): MainAction | null {
  if (isRunning(bucket)) {
    return bucket.view.kind === 'stopping'
      ? null
      : {
          label: 'Stop',
          onPress: () => {
            start(desk.ask('bucket.stop', null));
          },
        };
  }
  if (bucket.view.kind !== 'done') return null;
  return bucket.task === 'verify'
    ? {
        label: 'Finish',
        onPress: () => {
          start(desk.ask('session.end', null));
        },
      }
    : {
        label: 'Use another recovery key',
        onPress: () => {
          start(desk.ask('bucket.another-key', null));
        },
      };
}
