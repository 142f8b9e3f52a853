import { HOSTILE_NAMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';
import { faultsOnShow } from '../pages/hygiene.ts';
import { SCREEN_NAMES } from '../pages/siloscope-page.ts';

// Each walks every screen, with its dialogs, at one size.
test.slow();
test.use({ scenario: { source: HOSTILE_NAMES } });

/** A desk, a narrow window, and 200 % zoom. */
const SIZES = [
  [1280, 800],
  [400, 800],
  [640, 400],
] as const;

for (const [width, height] of SIZES) {
  test.describe(`at ${width} by ${height} px`, () => {
    test.use({ viewport: { width, height } });
    test('names that deceive, run or burst are shown as what they are, and nothing gives way', async ({
      siloscope,
    }) => {
      const { page, launch, visibility, dialog } = siloscope;
      const clean = async (where: string): Promise<void> => {
        await page.waitForTimeout(200);
        expect.soft(await faultsOnShow(page), where).toEqual([]);
      };
      for (const name of SCREEN_NAMES) {
        await siloscope.show(name);
        await expect(page.getByRole('main', { name })).not.toHaveAttribute('aria-busy', 'true');
        await clean(name);
      }

      await siloscope.show('Launch');
      await launch.profile('memfs, as a network file system').check();
      await expect(launch.plan).toContainText('Expected to be visible from');
      await clean('a launch form');
      await launch.image('registry.example.com').check();
      await clean('a launch from an image with a long name');

      await siloscope.show('File systems');
      const { fileSystems } = siloscope;
      await expect(fileSystems.main).toContainText('\\u{202e}');
      await fileSystems.button(/^Logs of long/).click();
      await expect(fileSystems.main).toContainText('memfs -t');
      await clean('logs');
      await fileSystems.button(/^Terminal in long/).click();
      await expect(fileSystems.console).toContainText('PS C:\\>');
      await clean('a terminal');
      await fileSystems.button(/^Stop long/).click();
      await expect(dialog).toContainText('\\u{202e}');
      await clean('the stop dialog');
      await page.keyboard.press('Escape');

      await siloscope.show('Visibility');
      await visibility.matrix.getByRole('gridcell').first().click();
      await expect(visibility.evidence).toContainText('\\u{202e}');
      await clean('evidence');
      await visibility.tab('Map').click();
      await expect(visibility.mapInWords).toContainText('\\u{202e}');
      await clean('the map');

      await page.keyboard.press('Control+k');
      await page.keyboard.type('look');
      await expect(dialog).toContainText('\\u{202e}');
      await clean('the palette');
      await page.keyboard.press('Escape');

      await page.keyboard.press('Control+k');
      await page.keyboard.type('siloscope fsd unload');
      await page.keyboard.press('Enter');
      await expect(dialog.getByRole('list')).toContainText('\\u{202e}');
      await clean('the unload dialog');
      await page.keyboard.press('Escape');

      await siloscope.show('Images');
      await page.getByRole('button', { name: 'Prune' }).click();
      await expect(dialog).toContainText('registry.example.com');
      await clean('the prune dialog');
      await page.keyboard.press('Escape');
    });
  });
}
