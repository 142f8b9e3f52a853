import { describe, expect, it } from 'vitest';
import { parseConnectUrl } from './connect-url.ts';
import { type GlobalOptions, targetOf } from './global-options.ts';

const CONNECT = 'ws://127.0.0.1:8437/#s3cret-token';
const ADDRESS = { url: 'ws://127.0.0.1:8437/', token: 's3cret-token' };
const target = (options: Omit<GlobalOptions, 'color'>, env: Record<string, string> = {}, platform = 'linux') =>
  targetOf({ color: true, ...options }, { env, platform });

describe('the target of a command', () => {
  it.each([
    ['nothing said, not on Windows', {}, {}, 'linux', { kind: 'simulated', scenario: 'default' }],
    ['nothing said, on Windows', {}, {}, 'win32', { kind: 'windows', host: 'local' }],
    ['the simulated host, on Windows', { host: 'simulated' }, {}, 'win32', { kind: 'simulated', scenario: 'default' }],
    ['a scenario alone', { scenario: 'x.json' }, {}, 'win32', { kind: 'simulated', scenario: 'x.json' }],
    ['a host over SSH', { host: 'ssh://me@box' }, {}, 'linux', { kind: 'windows', host: 'ssh://me@box' }],
    ['a running one', { connect: CONNECT }, {}, 'linux', { kind: 'connect', address: ADDRESS }],
    [
      'a running one, by the environment',
      {},
      { SILOSCOPE_CONNECT: CONNECT },
      'linux',
      { kind: 'connect', address: ADDRESS },
    ],
    [
      'a scenario, against the environment',
      { scenario: 'x' },
      { SILOSCOPE_CONNECT: CONNECT },
      'linux',
      { kind: 'simulated', scenario: 'x' },
    ],
  ])('%s', (_, options, env, platform, expected) => {
    expect(target(options, env, platform)).toEqual(expected);
  });

  it.each([
    ['two hosts', { host: 'local', connect: CONNECT }, '--host'],
    ['a scenario for a running one', { scenario: 'x', connect: CONNECT }, '--scenario'],
    ['a scenario for a real host', { scenario: 'x', host: 'local' }, '--scenario'],
    ['a host of no kind', { host: 'docker' }, '--host'],
    ['SSH without a host', { host: 'ssh://me@' }, '--host'],
  ])('is refused: %s', (_, options, path) => {
    expect(() => target(options)).toThrow(
      expect.objectContaining({
        fault: expect.objectContaining({ code: 'invalid-input', issues: [expect.objectContaining({ path })] }),
      }),
    );
  });
});

describe('a connect address', () => {
  it.each([
    ['the wire', 'ws://127.0.0.1:8437/#token', 'ws://127.0.0.1:8437/'],
    ['the page, as serve prints it for people', 'http://127.0.0.1:8437/#token', 'ws://127.0.0.1:8437/'],
    ['a page behind TLS', 'https://box.example/#token', 'wss://box.example/'],
  ])('may be that of %s', (_, text, url) => {
    expect(parseConnectUrl(text)).toEqual({ url, token: 'token' });
  });

  it.each([
    ['no address', 'hello'],
    ['another kind', 'ftp://127.0.0.1:8437/#token'],
    ['no token: the shell took it for a comment', 'ws://127.0.0.1:8437/'],
    ['the token as a password', 'ws://:token@127.0.0.1:8437/#token'],
  ])('is refused: %s', (_, text) => {
    expect(() => parseConnectUrl(text)).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: 'invalid-input' }) }),
    );
  });
});
