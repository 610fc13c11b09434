import { useEffect, useState, type ReactElement } from 'react';

import type { Desk } from '../app/desk.ts';
import { start } from '../app/desk.ts';
import { Icon } from './icon.tsx';

/** Takes files that are dropped anywhere on the page while it is there, and shows that it would. */
export function DropArea({
  desk,
  disabled,
}: {
  readonly desk: Desk;
  readonly disabled: boolean;
}): ReactElement | null {
  const [over, setOver] = useState(false);
  const { drop } = desk;
  useEffect(() => {
    const hover = (event: DragEvent): void => {
      event.preventDefault();
      setOver(!disabled);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const take = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0 && !disabled) start(drop(files));
    };
    window.addEventListener('dragover', hover);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', take);
    return () => {
      window.removeEventListener('dragover', hover);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', take);
    };
  }, [drop, disabled]);
  if (!over) return null;
  return (
    <div className="drop-over">
      <Icon name="download" />
      <p>Drop to add. Nothing is decrypted, and no file is changed.</p>
    </div>
  );
}
