import { splitCommandLine } from '../../../../shared/domain/command-line.ts';
import { recogniseFileSystem } from '../../../../shared/domain/file-system-command.ts';
import { nearestName } from '../../../../shared/domain/nearest-name.ts';
import type { Scenario } from './schema.ts';

/** One mistake in a scenario, as the fault `malformed-scenario` carries it. */
export interface ScenarioIssue {
  /** JSON path, e.g. `$.containers[3].image`. */
  readonly path: string;
  readonly message: string;
}

/**
 * What a schema cannot say: names that must be there, names that must be there once. Answers every mistake found.
 * `programs` are the ids that `program:<id>` may name.
 */
export function checkScenario(scenario: Scenario, programs: ReadonlySet<string>): readonly ScenarioIssue[] {
  return [
    ...checkImages(scenario),
    ...checkContainers(scenario),
    ...checkHostLetters(scenario),
    ...checkServers(scenario),
    ...checkFaults(scenario),
    ...checkHanging(scenario),
    ...checkPrograms(scenario, programs),
  ];
}

function checkImages({ images, registry }: Scenario): readonly ScenarioIssue[] {
  const missing = (['images', 'registry'] as const).flatMap(list =>
    (list === 'images' ? images : registry).flatMap((image, index) =>
      image.base !== 'linux' && image.osVersion === undefined
        ? [
            {
              path: `$.${list}[${index}].osVersion`,
              message: 'expected the Windows version of the image, found nothing',
            },
          ]
        : [],
    ),
  );
  return [
    ...missing,
    ...repeated(
      'image',
      images.map((image, index) => ({ name: fullReference(image.reference), path: `$.images[${index}].reference` })),
    ),
    ...repeated(
      'image',
      registry.map((image, index) => ({
        name: fullReference(image.reference),
        path: `$.registry[${index}].reference`,
      })),
    ),
  ];
}

function checkContainers({ containers, images, engine }: Scenario): readonly ScenarioIssue[] {
  const local = images.map(image => fullReference(image.reference));
  const issues = [
    ...repeated(
      'container',
      containers.map(({ name }, index) => ({ name, path: `$.containers[${index}].name` })),
    ),
  ];
  for (const [index, container] of containers.entries()) {
    const path = `$.containers[${index}]`;
    if (!local.includes(fullReference(container.image))) {
      issues.push({
        path: `${path}.image`,
        message: `expected a local image, found ${JSON.stringify(container.image)}${hint(container.image, local)}`,
      });
    }
    if (engine.mode === 'linux' || engine.mode === 'stopped') {
      issues.push({ path, message: `expected no container: the engine's mode is "${engine.mode}"` });
    }
    issues.push(
      ...checkLetters(
        mountedLetters(container.fileSystems, `${path}.fileSystems`),
        new Map([['C:', 'the system drive']]),
      ),
    );
  }
  return issues;
}

function checkHostLetters({ hostFileSystems, ghosts }: Scenario): readonly ScenarioIssue[] {
  const haunted = ghosts.map((ghost, index) => ({
    letter: ghost.mountPoint.toUpperCase(),
    path: `$.ghosts[${index}].mountPoint`,
  }));
  return checkLetters(
    [...mountedLetters(hostFileSystems, '$.hostFileSystems'), ...haunted],
    new Map([['C:', 'the system drive']]),
  );
}

function checkServers({ network }: Scenario): readonly ScenarioIssue[] {
  return [
    ...repeated(
      'server',
      network.servers.map(({ name }, index) => ({
        name: name.toLowerCase(),
        path: `$.network.servers[${index}].name`,
      })),
    ),
    ...network.servers.flatMap(({ shares }, server) =>
      repeated(
        'share',
        shares.map(({ name }, index) => ({
          name: name.toLowerCase(),
          path: `$.network.servers[${server}].shares[${index}].name`,
        })),
      ),
    ),
  ];
}

function checkFaults({ faults, images, registry }: Scenario): readonly ScenarioIssue[] {
  const pullable = new Map([...images, ...registry].map(image => [fullReference(image.reference), image.layers]));
  return faults.flatMap((fault, index) => {
    if (fault.kind !== 'pull-breaks') return [];
    const layers = pullable.get(fullReference(fault.reference));
    if (layers === undefined) {
      const found = `${JSON.stringify(fault.reference)}${hint(fault.reference, [...pullable.keys()])}`;
      return [
        { path: `$.faults[${index}].reference`, message: `expected an image that can be pulled, found ${found}` },
      ];
    }
    if (fault.layer <= layers) return [];
    return [
      {
        path: `$.faults[${index}].layer`,
        message: `expected at most ${layers}, the layers of that image, found ${fault.layer}`,
      },
    ];
  });
}

