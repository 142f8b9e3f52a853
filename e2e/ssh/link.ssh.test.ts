import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Hop } from '../../electron/hosts/remote/shake-hands.ts';
import type { LinkState } from '../../electron/hosts/remote/ssh-link.ts';
import { server2022 } from '../../electron/hosts/simulated/testing/scenarios.ts';
import { ManualClock } from '../../shared/base/clock.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import { describeLane } from './describe-lane.ts';
import { type Lane, openLane } from './lane.ts';
import { type Sshd, startSshd } from './sshd.ts';

const fault = async (asked: Promise<unknown>): Promise<Fault> =>
  asked.then(
    () => {
      throw new Error('it did not fail');
    },
    (caught: unknown) => faultOf(caught),
  );

describeLane('trust', () => {
  let lane: Lane;
  beforeAll(async () => {
    lane = await openLane(server2022());
  });
  afterAll(() => lane.dispose());
  const elsewhere = (name: string): string => join(lane.sshd.home, name);

  it('refuses a host key that is not known, and says which', async () => {
    const knownHostsFile = elsewhere('none');
    expect(await fault(lane.connect({ knownHostsFile }))).toEqual({
      code: 'host-key-unknown',
      host: lane.sshd.url,
      keyType: 'ssh-ed25519',
      fingerprint: lane.sshd.fingerprint(),
      file: knownHostsFile,
    });
    expect(existsSync(knownHostsFile)).toBe(false);
  });

  it('pins exactly the key that was accepted, and knows it from then on', async () => {
    const knownHostsFile = elsewhere('pinned');
    const pinned = lane.sshd.fingerprint();
    await (await lane.connect({ knownHostsFile, pinned })).dispose();
    await (await lane.connect({ knownHostsFile })).dispose();
    await (await lane.connect({ knownHostsFile, pinned })).dispose();
    expect(await readFile(knownHostsFile, 'utf8')).toBe(`[127.0.0.1]:${lane.sshd.port} ${lane.sshd.hostKey}\n`);
    const hashed = elsewhere('hashed');
    await (await lane.connect({ knownHostsFile: hashed, pinned, hashNames: true })).dispose();
    await (await lane.connect({ knownHostsFile: hashed })).dispose();
    expect(await readFile(hashed, 'utf8')).toMatch(/^\|1\|[^|]+\|[^|]+ ssh-ed25519 \S+\n$/);
  });

  it.each(['not known', 'known'])('lets no other key in than the accepted one, though it is %s', async what => {
    const knownHostsFile = what === 'known' ? lane.knownHostsFile : elsewhere('wrong');
    const wrong = `SHA256:${'x'.repeat(43)}`;
    expect(await fault(lane.connect({ knownHostsFile, pinned: wrong }))).toMatchObject({
      code: 'host-key-refused',
      because: 'not-the-accepted',
      fingerprint: lane.sshd.fingerprint(),
      known: wrong,
    });
    expect(existsSync(elsewhere('wrong'))).toBe(false);
  });

  it('pins nothing where the configuration forbids it, though it was accepted', async () => {
    const strict = { file: '/etc/ssh/ssh_config', line: 3, text: 'StrictHostKeyChecking yes' };
    const knownHostsFile = elsewhere('strict');
    const asked = lane.connect({ knownHostsFile, pinned: lane.sshd.fingerprint(), strict });
    expect(await fault(asked)).toMatchObject({ code: 'host-key-refused', because: 'strict', line: 3 });
    expect(existsSync(knownHostsFile)).toBe(false);
    await (await lane.connect({ strict })).dispose();
  });

  it('takes a file of known hosts that it may not read for no empty one', async () => {
    const knownHostsFile = elsewhere('a-folder');
    await mkdir(knownHostsFile);
    expect(await fault(lane.connect({ knownHostsFile }))).toMatchObject({
      code: 'access-denied',
      what: knownHostsFile,
      raw: expect.stringContaining('EISDIR'),
    });
  });

  it('says which ways in were tried', async () => {
    const strange = lane.connect({ keyFiles: [lane.sshd.strangerKeyFile] });
    expect(await fault(strange)).toMatchObject({
      code: 'access-denied',
      what: `${lane.sshd.url} (tried the key ${lane.sshd.strangerKeyFile})`,
    });
    expect(await fault(lane.connect({ keyFiles: [elsewhere('no-key')] }))).toMatchObject({
      code: 'access-denied',
      what: expect.stringContaining('nothing: there is no key file and no agent'),
    });
  });

  it('passes a key behind a passphrase over, and says what unlocks it', async () => {
    const locked = elsewhere('locked');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'a passphrase', '-f', locked]);
    expect(await fault(lane.connect({ keyFiles: [locked] }))).toMatchObject({
      code: 'access-denied',
      what: `${lane.sshd.url} (tried the key ${locked} (behind a passphrase: unlock it with ssh-add))`,
    });
    await (await lane.connect({ keyFiles: [locked, lane.sshd.keyFile] })).dispose();
  });

  it('is let in by what the agent holds', async () => {
    const agent = elsewhere('agent.sock');
    const running = spawn('ssh-agent', ['-D', '-a', agent], { stdio: 'ignore' });
    await expect.poll(() => existsSync(agent), { timeout: 10_000 }).toBe(true);
    expect(await fault(lane.connect({ keyFiles: [], agent }))).toMatchObject({
      code: 'access-denied',
      what: `${lane.sshd.url} (tried the agent)`,
    });
    execFileSync('ssh-add', ['-q', lane.sshd.keyFile], {
      env: { ...process.env, SSH_AUTH_SOCK: agent },
      stdio: 'ignore',
    });
    await (await lane.connect({ keyFiles: [], agent })).dispose();
    // Of all that it holds, only what the configuration names.
    const { strangerKeyFile: stranger, keyFile } = lane.sshd;
    expect(await fault(lane.connect({ keyFiles: [stranger], agent, identitiesOnly: true }))).toMatchObject({
      code: 'access-denied',
    });
    const publicHalf = elsewhere('only-its-public-half');
    await writeFile(`${publicHalf}.pub`, await readFile(`${keyFile}.pub`));
    await (await lane.connect({ keyFiles: [publicHalf], agent, identitiesOnly: true })).dispose();
    running.kill();
  });

  it('gets on without an agent that is not there', async () => {
    const agent = elsewhere('no-agent.sock');
    await (await lane.connect({ agent })).dispose();
    expect(await fault(lane.connect({ keyFiles: [lane.sshd.strangerKeyFile], agent }))).toMatchObject({
      code: 'access-denied',
      what: expect.stringMatching(/tried the key .*stranger, the agent, which does not answer\)$/),
    });
  });

  it('refuses a key that has changed, loudly, with the line that says otherwise', async () => {
    await lane.sshd.stop();
    const before = await readFile(lane.knownHostsFile, 'utf8');
    await writeFile(lane.knownHostsFile, `# ours\n${before}`);
    lane.sshd.changeHostKey();
    await lane.sshd.start();
    for (const pinned of [undefined, lane.sshd.fingerprint()]) {
      const asked = lane.connect(pinned === undefined ? {} : { pinned });
      expect(await fault(asked)).toMatchObject({
        code: 'host-key-refused',
        because: 'changed',
        fingerprint: lane.sshd.fingerprint(),
        file: lane.knownHostsFile,
        line: 2,
        known: expect.stringMatching(/^SHA256:/),
      });
    }
    expect(await readFile(lane.knownHostsFile, 'utf8')).toBe(`# ours\n${before}`);
  });

  it('says so when nobody listens', async () => {
    await lane.sshd.stop();
    expect(await fault(lane.connect())).toMatchObject({
      code: 'host-unreachable',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describeLane('a connection', () => {
  let lane: Lane;
  beforeAll(async () => {
    lane = await openLane(server2022());
  });
  afterAll(() => lane.dispose());
  const pings = (): number =>
    lane.simulated.machine.processes().filter(({ imageName }) => imageName.toLowerCase() === 'ping.exe').length;

  it('carries exit codes of 32 bits and every program at once, though sshd allows ten', async () => {
    const host = await lane.connect();
    const codes = [0, 1, 255, 256, 1_060, 0xc000_013a];
    const asked = [...codes, ...codes].map(code => host.run(['cmd.exe', '/d', '/c', `exit ${code | 0}`]));
    expect((await Promise.all(asked)).map(({ exitCode }) => exitCode)).toEqual([...codes, ...codes]);
    await host.dispose();
  });

  it('dials the engine more often than one connection allows, though who asked first goes away', async () => {
    const host = await lane.connect();
    const gone = new AbortController();
    const dials = Array.from({ length: 24 }, (_, at) => host.dialEngine(at % 6 === 5 ? gone.signal : undefined));
    gone.abort();
    const said = await Promise.allSettled(dials);
    expect(said.map(({ status }) => status)).toEqual(dials.map((_, at) => (at % 6 === 5 ? 'rejected' : 'fulfilled')));
    const open = said.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []));
    const pinged = open.map(async dial => {
      dial.write('GET /_ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      return (await text(dial)).slice(0, 15);
    });
    expect(new Set(await Promise.all(pinged))).toEqual(new Set(['HTTP/1.1 200 OK']));
    await host.dispose();
  });

  it.each([
    ['cmd', 'Active code page: 65001\r\n'],
    ['powershell', 'Loading profiles took 1203ms.\r\nHTTP/1.1 502 Welcome!\r\n\r\nPS> '],
  ] as const)('is not confused by what %s says of its own at each start', async (shell, greeting) => {
    Object.assign(lane.machine, { shell, greeting });
    const host = await lane.connect();
    const print = ['C:\\Test\\print-arguments.exe', 'one', 'two three'];
    expect((await host.run(print)).stdout).toBe('one\r\ntwo three\r\n');
    expect((await host.run(['cmd.exe', '/d', '/c', 'exit 5'])).exitCode).toBe(5);
    expect(await host.objects.readLink('\\GLOBAL??\\UNC')).toEqual({ target: '\\Device\\Mup' });
    const dial = await host.dialEngine();
    dial.write('GET /_ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect((await text(dial)).slice(0, 15)).toBe('HTTP/1.1 200 OK');
    await host.dispose();
    Object.assign(lane.machine, { shell: 'cmd', greeting: '' });
  });

  it('says so when a command line is longer than the far shell takes', async () => {
    const host = await lane.connect();
    const long = host.run(['C:\\Test\\print-arguments.exe', 'x'.repeat(9_000)]);
    expect(await fault(long)).toMatchObject({
      code: 'command-failed',
      stderr: expect.stringMatching(/^not started: .* 8100 is the most/),
    });
    const most = 'y '.repeat(3_000);
    expect((await host.run(['C:\\Test\\print-arguments.exe', most])).stdout).toBe(`${most}\r\n`);
    await host.dispose();
  });

  it('leaves no program behind that its asker has left', async () => {
    const host = await lane.connect();
    const asker = new AbortController();
    const asked = fault(host.run(['ping.exe', '-t', 'localhost'], { signal: asker.signal }));
    await expect.poll(pings, { timeout: 10_000 }).toBe(1);
    asker.abort();
    expect(await asked).toEqual({ code: 'cancelled' });
    await expect.poll(pings, { timeout: 10_000 }).toBe(0);
    await host.dispose();
  });

  it.each(['cmd', 'powershell'] as const)(
    'takes its programs along when it is closed, with %s as the shell',
    async shell => {
      lane.machine.shell = shell;
      const host = await lane.connect();
      const asked = fault(host.run(['ping.exe', '-t', 'localhost']));
      const late = fault(host.run(['ping.exe', '-t', 'localhost'], { timeoutMs: 1 }));
      expect(await late).toMatchObject({ code: 'timed-out' });
      await expect.poll(pings, { timeout: 10_000 }).toBeGreaterThan(0);
      await host.dispose();
      expect(await asked).toMatchObject({ code: 'host-unreachable' });
      expect(pings()).toBe(0);
      lane.machine.shell = 'cmd';
    },
  );

  it('says that it was cut, and comes back by itself', async () => {
    const host = await lane.connect();
    const states: LinkState['kind'][] = [];
    const lost: Fault[] = [];
    host.onLink(({ kind }) => states.push(kind));
    host.onLost(told => lost.push(told));
    expect(await host.objects.readLink('\\GLOBAL??\\UNC')).toEqual({ target: '\\Device\\Mup' });
    const asked = fault(host.run(['ping.exe', '-t', 'localhost']));
    await expect.poll(pings, { timeout: 10_000 }).toBe(1);
    lane.sshd.cutConnections();
    expect(await asked).toMatchObject({
      code: 'host-unreachable',
      reason: expect.stringMatching(/^the SSH connection .*trying to connect again$/),
    });
    // Asked while it is away: answered when it is back, the agent included.
    expect(await host.objects.readLink('\\GLOBAL??\\UNC')).toEqual({ target: '\\Device\\Mup' });
    expect((await host.run(['hostname.exe'])).exitCode).toBe(0);
    await expect.poll(pings, { timeout: 10_000 }).toBe(0);
    expect([states, lost]).toEqual([['cut', 'up'], []]);
    await host.dispose();
  });

  it('notices a server that has stopped answering, and gets on when it does again', async () => {
    const host = await lane.connect({ keepaliveMs: 100 });
    const states: LinkState['kind'][] = [];
    host.onLink(({ kind }) => states.push(kind));
    lane.sshd.freeze();
    const asked = fault(host.run(['hostname.exe']));
    expect(await asked).toMatchObject({
      code: 'host-unreachable',
      reason: expect.stringMatching(/^the SSH connection broke: Keepalive timeout; trying/),
    });
    lane.sshd.thaw();
    expect((await host.run(['hostname.exe'])).exitCode).toBe(0);
    expect(states).toEqual(['cut', 'up']);
    await host.dispose();
  });

  it('is given up when the shell at its other end never says a word', async () => {
    const clock = new ManualClock();
    lane.machine.isMute = true;
    const asked = fault(lane.connect({ clock }));
    await expect.poll(() => lane.machine.unanswered, { timeout: 10_000 }).toBe(1);
    clock.advance(30_000);
    expect(await asked).toEqual({ code: 'timed-out', what: `the shell of ${lane.sshd.url}`, afterMs: 30_000 });
    lane.machine.isMute = false;
    await (await lane.connect()).dispose();
  });

  it('is lost at once when another answers in its place', async () => {
    const host = await lane.connect({ graceMs: 60_000 });
    const lost: Fault[] = [];
    host.onLost(told => lost.push(told));
    await lane.sshd.stop();
    const before = await readFile(lane.knownHostsFile, 'utf8');
    const key = lane.sshd.changeHostKey();
    await lane.sshd.start();
    await expect.poll(() => lost.length, { timeout: 10_000 }).toBe(1);
    expect(lost).toEqual([
      expect.objectContaining({ code: 'host-key-refused', host: lane.sshd.url, because: 'changed' }),
    ]);
    await host.dispose();
    await writeFile(lane.knownHostsFile, before.replace(/ssh-ed25519 \S+/, key));
  });

  it('is lost for good, once, when its host stays away', async () => {
    const host = await lane.connect({ graceMs: 300 });
    const lost: Fault[] = [];
    host.onLost(told => lost.push(told));
    await lane.sshd.stop();
    await expect.poll(() => lost.length, { timeout: 10_000 }).toBe(1);
    expect(lost).toEqual([expect.objectContaining({ code: 'host-unreachable', host: lane.sshd.url })]);
    expect(await fault(host.run(['hostname.exe']))).toEqual(lost[0]);
    await host.dispose();
    await lane.sshd.start();
  });
});

describeLane('a host behind another', () => {
  let lane: Lane;
  let jump: Sshd;
  beforeAll(async () => {
    [lane, jump] = await Promise.all([openLane(server2022()), startSshd()]);
  });
  afterAll(() => Promise.all([lane.dispose(), jump.dispose()]));
  const elsewhere = (name: string): string => join(lane.sshd.home, name);
  const over = (knownHostsFile: string): Hop => ({
    target: { user: jump.user, host: '127.0.0.1', port: jump.port, id: 'ssh://jump' },
    access: { keyFiles: [jump.keyFile], knownHostsFile },
  });

  it('is asked about after the one on the way, each by its own key, and each is pinned by what was accepted of it', async () => {
    const knownHostsFile = elsewhere('both');
    const jumps = [over(knownHostsFile)];
    const first = await fault(lane.connect({ knownHostsFile, jumps }));
    const ofJump = { code: 'host-key-unknown', host: 'ssh://jump', fingerprint: jump.fingerprint(), jump: true };
    expect(first).toMatchObject(ofJump);
    // What is accepted of the last host is not accepted of the one before.
    const crossed = await fault(lane.connect({ knownHostsFile, jumps, pinned: lane.sshd.fingerprint() }));
    expect(crossed).toMatchObject(ofJump);
    expect(existsSync(knownHostsFile)).toBe(false);
    const second = await fault(lane.connect({ knownHostsFile, jumps, pinned: jump.fingerprint() }));
    expect(second).toEqual({
      code: 'host-key-unknown',
      host: lane.sshd.url,
      keyType: 'ssh-ed25519',
      fingerprint: lane.sshd.fingerprint(),
      file: knownHostsFile,
    });
    const host = await lane.connect({ knownHostsFile, jumps, pinned: lane.sshd.fingerprint() });
    expect((await host.run(['hostname.exe'])).exitCode).toBe(0);
    await host.dispose();
    const lines = [`[127.0.0.1]:${jump.port} ${jump.hostKey}`, `[127.0.0.1]:${lane.sshd.port} ${lane.sshd.hostKey}`];
    expect(await readFile(knownHostsFile, 'utf8')).toBe(`${lines.join('\n')}\n`);
  });

  it('comes back when the one on the way was cut, and is told apart from one that cannot be reached from there', async () => {
    const jumps = [over(elsewhere('both'))];
    const host = await lane.connect({ jumps });
    const states: LinkState['kind'][] = [];
    host.onLink(({ kind }) => states.push(kind));
    jump.cutConnections();
    await expect.poll(() => states, { timeout: 10_000 }).toEqual(['cut', 'up']);
    expect((await host.run(['hostname.exe'])).exitCode).toBe(0);
    await host.dispose();
    await lane.sshd.stop();
    expect(await fault(lane.connect({ jumps }))).toMatchObject({
      code: 'host-unreachable',
      host: lane.sshd.url,
      reason: expect.stringMatching(/^127\.0\.0\.1 found no way to 127\.0\.0\.1, port \d+: .*Connection refused/),
    });
    await lane.sshd.start();
  });
});

describeLane('a machine without the docker CLI', () => {
  it('is a host all the same, whose engine is out of reach with that reason', async () => {
    const lane = await openLane(server2022(), { docker: false });
    const host = await lane.connect();
    const dial = await host.dialEngine();
    const failed = new Promise<Fault>(resolve => dial.once('error', (error: unknown) => resolve(faultOf(error))));
    dial.resume();
    expect(await failed).toMatchObject({
      code: 'engine-unreachable',
      cause: 'there is no docker CLI on the far side',
      raw: expect.stringContaining("'docker' is not recognized"),
    });
    await host.dispose();
    await lane.dispose();
  });
});
