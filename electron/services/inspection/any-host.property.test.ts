import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankOf } from '../../../shared/domain/evidence.ts';
import type { Finding, InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import { classOf } from '../../../shared/domain/unc-prefix.ts';
import { cellIn } from '../../../shared/domain/visibility-row.ts';
import { anyDrives, setDrives } from '../testing/any-drives.ts';
import { anyHost } from '../testing/any-host.ts';
import { KernelTruth, kernelVolumes, lies } from '../testing/kernel-truth.ts';
import { openSimulatedServices, type SimulatedServices } from '../testing/simulated-services.ts';

/** Hosts that are held against their kernel; and of them one in so many has a fix pressed, and is held again. */
const HOSTS = 2_000;
const FIXED_ONE_IN = 5;
/** What few hosts offer is pressed wherever it is offered. */
const SELDOM: ReadonlySet<string> = new Set(['rename', 'read-only']);
/** So many at once: most of a host's life is waiting. */
const AT_ONCE = 8;
/** Of a machine with other work. On an idle one it is a minute. */
const PATIENCE_MS = 600_000;

const depth = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constantFrom({ probe: true }, { canary: true }, { probe: true, plainUnc: true }) },
);
const plan = fc.record({
  scenario: anyHost,
  drives: anyDrives,
  depth,
  press: fc.nat({ max: FIXED_ONE_IN - 1 }),
  choice: fc.nat({ max: 50 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;

const seen = { volumes: 0, hidden: 0, fixes: new Set<string>(), codes: new Set<string>() };

describe('whatever host there is', () => {
  it(
    'an inspection of it says nothing that its kernel contradicts, finds nothing without a cause, and each fix does what it says',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(plan, { minLength: AT_ONCE, maxLength: AT_ONCE }), async plans => {
          expect((await Promise.all(plans.map(hold))).flat()).toEqual([]);
        }),
        { numRuns: HOSTS / AT_ONCE },
      );
      // The hosts were of every sort: otherwise nothing was held against anything.
      expect(seen.volumes).toBeGreaterThan(HOSTS);
      expect(seen.hidden).toBeGreaterThan(HOSTS);
      expect(seen.codes.size).toBeGreaterThanOrEqual(8);
      expect(seen.fixes).toEqual(
        new Set(['relaunch-as-disk', 'read-only', 'rename', 'clear-mount-point', 'start-fsd']),
      );
    },
    PATIENCE_MS,
  );
});

/** What is wrong with what is said of that host, in words. */
async function hold({ scenario, drives, depth: wished, press, choice }: Plan): Promise<string[]> {
  // Where letters of two sessions meet, something must be opened and written for one to be mistaken for the other.
  const asked = drives.elsewhere.length === 0 ? wished : { ...wished, probe: true, canary: press % 2 === 0 };
  const open = await openSimulatedServices(scenario);
  try {
    await setDrives(open.host, drives);
    const before = await open.call('inspection.take', asked);
    const names = [...open.host.networkLog()];
    const unasked = 'plainUnc' in asked ? names.filter(name => !isClaimed(open, before, name)) : names;
    const wrong = [...unasked.map(name => `${name} was asked for`), ...(await contradictions(open, before))];
    // What was opened is known better than what a fix looks at: only looks of one depth can be compared. And a relaunched
    // container is in a new silo, whose MUP may be another than its first one's.
    const isComparable = Object.keys(asked).length === 0 && new Set(scenario.behaviour?.siloMups).size <= 1;
    const isSeldom = before.findings.some(({ fixes = [] }) => fixes.some(({ kind }) => SELDOM.has(kind)));
    if ((press !== 0 && !isSeldom) || !isComparable) return wrong;
    return [...wrong, ...(await pressed(open, before, choice))];
  } finally {
    await open.dispose();
  }
}

/** What the kernel contradicts. */
async function contradictions(open: SimulatedServices, inspection: Inspection): Promise<string[]> {
  const truth = new KernelTruth(open.host, inspection.namespaces);
  const found = findingsWithoutCause(open, inspection);
  const byDevice = new Map(inspection.volumes.map(volume => [volume.device.toLowerCase(), volume]));
  const hiding = new Set(inspection.gaps.flatMap(({ namespace, hides }) => (hides === 'volumes' ? [namespace] : [])));
  const there = kernelVolumes(open.host, inspection.namespaces);
  for (const { device, home, names } of there) {
    const volume = byDevice.get(device.toLowerCase());
    if (volume === undefined) {
      if (!hiding.has(home)) found.push(`${device} of ${home} is not shown at all`);
      continue;
    }
    seen.volumes++;
    if (volume.home !== home) found.push(`${device} is of ${home}, not of ${volume.home}`);
    if (!(await truth.plant(volume))) continue;
    for (const cell of volume.visibility) {
      if (cell.visible === 'no') seen.hidden++;
      found.push(...(await lies(truth, volume, cell, names)));
      if (cell.visible === 'yes' && isAsDocumented(open) && !(await truth.reaches(cell.namespace, volume, names)))
        found.push(`${volume.device} from ${cell.namespace}: visible, and no name leads there`);
    }
    found.push(...verdictLies(volume));
  }
  const known = new Set(there.map(({ device }) => device.toLowerCase()));
  for (const device of byDevice.keys()) if (!known.has(device)) found.push(`${device} is not there`);
  return found;
}

/**
 * No switch makes it another Windows than the sources suggest, or what it makes otherwise could be seen, as silos' MUPs can by
 * an administrator: then what is predicted is so.
 */
function isAsDocumented({ host: { scenario } }: SimulatedServices): boolean {
  const { siloMups, mupIsShared, mupIsSharedBetweenSilos } = scenario.behaviour;
  return mupIsSharedBetweenSilos && (scenario.windows.elevated || (siloMups.length === 0 && mupIsShared));
}

/** A WinFsp provider of this kernel claims that class: only then may its plain name go out, and only when asked for. */
function isClaimed({ host }: SimulatedServices, { namespaces }: Inspection, name: string): boolean {
  return kernelVolumes(host, namespaces).some(({ names }) =>
    names.some(one => /^\\\\[^?]/.test(one) && classOf(one.slice(1)) === name.toLowerCase()),
  );
}

/** A verdict is that of the cells. */
function verdictLies({ home, device, kind, visibility, verdict }: InspectedVolume): string[] {
  const outside = visibility.filter(({ namespace }) => namespace !== home).map(({ visible }) => visible);
  // Where nobody else is, nobody can say of a network volume that it is seen by none.
  const isOpen = outside.includes('unknown') || (outside.length === 0 && kind === 'network');
  const expected = outside.includes('yes') ? 'leaked' : isOpen ? 'unknown' : 'private';
  return verdict === expected ? [] : [`${device} is called ${verdict}, and its cells say ${expected}`];
}

/** Findings for which nothing in the kernel, and no cell with evidence, is a cause. */
function findingsWithoutCause(open: SimulatedServices, inspection: Inspection): string[] {
  return inspection.findings.flatMap(finding => {
    seen.codes.add(finding.code);
    return hasCause(open, inspection, finding) ? [] : [`${finding.id} has no cause`];
  });
}

function hasCause({ host }: SimulatedServices, inspection: Inspection, finding: Finding): boolean {
  const { machine, scenario } = host;
  const volumes = inspection.volumes.filter(({ device }) => finding.volumes.includes(device));
  const homes = new Set(volumes.map(({ home }) => home));
  const apart = inspection.namespaces.filter(({ mup }) => mup === 'own').map(({ id }) => id);
  const meeting = [...homes].filter(id => !apart.includes(id));
  const isWitnessed = (volume: InspectedVolume): boolean =>
    inspection.namespaces.some(({ id }) => {
      const cell = id === volume.home ? undefined : cellIn(volume.visibility, id);
      return cell?.visible === 'yes' && rankOf(cell.evidence) > 0;
    });
  switch (finding.code) {
    case 'unc-leak':
    case 'leaks-by-default':
      return volumes.length === 1 && volumes.every(isWitnessed);
    case 'class-collision':
      return (
        meeting.length > 1 &&
        meeting.length === homes.size &&
        new Set(volumes.map(({ uncPrefix = '' }) => classOf(uncPrefix))).size === 1
      );
    case 'prefix-collision':
      return (
        meeting.length > 1 &&
        meeting.length === homes.size &&
        new Set(volumes.map(({ uncPrefix = '' }) => uncPrefix.toLowerCase())).size === 1
      );
    case 'shadows-server':
      return volumes.length > 0 && scenario.network.servers.some(({ name }) => finding.id === `shadows-server:${name}`);
    case 'ghost-mount-point':
      return scenario.ghosts.some(({ mountPoint }) => finding.id === `ghost-mount-point:host/${mountPoint}`);
    case 'fsd-stopped':
      return !machine.win32(machine.subjects.system).winfsp.present();
    case 'hyperv-no-winfsp':
      return machine.computeSystems().some(({ siloId }) => siloId === undefined);
    case 'unmanaged-file-system':
      return volumes.length > 0 && !homes.has(HOST_NAMESPACE);
  }
}

/** Presses one of the fixes that are offered, and holds what is said afterwards. */
async function pressed(open: SimulatedServices, before: Inspection, choice: number): Promise<string[]> {
  const offers = before.findings.flatMap(finding =>
    (finding.fixes ?? []).flatMap(fix => (fix.kind === 'accept' ? [] : [{ finding, fix }])),
  );
  // The kind first: what is offered seldom would else hardly ever be pressed.
  const kinds = [...new Set(offers.map(({ fix }) => fix.kind))].toSorted();
  const ofKind = offers.filter(({ fix }) => fix.kind === kinds[choice % kinds.length]);
  const offer = ofKind[choice % Math.max(1, ofKind.length)];
  if (offer === undefined) return [];
  const { finding, fix } = offer;
  const how = `${finding.id} by ${fix.kind}`;
  seen.fixes.add(fix.kind);
  const accept = fix.relaunches.flatMap(({ device }) => device ?? []);
  const asked = open.host.networkLog().length;
  const done = await open.call('finding.fix', { finding: finding.id ?? '', fix: fix.kind, accept });
  const after = await open.call('inspection.take', {});
  const names = open.host.networkLog().slice(asked);
  const known = subjectsOf(before);
  return [
    ...names.map(name => `${how} asked the network for ${name}`),
    ...(done.gone === (fix.effect === 'ends') ? [] : [`${how}: gone ${done.gone}`]),
    ...(fix.effect === 'ends' || isLighter(finding, after) ? [] : [`${how}: it weighs as much as before`]),
    ...[...subjectsOf(after)].filter(subject => !known.has(subject)).map(subject => `${how} made ${subject}`),
    ...(after.volumes.length < before.volumes.length ? [`${how} lost a volume`] : []),
    ...(await contradictions(open, after)).map(wrong => `after ${how}: ${wrong}`),
  ];
}

/** A relaunched volume has another device and is about the same container. */
function subjectsOf({ namespaces, findings }: Inspection): Set<string> {
  const labels = new Map(namespaces.map(({ id, label }) => [id, label]));
  return new Set(findings.flatMap(({ code, namespaces: homes }) => homes.map(id => `${code} ${labels.get(id) ?? id}`)));
}

const WEIGHTS = { info: 0, warning: 1, serious: 2 } as const satisfies Record<Finding['severity'], number>;

function isLighter({ id, severity }: Finding, { findings }: Inspection): boolean {
  return findings.some(one => one.id === id && WEIGHTS[one.severity] < WEIGHTS[severity]);
}