/** Nobody can write into a file system that never answers, nor wait for one whose exec hangs. */
function checkHanging({ containers, hostFileSystems, faults }: Scenario): readonly ScenarioIssue[] {
  const silent = faults.flatMap(fault => (fault.kind === 'file-system-hangs' ? [fault.commandLine] : []));
  const hanging = faults.flatMap(fault => (fault.kind === 'exec-hangs' ? [fault.command] : []));
  const all = [
    ...hostFileSystems.map((fileSystem, index) => ({ fileSystem, byExec: false, path: `$.hostFileSystems[${index}]` })),
    ...containers.flatMap(({ fileSystems, command }, container) =>
      fileSystems.map((fileSystem, index) => ({
        fileSystem,
        byExec: command !== undefined || index > 0,
        path: `$.containers[${container}].fileSystems[${index}]`,
      })),
    ),
  ];
  return all.flatMap(({ fileSystem: { commandLine, files }, byExec, path }) => {
    const names = (part: string): boolean => commandLine.includes(part);
    if (byExec && hanging.some(names)) {
      return [
        {
          path: `${path}.commandLine`,
          message: 'expected a command whose exec does not hang by a fault of this scenario',
        },
      ];
    }
    if (Object.keys(files).length === 0 || !silent.some(names)) return [];
    return [
      { path: `${path}.files`, message: 'expected no file in a file system that hangs by a fault of this scenario' },
    ];
  });
}

function checkPrograms(scenario: Scenario, programs: ReadonlySet<string>): readonly ScenarioIssue[] {
  const places = [
    { files: scenario.hostFiles, path: '$.hostFiles' },
    ...scenario.images.map(({ files }, index) => ({ files, path: `$.images[${index}].files` })),
    ...scenario.registry.map(({ files }, index) => ({ files, path: `$.registry[${index}].files` })),
  ];
  return places.flatMap(({ files, path }) =>
    Object.entries(files).flatMap(([file, text]) => {
      const id = /^program:(.*)$/s.exec(text)?.[1];
      if (id === undefined || programs.has(id)) return [];
      const message = `expected the id of a program, found ${JSON.stringify(id)}${hint(id, [...programs])}`;
      return [{ path: `${path}[${JSON.stringify(file)}]`, message }];
    }),
  );
}

/** With its tag, and without the registry that is meant anyway. */
function fullReference(reference: string): string {
  const familiar = reference.replace(/^docker\.io\/(library\/)?/, '');
  return /:[^/]+$/.test(familiar) ? familiar : `${familiar}:latest`;
}

function hint(typed: string, known: readonly string[]): string {
  const nearest = nearestName(typed, known);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}

interface Lettered {
  readonly letter: string;
  readonly path: string;
}

/** The drive letters that the file systems' command lines ask for, where their program is known. */
function mountedLetters(fileSystems: Scenario['hostFileSystems'], path: string): readonly Lettered[] {
  return fileSystems.flatMap(({ commandLine }, index) => {
    const letter = recogniseFileSystem(splitCommandLine(commandLine))?.mountPoint?.toUpperCase() ?? '';
    return /^[A-Z]:$/.test(letter) ? [{ letter, path: `${path}[${index}].commandLine` }] : [];
  });
}

function checkLetters(mounted: readonly Lettered[], taken: Map<string, string>): readonly ScenarioIssue[] {
  return mounted.flatMap(({ letter, path }) => {
    const by = taken.get(letter);
    if (by === undefined) taken.set(letter, path);
    return by === undefined ? [] : [{ path, message: `expected a free drive letter, found ${letter}, taken by ${by}` }];
  });
}

function repeated(
  what: string,
  named: readonly { readonly name: string; readonly path: string }[],
): readonly ScenarioIssue[] {
  const first = new Map<string, string>();
  return named.flatMap(({ name, path }) => {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, path);
    return earlier === undefined
      ? []
      : [{ path, message: `expected one ${what} a name, found ${JSON.stringify(name)} at ${earlier} too` }];
  });
}
