import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';

/** On the host that everybody starts with, programs that have a profile lie where their installers put them. */
let host: SimulatedServices;
beforeAll(async () => {
  host = await openSimulatedServices(await scenarioNamed('default'));
  await host.call('fsd.start', {});
});
afterAll(() => host.dispose());

describe('the recipe of a built-in profile, on the host of the start', () => {
  it.each(BUILT_IN_PROFILES.filter(({ recipe, kind }) => recipe !== undefined && kind === 'disk'))(
    'makes an image that $name is launched from',
    async ({ name }) => {
      const plan = await host.call('image.recipe', { profile: name });
      expect(plan.issues).toEqual([]);
      expect(plan.files.filter(({ sizeBytes, optional }) => sizeBytes === undefined && !optional)).toEqual([]);
      const { tag } = await host.call('image.build', { profile: name });
      const { plan: launched, volumes } = await host.call('filesystem.launch', { profile: name, image: tag });
      expect([launched.image, volumes.length]).toEqual([tag, 1]);
    },
  );
});
