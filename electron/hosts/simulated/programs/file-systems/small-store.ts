import type { ProgramContext } from '../../machine.ts';
import { MemoryStore } from '../base/memory-store.ts';
import type { FuseOptions } from '../winfsp/fuse-options.ts';

/** A volume of a stand-in program: a small tree of files, with the name and label that its options ask for. */
export function smallStore(
  context: ProgramContext,
  options: FuseOptions,
  {
    label,
    totalBytes,
    tree,
  }: { readonly label: string; readonly totalBytes: number; readonly tree: Readonly<Record<string, string>> },
): MemoryStore {
  return new MemoryStore(
    {
      clock: context.clock,
      label: options.volumeName === '' ? label : options.volumeName,
      fileSystemName: options.fileSystemName,
      serialNumber: Math.trunc(context.clock.now() / 1_000) % 0x1_0000_0000,
      totalBytes,
    },
    tree,
  );
}

export const TERABYTE = 1_099_511_627_776;
