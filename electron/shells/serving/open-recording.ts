import { readFile } from 'node:fs/promises';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Host } from '../../hosts/host.ts';
import { readRecording } from '../../hosts/recording/read-recording.ts';
import { createReplayHost } from '../../hosts/recording/replay-host.ts';

/** Opens a file that `doctor --record` wrote. Fails with `not-found` or `invalid-input`. */
export async function openRecording(file: string): Promise<Host> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (caught) {
    throw new FaultError({ code: 'not-found', what: 'recording', name: file }, { cause: caught });
  }
  return createReplayHost(readRecording(text, file));
}
