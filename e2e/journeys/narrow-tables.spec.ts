import { TWO_VOLUMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';

const SCREENS = ['File systems', 'Namespaces', 'Images', 'Timeline', 'Logs'] as const;

test.use({ scenario: { source: TWO_VOLUMES } });

// A desk, half of one, and what is beside it: between them the navigation gives up its words.
for (const width of [1280, 1000, 960, 800, 640, 400]) {
  test(`no table has to be scrolled sideways, and Stop and Pull are in sight, at ${width} px`, async ({
    siloscope,
  }) => {
    const { page } = siloscope;
    await page.setViewportSize({ width, height: 700 });
    for (const name of SCREENS) {
      await siloscope.show(name);
      const main = siloscope.main(name);
      await expect(main.getByRole('row').nth(1)).toBeVisible();
      const wider = () =>
        main.locator(':has(> table)').evaluateAll(areas => areas.map(area => area.scrollWidth - area.clientWidth));
      await expect.poll(async () => Math.max(...(await wider())), { message: name }).toBeLessThanOrEqual(0);
    }
    await siloscope.show('File systems');
    await expect(siloscope.fileSystems.button(/^Stop /)).toBeInViewport({ ratio: 1 });
    await siloscope.show('Images');
    await expect(page.getByRole('button', { name: /^Pull / }).first()).toBeInViewport({ ratio: 1 });
  });
}
