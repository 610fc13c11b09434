import { useState, type ReactElement } from 'react';

import type { CeremonyShares } from '../../shared/ceremony.ts';
import { start } from '../app/desk.ts';
import { Button } from '../parts/button.tsx';
import { CeremonyFilesTable } from '../parts/ceremony-files-table.tsx';
import { folderOf, GivenUpSets } from '../parts/given-up-sets.tsx';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { PRINTING_HINTS, SHARED_WORDS } from '../text/ceremony-words.ts';
import { fileName, printable } from '../text/details.ts';
import type { CeremonyProps } from './ceremony-props.ts';
import { PlanSharesScreen } from './ceremony-split.tsx';

/** The files are there. Whether they are split, how, and the test of the shares. */
export function CeremonySharesScreen({ view, desk }: CeremonyProps<'shares'>): ReactElement {
  /** How many sets there were when planning began: once there is another one, the plan is done. */
  const [planning, setPlanning] = useState<number | null>(null);
  const { shares, givenUp } = view;
  const sets = givenUp.length + (shares === null ? 0 : 1);
  const plan = (): void => {
    setPlanning(sets);
  };
  if (planning === sets) {
    return (
      <PlanSharesScreen
        key="plan"
        view={view}
        desk={desk}
        onBack={() => {
          setPlanning(null);
        }}
      />
    );
  }
  return shares === null ? (
    <FilesWorkScreen key="files" view={view} desk={desk} onSplit={plan} />
  ) : (
    <TrySharesScreen key={shares.set} view={view} desk={desk} shares={shares} onSplit={plan} />
  );
}

function FilesWorkScreen({
  view: { files },
  desk,
  onSplit,
}: CeremonyProps<'shares'> & { readonly onSplit: () => void }): ReactElement {
  return (
    <Layout
      desk={desk}
      title="The files work"
      lead="They were written, read back, and tried as they lie on the medium: what was encrypted to each public key file came back with the private key file. The key in memory is wiped."
      status="Split its password, so that no single person can open the key?"
      main={{ label: 'Split among custodians', onPress: onSplit }}
      beside={{
        label: 'Go on without shares',
        disabled: desk.busy !== null,
        onPress: () => {
          start(desk.ask('ceremony.finish-shares', null));
        },
      }}
    >
      <CeremonyFilesTable files={files} />
      {!files.passwordIsNfc && (
        <Note tone="warn" title="The password has characters that keyboards write in two ways">
          <p>
            Type it on the keyboard that you will use later, and see that the file opens, before you need it.
          </p>
        </Note>
      )}
      <Note tone="plain" title="Before you upload a public key file">
        <p>
          Compare its fingerprint with the words that were written down. Copy the private key file to two
          media, and keep them apart from its password and from the backups.
        </p>
      </Note>
    </Layout>
  );
}

interface TrySharesProps extends CeremonyProps<'shares'> {
  readonly shares: CeremonyShares;
  readonly onSplit: () => void;
}

function TrySharesScreen(props: TrySharesProps): ReactElement {
  const {
    view: { working, givenUp },
    desk,
    shares,
    onSplit,
  } = props;
  const { what, needed, set, pages, custodians, combined, failed } = shares;
  const thing = SHARED_WORDS[what];
  const combine = { label: working === null ? 'Combine shares' : 'Combining…', disabled: working !== null };
  return (
    <Layout
      desk={desk}
      title={combined === null ? 'Print the shares, and try them' : 'The shares work'}
      lead={`${needed} of these ${pages.length} shares give ${thing} back; fewer give nothing. Set ${set}.`}
      status={
        combined === null
          ? `Combine any ${needed} of them once before the password in memory is wiped.`
          : `Shares ${combined.join(', ')} gave ${thing} back.`
      }
      main={
        combined === null
          ? {
              ...combine,
              onPress: () => {
                start(desk.ask('ceremony.combine-by-dialog', null));
              },
            }
          : {
              label: 'Wipe and go on',
              disabled: working !== null,
              onPress: () => {
                start(desk.ask('ceremony.finish-shares', null));
              },
            }
      }
      beside={
        combined === null
          ? null
          : {
              ...combine,
              label: working === null ? 'Combine others' : combine.label,
              onPress: () => {
                start(desk.ask('ceremony.combine-by-dialog', null));
              },
            }
      }
    >
      {failed && (
        <Note tone="warn" title="Shares of this set could not be combined">
          <p>
            Try other shares of it first. If it stays so, split anew: new shares, in another folder. Then
            every page of this set has to be destroyed.
          </p>
          <div className="note-foot">
            <Button disabled={desk.busy !== null || working !== null} onPress={onSplit}>
              Split anew
            </Button>
          </div>
        </Note>
      )}
      <GivenUpSets sets={givenUp} />
      <ul className="card card-flush players" aria-label="Shares">
        {pages.map(({ file }, i) => (
          <li key={file}>
            <span>
              <b>{printable(custodians[i] ?? '')}</b>, share {i + 1}
            </span>
            <code className="share-page-name">{fileName(file)}</code>
          </li>
        ))}
      </ul>
      <section className="card" aria-labelledby="printing-title">
        <h2 id="printing-title">How to print and try them</h2>
        <ol className="next-steps">
          {PRINTING_HINTS.map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ol>
      </section>
      <Note tone="warn" title={`Together the pages are ${thing}`}>
        <p>They lie in {printable(folderOf(pages))} until you delete them.</p>
      </Note>
    </Layout>
  );
}
