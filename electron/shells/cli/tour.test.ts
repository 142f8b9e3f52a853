import { describe, expect, it } from 'vitest';
import { Inspection } from '../../../shared/domain/inspection.ts';
import { ran } from './testing/real-doors.ts';

describe('the tour', () => {
  it('goes from the stopped FSD to the leak that is found, explained and closed', async () => {
    const { exitCode, out, err } = await ran(['tour'], { columns: 80, env: { NO_COLOR: '1' } });
    expect(exitCode).toBe(0);
    expect(err).not.toContain('[!]');
    const inOrder = [
      '$ siloscope doctor',
      'is stopped',
      '$ siloscope fsd start',
      'is running',
      '$ siloscope launch memfs-disk',
      '$ siloscope launch memfs-network',
      '$ siloscope inspect --probe --canary',
      '[!] LEAKED   proven by canary  \\\\memfs\\share',
      '[+] private  as far as tested  Z:',
      'YES canary',
      'Why \\\\memfs\\share is called leaked (proven by canary)',
      'the token was read back',
      'siloscope stop memfs-network',
      'siloscope launch memfs-disk --mount-point Y:',
      'What to type next',
    ];
    const places = inOrder.map((text, index) =>
      out.indexOf(text, index === 0 ? 0 : out.indexOf(inOrder[index - 1] ?? '')),
    );
    expect(
      places.every((place, index) => place > (places[index - 1] ?? -1)),
      JSON.stringify(places),
    ).toBe(true);
  });

  it('tells its steps as lines of JSON', async () => {
    const { out } = await ran(['tour', '--json']);
    const steps = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(steps.map(({ step, command }) => `${step} ${command}`)).toEqual([
      '1 siloscope doctor',
      '2 siloscope fsd start',
      '3 siloscope launch memfs-disk',
      '4 siloscope launch memfs-network',
      '5 siloscope inspect --probe --canary',
    ]);
    const inspection = Inspection.parse(steps.at(-1)?.answer);
    expect(inspection.volumes.map(volume => volume.verdict).sort()).toEqual(['leaked', 'private']);
  });

  it('brings its own host', async () => {
    expect(await ran(['tour', '--connect', 'ws://127.0.0.1:1/#x'])).toMatchObject({ exitCode: 2, out: '' });
  });
});
