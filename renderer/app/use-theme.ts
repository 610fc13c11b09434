import { useEffect, useState } from 'react';

/** How the page is drawn. */
export type Theme = 'dark' | 'light';

/** The theme: the system's until the switch is used, and then what was chosen, for this session only. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [system, setSystem] = useState<Theme>('light');
  const [chosen, setChosen] = useState<Theme | null>(null);
  useEffect(() => {
    const query = window.matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => {
      setSystem(query.matches ? 'dark' : 'light');
    };
    follow();
    query.addEventListener('change', follow);
    return () => {
      query.removeEventListener('change', follow);
    };
  }, []);
  useEffect(() => {
    if (chosen !== null) document.documentElement.dataset['theme'] = chosen;
  }, [chosen]);
  return [chosen ?? system, setChosen];
}
