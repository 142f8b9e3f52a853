import { describe, expect, it } from 'vitest';
import { FaultError } from '../../shared/contract/fault.ts';
import type { BuildProgress } from '../../shared/domain/image-recipe.ts';
import { connectedStores } from '../testing/lay-stores.ts';
import { applyBuildProgress, type BuildRun } from './build-store.ts';
import { until } from './until.ts';

async function lay() {
  const { host, stores } = await connectedStores('#/images');
  await stores.build.open('rclone-disk');
  return { host, build: stores.build };
}

describe('the build of an image', () => {
  it('is planned, edited, and built step by step', async () => {
    const { build } = await lay();
    await build.edit({ recipe: { dockerfile: 'ARG BASE\nFROM $BASE\n' }, tag: 'mine/rclone:1' });
    expect(build.store.getState()).toMatchObject({
      kind: 'planned',
      plan: { tag: 'mine/rclone:1', recipe: { dockerfile: 'ARG BASE\nFROM $BASE\n' } },
    });
    const running = build.run();
    const busy = await until(build.store, state => state.kind === 'building' && state.run.steps.length > 1);
    expect(busy.kind === 'building' && busy.run.steps.map(({ step }) => step.number)).toEqual([1, 2]);
    // While it runs, it is not closed by a slip.
    build.close();
    await running;
    expect(build.store.getState()).toMatchObject({ kind: 'done', built: { tag: 'mine/rclone:1' } });
  });

  it('that is cancelled leads back to its recipe', async () => {
    const { build } = await lay();
    const running = build.run();
    await until(build.store, state => state.kind === 'building' && state.run.steps.length > 0);
    build.cancel();
    expect(build.store.getState()).toMatchObject({ kind: 'building', cancelling: true });
    await running;
    expect(build.store.getState().kind).toBe('planned');
  });

  it('that fails keeps what was told, and its recipe', async () => {
    const { host, build } = await lay();
    host.handlers['image.build'] = (_input, { progress }) => {
      progress({ kind: 'output', text: 'wrong' });
      throw new FaultError({ code: 'build-failed', image: 'x', raw: 'no', step: 1, steps: 1 });
    };
    await build.run();
    expect(build.store.getState()).toMatchObject({ kind: 'faulted', fault: { code: 'build-failed' }, plan: {} });
    build.back();
    expect(build.store.getState().kind).toBe('planned');
  });

  it('has no plan where the profile has no recipe', async () => {
    const { build } = await lay();
    await build.open('nobody');
    expect(build.store.getState()).toMatchObject({ kind: 'faulted', plan: undefined, fault: { code: 'not-found' } });
  });
});

describe('the progress of a build', () => {
  const NOTHING: BuildRun = { pull: undefined, sent: undefined, steps: [], output: '' };
  const step = (number: number, cached = false): BuildProgress => ({
    kind: 'step',
    step: { number, of: 2, text: 'RUN a' },
    cached,
  });

  it('keeps one line a step, and the output of the present one, bounded', () => {
    const told: BuildProgress[] = [step(1), step(1, true), { kind: 'output', text: 'old' }, step(2)];
    const long: BuildProgress = { kind: 'output', text: 'x'.repeat(15_000) };
    const run = [...told, long, long].reduce(applyBuildProgress, NOTHING);
    expect(run.steps.map(({ step: { number }, cached }) => [number, cached])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(run.output).toHaveLength(20_000);
  });
});
