import { describe, expect, it } from 'vitest';
import { connectFault } from './connect-fault.ts';

const TARGET = { user: 'me', host: 'box', port: 2222, id: 'ssh://me@box:2222' };
const failed = (given: object, message = 'raw'): Error => Object.assign(new Error(message), given);

describe('an attempt to connect', () => {
  it.each([
    [{ code: 'ENOTFOUND' }, 'nobody knows an address of box (ENOTFOUND)'],
    [{ code: 'EAI_AGAIN' }, 'nobody knows an address of box (EAI_AGAIN)'],
    [{ code: 'ECONNREFUSED' }, expect.stringMatching(/^nothing listens at box, port 2222 \(ECONNREFUSED\)/)],
    [{ code: 'EHOSTUNREACH' }, 'there is no way to box, port 2222 (EHOSTUNREACH)'],
    [{ code: 'ETIMEDOUT' }, 'there is no way to box, port 2222 (ETIMEDOUT)'],
    [{ code: 'ECONNRESET' }, 'box, port 2222 hung up during the handshake (ECONNRESET)'],
    [{ level: 'client-timeout' }, 'box, port 2222 does not answer as an SSH server'],
    [{ level: 'handshake' }, 'raw'],
  ])('that failed with %o says why', (given, reason) => {
    expect(connectFault(TARGET, [], failed(given)).fault).toEqual({
      code: 'host-unreachable',
      host: TARGET.id,
      reason,
    });
  });

  it.each([
    [[], `${TARGET.id} (tried nothing: there is no key file and no agent)`],
    [['the key a', 'the agent'], `${TARGET.id} (tried the key a, the agent)`],
  ])('that was let in by none of %j says which', (tried, what) => {
    const fault = { code: 'access-denied', what, raw: 'raw' };
    expect(connectFault(TARGET, tried, failed({ level: 'client-authentication' })).fault).toEqual(fault);
  });
});
