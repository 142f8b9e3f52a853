import { describe, expect, it } from 'vitest';
import { Environment } from './environment.ts';

describe('an environment', () => {
  it('finds a variable whatever its case and keeps the name as first given', () => {
    const environment = Environment.of({ Path: 'a', TEMP: 't' }, { PATH: 'b' });
    environment.set('temp', 'u');
    expect([environment.get('pAtH'), environment.has('PATH'), environment.get('none')]).toEqual(['b', true, undefined]);
    expect([...environment]).toEqual([
      ['Path', 'b'],
      ['TEMP', 'u'],
    ]);
  });

  it('forgets a variable, and its name', () => {
    const environment = Environment.of({ Path: 'a' });
    expect([environment.delete('PATH'), environment.delete('PATH'), environment.has('Path'), environment.size]).toEqual(
      [true, false, false, 0],
    );
    environment.set('PATH', 'b');
    expect([...environment.keys()]).toEqual(['PATH']);
  });
});
