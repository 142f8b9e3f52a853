import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SCREENS } from '../../shared/domain/screen.ts';
import { builtWindow, callByHand, called, drawn, evaluate, until } from './built-window.ts';
import type { WindowProcess } from './window-process.ts';

/** What came out of a package, run as Windows runs it: whatever was left out of it is missed here. */
const packed = process.env['SILOSCOPE_PACKED'] ?? '';
const { start, open, why, needsBrowser } = builtWindow('standin-packed', join(packed, 'out', 'window'));

it('has a browser where one is required', () => {
  expect(why === '' || !needsBrowser).toBe(true);
});

describe.skipIf(why !== '')(`the packaged window${why}`, { shuffle: false }, () => {
  let window: WindowProcess;
  beforeAll(async () => {
    await open();
    window = await start({ env: { STANDIN_PLATFORM: 'win32', STANDIN_PACKAGED: '1' } });
    await drawn(window);
  });

  /** What the page complained of. */
  const complaints = async () =>
    (await window.recorded()).filter(({ who, call }) => who === 'page' && call !== 'console.log');

  it.each(SCREENS)('draws %s', async screen => {
    await evaluate(window, `void (location.hash = '#/${screen}')`);
    await until(screen, () => evaluate(window, 'document.querySelector("main h1, main h2") !== null'));
    expect(await complaints()).toEqual([]);
  });

  it('opens every simulated host that comes along', async () => {
    const scenarios = readdirSync(join(packed, 'assets', 'scenarios'))
      .filter(name => !name.endsWith('.schema.json'))
      .map(name => name.replace('.json', ''));
    expect(scenarios).toContain('default');
    for (const [index, scenario] of scenarios.entries()) {
      const input = `{ id: 'simulated', scenario: '${scenario}' }`;
      expect(await evaluate(window, callByHand(900_300 + index, 'host.open', input))).toMatchObject({ kind: 'result' });
    }
  });

  it('has every picture that it shows', async () => {
    const pictures = JSON.stringify(await window.recorded()).match(/[^"]*\.(ico|png)(?=")/g) ?? [];
    expect(new Set(pictures).size).toBeGreaterThan(2);
    expect(pictures.filter(file => !existsSync(file))).toEqual([]);
  });

  it('says nothing on stderr, and misuses nothing of Electron', async () => {
    expect(window.stderr).toBe('');
    expect(await called(window, 'stand-in', 'misused')).toEqual([]);
  });
});
