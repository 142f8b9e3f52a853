import type { Contract } from '../../shared/contract/contract.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import type { Handlers } from '../../shared/contract/operation.ts';
import { fillProfile } from '../../shared/domain/fill-profile.ts';
import type { LaunchInput, LaunchPlan } from '../../shared/domain/launch.ts';
import { BUILT_IN_PROFILES } from '../../shared/domain/profiles.ts';
import { fakeInspection } from './fake-inspection.ts';
import { fakeSilo } from './fake-story.ts';
import { type FakeWorld, WINFSP } from './fake-world.ts';

type LaunchCall = 'launch.plan' | 'filesystem.launch' | 'filesystem.list' | 'filesystem.stop';

/** Launches and stops, step by step. */
export function fakeLaunching(world: FakeWorld): Pick<Handlers<Contract>, LaunchCall> {
  const planOf = (input: LaunchInput): LaunchPlan => {
    const profile = BUILT_IN_PROFILES.find(({ name }) => name === input.profile);
    if (profile === undefined && input.command === undefined) {
      throw new FaultError({ code: 'not-found', what: 'profile', name: input.profile ?? '' });
    }
    const mountPoint = input.mountPoint ?? profile?.defaults.mountPoint;
    const uncPrefix = profile?.kind === 'network' ? (input.uncPrefix ?? profile.defaults.uncPrefix) : undefined;
    const taken = world.silos.flatMap(silo => silo.fileSystem.volumes).find(volume => volume.uncPrefix === uncPrefix);
    if (uncPrefix !== undefined && taken !== undefined) {
      throw new FaultError({
        code: 'unc-prefix-in-use',
        uncPrefix,
        by: taken.device,
        proposal: uncPrefix.replace(/^(\\[^\\]+)/, '$1-2'),
      });
    }
    const command =
      profile === undefined ? (input.command ?? []) : fillProfile(profile, { winfsp: WINFSP, mountPoint, uncPrefix });
    const image = input.image ?? world.story.images[0]?.reference ?? '';
    const name = input.name ?? `${profile?.name ?? 'custom'}-${world.silos.length + 1}`;
    const silo = fakeSilo(world.silos.length + 60, name, mountPoint ?? 'Z:', uncPrefix);
    const inspection = fakeInspection(
      [...world.silos.map(({ namespace }) => namespace), silo.namespace],
      silo.fileSystem.volumes,
      { probe: false, canary: false },
      world.iso(),
    );
    return {
      name,
      image,
      isolation: input.isolation,
      command,
      kind: profile?.kind ?? 'disk',
      ...(mountPoint === undefined ? {} : { mountPoint }),
      ...(uncPrefix === undefined ? {} : { uncPrefix }),
      binds: [`${WINFSP}:${WINFSP}:ro`],
      dockerRun: `docker run -d --isolation=${input.isolation} --name ${name} -v "${WINFSP}:${WINFSP}:ro" ${image} ${command
        .map(part => (part.includes(' ') ? `"${part}"` : part))
        .join(' ')}`,
      predicted: (inspection.volumes[0]?.visibility ?? []).map(cell => ({
        ...cell,
        evidence: { rank: 'rule', ground: cell.because === 'shared-mup-inferred' ? 'inferred' : 'documented' },
      })),
      warnings: [],
    };
  };

  return {
    'launch.plan': input => planOf(input),
    'filesystem.launch': async (input, { progress, signal }) => {
      const plan = planOf(input);
      for (const step of ['preflight', 'fsd', 'image', 'container', 'start', 'volume', 'listing'] as const) {
        progress({ step, state: 'started' });
        await world.pause(120, signal);
        if (step === 'fsd') world.fsdRunning = true;
        const notes = { fsd: 'WinFsp+2.1.25156 runs', container: plan.name, image: 'already here' } as const;
        const told = step in notes ? notes[step as keyof typeof notes] : undefined;
        progress({ step, state: step === 'image' ? 'skipped' : 'done', ...(told === undefined ? {} : { note: told }) });
      }
      const silo = fakeSilo(world.silos.length + 60, plan.name, plan.mountPoint ?? 'Z:', plan.uncPrefix);
      world.silos = [...world.silos, silo];
      world.note('container.started', plan.name);
      if (plan.kind === 'network') world.note('volume.leaked', silo.fileSystem.volumes[0]?.device ?? '', 'inspection');
      world.change('containers');
      return {
        container: silo.fileSystem.container,
        plan,
        volumes: silo.fileSystem.volumes,
        listing: {
          path: `${plan.mountPoint ?? 'Z:'}\\`,
          output: ` Volume in drive ${(plan.mountPoint ?? 'Z:').charAt(0)} is MEMFS\n Volume Serial Number is 0E0A-2C1D\n\n Directory of ${plan.mountPoint ?? 'Z:'}\\\n\n11/22/2026  09:14 AM    <DIR>          .\n               0 File(s)              0 bytes\n               1 Dir(s)      16,777,216 bytes free`,
        },
        siloscopeCommand: `siloscope launch ${input.profile ?? ''}`.trim(),
      };
    },
    'filesystem.list': () => ({
      revision: world.revision,
      fileSystems: world.silos.map(({ fileSystem }) => fileSystem),
    }),
    'filesystem.stop': async ({ name }, { progress, signal }) => {
      const silo = world.silos.find(({ namespace }) => namespace.label === name);
      if (silo === undefined) throw new FaultError({ code: 'not-found', what: 'file system', name });
      progress({ note: 'Asked the program to end.' });
      await world.pause(500, signal);
      world.silos = world.silos.filter(other => other !== silo);
      world.note('container.stopped', name);
      world.change('containers');
      return { container: name, gone: silo.fileSystem.volumes, removed: true, exitCode: 0 };
    },
  };
}
