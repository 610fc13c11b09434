import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import type { Theme } from './screens.ts';

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
