import type { ReactElement } from 'react';

import type { RecordCheckView, RecordPageForm } from '../../shared/record-check.ts';
import { start, type Desk, type ScreenProps } from '../app/desk.ts';
import { Button } from '../parts/button.tsx';
import { Layout, type MainAction } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { RecordCheckList } from '../parts/record-check-list.tsx';
import { RecordCompanions } from '../parts/record-companions.tsx';
import { RecordHead } from '../parts/record-head.tsx';
import { RecordSummary } from '../parts/record-summary.tsx';
import { printable } from '../text/details.ts';

/** The record of another session: what is known of it, check by check. */
export function RecordCheckScreen({ stage: { check }, desk }: ScreenProps<'record-check'>): ReactElement {
  return check === null ? <NoRecord desk={desk} /> : <Checked key={check.file} check={check} desk={desk} />;
}

function chooseRecord(desk: Desk, label: string): MainAction {
  return {
    label,
    onPress: () => {
      start(desk.ask('record-check.choose-by-dialog', null));
    },
  };
}

function NoRecord({ desk }: { readonly desk: Desk }): ReactElement {
  return (
    <Layout
      desk={desk}
      canGoBack
      title="Check a record"
      lead="Every session leaves a record. Here you see whether one was changed since, who signed it, and what it says."
      status="Next: choose the record, a JSON file."
      main={chooseRecord(desk, 'Choose the record')}
    >
      <Note tone="plain" title="Have these at hand, if you can">
        <p>The words that were read out and noted at the end of the session.</p>
        <p>The signature’s file, and the public key of whoever signed.</p>
      </Note>
    </Layout>
  );
}

interface CheckedProps {
  readonly check: RecordCheckView;
  readonly desk: Desk;
}

function Checked({ check, desk }: CheckedProps): ReactElement {
  const { sound, summary, headHex, headWords } = check;
  const isPrintable = sound && summary !== null;
  return (
    <Layout
      desk={desk}
      canGoBack
      title={titleOf(check)}
      lead={printable(check.file)}
      status={statusOf(check)}
      showFault={desk.fault?.code !== 'words.malformed'}
      main={
        isPrintable
          ? { label: 'Save the page as PDF', onPress: savePage(desk, 'pdf') }
          : chooseRecord(desk, 'Choose another record')
      }
      beside={
        isPrintable
          ? { label: 'Save it as HTML', disabled: desk.busy !== null, onPress: savePage(desk, 'html') }
          : null
      }
    >
      {!sound && (
        <Note tone="bad" title="Don’t rely on this record" urgent>
          <p>At least one check failed. Compare it with another copy, and with the words that were noted.</p>
        </Note>
      )}
      <RecordCheckList checks={check.checks} />
      <RecordCompanions check={check} desk={desk} />
      {headHex !== null && (
        <section className="card" aria-labelledby="head-title">
          <h2 id="head-title">Its head in words</h2>
          <p className="muted">
            They stand for the whole record: change one entry of it, and they are others. Compare them with
            those that were noted.
          </p>
          <RecordHead record={{ headHex, headWords }} />
        </section>
      )}
      {summary !== null && <RecordSummary summary={summary} />}
      {isPrintable && (
        <div className="button-row">
          <Button disabled={desk.busy !== null} {...onPressOf(chooseRecord(desk, ''))}>
            Choose another record
          </Button>
        </div>
      )}
    </Layout>
  );
}

function savePage(desk: Desk, form: RecordPageForm): () => void {
  return () => {
    start(desk.ask('record-check.save', { form }));
  };
}

function onPressOf({ onPress }: MainAction): { readonly onPress?: () => void } {
  return onPress === undefined ? {} : { onPress };
}

/** The title never says more than was checked. */
function titleOf({ sound, checks }: RecordCheckView): string {
  if (!sound) return 'This record did not pass';
  const isHeld = checks.some(
    ({ check, outcome }) => (check === 'head' || check === 'signature') && outcome === 'passed',
  );
  return isHeld ? 'This record is as it was' : 'Nothing in this record contradicts itself';
}

function statusOf({ sound, checks, pages }: RecordCheckView): string {
  const last = pages.at(-1);
  if (last !== undefined) return `Page written to ${printable(last)}`;
  if (!sound) return 'No page is made of a record that did not pass.';
  const isHeld = checks.some(
    ({ check, outcome }) => (check === 'head' || check === 'signature') && outcome === 'passed',
  );
  return isHeld
    ? 'Next: save it as a page to print.'
    : 'Whoever changes a record can make it whole again: compare the head, or add a signature.';
}
