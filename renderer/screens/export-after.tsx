import type { ReactElement } from 'react';

import type { Output } from '../../shared/export-state.ts';
import { start, walletOf, type ScreenProps } from '../app/desk.ts';
import { Grouped } from '../parts/grouped.tsx';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { nextSteps, whereToImport } from '../text/after-export.ts';
import { fileName, printable } from '../text/details.ts';
import { FORMAT_WORDS } from '../text/format-words.ts';
import { count } from '../text/words.ts';

/** What was given out, and what to do with it now. */
export function AfterExportScreen({
  stage,
  desk,
  onMore,
}: ScreenProps<'export'> & { readonly onMore: () => void }): ReactElement {
  const { outputs } = desk.state;
  const curve = walletOf(stage.loaded, stage.wallet)?.curve ?? 'secp256k1';
  return (
    <Layout
      desk={desk}
      title="What to do now"
      lead="The key has left Breakglass. From here on it is only as safe as you keep it."
      status="Finishing wipes the key here. What was written stays."
      main={{
        label: 'Finish and wipe',
        onPress: () => {
          start(desk.ask('session.end', null));
        },
      }}
      beside={{ label: 'Give it out in another form', onPress: onMore }}
    >
      {outputs.map((output, i) => (
        <OutputNote key={i} output={output} />
      ))}
      <section className="card" aria-labelledby="next-title">
        <h2 id="next-title">Then, in this order</h2>
        <ol className="next-steps">
          {nextSteps(curve).map(({ title, says }) => (
            <li key={title}>
              <b>{title}.</b> {says}
            </li>
          ))}
        </ol>
      </section>
    </Layout>
  );
}

function OutputNote({ output }: { readonly output: Output }): ReactElement {
  if (output.kind === 'shown') {
    return (
      <Note tone="warn" title={`The key at ${output.path} was shown on the screen`}>
        <p>
          What was written down by hand is as good as the key. Lock it away, or destroy it once the funds have
          moved.
        </p>
      </Note>
    );
  }
  const { file, format, bytes, sha256Hex, path } = output;
  return (
    <Note tone="ok" title={`${fileName(file)} was written, read back and compared`}>
      <p>
        {FORMAT_WORDS[format].name}, key at {path}, {count(bytes, 'byte')}: {printable(file)}
      </p>
      <p>
        SHA-256 <Grouped text={sha256Hex} />
      </p>
      <p>
        <b>Where to import it:</b> {whereToImport(format)}
      </p>
    </Note>
  );
}
