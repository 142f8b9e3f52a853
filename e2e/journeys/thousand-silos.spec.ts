import { manySilos } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';

test.use({ scenario: { source: manySilos(1_000) } });

test('a thousand silos are shown, filtered, walked and drawn', async ({ siloscope }) => {
  // A thousand containers are started before the page is.
  test.slow();
  const { visibility, page } = siloscope;
  await siloscope.show('Visibility', 30_000);
  await expect(visibility.summary).toHaveText('1000 volumes, 100 expected to leak', { timeout: 30_000 });
  await expect(visibility.matrix).toHaveAttribute('aria-rowcount', '1001');
  await expect(visibility.matrix).toHaveAttribute('aria-colcount', '1002');
  expect(await visibility.matrix.getByRole('gridcell').count()).toBeLessThan(1_000);

  await visibility.matrix.getByRole('gridcell').first().focus();
  await page.keyboard.press('Control+End');
  await expect(page.locator(':focus')).toHaveAttribute('aria-colindex', '1002');

  await page.keyboard.press('Control+f');
  await page.keyboard.type('worker-0990');
  await expect(visibility.matrix).toHaveAttribute('aria-rowcount', '2');

  await visibility.tab('Map').click();
  await expect(visibility.map).toBeVisible({ timeout: 30_000 });
  await expect(visibility.mapInWords.getByRole('listitem').first()).toBeVisible();

  await siloscope.show('File systems');
  await expect(siloscope.main('File systems').getByRole('table')).toHaveAttribute('aria-rowcount', '1001');
});
