import { describe, expect, it } from 'vitest';
import { type EngineEndpoint, findEndpoint, localAddress } from './engine-endpoint.ts';

describe('the engine of this machine', () => {
  const files: Record<string, string> = {
    'config.json': '{"auths":{},"currentContext":"windows"}',
    'contexts/meta/WINDOWS/meta.json':
      '{"Name":"windows","Metadata":{},"Endpoints":{"docker":{"Host":"npipe:////./pipe/dockerDesktopWindowsEngine","SkipTLSVerify":false}}}',
  };

  it.each([
    ['nothing is said', {}, {}, { endpoint: 'npipe:////./pipe/docker_engine', source: 'default', context: 'default' }],
    [
      'the configuration is no JSON',
      {},
      { 'config.json': '{' },
      { endpoint: 'npipe:////./pipe/docker_engine', source: 'default', context: 'default' },
    ],
    [
      'config.json names the context default',
      {},
      { 'config.json': '{"currentContext":"default"}' },
      { endpoint: 'npipe:////./pipe/docker_engine', source: 'config.json', context: 'default' },
    ],
    [
      'config.json names a context of which nothing is stored',
      {},
      { 'config.json': '{"currentContext":"gone"}' },
      { endpoint: '', source: 'config.json', context: 'gone', missing: true },
    ],
    [
      'DOCKER_CONTEXT overrules config.json',
      { DOCKER_CONTEXT: 'other' },
      { 'config.json': '{"currentContext":"gone"}' },
      { endpoint: '', source: 'DOCKER_CONTEXT', context: 'other', missing: true },
    ],
    [
      'DOCKER_HOST overrules everything',
      { DOCKER_HOST: 'tcp://127.0.0.1:2375', DOCKER_CONTEXT: 'other' },
      { 'config.json': '{"currentContext":"gone"}' },
      { endpoint: 'tcp://127.0.0.1:2375', source: 'DOCKER_HOST' },
    ],
  ])('is looked for where docker would, when %s', (_when, environment, stored: Record<string, string>, expected) => {
    expect(findEndpoint({ environment, read: file => stored[file], list: () => [] })).toEqual(expected);
  });

  it('is read from the metadata of the context, filed under the SHA-256 of its name', () => {
    const asked: string[] = [];
    const found = findEndpoint({
      environment: {},
      read(file) {
        asked.push(file);
        return file === 'config.json' ? files['config.json'] : files['contexts/meta/WINDOWS/meta.json'];
      },
      list: () => ['ca.pem'],
    });
    expect(asked).toEqual(['config.json', expect.stringMatching(/^contexts\/meta\/[0-9a-f]{64}\/meta\.json$/)]);
    expect(found).toEqual({
      endpoint: 'npipe:////./pipe/dockerDesktopWindowsEngine',
      source: 'config.json',
      context: 'windows',
    });
  });

  const LOCAL = 'tcp://127.0.0.1:2376';
  const PIPE = 'npipe:////./pipe/docker_engine';
  const stored = (host: string, skips = false): string =>
    JSON.stringify({ Endpoints: { docker: { Host: host, SkipTLSVerify: skips } } });

  it.each<[string, Record<string, string>, string, readonly string[], EngineEndpoint['tls']]>([
    ['DOCKER_HOST with DOCKER_TLS_VERIFY', { DOCKER_HOST: LOCAL, DOCKER_TLS_VERIFY: '1' }, '', [], 'DOCKER_TLS_VERIFY'],
    ['with any value of it', { DOCKER_HOST: LOCAL, DOCKER_TLS_VERIFY: '0' }, '', [], 'DOCKER_TLS_VERIFY'],
    ['DOCKER_HOST with DOCKER_TLS', { DOCKER_HOST: LOCAL, DOCKER_TLS: '1' }, '', [], 'DOCKER_TLS'],
    ['DOCKER_HOST with an empty variable', { DOCKER_HOST: LOCAL, DOCKER_TLS_VERIFY: '' }, '', [], undefined],
    ['DOCKER_HOST alone, whatever contexts have', { DOCKER_HOST: LOCAL }, stored(LOCAL), ['ca.pem'], undefined],
    ['a pipe, whatever the variable', { DOCKER_HOST: PIPE, DOCKER_TLS_VERIFY: '1' }, '', [], undefined],
    [
      'a context with certificates',
      { DOCKER_CONTEXT: 'box' },
      stored(LOCAL),
      ['ca.pem', 'cert.pem', 'key.pem'],
      'context',
    ],
    ['a context that skips the verification', { DOCKER_CONTEXT: 'box' }, stored(LOCAL, true), [], 'context'],
    ['a context without', { DOCKER_CONTEXT: 'box', DOCKER_TLS_VERIFY: '1' }, stored(LOCAL), [], undefined],
    ['a context of a pipe with certificates', { DOCKER_CONTEXT: 'box' }, stored(PIPE), ['ca.pem'], undefined],
  ])('is spoken to in TLS where docker would: %s', (_what, environment, meta, certificates, expected) => {
    const list = (folder: string): readonly string[] =>
      /^contexts\/tls\/[0-9a-f]{64}\/docker$/.test(folder) ? certificates : [];
    expect(findEndpoint({ environment, read: () => meta, list }).tls).toBe(expected);
  });

  it.each([
    ['npipe:////./pipe/docker_engine', { path: '\\\\.\\pipe\\docker_engine' }],
    ['npipe://\\\\.\\pipe\\docker_engine', { path: '\\\\.\\pipe\\docker_engine' }],
    ['tcp://127.0.0.1:2375', { host: '127.0.0.1', port: 2375 }],
    ['tcp://localhost:2375/', { host: 'localhost', port: 2375 }],
    ['tcp://[::1]:2375', { host: '::1', port: 2375 }],
    ['tcp://192.0.2.7:2375', undefined],
    ['tcp://127.0.0.1:0', undefined],
    ['tcp://127.0.0.1:65536', undefined],
    ['ssh://me@box', undefined],
    ['npipe:////server/pipe/docker_engine', undefined],
    ['npipe:////./pipe/a/b', undefined],
    ['', undefined],
  ])('at %s has the address %j', (endpoint, address) => {
    expect(localAddress(endpoint)).toEqual(address);
  });
});
