import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { TWO_VOLUMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';
import { SCREEN_NAMES, type SiloscopePage } from '../pages/siloscope-page.ts';

/** Each violation as one line; nothing but Fluent's own focus traps is left out. */
async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.target.join(' ')}: ${node.html}`),
  );
}

async function walk(siloscope: SiloscopePage): Promise<void> {
  const { page, launch, visibility, dialog } = siloscope;
  const clean = async (where: string): Promise<void> => {
    expect.soft(await violations(page), where).toEqual([]);
  };
  for (const name of SCREEN_NAMES) {
    await siloscope.show(name);
    await expect(page.getByRole('main', { name })).not.toHaveAttribute('aria-busy', 'true');
    if (name === 'Launch') await launch.profile('memfs, as a network file system').check();
    if (name === 'Visibility') await visibility.matrix.getByRole('gridcell').first().click();
    await page.waitForTimeout(250);
    await clean(name);
  }
  await siloscope.show('Visibility');
  await visibility.tab('Map').click();
  await expect(visibility.map).toBeVisible();
  await clean('the map');
  await page.keyboard.press('Control+k');
  await expect(dialog).toBeVisible();
  await clean('the palette');
  await page.keyboard.press('Escape');
  await siloscope.show('File systems');
  await page
    .getByRole('button', { name: /^Stop / })
    .first()
    .click();
  await expect(dialog).toBeVisible();
  await clean('the stop dialog');
  await page.keyboard.press('Escape');
}

/** A look at each part of each screen takes axe its time. */
test.slow();
test.use({ scenario: { source: TWO_VOLUMES } });

for (const look of ['light', 'dark', 'forced'] as const) {
  test.describe(`in ${look} colours`, () => {
    test.use({
      colorScheme: look === 'dark' ? 'dark' : 'light',
      contextOptions: { reducedMotion: 'reduce', forcedColors: look === 'forced' ? 'active' : 'none' },
    });
    test('no screen has a violation that axe knows', async ({ siloscope, server }) => {
      await walk(siloscope);
      await server.kill();
      await expect(siloscope.bar).toBeVisible();
      expect.soft(await violations(siloscope.page), 'without a server').toEqual([]);
    });
  });
}

test.describe('on a host without anything', () => {
  test.use({ scenario: { source: 'nothing-works' } });
  test('faults and empty states have no violation either', async ({ siloscope }) => {
    for (const name of SCREEN_NAMES) {
      await siloscope.show(name);
      await siloscope.page.waitForTimeout(250);
      expect.soft(await violations(siloscope.page), name).toEqual([]);
    }
  });
});
