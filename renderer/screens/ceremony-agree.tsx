import type { ReactElement } from 'react';

import { nextToAgree } from '../../shared/ceremony.ts';
import { start } from '../app/desk.ts';
import { CeremonyFilesTable } from '../parts/ceremony-files-table.tsx';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { GivenUpSets } from '../parts/given-up-sets.tsx';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { OwnName } from '../parts/own-name.tsx';
import { ROLE_WORDS, SHARED_WORDS } from '../text/ceremony-words.ts';
import { printable } from '../text/details.ts';
import type { CeremonyProps } from './ceremony-props.ts';

const FORM = 'ceremony-agree';

/** Everybody says, one after the other, that it went as the record says; then the session ends. */
export function CeremonyAgreeScreen({ view, desk }: CeremonyProps<'agree'>): ReactElement {
  const { people, files, shares, givenUp, key, agreed } = view;
  const name = nextToAgree(view);
  const person = people.find((each) => each.name === name);
  const end = {
    label: name === undefined ? 'Finish and wipe' : 'Finish without the rest',
    disabled: desk.busy !== null,
    onPress: () => {
      start(desk.ask('session.end', null));
    },
  };
  return (
    <Layout
      key={name ?? 'all'}
      desk={desk}
      title={person === undefined ? 'Everybody agreed' : `${printable(person.name)}: do you agree?`}
      lead={
        person === undefined
          ? 'The record is complete. Ending the session wipes the memory, and then lets the record be saved and signed.'
          : `Take the keyboard. You are here as ${ROLE_WORDS[person.role]}. Agree only if you have seen what stands here.`
      }
      status={`${agreed.length} of ${people.length} agreed.`}
      main={person === undefined ? end : { label: 'I agree', form: FORM }}
      beside={person === undefined ? null : end}
    >
      {person !== undefined && (
        <section className="card" aria-labelledby="agree-title">
          <h2 id="agree-title">I was here, and the ceremony went as this record says</h2>
          <OwnName
            desk={desk}
            form={FORM}
            name={person.name}
            onTyped={(typed) => {
              start(desk.ask('ceremony.agree', { name: typed }));
            }}
          />
        </section>
      )}
      <section className="card" aria-labelledby="fingerprint-title">
        <h2 id="fingerprint-title">
          The RSA-{key.bits} key, confirmed by {key.confirmedBy.map(printable).join(', ')}
        </h2>
        <Fingerprint fingerprint={key} />
      </section>
      <CeremonyFilesTable files={files} />
      <Note
        tone={shares === null ? 'plain' : 'ok'}
        title={shares === null ? 'No shares were made' : 'Shares were made and tried'}
      >
        <p>
          {shares === null
            ? 'The password is with those who typed it. The one in memory is wiped.'
            : `Any ${shares.needed} of ${shares.pages.length} custodians give ${SHARED_WORDS[shares.what]} back: ${shares.custodians.map(printable).join(', ')}. Set ${shares.set}.`}
        </p>
      </Note>
      <GivenUpSets sets={givenUp} />
    </Layout>
  );
}
