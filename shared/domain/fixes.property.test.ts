import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeCommandLine, splitCommandLine } from './command-line.ts';
import { rankOf } from './evidence.ts';
import { recogniseFileSystem } from './file-system-command.ts';
import { type FindingFact, type FindingParts, findFindings, type Ghost } from './findings.ts';
import type { Fix } from './fix.ts';
import { findingId, fixesOf } from './fixes.ts';
import type { Namespace, NamespaceId } from './namespace.ts';
import { type CommandChange, rewriteCommand } from './rewrite-command.ts';
import { proofOf, verdictOf, visibilityOf } from './visibility.ts';
import type { Volume } from './volume.ts';

/** A container and the command line of its file system; a world is made of them as a host would be. */
interface Place {
  readonly name: string;
  readonly isolation: 'process' | 'hyperv';
  readonly argv: readonly string[];
  /** A second volume that somebody started beside it. */
  readonly hasGuest: boolean;
  readonly managed: boolean;
}

const COMMANDS = [
  'memfs-x64.exe -i -m Y:',
  'memfs-x64.exe -i -m Y: -u \\memfs\\share',
  'memfs-x64.exe -m Y: -u \\MEMFS\\Share',
  'memfs-x64.exe -m Y: -u \\memfs\\other',
  'memfs-x64.exe -m Y: -u \\fileserver\\x',
  'rclone.exe mount remote: Y: --network-mode --volname \\\\memfs\\share',
  'rclone.exe mount remote: Y: --read-only --network-mode --volname \\\\cloud\\a',
  'rclone.exe mount remote: Y:',
  'juicefs.exe mount --alias data db Y:',
  'juicefs.exe mount -o VolumePrefix=\\fileserver\\y db Y:',
  'sshfs-win.exe svc \\sshfs.k\\u@h Y:',
  'hubfs.exe -o VolumePrefix=\\hubfs\\github.com github.com Y:',
  'ping.exe -t localhost',
] as const;

const place = fc.record({
  isolation: fc.constantFrom('process', 'process', 'process', 'hyperv'),
  command: fc.constantFrom(...COMMANDS),
  hasGuest: fc.integer({ min: 0, max: 5 }).map(one => one === 0),
  managed: fc.boolean(),
});

interface Host {
  readonly places: readonly Place[];
  readonly onHost: readonly string[];
  readonly servers: readonly string[];
  readonly ghosts: readonly Ghost[];
  readonly running: boolean;
}

const host: fc.Arbitrary<Host> = fc
  .record({
    places: fc.array(place, { maxLength: 5 }),
    onHost: fc.subarray(['\\memfs\\host', '\\alone\\x']),
    servers: fc.subarray(['FILESERVER', 'other']),
    ghosts: fc.subarray([{ namespace: 'host', mountPoint: 'X:', target: '\\Device\\Volume{gone}' }]),
    running: fc.boolean(),
  })
  .map(({ places, ...rest }) => ({
    ...rest,
    places: places.map(({ command, ...one }, index) => ({ ...one, name: `c${index}`, argv: command.split(' ') })),
  }));

const idOf = ({ isolation }: Place, index: number): NamespaceId =>
  isolation === 'hyperv' ? `vm:${index.toString(16).padStart(12, '0')}` : `silo:${4 * index + 4}`;

/** What an inspection without a look would know of such a host. */
function partsOf({ places, onHost, servers, ghosts, running }: Host): FindingParts {
  const namespaces: Namespace[] = [
    { id: 'host', kind: 'host', label: 'host' },
    ...places.map((one, index): Namespace => {
      const { name, isolation, managed } = one;
      const container = { id: name, name, image: 'i', isolation, labels: {}, managed };
      return { id: idOf(one, index), kind: isolation === 'hyperv' ? 'vm' : 'silo', label: name, container };
    }),
  ];
  const volumes = [
    ...places.flatMap((one, index) => (one.isolation === 'hyperv' ? [] : volumesOf(one, index))),
    ...onHost.map((uncPrefix, index): Volume => ({ ...shape(`h${index}`, 'host', uncPrefix), mountPoints: [] })),
  ];
  const rows = visibilityOf({ volumes, namespaces, servers });
  return {
    namespaces,
    volumes: volumes.map((volume, index) => {
      const visibility = rows[index] ?? [];
      const proof = proofOf(volume.home, visibility);
      return { ...volume, visibility, verdict: verdictOf(volume.home, visibility), proof };
    }),
    fsd: { state: running ? 'running' : 'stopped', service: 'WinFsp' },
    ghosts,
    servers,
    hypervCommands: new Map(
      places.flatMap((one, index) =>
        one.isolation === 'hyperv' ? [[idOf(one, index), composeCommandLine(one.argv)] as const] : [],
      ),
    ),
  };
}

function shape(device: string, home: NamespaceId, uncPrefix: string | undefined): Volume {
  const common = { device: `\\Device\\Volume{${device}}`, home, mountPoints: ['Y:'] };
  return uncPrefix === undefined ? { ...common, kind: 'disk' } : { ...common, kind: 'network', uncPrefix };
}

