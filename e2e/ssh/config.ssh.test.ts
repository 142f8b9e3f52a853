import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseSshUrl } from '../../electron/hosts/remote/parse-ssh-url.ts';
import { planConnection } from '../../electron/hosts/remote/ssh-config/plan-connection.ts';
import { readSshConfig } from '../../electron/hosts/remote/ssh-config/read-ssh-config.ts';
import { CONFIG_CASES } from '../../electron/hosts/remote/ssh-config/testing/config-cases.ts';
import { describeLane } from './describe-lane.ts';

describeLane('a configuration, as ssh -G reads it', () => {
  let home = '';
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'siloscope-ssh-g-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  it.each(CONFIG_CASES.filter(({ what }) => !what.includes('byte order mark')).map(one => [one.what, one] as const))(
    '%s',
    async (_, { config, files = {}, name = 'box', user, expected }) => {
      // -F takes relative Includes from the real ~/.ssh, which is the developer's own.
      const whole = (lines: readonly string[]): string =>
        lines
          .join('\n')
          .replaceAll('localuser me', `localuser ${userInfo().username}`)
          .replaceAll('~/', `${home}/`)
          .replaceAll('%d', home)
          .replace(
            /^Include (.*)$/m,
            (_line, words: string) => `Include ${words.replaceAll(/(\S+)/g, `${home}/.ssh/$1`)}`,
          );
      const put = async (file: string, lines: readonly string[]): Promise<void> => {
        await mkdir(dirname(join(home, '.ssh', file)), { recursive: true });
        await writeFile(join(home, '.ssh', file), whole(lines));
      };
      await put('config', config);
      for (const [file, lines] of Object.entries(files)) await put(file, lines);
      const file = join(home, '.ssh', 'config');

      const asked = user === undefined ? name : `${user}@${name}`;
      const told = execFileSync('ssh', ['-F', file, '-G', asked], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const values = (keyword: string): readonly string[] =>
        told
          .split('\n')
          .filter(line => line.startsWith(`${keyword} `))
          .map(line => line.slice(keyword.length + 1));

      const localUser = userInfo().username;
      const own = { home, localUser, localHost: 'x', localUserId: 0, env: {}, platform: 'linux', agent: undefined };
      const planned = planConnection(
        parseSshUrl(`ssh://${asked}`),
        await readSshConfig([{ file, own: true }], home),
        own,
      );
      if ('because' in planned) throw new Error(`${planned.because}: ${await readFile(file, 'utf8')}`);
      const { target, access, connection } = planned;
      expect([target.host, target.user, String(target.port)]).toEqual(
        ['hostname', 'user', 'port'].map(keyword => values(keyword)[0]),
      );
      const { jump } = expected;
      expect(values('proxyjump')).toEqual(jump === undefined ? [] : [jump]);
      expect(planned.jumps.length).toBe(jump === undefined ? 0 : 1);
      if (connection.followed.some(({ text }) => /^identityfile/i.test(text))) {
        const { host, user: as, port } = target;
        const expanded = values('identityfile').map(path =>
          path.replaceAll(
            /%[rhpn%]/g,
            token => ({ '%r': as, '%h': host, '%p': String(port), '%n': name })[token] ?? '%',
          ),
        );
        expect(access.keyFiles).toEqual(expanded);
      }
    },
  );
});
