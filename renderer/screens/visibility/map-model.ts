import { EVIDENCE_RANKS, type EvidenceRank } from '../../../shared/domain/evidence.ts';
import { isOnlyExpected } from '../../../shared/domain/expected-verdict.ts';
import type { InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE, type Namespace } from '../../../shared/domain/namespace.ts';
import { alikeIn, countOf } from '../../../shared/domain/visibility-row.ts';
import type { MapSentence, Witnesses } from '../../../shared/wording/screen-visibility.ts';
import { wordFooting } from '../../../shared/wording/word-proof.ts';
import { cellOf, layOutMatrix, namespaceName, volumeName } from './matrix-model.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Room extends Box {
  readonly namespace: Namespace;
  readonly volumes: readonly InspectedVolume[];
  /** Volumes for which there was no room in the room. */
  readonly more: number;
}

/** `registers`: from a volume's room into the MUP. `reaches`: from the MUP into a room that sees a leak. */
export interface Line {
  readonly id: string;
  readonly kind: 'registers' | 'reaches';
  readonly room: string;
  /** Devices of the leaks that run along it. */
  readonly devices: readonly string[];
  /** The weakest evidence among them: a line with one predicted leak is drawn as a prediction. */
  readonly rank: EvidenceRank;
}

export interface MapLayout {
  readonly rooms: readonly Room[];
  readonly mup: Box;
  readonly lines: readonly Line[];
}

const ROOM_WIDTH = 216;
const HEAD = 52;
const CHIP = 30;
const GAP_X = 28;
const GAP_Y = 36;
const MUP_HEIGHT = 64;
const AISLE = 84;
const MOST_CHIPS = 4;

/** The host above, the one MUP in the middle, silos below; those that leak stand nearest to it. */
export function layOutMap(inspection: Inspection): MapLayout {
  const byHome = new Map<string, InspectedVolume[]>();
  for (const volume of inspection.volumes) byHome.set(volume.home, [...(byHome.get(volume.home) ?? []), volume]);
  const volumesOf = (namespace: Namespace): InspectedVolume[] => byHome.get(namespace.id) ?? [];
  const leaks = (namespace: Namespace): boolean => volumesOf(namespace).some(({ verdict }) => verdict === 'leaked');
  const host = inspection.namespaces.find(({ kind }) => kind === 'host');
  const silos = inspection.namespaces
    .filter(({ kind }) => kind !== 'host')
    .sort((a, b) => Number(leaks(b)) - Number(leaks(a)) || a.label.localeCompare(b.label, 'en', { numeric: true }));
  const perRow = silos.length <= 5 ? Math.max(1, silos.length) : Math.ceil(Math.sqrt(silos.length * 1.2));
  const width = Math.max(2, perRow) * (ROOM_WIDTH + GAP_X) - GAP_X;

  const rooms: Room[] = [];
  const place = (namespace: Namespace, x: number, y: number): Room => {
    const volumes = volumesOf(namespace);
    const shown = volumes.slice(0, MOST_CHIPS);
    const more = volumes.length - shown.length;
    const height = HEAD + Math.max(1, shown.length) * CHIP + (more > 0 ? 22 : 0) + 6;
    const room: Room = { namespace, volumes: shown, more, x, y, width: ROOM_WIDTH, height };
    rooms.push(room);
    return room;
  };

  let y = 0;
  if (host !== undefined) y += place(host, (width - ROOM_WIDTH) / 2, 0).height + AISLE;
  const mupWidth = Math.min(width, Math.max(380, width * 0.5));
  const mup: Box = { x: (width - mupWidth) / 2, y, width: mupWidth, height: MUP_HEIGHT };
  y += MUP_HEIGHT + AISLE;
  for (let first = 0; first < silos.length; first += perRow) {
    const row = silos.slice(first, first + perRow);
    const rowWidth = row.length * (ROOM_WIDTH + GAP_X) - GAP_X;
    const placed = row.map((silo, index) => place(silo, (width - rowWidth) / 2 + index * (ROOM_WIDTH + GAP_X), y));
    y += Math.max(...placed.map(room => room.height)) + GAP_Y;
  }
  return { rooms, mup, lines: drawLines(inspection) };
}

function drawLines(inspection: Inspection): Line[] {
  const lines = new Map<string, { kind: Line['kind']; room: string; devices: string[]; rank: EvidenceRank }>();
  const add = (kind: Line['kind'], room: string, device: string, rank: EvidenceRank): void => {
    const id = `${kind}:${room}`;
    const line = lines.get(id);
    if (line === undefined) {
      lines.set(id, { kind, room, devices: [device], rank });
      return;
    }
    line.devices.push(device);
    if (EVIDENCE_RANKS.indexOf(rank) < EVIDENCE_RANKS.indexOf(line.rank)) line.rank = rank;
  };
  for (const volume of inspection.volumes) {
    if (volume.verdict !== 'leaked') continue;
    add('registers', volume.home, volume.device, cellOf(volume, volume.home)?.evidence.rank ?? 'not-tested');
    for (const cell of volume.visibility) {
      if (cell.namespace !== volume.home && cell.visible === 'yes') {
        add('reaches', cell.namespace, volume.device, cell.evidence.rank);
      }
    }
  }
  return [...lines].map(([id, line]) => ({ id, ...line }));
}

/** What the map shows, without the picture. */
export function mapInWords(inspection: Inspection): (MapSentence & { readonly device: string })[] {
  return layOutMatrix(inspection, '').volumes.map(volume => ({
    device: volume.device,
    verdict: volume.verdict,
    expected: isOnlyExpected(volume),
    footing: wordFooting(volume),
    volume: volumeName(volume),
    home: namespaceName(inspection, volume.home),
    seenFrom: seenFrom(volume, inspection),
  }));
}

/** Who sees it from outside, by rank, in each the host first: how many, and the first few by name. */
function seenFrom({ visibility, home }: InspectedVolume, inspection: Inspection): Witnesses[] {
  const seeing = [...alikeIn(visibility, home)].filter(({ look }) => look.visible === 'yes');
  return [...EVIDENCE_RANKS].reverse().flatMap(rank => {
    const alike = seeing.filter(({ look }) => look.evidence.rank === rank);
    if (alike.length === 0) return [];
    const ids = alike
      .flatMap(({ first }) => first)
      .sort((a, b) => Number(b === HOST_NAMESPACE) - Number(a === HOST_NAMESPACE));
    return [{ rank, names: ids.map(id => namespaceName(inspection, id)), count: countOf(alike) }];
  });
}
