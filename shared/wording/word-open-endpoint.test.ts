import { expect, it } from 'vitest';
import { wordOpenEndpoint } from './word-open-endpoint.ts';

it.each<[string, boolean]>([
  ['tcp://127.0.0.1:2375', false],
  ['tcp://127.1.2.3:2375', false],
  ['tcp://localhost:0', false],
  ['tcp://[::1]:2375', false],
  ['unix:///tmp/docker.sock', false],
  ['npipe:////./pipe/docker_engine', false],
  ['tcp://0.0.0.0:2375', true],
  ['tcp://[::]:2375', true],
  ['tcp://192.168.1.7:2375', true],
  ['tcp://127.0.0.1.example.com:2375', true],
  ['TCP://build-box:2375', true],
])('an engine at %s is open to others: %s', (endpoint, open) => {
  expect(wordOpenEndpoint(endpoint) !== undefined).toBe(open);
});
