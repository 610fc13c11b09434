import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

import { overflowing, takePicture, THEMES, useTheme, type Theme } from './screens.ts';

/** Sizes in CSS pixels: the smallest window, and the ordinary one at a zoom of 200 %. */
const SMALL = [
  { width: 1024, height: 700 },
  { width: 590, height: 380 },
];

/** The size of every picture. */
export const ORDINARY = { width: 1180, height: 760 };

/** The rules of axe that apply on every screen, at the least: fewer means that it did not look. */
const LEAST_RULES = 15;

/** What axe finds on the present screen. */
export async function axeFindings(page: Page, theme: Theme): Promise<readonly string[]> {
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  if (passes.length < LEAST_RULES) return [`${theme}: axe has looked at ${passes.length} rules only`];
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${theme} ${id} ${String(target)} ${failureSummary ?? ''}`),
  );
}

/**
 * Looks at the present screen in every way: a picture, what axe says, and whether it fits small windows.
 * @param themes to look in; one alone is taken to be there already
 */
export async function look(page: Page, name: string, themes: readonly Theme[] = THEMES): Promise<void> {
  const findings: string[] = [];
  for (const theme of themes) {
    if (themes.length > 1) await useTheme(page, theme);
    await page.setViewportSize(ORDINARY);
    await takePicture(page, name, theme);
    findings.push(...(await axeFindings(page, theme)));
  }
  for (const size of SMALL) {
    await page.setViewportSize(size);
    findings.push(...(await overflowing(page)).map((what) => `${size.width} px: ${what}`));
  }
  await page.setViewportSize(ORDINARY);
  expect.soft(findings, name).toEqual([]);
}
