import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ObjectNamespace } from './object-namespace.ts';
import { type Caller, DirectoryObject, type KernelObject, opaque } from './objects.ts';
import { askOr } from './testing/boot.ts';

const SILO = 1_720;
const NAMES = ['a', 'b', 'c', 'd'] as const;

/** One entry of `\Device`: a thing, or a link to a name as it is seen from some root. */
type Entry = { readonly kind: 'thing' } | { readonly kind: 'link'; readonly target: string; readonly global: boolean };
type Devices = Readonly<Record<string, Entry>>;
interface World {
  readonly host: Devices;
  readonly silo: Devices;
}

const target = fc.oneof(
  fc.constantFrom(...NAMES).map(name => `\\Device\\${name}`),
  fc.constantFrom(...NAMES).map(name => `\\Silos\\${SILO}\\Device\\${name}`),
);
const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.constant({ kind: 'thing' } as const),
  fc.record({ kind: fc.constant('link' as const), target, global: fc.boolean() }),
);
const devices = fc.dictionary(fc.constantFrom(...NAMES), entry);
const world: fc.Arbitrary<World> = fc.record({ host: devices, silo: devices });

/** The rule in one screen: what a thread of `from` finds under `path`, when the lookup starts at `root`. */
function expected(made: World, from: 'host' | 'silo', path: string, root: 'host' | 'silo' = from, links = 0): string {
  if (links > 32) return 'STATUS_INVALID_PARAMETER';
  const viaSilos = path.startsWith('\\Silos\\');
  if (viaSilos && root === 'silo') return 'STATUS_OBJECT_PATH_NOT_FOUND';
  const home = viaSilos ? 'silo' : root;
  const name = path.slice(path.lastIndexOf('\\') + 1);
  const found = made[home][name];
  if (found === undefined) return 'STATUS_OBJECT_NAME_NOT_FOUND';
  if (found.kind === 'thing') return `${home} ${name}`;
  return expected(made, from, found.target, found.global ? 'host' : from, links + 1);
}

function build(made: World): ObjectNamespace {
  const namespace = new ObjectNamespace();
  const fill = (directory: DirectoryObject, home: 'host' | 'silo'): void => {
    for (const [name, { kind, ...rest }] of Object.entries(made[home])) {
      const object: KernelObject =
        kind === 'link' && 'target' in rest ? { type: 'SymbolicLink', ...rest } : opaque(`${home} ${name}`);
      directory.set(name, object);
    }
  };
  fill(namespace.root.directory('Device'), 'host');
  const silo = new DirectoryObject();
  fill(silo.directory('Device'), 'silo');
  namespace.addSiloRoot(SILO, silo);
  return namespace;
}

describe('a lookup through any web of local and global links', () => {
  it.each(['host', 'silo'] as const)('by a thread of the %s ends where the rule says', from => {
    const caller: Caller = { silo: from === 'host' ? 0 : SILO, logon: '00000000-0000beef', elevated: true };
    fc.assert(
      fc.property(world, target, fc.boolean(), (made, path, shouted) => {
        const asked = shouted ? path.toUpperCase() : path;
        const found = askOr(() => build(made).resolve(asked, caller).object.type);
        expect(found).toBe(expected(made, from, path));
      }),
      { numRuns: 500 },
    );
  });
});
