import { useState, type ReactElement } from 'react';

import { EXPORT_FORMATS, formatsFor, type ExportFormat } from '../../shared/export-format.ts';
import { isInTheClear } from '../../shared/export-guards.ts';
import { start, walletOf, type ScreenProps } from '../app/desk.ts';
import { Layout } from '../parts/layout.tsx';
import { FORMAT_WORDS } from '../text/format-words.ts';

/** How the key goes out: encrypted unless the user asks for something else. */
export function ChooseFormatScreen({
  stage,
  desk,
  onPlace,
}: ScreenProps<'export'> & { readonly onPlace: (place: 'write' | 'show') => void }): ReactElement {
  const [format, setFormat] = useState<ExportFormat>(stage.draft.format);
  const curve = walletOf(stage.loaded, stage.wallet)?.curve ?? 'secp256k1';
  const formats = formatsFor(curve, stage.recovered.hasChainCode);
  const use = async (): Promise<void> => {
    if ((await desk.ask('export.choose-format', { format })) !== null) onPlace('write');
  };
  return (
    <Layout
      desk={desk}
      canGoBack
      title="Choose how the key goes out"
      lead={`The key at ${stage.recovered.path} leaves Breakglass once, in a form that its next program reads.`}
      status={
        isInTheClear(format) ? 'Next: what that means, and where to.' : 'Next: a password, and where to.'
      }
      main={{
        label: 'Use this format',
        onPress: () => {
          start(use());
        },
      }}
      beside={{
        label: 'Show the key instead',
        onPress: () => {
          onPlace('show');
        },
      }}
    >
      <FormatGroup
        legend="Encrypted with a password"
        formats={formats.filter((name) => !EXPORT_FORMATS[name].clear)}
        chosen={format}
        onChoose={setFormat}
      />
      <FormatGroup
        legend="In the clear: whoever has the file has the key"
        formats={formats.filter((name) => EXPORT_FORMATS[name].clear)}
        chosen={format}
        onChoose={setFormat}
      />
    </Layout>
  );
}

interface FormatGroupProps {
  readonly legend: string;
  readonly formats: readonly ExportFormat[];
  readonly chosen: ExportFormat;
  readonly onChoose: (format: ExportFormat) => void;
}

function FormatGroup({ legend, formats, chosen, onChoose }: FormatGroupProps): ReactElement {
  return (
    <fieldset className="card formats">
      <legend>{legend}</legend>
      {formats.map((name) => (
        <label key={name} className="format">
          <input
            type="radio"
            name="format"
            value={name}
            checked={name === chosen}
            onChange={() => {
              onChoose(name);
            }}
          />
          <span>
            <b>{FORMAT_WORDS[name].name}</b>
            <span className="muted">{FORMAT_WORDS[name].says}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
