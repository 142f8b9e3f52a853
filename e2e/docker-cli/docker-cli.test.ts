import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEngine, startSimulatedEngine } from '../engine/simulated-engine.ts';
import { describeNeeding } from '../fixtures/needing.ts';
import { type Asking, run, type Said, whyNoClient } from './docker.ts';
import { BROKEN, CORE, LINUX, NEWER, OLD, OLDER } from './line.ts';
import { LINES } from './lines.ts';

const SCENARIO = {
  windows: { productType: 'server', edition: 'Windows Server 2025 Datacenter' },
  winfsp: { fsd: 'running' },
  images: [{ reference: CORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
  registry: [
    { reference: OLDER, base: 'servercore', osVersion: '10.0.20348.4294' },
    { reference: OLD, base: 'servercore', osVersion: '10.0.17763.7314' },
    { reference: NEWER, base: 'servercore', osVersion: '10.0.27900.1000' },
    { reference: BROKEN, base: 'servercore', osVersion: '10.0.20348.1', layers: 4 },
    { reference: LINUX, base: 'linux' },
  ],
  faults: [{ kind: 'pull-breaks', reference: BROKEN, layer: 3 }],
} as const;

let host: RunningEngine;

describeNeeding('docker', whyNoClient(), 'with the stock docker client', () => {
  beforeAll(async () => {
    host = await startSimulatedEngine({
      ...SCENARIO,
      images: [...SCENARIO.images],
      registry: [...SCENARIO.registry],
      faults: [...SCENARIO.faults],
    });
  });

  afterAll(() => host.stop());

  const docker = (argv: readonly string[], asking?: Asking): Promise<Said> =>
    run('docker', argv, host.endpoint, asking);

  /** The same on a terminal of its own. Words must need no quoting beyond single quotes. */
  const onTerminal = (line: string): Promise<Said> => run('script', ['-qec', line, '/dev/null'], host.endpoint);

  // One story: a line stands on what those before it left.
  describe('the stock docker client on the simulated engine', { shuffle: false }, () => {
    it.each(LINES)('$does: docker $argv', async ({ argv, stdin, code = 0, out, err }) => {
      const answer = await docker(argv, stdin === undefined ? {} : { stdin });
      expect(answer).toEqual({
        code,
        stdout: out === undefined ? expect.any(String) : typeof out === 'string' ? out : expect.stringMatching(out),
        stderr: err === undefined ? expect.any(String) : typeof err === 'string' ? err : expect.stringMatching(err),
      });
    });

    it('drives more than sixty lines', () => {
      expect(LINES.length).toBeGreaterThan(60);
    });
  });

  describe('a client on a terminal', () => {
    it('runs a command with a pseudo console', async () => {
      const { code, stdout } = await onTerminal(`docker run -it --rm ${CORE} cmd /c 'echo on a terminal'`);
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('on a terminal') });
    });

    it('passes the exit code of an interactive exec on', async () => {
      await docker(['run', '-d', '--name', 'pty', CORE, 'ping', '-t', 'localhost']);
      const { code } = await onTerminal(`docker exec -it pty cmd /c 'exit 9'`);
      await docker(['rm', '-f', 'pty']);
      expect(code).toBe(9);
    });

    it('detaches with ctrl-p ctrl-q and leaves the container running', async () => {
      // Over TCP the client wraps its own detach error and waits for the container: a Unix socket it is.
      const directory = await mkdtemp(join(tmpdir(), 'siloscope-unix-'));
      const unix = await host.engine.listen(`unix://${join(directory, 'docker.sock')}`);
      const asking = { stdin: '\u0010\u0011', typeAt: 'C:\\>' };
      const line = `docker run -it --name left ${CORE} cmd`;
      const { code } = await run('script', ['-qec', line, '/dev/null'], unix.endpoint, asking);
      const { stdout } = await docker(['inspect', '-f', '{{.State.Status}}', 'left']);
      await unix.dispose();
      await rm(directory, { recursive: true });
      await docker(['rm', '-f', 'left']);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'running\n' });
    });
  });

  describe('logs and events', { shuffle: false }, () => {
    it('follows a container to its end', async () => {
      await docker([
        'run',
        '-d',
        '--name',
        'talker',
        CORE,
        'cmd',
        '/c',
        'echo one& ping -n 2 localhost >nul& echo two',
      ]);
      const { code, stdout } = await docker(['logs', '-f', 'talker']);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'one\r\ntwo\r\n' });
    });

    it('gives the last lines, with their times', async () => {
      const { stdout } = await docker(['logs', '--tail', '1', '-t', 'talker']);
      expect(stdout).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z two\r\n$/);
    });

    it('gives nothing from the future', async () => {
      const { stdout } = await docker(['logs', '--since', '2100-01-01T00:00:00Z', 'talker']);
      expect(stdout).toBe('');
    });

    it('tells what happened to a container, in order', async () => {
      await docker(['rm', 'talker']);
      const { stdout } = await docker([
        'events',
        '--since',
        '2000-01-01',
        '--until',
        new Date(Date.now() + 50).toISOString(),
        '--filter',
        'container=talker',
        '--format',
        '{{.Action}}',
      ]);
      expect(stdout).toBe('create\nstart\ndie\ndestroy\n');
    });

    it('tells what happens from now on', async () => {
      const watching = docker(['events', '--filter', 'type=volume', '--format', '{{.Action}} {{.Actor.ID}}'], {
        interruptAt: 'create seen\ndestroy seen',
      });
      // The client subscribes in its own time: make noise until it has heard enough.
      const done = watching.then(() => true);
      const noise = async (): Promise<boolean> => {
        await docker(['volume', 'create', 'seen']);
        await docker(['volume', 'rm', 'seen']);
        return false;
      };
      while (!(await Promise.race([done, noise()])));
      expect((await watching).stdout).toContain('create seen\ndestroy seen\n');
    });

    it('waits for the end of a container', async () => {
      await docker(['run', '-d', '--name', 'brief', CORE, 'cmd', '/c', 'ping -n 2 localhost >nul& exit 5']);
      const { stdout } = await docker(['wait', 'brief']);
      await docker(['rm', 'brief']);
      expect(stdout).toBe('5\n');
    });

    it('starts a container again by its policy', async () => {
      await docker(['run', '-d', '--name', 'again', '--restart', 'on-failure:1', CORE, 'cmd', '/c', 'exit 1']);
      let state = '';
      while (!state.startsWith('exited')) {
        state = (await docker(['inspect', '-f', '{{.State.Status}} {{.RestartCount}}', 'again'])).stdout;
      }
      await docker(['rm', 'again']);
      expect(state).toBe('exited 1\n');
    });
  });

  describe('health checks', { shuffle: false }, () => {
    const settled = async (name: string, wanted: string): Promise<string> => {
      let state = '';
      while (!state.startsWith(wanted)) {
        state = (await docker(['inspect', '-f', '{{.State.Health.Status}} {{.State.Health.FailingStreak}}', name]))
          .stdout;
      }
      return state;
    };

    it('say that a container is well, or no longer', async () => {
      const check = ['--health-cmd', 'type C:\\well.txt', '--health-interval', '20ms', '--health-retries', '2'];
      await docker([
        'run',
        '-d',
        '--name',
        'patient',
        ...check,
        CORE,
        'cmd',
        '/c',
        'echo well> C:\\well.txt& ping -t localhost',
      ]);
      await settled('patient', 'healthy');
      const listed = await docker(['ps', '-f', 'health=healthy', '--format', '{{.Names}} {{.Status}}']);
      await docker(['exec', 'patient', 'cmd', '/c', 'del C:\\well.txt']);
      await settled('patient', 'unhealthy');
      const log = await docker([
        'inspect',
        '-f',
        '{{range .State.Health.Log}}{{.ExitCode}} {{.Output}}{{end}}',
        'patient',
      ]);
      await docker(['rm', '-f', 'patient']);
      const events = await docker([
        'events',
        '--since',
        '1m',
        '--until',
        new Date(Date.now() + 50).toISOString(),
        '-f',
        'event=health_status',
        '-f',
        'container=patient',
        '--format',
        '{{.Action}}',
      ]);
      expect({ listed: listed.stdout, log: log.stdout, events: events.stdout }).toEqual({
        listed: expect.stringMatching(/^patient Up .* \(healthy\)\n$/),
        log: expect.stringContaining('1 The system cannot find the file specified.'),
        events: 'health_status: healthy\nhealth_status: unhealthy\n',
      });
    });

    it('give up on a check that takes too long', async () => {
      const check = ['--health-cmd', 'ping -t localhost', '--health-interval', '5ms', '--health-timeout', '30ms'];
      await docker(['run', '-d', '--name', 'slow', ...check, '--health-retries', '1', CORE, 'ping', '-t', 'localhost']);
      await settled('slow', 'unhealthy');
      const { stdout } = await docker(['inspect', '-f', '{{(index .State.Health.Log 0).Output}}', 'slow']);
      await docker(['rm', '-f', 'slow']);
      expect(stdout).toContain('Health check exceeded timeout (30ms): ');
    });
  });

  describe('copying', () => {
    it('carries a file in and out', async () => {
      const directory = await mkdtemp(join(tmpdir(), 'siloscope-cp-'));
      await writeFile(join(directory, 'in.txt'), 'carried');
      await docker(['create', '--name', 'box', CORE, 'cmd', '/c', 'type C:\\in.txt']);
      await docker(['cp', join(directory, 'in.txt'), 'box:/in.txt']);
      const read = await docker(['start', '-a', 'box']);
      const copied = await docker(['cp', 'box:/in.txt', join(directory, 'out.txt')]);
      const text = await readFile(join(directory, 'out.txt'), 'utf8').catch(String);
      const missing = await docker(['cp', 'box:/nope.txt', join(directory, 'nope.txt')]);
      await docker(['rm', 'box']);
      await rm(directory, { recursive: true });
      expect({ read: read.stdout, code: copied.code, text, missing: missing.stderr }).toEqual({
        read: 'carried',
        code: 0,
        text: 'carried',
        missing: 'Error response from daemon: Could not find the file /nope.txt in container box\n',
      });
    });
  });
});
