import { describe, expect, it } from 'vitest';
import { FaultError } from './fault.ts';
import { gatherReport } from './report.ts';

describe('a report', () => {
  it('does not tell how a host over SSH is reached', async () => {
    const ssh = {
      user: 'me',
      hostName: '10.0.0.7',
      port: 22,
      keyFiles: ['/home/me/k'],
      knownHostsFiles: [],
      followed: [],
    };
    const ask: Parameters<typeof gatherReport>[1] = async name => {
      if (name === 'readiness.check') return { ready: true, checks: [], ssh } as never;
      throw new FaultError({ code: 'not-found', what: 'answer', name });
    };
    const { readiness, snapshot } = await gatherReport('1.0.0', ask);
    expect(readiness).toEqual({ is: { ready: true, checks: [] } });
    expect(snapshot).toEqual({ fault: { code: 'not-found', what: 'answer', name: 'snapshot.take' } });
  });
});
