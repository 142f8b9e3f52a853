import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import { readHostKey } from './known-hosts.ts';
import { pinHostKey } from './known-hosts-files.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'siloscope-known-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const TYPE = 'ssh-ed25519';
const KEY = readHostKey(Buffer.from(`\u0000\u0000\u0000\u000b${TYPE}\u0000\u0000\u0000\u0004ours`, 'latin1'));

describe('a key that is pinned', () => {
  it('stands in a file whose folder is made for its user alone', async () => {
    const file = join(root, '.ssh', 'known_hosts');
    expect(await pinHostKey(file, 'box', KEY)).toEqual({ known: 'same', line: 1 });
    expect(readFileSync(file, 'utf8')).toMatch(/^box ssh-ed25519 /);
    expect(process.platform === 'win32' || (statSync(join(root, '.ssh')).mode & 0o777) === 0o700).toBe(true);
  });

  it('is told of what stands in the way of its folder, as of SSH and not of ours', async () => {
    writeFileSync(join(root, '.ssh'), '');
    const pinned = pinHostKey(join(root, '.ssh', 'known_hosts'), 'box', KEY);
    const fault = await pinned.catch((caught: unknown) => (caught instanceof FaultError ? caught.fault : caught));
    expect(fault).toMatchObject({
      code: 'place-unusable',
      at: join(root, '.ssh'),
      because: 'not-a-folder',
      of: 'known-hosts',
    });
  });
});
