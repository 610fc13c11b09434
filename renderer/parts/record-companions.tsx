import { useState, type ReactElement } from 'react';

import type { RecordCheckView, RecordCompanion } from '../../shared/record-check.ts';
import { start, type Desk } from '../app/desk.ts';
import { fileName } from '../text/details.ts';
import { faultText } from '../text/faults.ts';
import { Button } from './button.tsx';
import { LongField } from './long-field.tsx';

interface RecordCompanionsProps {
  readonly check: RecordCheckView;
  readonly desk: Desk;
}

/** What a record can be held against: signatures, public keys, and the words that were noted. */
export function RecordCompanions({ check, desk }: RecordCompanionsProps): ReactElement {
  return (
    <section className="card stack companions" aria-labelledby="against-title">
      <h2 id="against-title">Hold it against what you know</h2>
      <Companion
        what="signatures"
        label="Add signatures"
        files={check.signatures}
        none="No signature: a file that ends in .sig or .minisig."
        desk={desk}
      />
      <Companion
        what="public-keys"
        label="Add public keys"
        files={check.publicKeys}
        none="No public key: an OpenSSH public key, an allowed signers file, or a minisign public key."
        desk={desk}
      />
      <HeadForm desk={desk} />
    </section>
  );
}

interface CompanionProps extends Pick<RecordCompanionsProps, 'desk'> {
  readonly what: RecordCompanion;
  readonly label: string;
  readonly files: readonly string[];
  readonly none: string;
}

function Companion({ what, label, files, none, desk }: CompanionProps): ReactElement {
  return (
    <div className="companion">
      <p className={files.length === 0 ? 'hint' : undefined}>
        {files.length === 0 ? none : files.map(fileName).join(', ')}
      </p>
      <Button
        disabled={desk.busy !== null}
        onPress={() => {
          start(desk.ask('record-check.add-by-dialog', { what }));
        }}
      >
        {label}
      </Button>
    </div>
  );
}

/** The head as it was noted; what is wrong with a word stands at the field. */
function HeadForm({ desk }: Pick<RecordCompanionsProps, 'desk'>): ReactElement {
  const [words, setWords] = useState('');
  const [isEdited, setEdited] = useState(false);
  const fault = isEdited || desk.fault?.code !== 'words.malformed' ? null : desk.fault;
  const complaint = fault === null ? null : faultText(fault);
  return (
    <form
      className="companion"
      // Main reads the words; the browser would not let a field be sent again that was complained of.
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setEdited(false);
        if (desk.busy === null) start(desk.ask('record-check.type-head', { words }));
      }}
    >
      <LongField
        label="The words of the head, as they were noted"
        value={words}
        onChange={(text) => {
          setWords(text);
          setEdited(true);
        }}
        hint="32 words, with blanks between. Send an empty field to take them back."
        rows={4}
        complaint={complaint === null ? null : `${complaint.title}. ${complaint.meaning} ${complaint.next}`}
      />
      <Button type="submit" disabled={desk.busy !== null}>
        Compare the words
      </Button>
    </form>
  );
}
