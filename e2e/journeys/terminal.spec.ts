import { TWO_VOLUMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';

test.use({ scenario: { source: TWO_VOLUMES } });

test('a terminal under the strict policy: a command runs, the size follows, the shell ends', async ({ siloscope }) => {
  const { page, fileSystems } = siloscope;
  const broken: string[] = [];
  await page.exposeFunction('tellBroken', (directive: string) => void broken.push(directive));
  await page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      (Reflect.get(window, 'tellBroken') as (directive: string) => void)(effectiveDirective),
    );
  });

  await siloscope.show('File systems');
  await fileSystems.button('Terminal in loud').click();
  await expect(fileSystems.console).toContainText('PS C:\\>');
  await page.keyboard.type('echo first > Y:\\told.txt\r');
  await page.keyboard.type('type Y:\\told.txt\r');
  await expect(fileSystems.console).toContainText(/type Y:\\told\.txt[\s\S]*first/);

  // Its rows are as wide as the page leaves them, and it takes part in every change of that.
  const rows = fileSystems.console.locator('.xterm-rows');
  const width = async (): Promise<number> => (await rows.boundingBox())?.width ?? 0;
  const before = await width();
  await page.setViewportSize({ width: 800, height: 700 });
  await expect.poll(width).toBeLessThan(before - 300);
  await page.keyboard.type('echo still-here\r');
  await expect(fileSystems.console).toContainText(/still-here\s*still-here/);

  await page.keyboard.type('exit\r');
  await expect(fileSystems.main.getByText('Ended with exit code 0')).toBeVisible();
  await fileSystems.button('Close: Terminal in loud').click();
  await expect(fileSystems.console).toBeHidden();
  await expect(fileSystems.table).toContainText('loud');
  expect(broken).toEqual([]);
});

test('the palette opens a shell by its name on the command line, and leaving the screen ends it', async ({
  siloscope,
}) => {
  const { page, fileSystems, dialog } = siloscope;
  await page.keyboard.press('Control+k');
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('terminal quiet');
  await expect(dialog.getByRole('option', { selected: true })).toContainText('siloscope terminal quiet');
  await page.keyboard.press('Enter');
  await expect(fileSystems.console).toContainText('PS C:\\>');
  await siloscope.show('Images');
  await siloscope.show('File systems');
  await expect(fileSystems.table).toContainText('quiet');
  await expect(fileSystems.console).toBeHidden();
});