function volumesOf(one: Place, index: number): Volume[] {
  const known = recogniseFileSystem(one.argv);
  const home = idOf(one, index);
  const own =
    known === undefined || (known.kind === 'network' && known.uncPrefix === undefined)
      ? []
      : [
          {
            ...shape(one.name, home, known.uncPrefix),
            fileSystem: { program: one.argv[0] ?? '', commandLine: composeCommandLine(one.argv) },
          },
        ];
  return one.hasGuest ? [...own, shape(`${one.name}-guest`, home, undefined)] : own;
}

/** The host after the fix was carried out, by what the fix says and nothing else. */
function carriedOut(before: Host, fix: Fix): Host {
  const changeFor = (uncPrefix: string | undefined): CommandChange | undefined => {
    if (fix.kind === 'relaunch-as-disk') return { to: 'disk' };
    if (fix.kind === 'read-only') return { to: 'read-only' };
    return fix.kind === 'rename' ? { to: 'prefix', uncPrefix: uncPrefix ?? '' } : undefined;
  };
  const places = before.places.map(one => {
    const relaunch = fix.relaunches.find(({ container }) => container === one.name);
    if (relaunch === undefined) return one;
    const change = changeFor(relaunch.uncPrefix);
    const argv = change === undefined ? one.argv : rewriteCommand(one.argv, change);
    if (argv === undefined) throw new Error(`${one.argv.join(' ')} cannot be ${fix.kind}`);
    return { ...one, argv, managed: true, hasGuest: false, isolation: 'process' as const };
  });
  return {
    ...before,
    places,
    ghosts: fix.kind === 'clear-mount-point' ? [] : before.ghosts,
    running: before.running || fix.kind === 'start-fsd',
  };
}

const SEVERITIES = ['info', 'warning', 'serious'] as const;
const weight = ({ severity }: Pick<FindingFact, 'severity'>): number => SEVERITIES.indexOf(severity);

/** What a finding is about, for people: a relaunched volume has another device and is the same leak. */
function subjectsOf(fact: FindingFact, { namespaces }: FindingParts): string[] {
  return fact.namespaces.map(id => `${fact.code} ${namespaces.find(one => one.id === id)?.label ?? id}`);
}

describe('on any host', () => {
  it('each fix makes its finding disappear, or weigh less, and makes no new one', () => {
    fc.assert(
      fc.property(host, given => {
        const parts = partsOf(given);
        const facts = findFindings(parts);
        const known = new Set(facts.flatMap(fact => subjectsOf(fact, parts)));
        for (const fact of facts) {
          const id = findingId(fact, parts.namespaces);
          for (const fix of fixesOf(fact, parts)) {
            if (fix.kind === 'accept') continue;
            const later = partsOf(carriedOut(given, fix));
            const after = findFindings(later);
            const same = after.filter(one => findingId(one, later.namespaces) === id);
            const how = `${id} by ${fix.kind}: ${JSON.stringify(fix.relaunches)}`;
            if (fix.effect === 'ends') expect(same, how).toEqual([]);
            else for (const one of same) expect(weight(one), how).toBeLessThan(weight(fact));
            expect(
              after.flatMap(one => subjectsOf(one, later)).filter(one => !known.has(one)),
              how,
            ).toEqual([]);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('no finding is without evidence: each leak has a witness, each other finding its cause', () => {
    fc.assert(
      fc.property(host, given => {
        const parts = partsOf(given);
        for (const fact of findFindings(parts)) {
          expect(causeOf(fact, parts), fact.code).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('an id is one finding’s alone', () => {
    fc.assert(
      fc.property(host, given => {
        const parts = partsOf(given);
        const ids = findFindings(parts).map(fact => findingId(fact, parts.namespaces));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

function causeOf(fact: FindingFact, parts: FindingParts): boolean {
  const volumes = parts.volumes.filter(({ device }) => fact.volumes.includes(device));
  switch (fact.code) {
    case 'unc-leak':
      return fact.seen.every(({ look, count }) => count > 0 && look.visible === 'yes' && rankOf(look.evidence) > 0);
    case 'leaks-by-default':
      return volumes.every(({ verdict, fileSystem }) => verdict === 'leaked' && fileSystem !== undefined);
    case 'class-collision':
    case 'prefix-collision':
      return new Set(volumes.map(({ home }) => home)).size > 1;
    case 'shadows-server':
      return parts.servers?.includes(fact.server) === true && volumes.length > 0;
    case 'ghost-mount-point':
      return parts.ghosts?.some(({ mountPoint }) => mountPoint === fact.mountPoint) === true;
    case 'fsd-stopped':
      return parts.fsd?.state !== 'running';
    case 'hyperv-no-winfsp':
      return parts.namespaces.some(({ id, kind }) => id === fact.namespaces[0] && kind === 'vm');
    case 'unmanaged-file-system':
      return volumes.length > 0;
  }
}

describe('a command line that is rewritten', () => {
  it('is what was wished for when it is read back, and quoting it changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COMMANDS), fc.constantFrom('disk', 'prefix'), (text, to) => {
        const change: CommandChange = to === 'disk' ? { to } : { to, uncPrefix: '\\new one\\share' };
        const argv = rewriteCommand(text.split(' '), change);
        if (argv === undefined) return;
        const read = recogniseFileSystem(splitCommandLine(composeCommandLine(argv)));
        expect(read?.kind).toBe(to === 'disk' ? 'disk' : 'network');
        expect(read?.uncPrefix).toBe(to === 'disk' ? undefined : '\\new one\\share');
      }),
    );
  });
});
