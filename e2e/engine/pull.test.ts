import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerOver } from './client.ts';
import { type RunningEngine, startSimulatedEngine } from './simulated-engine.ts';

const OLDER = 'mcr.microsoft.com/windows/servercore:ltsc2022';
const BROKEN = 'registry.example/tools/broken:1';

interface Step {
  readonly status?: string;
  readonly id?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
}

let host: RunningEngine;
let pull: (reference: string) => Promise<readonly Step[]>;
let tags: () => Promise<readonly string[]>;

beforeAll(async () => {
  host = await startSimulatedEngine({
    registry: [
      { reference: OLDER, base: 'servercore', osVersion: '10.0.20348.4294', layers: 4 },
      { reference: BROKEN, base: 'servercore', osVersion: '10.0.26100.1', layers: 4 },
    ],
    faults: [{ kind: 'pull-breaks', reference: BROKEN, layer: 3 }],
  });
  const { port } = new URL(host.endpoint.replace('tcp:', 'http:'));
  const { docker } = dockerOver(() => connect(Number(port), '127.0.0.1'));
  pull = async reference => {
    const stream: NodeJS.ReadableStream = await docker.pull(reference);
    const lines = (await textOf(stream)).trim().split('\r\n');
    return lines.map((line): Step => JSON.parse(line));
  };
  tags = async () => (await docker.listImages()).flatMap(image => image.RepoTags ?? []);
});

afterAll(() => host.stop());

describe('a pull', () => {
  it('tells each layer’s way, never backwards, to its full size', async () => {
    const steps = await pull(OLDER);
    const layers = new Map<string, Step[]>();
    for (const step of steps.slice(1))
      if (step.id !== undefined) layers.set(step.id, [...(layers.get(step.id) ?? []), step]);
    const told = [...layers.values()].map(way => {
      const phases = way
        .map(step => step.status ?? '')
        .filter((status, index, all) => status !== all[index - 1] && status !== 'Waiting');
      const falls = ['Downloading', 'Extracting'].some(phase => {
        const counts = way.filter(step => step.status === phase).map(step => step.progressDetail?.current ?? 0);
        return counts.some((count, index) => count < (counts[index - 1] ?? 0));
      });
      const last = way.findLast(step => step.status === 'Extracting')?.progressDetail;
      return { phases, falls, whole: last?.current === last?.total };
    });
    const phases = [
      'Pulling fs layer',
      'Downloading',
      'Verifying Checksum',
      'Download complete',
      'Extracting',
      'Pull complete',
    ];
    expect(told).toEqual(Array.from({ length: 4 }, () => ({ phases, falls: false, whole: true })));
    expect(steps.at(-1)?.status).toBe(`Status: Downloaded newer image for ${OLDER}`);
  });

  it('that breaks at its third layer has told two complete ones, and leaves no image', async () => {
    const steps = await pull(BROKEN);
    expect({
      complete: steps.filter(step => step.status === 'Pull complete').length,
      end: steps.at(-1),
      left: (await tags()).includes(BROKEN),
    }).toEqual({
      complete: 2,
      end: { errorDetail: { message: 'unexpected EOF' }, error: 'unexpected EOF' },
      left: false,
    });
  });
});
