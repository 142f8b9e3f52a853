import type { Seen, SeenVolume } from '../watching/seen.ts';
import type { JournalNote } from './journal.ts';

/**
 * What changed between two inspections, as lines of the timeline: volumes that appeared, are gone, leaked, or were
 * sealed; silos that came and went. Of a first inspection only the leaks are told as changes beside what is there.
 */
export function inspectionChanges(before: Seen | undefined, now: Seen): readonly JournalNote[] {
  const old = new Map(before?.volumes.map(volume => [volume.device, volume]));
  const present = new Set(now.volumes.map(volume => volume.device));
  const labels = new Map(now.namespaces.map(namespace => [namespace.id, namespace.label]));
  const oldSilos = new Map(before?.namespaces.map(namespace => [namespace.id, namespace]));
  const notes: JournalNote[] = [];
  // What could not be asked is not gone.
  const unasked = new Set(now.gaps.map(gap => gap.namespace));
  if (before !== undefined) {
    for (const namespace of now.namespaces) {
      if (!oldSilos.has(namespace.id))
        notes.push({ source: 'silo', what: 'silo.arrived', subject: namespace.label, data: { id: namespace.id } });
    }
    for (const [id, namespace] of oldSilos) {
      if (!labels.has(id))
        notes.push({ source: 'silo', what: 'silo.departed', subject: namespace.label, data: { id } });
    }
  }
  for (const volume of now.volumes) {
    const was = old.get(volume.device);
    const data = {
      home: labels.get(volume.home) ?? volume.home,
      kind: volume.kind,
      ...prefix(volume),
      mountPoints: volume.mountPoints,
    };
    const note = (what: string): JournalNote => ({ source: 'inspection', what, subject: volume.device, data });
    if (was === undefined) notes.push(note('volume.appeared'));
    if (volume.verdict === 'leaked' && was?.verdict !== 'leaked') {
      const leaked = note('volume.leaked');
      notes.push({ ...leaked, data: { ...leaked.data, proof: volume.proof?.rank ?? 'rule' } });
    }
    if (was?.verdict === 'leaked' && volume.verdict === 'private') notes.push(note('volume.sealed'));
  }
  for (const [device, volume] of old) {
    if (!present.has(device) && !unasked.has(volume.home)) {
      notes.push({
        source: 'inspection',
        what: 'volume.gone',
        subject: device,
        data: { home: volume.home, ...prefix(volume) },
      });
    }
  }
  return notes;
}

function prefix(volume: SeenVolume): { readonly uncPrefix?: string } {
  return volume.uncPrefix === undefined ? {} : { uncPrefix: volume.uncPrefix };
}
