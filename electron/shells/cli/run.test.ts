import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import { run } from './run.ts';
import { type CaptureOptions, captureIo } from './testing/captured-io.ts';
import { SAMPLE_INSPECTION } from './testing/sample-inspection.ts';
import { type StandIn, standIn } from './testing/stand-in-services.ts';

async function ran(argv: readonly string[], services: StandIn = standIn(), options: CaptureOptions = {}) {
  const io = captureIo(options);
  const exitCode = await run(argv, io, services);
  return { exitCode, out: io.out(), err: io.err() };
}

describe('a command line that asks wrongly', () => {
  it.each([
    ['no such command', ['inspekt'], "unknown command 'inspekt'. Did you mean inspect?"],
    ['no such option', ['inspect', '--deep'], "unknown option '--deep'"],
    ['a missing argument', ['stop'], "missing required argument 'name'"],
    ['an argument too many', ['doctor', 'now'], "too many arguments for 'doctor'. Expected 0 arguments but got 1."],
    ['a choice that is none', ['launch', 'memfs-disk', '--isolation', 'vm'], 'Allowed choices are process, hyperv.'],
    ['a number that is none', ['serve', '--port', '-1x'], 'Expected a whole number from 0 to 65535.'],
    ['a variable without a value', ['launch', 'memfs-disk', '-e', 'X'], 'Expected name=value.'],
    ['words behind -- that nobody takes', ['list', '--', 'x'], 'list takes nothing behind --'],
    ['a profile and a command line', ['launch', 'memfs-disk', '--', 'x.exe'], 'expected either a profile'],
    ['neither of them', ['launch'], 'expected either a profile'],
    ['a policy that is not there', ['inspect', '--policy', '/nowhere/x.json'], '/nowhere/x.json'],
    ['no Docker endpoint', ['sim'], "required option '--listen <endpoint>' not specified"],
    ['only options', ['--json'], 'expected a command'],
  ])('ends with 2: %s', async (_, argv, message) => {
    const told = await ran(argv.includes('--json') ? argv : [...argv.slice(0, 1), '--json', ...argv.slice(1)]);
    expect({ ...told, out: JSON.parse(told.out) }).toEqual({
      exitCode: 2,
      out: {
        fault: expect.objectContaining({ code: expect.stringMatching(/^(invalid-input|not-found)$/) }),
        words: expect.objectContaining({ title: expect.any(String), next: expect.any(String) }),
      },
      err: '',
    });
    expect(told.out).toContain(JSON.stringify(message).slice(1, -1));
  });

  it('complains on stderr when people ask', async () => {
    const { exitCode, out, err } = await ran(['inspekt']);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('inspekt');
  });
});

describe('help', () => {
  it.each([[[]], [['--help']], [['help']]])('is printed for %j, and is no failure', async argv => {
    const { exitCode, out, err } = await ran(argv);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain('Usage: siloscope');
  });

  it('prints the version', async () => {
    expect(await ran(['--version'])).toEqual({ exitCode: 0, out: '0.0.0-test\n', err: '' });
  });
});

describe('an answer as JSON', () => {
  it('is the operation’s output and nothing else', async () => {
    const services = standIn({ 'inspection.take': () => SAMPLE_INSPECTION });
    const { exitCode, out, err } = await ran(['inspect', '--json'], services, { columns: 80 });
    expect({ exitCode, err, out: JSON.parse(out) }).toEqual({ exitCode: 0, err: '', out: SAMPLE_INSPECTION });
    expect(services.closed()).toBe(1);
  });

  it('hands the options on as the contract has them', async () => {
    const asked: unknown[] = [];
    const services = standIn({
      'inspection.take': input => {
        asked.push(input);
        return SAMPLE_INSPECTION;
      },
    });
    await ran(['inspect', '--json'], services);
    await ran(['inspect', '--probe', '--canary', '--plain-unc', '--json'], services);
    expect(asked).toEqual([
      { probe: false, canary: false, plainUnc: false, elevate: 'no' },
      { probe: true, canary: true, plainUnc: true, elevate: 'no' },
    ]);
  });

  it('reads every switch of a launch', async () => {
    const asked: unknown[] = [];
    const services = standIn({
      'filesystem.launch': input => {
        asked.push(input);
        throw new FaultError({ code: 'cancelled' });
      },
    });
    const switches = ['--name', 'a', '--image', 'i', '--isolation', 'hyperv', '--pull', 'never', '--no-start-fsd'];
    const more = ['-e', 'A=1', '-e', 'B=x=y', '-l', 'k=v', '-v', 'C:\\a:C:\\b:ro', '--wait', '3'];
    await ran(['launch', ...switches, ...more, '--', 'memfs-x64.exe', '-m', 'Z:', '--json'], services);
    expect(asked).toEqual([
      {
        command: ['memfs-x64.exe', '-m', 'Z:', '--json'],
        name: 'a',
        image: 'i',
        isolation: 'hyperv',
        pull: 'never',
        startFsd: false,
        environment: { A: '1', B: 'x=y' },
        labels: { k: 'v' },
        binds: ['C:\\a:C:\\b:ro'],
        waitMs: 3000,
      },
    ]);
  });
});

describe('exit codes', () => {
  it.each([
    [{ code: 'bug', message: 'x' }, 1],
    [{ code: 'not-found', what: 'container', name: 'x' }, 2],
    [{ code: 'winfsp-not-installed' }, 3],
    [{ code: 'engine-unreachable', endpoint: 'x', cause: 'y', raw: 'z' }, 4],
    [{ code: 'mount-point-in-use', mountPoint: 'Z:', by: 'a' }, 5],
    [{ code: 'policy-violated', violations: 1 }, 6],
    [{ code: 'cancelled' }, 130],
  ] as const)('%j ends with %d, as JSON on stdout or in words on stderr', async (fault, exitCode) => {
    const services = standIn({
      'filesystem.list': () => {
        throw new FaultError(fault);
      },
    });
    const asJson = await ran(['list', '--json'], services);
    expect({ ...asJson, out: JSON.parse(asJson.out).fault }).toEqual({ exitCode, out: fault, err: '' });
    const inWords = await ran(['list'], services);
    expect(inWords).toEqual({ exitCode, out: '', err: expect.stringContaining('Next: ') });
    expect(services.closed()).toBe(2);
  });

  it.each([
    ['ready', true, 0],
    ['not ready', false, 3],
  ])('doctor tells %s', async (_, ready, exitCode) => {
    const services = standIn({ 'readiness.check': () => ({ ready, checks: [] }) });
    expect(await ran(['doctor', '--json'], services)).toMatchObject({ exitCode });
  });
});

describe('Ctrl-C', () => {
  it('cancels the call, waits for its undo, and ends with 130', async () => {
    const happened: string[] = [];
    const io = captureIo();
    const services = standIn({
      'filesystem.stop': async (_, { signal }) => {
        await new Promise<void>(resolve => {
          signal.addEventListener('abort', () => resolve());
          setImmediate(io.interrupt);
        });
        await new Promise(resolve => void setImmediate(resolve));
        happened.push('undone');
        throw new FaultError({ code: 'cancelled' });
      },
    });
    const exitCode = await run(['stop', 'a', '--json'], io, services);
    happened.push('ended');
    expect({ exitCode, happened, closed: services.closed() }).toEqual({
      exitCode: 130,
      happened: ['undone', 'ended'],
      closed: 1,
    });
    expect(JSON.parse(io.out()).fault).toEqual({ code: 'cancelled' });
  });
});
