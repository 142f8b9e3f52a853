import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../../shared/contract/fault.ts';
import { readScenario } from './read-scenario.ts';

function issuesOf(source: unknown): readonly string[] {
  try {
    readScenario(source, 'host.json');
  } catch (caught) {
    if (!(caught instanceof FaultError) || caught.fault.code !== 'malformed-scenario') throw caught;
    expect(caught.fault.file).toBe('host.json');
    return caught.fault.issues.map(({ path, message }) => `${path} ${message}`);
  }
  return [];
}

const core = { reference: 'servercore:ltsc2025', base: 'servercore', osVersion: '10.0.26100.4652' };
const container = (more: object) => ({ name: 'a1', image: 'servercore:ltsc2025', ...more });

describe('an empty scenario', () => {
  it('is a host on which everything works and the FSD is stopped', () => {
    const { windows, winfsp, engine, containers } = readScenario('{}');
    expect({ build: windows.build, fsd: winfsp.fsd, mode: engine.mode, containers }).toEqual({
      build: 26100,
      fsd: 'stopped',
      mode: 'windows',
      containers: [],
    });
  });
});

describe('a malformed scenario', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['no JSON', '{ "name": "x",\n  seed: 1 }', ['line 2, column 3 expected a key in double quotes, found seed']],
    ['no object', '[]', ['$ expected an object, found an array of 0 items']],
    ['an unknown key', { contaners: [] }, ['$.contaners unknown key; did you mean "containers"?']],
    [
      'an unknown key in a list',
      { containers: [container({ imge: 'x' })], images: [core] },
      ['$.containers[0].imge unknown key; did you mean "image"?'],
    ],
    [
      'a key far from all known ones',
      { network: { printers: [] } },
      ['$.network.printers unknown key; known here: servers'],
    ],
    [
      'an unknown key in a fault',
      { faults: [{ kind: 'fsd-unloads', aftrMs: 3, afterMs: 3 }] },
      ['$.faults[0].aftrMs unknown key; did you mean "afterMs"?'],
    ],
    [
      'an unknown fault',
      { faults: [{ kind: 'flood' }] },
      [
        '$.faults[0].kind expected "pull-breaks", "engine-restarts", "exec-hangs", "disk-full", "file-system-hangs", "file-system-lies", "file-system-floods", "fsd-start-fails", "fsd-unloads" or "start-fails", found "flood"',
      ],
    ],
    [
      'a number for a text',
      { containers: [container({ fileSystems: [{ commandLine: 5 }] })] },
      ['$.containers[0].fileSystems[0].commandLine expected a text, found 5'],
    ],
    ['a missing key', { images: [{ base: 'linux' }] }, ['$.images[0].reference expected a text, found nothing']],
    [
      'a word that is none of the choices',
      { winfsp: { fsd: 'asleep' } },
      ['$.winfsp.fsd expected "stopped", "running" or "missing-file", found "asleep"'],
    ],
    ['a number out of range', { windows: { build: -1 } }, ['$.windows.build expected more than 0, found -1']],
    [
      'a drive letter without its colon',
      { ghosts: [{ mountPoint: 'Z', target: 'x' }] },
      ['$.ghosts[0].mountPoint expected a drive letter such as "Z:", found "Z"'],
    ],
    [
      'a label that is no text',
      { containers: [container({ labels: { 'my label': true } })] },
      ['$.containers[0].labels["my label"] expected a text, found true'],
    ],
  ])('with %s says where, what was expected and what was found', (_, source, issues) => {
    expect(issuesOf(source)).toEqual(issues);
  });
});

describe('a scenario that contradicts itself', () => {
  it.each<[string, unknown, readonly string[]]>([
    [
      'a container of an image that is not local',
      { images: [core], containers: [container({ image: 'servercore:ltsc2022' })] },
      [
        '$.containers[0].image expected a local image, found "servercore:ltsc2022"; did you mean "servercore:ltsc2025"?',
      ],
    ],
    [
      'two containers of one name',
      { images: [core], containers: [container({}), container({})] },
      ['$.containers[1].name expected one container a name, found "a1" at $.containers[0].name too'],
    ],
    [
      'a letter mounted twice in a container',
      {
        images: [core],
        containers: [
          container({ fileSystems: [{ commandLine: 'memfs -m Z:' }, { commandLine: 'rclone mount r: z:' }] }),
        ],
      },
      [
        '$.containers[0].fileSystems[1].commandLine expected a free drive letter, found Z:, taken by $.containers[0].fileSystems[0].commandLine',
      ],
    ],
    [
      'a file system on the system drive',
      { hostFileSystems: [{ commandLine: 'memfs -m C:' }] },
      ['$.hostFileSystems[0].commandLine expected a free drive letter, found C:, taken by the system drive'],
    ],
    [
      'a container on a stopped engine',
      { images: [core], engine: { mode: 'stopped' }, containers: [container({})] },
      ['$.containers[0] expected no container: the engine\'s mode is "stopped"'],
    ],
    [
      'a Windows image without a version',
      { images: [{ reference: 'a', base: 'servercore' }] },
      ['$.images[0].osVersion expected the Windows version of the image, found nothing'],
    ],
    [
      'a pull that breaks at a layer that is not there',
      { images: [core], faults: [{ kind: 'pull-breaks', reference: core.reference, layer: 9 }] },
      ['$.faults[0].layer expected at most 3, the layers of that image, found 9'],
    ],
    [
      'a file in a file system that hangs',
      {
        hostFileSystems: [{ commandLine: 'memfs-x64 -u \\a\\b -m Z:', files: { 'f.txt': '' } }],
        faults: [{ kind: 'file-system-hangs', commandLine: '\\a\\b' }],
      },
      ['$.hostFileSystems[0].files expected no file in a file system that hangs by a fault of this scenario'],
    ],
    [
      'a file system whose exec hangs',
      {
        images: [core],
        containers: [container({ command: 'cmd', fileSystems: [{ commandLine: 'memfs-x64 -m Z:' }] })],
        faults: [{ kind: 'exec-hangs', command: 'memfs' }],
      },
      [
        '$.containers[0].fileSystems[0].commandLine expected a command whose exec does not hang by a fault of this scenario',
      ],
    ],
    [
      'a program nobody knows',
      { hostFiles: { 'C:\\x.exe': 'program:memf' } },
      ['$.hostFiles["C:\\\\x.exe"] expected the id of a program, found "memf"; did you mean "memfs"?'],
    ],
  ])('with %s says so', (_, source, issues) => {
    expect(issuesOf(source)).toEqual(issues);
  });

  it('is told of all its mistakes at once', () => {
    expect(issuesOf({ sed: 1, windows: { build: 'new' }, winfsp: { instance: 2.1 } })).toHaveLength(3);
  });
});
