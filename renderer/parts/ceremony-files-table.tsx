import type { ReactElement } from 'react';

import type { CeremonyFiles } from '../../shared/ceremony.ts';
import { FORM_WORDS } from '../text/ceremony-words.ts';
import { fileName } from '../text/details.ts';

/** The files of the pair, and who takes which. */
export function CeremonyFilesTable({ files }: { readonly files: CeremonyFiles }): ReactElement {
  return (
    <div className="card card-flush grid-scroll">
      <table className="check-grid file-table">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">What it is</th>
            <th scope="col">For</th>
          </tr>
        </thead>
        <tbody>
          {files.publicKeys.map(({ file, form, bytes, products }) => (
            <tr key={file}>
              <th scope="row">
                <code>{fileName(file)}</code>
              </th>
              <td>
                Public key, {FORM_WORDS[form]}, {bytes} bytes
              </td>
              <td>{products.join(', ')}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <code>{fileName(files.privateKey.file)}</code>
            </th>
            <td>Private key, PKE1, {files.privateKey.bytes} bytes</td>
            <td>you: keep it offline</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
