import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { TWO_VOLUMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';
import { SCREEN_NAMES, SETTINGS_SECTION_NAMES, type SiloscopePage } from '../pages/siloscope-page.ts';

/** Each violation as one line; nothing but Fluent's own focus traps is left out. */
async function violations(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).exclude('[data-tabster-dummy]').options({ resultTypes: ['violations'] });
  const found = await axe.analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.target.join(' ')}: ${node.html}`),
  );
}

/** Every screen, and everything that opens on one. */
async function walk(siloscope: SiloscopePage): Promise<void> {
  const { page, launch, fileSystems, visibility, dialog } = siloscope;
  const clean = async (where: string): Promise<void> => {
    await page.waitForTimeout(100);
    expect.soft(await violations(page), where).toEqual([]);
  };
  const inDialog = async (where: string, open: () => Promise<void>): Promise<void> => {
    await open();
    await expect(dialog).toBeVisible();
    await expect(dialog.getByLabel('Asking the host')).toBeHidden();
    await clean(where);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  const command = (line: string) => async (): Promise<void> => {
    await page.keyboard.press('Control+k');
    await expect(dialog.getByRole('combobox')).toBeFocused();
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('combobox')).toBeHidden();
  };

  for (const name of SCREEN_NAMES) {
    await siloscope.show(name);
    await expect(page.getByRole('main', { name })).not.toHaveAttribute('aria-busy', 'true');
    if (name === 'Launch') await launch.profile('memfs, as a network file system').check();
    if (name === 'Visibility') {
      await clean('visibility, nothing chosen');
      await visibility.matrix.getByRole('gridcell').first().click();
    }
    await clean(name);
  }
  for (const section of SETTINGS_SECTION_NAMES) {
    await siloscope.showSettings(section);
    await clean(`settings: ${section}`);
  }
  await siloscope.show('Visibility');
  await inDialog('a private relaunch', () => visibility.relaunch.click());
  await visibility.tab('Map').click();
  await expect(visibility.map).toBeVisible();
  await clean('the map');

  await siloscope.show('Launch');
  await inDialog('a profile to be saved', () => launch.button('Save as a profile').click());

  await siloscope.show('Images');
  await inDialog('an image to be built', () => page.getByRole('button', { name: 'Build an image' }).click());

  await siloscope.show('Logs');
  await page.getByRole('row', { name: /Driver .* runs/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'The line' })).toBeVisible();
  await clean('a line of the logs');

  await siloscope.show('File systems');
  await fileSystems.button(/^Logs of/).click();
  await expect(fileSystems.main).toContainText('memfs -t');
  await clean('logs');
  await fileSystems.button(/^Terminal in/).click();
  await expect(fileSystems.console).toContainText('PS C:\\>');
  await clean('a terminal');
  await inDialog('the stop dialog', () => fileSystems.button(/^Stop /).click());

  await siloscope.show('Images');
  await inDialog('the prune dialog', () => page.getByRole('button', { name: 'Prune' }).click());
  await inDialog('the palette', () => page.keyboard.press('Control+k'));
  await inDialog('an explanation', async () => {
    await command('siloscope explain')();
    await dialog.getByRole('textbox').fill('0xc0370101');
  });
  await inDialog('help', () => page.keyboard.press('F1'));
  await inDialog('the report', command('siloscope report'));
  await inDialog('the diagnostics bundle', async () => {
    await command('siloscope doctor --bundle')();
    await dialog.getByRole('button', { name: 'recording.json' }).click();
  });
  await inDialog('the unload dialog', command('siloscope fsd unload'));
}

/** A look at each part of each screen takes axe its time, on a busy machine more than a minute. */
test.describe.configure({ timeout: 240_000 });
test.use({ scenario: { source: TWO_VOLUMES } });

for (const look of ['light', 'dark', 'forced'] as const) {
  for (const width of [1280, 400]) {
    test.describe(`in ${look} colours, ${width} px wide`, () => {
      test.use({
        viewport: { width, height: 800 },
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
