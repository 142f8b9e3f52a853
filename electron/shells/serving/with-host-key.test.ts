import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { LocalTarget } from './open-host.ts';
import { openAskingKey, type UnknownHostKey, withHostKey } from './with-host-key.ts';

const UNKNOWN: UnknownHostKey = {
  code: 'host-key-unknown',
  host: 'ssh://me@box',
  keyType: 'ssh-ed25519',
  fingerprint: `SHA256:${'a'.repeat(43)}`,
};

/** A host whose key becomes known once it is accepted. */
function door() {
  const opened: (string | undefined)[] = [];
  const open = async (hostKey?: string): Promise<string> => {
    opened.push(hostKey);
    if (hostKey === undefined) throw new FaultError(UNKNOWN);
    return 'in';
  };
  return { opened, open };
}

describe('a host whose key is not known', () => {
  it('is opened with exactly the key that was shown, once that is accepted', async () => {
    const { opened, open } = door();
    const shown: UnknownHostKey[] = [];
    const answer = withHostKey(open, async key => {
      shown.push(key);
      return true;
    });
    expect(await answer).toBe('in');
    expect(shown).toEqual([UNKNOWN]);
    expect(opened).toEqual([undefined, UNKNOWN.fingerprint]);
  });

  it('stays closed after a no', async () => {
    const { opened, open } = door();
    await expect(withHostKey(open, async () => false)).rejects.toMatchObject({ fault: UNKNOWN });
    expect(opened).toEqual([undefined]);
  });

  it('is asked about once only: what comes after the yes is the answer', async () => {
    let asked = 0;
    const open = (): Promise<string> => Promise.reject(new FaultError(UNKNOWN));
    const ask = async (): Promise<boolean> => ++asked > 0;
    await expect(withHostKey(open, ask)).rejects.toMatchObject({ fault: UNKNOWN });
    expect(asked).toBe(1);
  });

  it('is not what other failures are about', async () => {
    const open = (): Promise<string> => Promise.reject(new TypeError('other'));
    await expect(withHostKey(open, () => Promise.reject(new Error('asked')))).rejects.toThrow('other');
  });

  it('is asked about after the host on the way to it', async () => {
    const jump: UnknownHostKey = {
      ...UNKNOWN,
      host: 'ssh://jump',
      fingerprint: `SHA256:${'b'.repeat(43)}`,
      jump: true,
    };
    const asked: string[] = [];
    const open = async (hostKey?: string): Promise<string> => {
      if (hostKey === undefined) throw new FaultError(jump);
      if (hostKey === jump.fingerprint) throw new FaultError(UNKNOWN);
      return hostKey;
    };
    const ask = async ({ host }: UnknownHostKey): Promise<boolean> => asked.push(host) > 0;
    expect(await withHostKey(open, ask)).toBe(UNKNOWN.fingerprint);
    expect(asked).toEqual(['ssh://jump', 'ssh://me@box']);
  });

  it('gets the accepted key into what it is opened by', async () => {
    const opened: LocalTarget[] = [];
    const target: LocalTarget = { kind: 'windows', host: 'ssh://me@box' };
    const open = async (wanted: LocalTarget): Promise<void> => {
      opened.push(wanted);
      if (opened.length === 1) throw new FaultError(UNKNOWN);
    };
    await openAskingKey(target, open, async () => true);
    expect(opened).toEqual([target, { ...target, hostKey: UNKNOWN.fingerprint }]);
  });
});
