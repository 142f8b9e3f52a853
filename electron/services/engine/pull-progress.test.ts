import { describe, expect, it } from 'vitest';
import { applyPullLine, pullProgress, startedPull } from './pull-progress.ts';

const read = (...lines: readonly unknown[]) => lines.reduce(applyPullLine, startedPull('img'));
const step = (id: string, status: string, current?: number, total?: number): object => ({
  status,
  id,
  progressDetail: current === undefined ? {} : { current, total },
});

describe('a pull', () => {
  it('goes from resolving through downloading and extracting to done', () => {
    const lines = [
      { status: 'Pulling from windows/servercore', id: 'ltsc2025' },
      step('aa', 'Pulling fs layer'),
      step('bb', 'Already exists'),
      step('aa', 'Downloading', 50, 100),
      step('aa', 'Verifying Checksum'),
      step('aa', 'Extracting', 50, 100),
      step('aa', 'Pull complete'),
      { status: 'Digest: sha256:0' },
      { status: 'Status: Downloaded newer image for img' },
    ];
    const told = lines.map((_, index) => pullProgress(read(...lines.slice(0, index + 1))));
    expect(told.map(({ phase }) => phase)).toEqual([
      'resolving',
      'downloading',
      'downloading',
      'downloading',
      'extracting',
      'extracting',
      'extracting',
      'extracting',
      'done',
    ]);
    expect(told.at(-1)?.layers).toEqual([
      { id: 'aa', phase: 'done', downloaded: 100, extracted: 100, total: 100 },
      { id: 'bb', phase: 'exists', downloaded: 0, extracted: 0, total: 0 },
    ]);
  });

  it('that retries a layer shows no less than before', () => {
    const state = read(
      step('aa', 'Downloading', 80, 100),
      step('aa', 'Retrying in 5 seconds'),
      step('aa', 'Downloading', 10, 100),
    );
    expect(pullProgress(state).layers).toEqual([
      { id: 'aa', phase: 'downloading', downloaded: 80, extracted: 0, total: 100 },
    ]);
  });

  it('that breaks remembers the layer that was busy', () => {
    const broken = { errorDetail: { message: 'unexpected EOF' }, error: 'unexpected EOF' };
    expect(read(step('aa', 'Downloading', 1, 2), broken).error).toEqual({ message: 'unexpected EOF', layer: 'aa' });
    expect(read(broken).error).toEqual({ message: 'unexpected EOF' });
  });
});
