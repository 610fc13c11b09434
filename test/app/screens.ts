import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { projectRoot } from '../project-root.ts';

/** Where the pictures of the screens go; git does not see them. */
const FOLDER = join(projectRoot, 'test', 'app', 'screens');

/** Both looks of every screen. */
export const THEMES = ['light', 'dark'] as const;

/** One look of a screen. */
export type Theme = (typeof THEMES)[number];

/** Puts the page into one theme, by its own button. */
export async function useTheme(page: Page, theme: Theme): Promise<void> {
  const button = page.getByRole('button', { name: `Use the ${theme} theme` });
  if (await button.isVisible()) await button.click();
}

/** Takes a picture of a screen in the present theme. */
export async function takePicture(page: Page, name: string, theme: Theme): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`), animations: 'disabled' });
}

/** Runs in the page: what stands out of the window to the side. Wide tables may, in a box of their own. */
const OVERFLOWING = `(() => {
  const width = document.documentElement.clientWidth;
  const { scrollWidth } = document.scrollingElement;
  if (scrollWidth > width) return ['the page: ' + scrollWidth + ' in ' + width];
  return [...document.querySelectorAll('body *')].filter((element) => !element.closest('.grid-scroll, .unseen')).flatMap((element) => {
    const name = element.tagName + '.' + element.getAttribute('class');
    const { overflowX } = getComputedStyle(element);
    const scrolls = ['auto', 'scroll'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1;
    if (scrolls && !element.matches('input')) return ['scrolls: ' + name];
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.right > width + 1 ? ['stands out: ' + name] : [];
  });
})()`;

/** What of a page stands out of its window to the side, by tag and class; nothing where all of it fits. */
export function overflowing(page: Page): Promise<readonly string[]> {
  return page.evaluate(OVERFLOWING);
}
