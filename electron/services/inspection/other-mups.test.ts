import { afterEach, describe, expect, it } from 'vitest';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

let open: SimulatedServices;
afterEach(() => open.dispose());

const box = (name: string) => ({
  name,
  image: SERVERCORE,
  fileSystems: [{ commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m Y: -u \\${name}\\share` }],
});

/** Three containers, each with a network volume of its own class. */
async function on(behaviour: NonNullable<ScenarioInput['behaviour']>): Promise<void> {
  open = await openSimulatedServices({
    winfsp: { fsd: 'running' },
    behaviour,
    images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
    containers: ['one', 'two', 'three'].map(box),
  });
}

function row({ volumes, namespaces }: Inspection, name: string): Record<string, string> {
  const labels = new Map(namespaces.map(({ id, label }) => [id, label]));
  const volume = volumes.find(({ uncPrefix }) => uncPrefix === `\\${name}\\share`);
  return Object.fromEntries(
    (volume?.visibility ?? []).map(({ namespace, visible, evidence: { rank }, because }) => [
      labels.get(namespace) ?? namespace,
      `${visible} ${rank} ${because}`,
    ]),
  );
}

const step = ({ volumes }: Inspection, name: string, code: string) =>
  volumes.find(({ uncPrefix }) => uncPrefix === `\\${name}\\share`)?.chain.find(one => one.code === code);

describe('a silo whose MUP is not the host’s', () => {
  it('but its own is not judged by the rule for a shared one, whoever looks', async () => {
    await on({ siloMups: ['own', 'shared', 'shared'] });
    const inspection = await open.call('inspection.take', {});
    expect(inspection.namespaces.map(({ mup }) => mup)).toEqual([undefined, 'own', 'shared', 'shared']);
    expect(row(inspection, 'one')).toEqual({
      host: 'no rule mup-not-shared',
      one: 'yes namespace its-own-namespace',
      two: 'no rule mup-not-shared',
      three: 'no rule mup-not-shared',
    });
    expect(row(inspection, 'two')).toMatchObject({
      host: 'yes rule shared-mup',
      one: 'no rule mup-not-shared',
      three: 'yes rule shared-mup-inferred',
    });
    expect(step(inspection, 'one', 'mup-is-shared')?.holds).toBe('no');
    const proven = await open.call('inspection.take', { probe: true });
    expect(row(proven, 'one')).toMatchObject({ two: 'no rule mup-not-shared' });
    expect(row(proven, 'two')).toMatchObject({ host: 'yes probe shared-mup', three: 'yes probe shared-mup-inferred' });
  });

  it('but a link to somewhere else is not known, until somebody looks', async () => {
    await on({ siloMups: ['elsewhere', 'elsewhere', 'shared'] });
    const inspection = await open.call('inspection.take', {});
    expect(row(inspection, 'one')).toMatchObject({
      host: 'unknown rule mup-leads-elsewhere',
      two: 'unknown rule mup-leads-elsewhere',
      three: 'unknown rule mup-leads-elsewhere',
    });
    expect(inspection.volumes.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'leaked']);
    expect(step(inspection, 'one', 'mup-is-shared')?.holds).toBe('no');
    const proven = await open.call('inspection.take', { canary: true });
    expect(row(proven, 'one')).toMatchObject({ two: 'yes canary mup-leads-elsewhere' });
    expect(open.host.networkLog()).toEqual([]);
  });
});

describe('the GUID of a container', () => {
  it.each([
    [true, 'yes', 'hcs-runtime-id'],
    [false, 'consistent', 'own-devices'],
  ])('that HCS confirms: %s', async (runtimeIdIsContainerGuid, holds, guidFrom) => {
    await on({ runtimeIdIsContainerGuid });
    const inspection = await open.call('inspection.take', {});
    expect(step(inspection, 'one', 'provider-carries-guid')).toMatchObject({ holds, guidFrom });
  });
});

describe('a host whose driver does not answer', () => {
  it.each([
    ['stopped', 1, undefined],
    ['stopping', 3, 'volumes'],
  ])('says nothing of its own list, which nobody asked for: %s', async (_, code, hides) => {
    await on({});
    const run = open.host.run.bind(open.host);
    open.host.run = async (argv, options) => {
      const answer = await run(argv, options);
      if (argv[0] !== 'sc.exe') return answer;
      return { ...answer, stdout: answer.stdout.replace(/(STATE\s+: )\d+/, `$1${code}`) };
    };
    const inspection = await open.call('inspection.take', {});
    expect(step(inspection, 'one', 'listed-in-silo-only')?.holds).toBe('not-tested');
    const gap = inspection.gaps.find(({ what }) => what === 'volume list (fsptool lsvol)');
    expect([gap?.namespace, gap?.hides]).toEqual(['host', hides]);
  });

  it('is asked all the same where only the service manager refused', async () => {
    await on({});
    const run = open.host.run.bind(open.host);
    open.host.run = async (argv, options) =>
      argv[0] === 'sc.exe' ? { argv, exitCode: 5, stdout: '', stderr: '', elapsedMs: 1 } : run(argv, options);
    const inspection = await open.call('inspection.take', {});
    expect(step(inspection, 'one', 'listed-in-silo-only')?.holds).toBe('yes');
  });
});
