import { codesByDevice } from '../domain/finding-codes.ts';
import { bySeverity, type FindingFact, findAffected } from '../domain/findings.ts';
import { fixesOf } from '../domain/fixes.ts';
import type { Finding, InspectedVolume, Inspection } from '../domain/inspection.ts';
import type { FindAnew } from '../domain/live-inspection.ts';
import { HOST_NAMESPACE } from '../domain/namespace.ts';
import { classOf } from '../domain/unc-prefix.ts';
import { VisibilityRow } from '../domain/visibility-row.ts';
import { wordFindings } from './word-finding.ts';

/**
 * Brings findings up to date with the volumes and namespaces that are there now: those of what is gone go, those of what
 * changed are found anew, the rest stays. What only a look can tell (servers, dead letters, virtual machines, the driver)
 * goes with what it is about, and comes with the next look. Work: a short step for each volume and finding, and the rule's
 * for what changed.
 */
export const findLive: FindAnew = (before, after) => {
  const changes = changesBetween(before, after);
  const roomsChanged = before.namespaces !== after.namespaces;
  if (changes.devices.size === 0 && !roomsChanged) return after;
  const affected = after.volumes.filter(volume => changes.isAffected(volume));
  // What can be done about a collision is decided by all that runs where its volumes are.
  const classes = new Set([
    ...changes.classes,
    ...affected.flatMap(({ uncPrefix }) => (uncPrefix === undefined ? [] : [classOf(uncPrefix)])),
  ]);
  const facts = findAffected(after, { volumes: affected, classes });
  const known = new Map(before.findings.map(finding => [finding.id, finding]));
  const rooms = new Set(after.namespaces.map(({ id }) => id));
  const there = new Map(after.volumes.map(volume => [volume.device, volume]));
  const stays = (finding: Finding): Finding[] => {
    const volumes = finding.volumes.filter(device => there.has(device));
    switch (finding.code) {
      case 'unc-leak':
        return volumes.every(device => !changes.isAffected(there.get(device))) && volumes.length > 0 ? [finding] : [];
      case 'leaks-by-default':
        return isToldByLook(finding, there) && volumes.every(device => !changes.devices.has(device))
          ? [finding]
          : volumes.every(device => !changes.isAffected(there.get(device))) && volumes.length > 0
            ? [finding]
            : [];
      case 'class-collision':
      case 'prefix-collision':
        return classes.has(classIn(finding, before)) ? [] : [finding];
      case 'shadows-server':
        return volumes.length === 0
          ? []
          : [volumes.length === finding.volumes.length ? finding : { ...finding, volumes }];
      case 'ghost-mount-point':
      case 'hyperv-no-winfsp':
        return finding.namespaces.every(id => rooms.has(id)) ? [finding] : [];
      case 'unmanaged-file-system':
        return [];
      case 'fsd-stopped':
        return [finding];
    }
  };
  const found = wordFindings(facts, after.namespaces, (fact: FindingFact) => fixesOf(fact, after)).map(
    (finding): Finding => {
      const accepted = known.get(finding.id)?.accepted;
      return accepted === undefined ? finding : { ...finding, accepted };
    },
  );
  const kept = before.findings.flatMap(stays);
  const findings = bySeverity([...kept, ...found]);
  return { ...after, findings, volumes: withCodes(after.volumes, findings) };
};

interface Changes {
  /** That came, went, or are judged otherwise. */
  readonly devices: ReadonlySet<string>;
  /** Their classes, then and now. */
  readonly classes: ReadonlySet<string>;
  /** It changed itself, or what can be done about it: by another volume of its home, or of its name. */
  readonly isAffected: (volume: InspectedVolume | undefined) => boolean;
}

function changesBetween(before: Inspection, after: Inspection): Changes {
  const old = new Map(before.volumes.map(volume => [volume.device, volume]));
  const rooms = new Map(before.namespaces.map(one => [one.id, one]));
  // Who runs there, and what its MUP is, decides what is found of its volumes.
  const homes = new Set(after.namespaces.flatMap(one => (rooms.get(one.id) === one ? [] : [one.id])));
  for (const { id } of after.namespaces) rooms.delete(id);
  for (const id of rooms.keys()) homes.add(id);
  const own = new Set(homes);
  const devices = new Set<string>();
  const classes = new Set<string>();
  const prefixes = new Set<string>();
  const add = ({ device, home, uncPrefix }: InspectedVolume): void => {
    devices.add(device);
    homes.add(home);
    if (uncPrefix === undefined) return;
    classes.add(classOf(uncPrefix));
    prefixes.add(uncPrefix.toLowerCase());
  };
  for (const volume of after.volumes) {
    const was = old.get(volume.device);
    old.delete(volume.device);
    if (was !== undefined && isAlike(was, volume) && !own.has(volume.home)) continue;
    add(volume);
    if (was !== undefined) add(was);
  }
  for (const volume of old.values()) add(volume);
  return {
    devices,
    classes,
    isAffected: volume =>
      volume !== undefined &&
      (devices.has(volume.device) ||
        homes.has(volume.home) ||
        (volume.uncPrefix !== undefined && prefixes.has(volume.uncPrefix.toLowerCase()))),
  };
}

/** The same volume, seen alike: that there are more or fewer who see it so is told when it is shown. */
function isAlike(was: InspectedVolume, is: InspectedVolume): boolean {
  if (was === is) return true;
  const { visibility: old } = was;
  const { visibility: now } = is;
  const isSameRow =
    old instanceof VisibilityRow &&
    now instanceof VisibilityRow &&
    old.looks === now.looks &&
    old.exceptions === now.exceptions &&
    old.viewers.groups.every(({ ids }, at) => ids.length > 1 === (now.viewers.groups[at]?.ids.length ?? 0) > 1);
  return isSameRow && was.verdict === is.verdict && was.fileSystem === is.fileSystem && was.uncPrefix === is.uncPrefix;
}

/** On the host no command line tells it: what the Launcher starts was asked when somebody looked. */
function isToldByLook({ volumes: [device = ''] }: Finding, there: ReadonlyMap<string, InspectedVolume>): boolean {
  const volume = there.get(device);
  return volume?.home === HOST_NAMESPACE && volume.fileSystem?.commandLine === undefined;
}

function classIn({ volumes: [device] }: Finding, { volumes }: Inspection): string {
  const uncPrefix = volumes.find(volume => volume.device === device)?.uncPrefix;
  return uncPrefix === undefined ? '' : classOf(uncPrefix);
}

/** Each volume with the codes of its findings; the same object where they are the same. */
function withCodes(volumes: readonly InspectedVolume[], findings: readonly Finding[]): InspectedVolume[] {
  const codes = codesByDevice(findings);
  return volumes.map(volume => {
    const now = codes.get(volume.device) ?? [];
    const isSame = now.length === volume.findings.length && now.every(code => volume.findings.includes(code));
    return isSame ? volume : { ...volume, findings: now };
  });
}
