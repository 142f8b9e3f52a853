import type { KernelAnswer, KernelQuestion } from '../../shared/domain/kernel-question.ts';
import { isFailure, NT_STATUS, statusName } from './nt-status.ts';
import { parseKernelAnswer } from './parse-kernel-answer.ts';

/**
 * One call to the kernel, as Windows wants it: an object is opened for being queried, asked once with a buffer of so
 * many bytes, and closed. A control device is opened as CreateFileW does: its answer is there when the call returns.
 */
export type KernelCall = { readonly length: number } & (
  | { readonly by: 'control'; readonly path: string; readonly code: number }
  | { readonly by: 'job'; readonly path: string; readonly informationClass: number }
  | { readonly by: 'system'; readonly informationClass: number }
  | { readonly by: 'process' | 'thread'; readonly processId: number; readonly informationClass: number }
);

/** What came of it. Pointers among the bytes count from `address`, where the buffer stood in memory. */
export interface KernelReturn {
  readonly step: 'open' | 'query';
  readonly status: number;
  readonly bytes: Buffer;
  readonly address: bigint;
}

const MUP = '\\Device\\Mup';
/** Some dozen providers and some hundred prefixes at most; the second is for a machine that has more. */
const MUP_BYTES = [65_536, 1_048_576];
/** WinFsp refuses a longer buffer. Ground: winfsp src/sys/volume.c. */
const VOLUME_LIST_BYTES = 65_534;

type Unsized = KernelCall extends infer Call ? (Call extends unknown ? Omit<Call, 'length'> : never) : never;

/** The call of a question, and the sizes that its answer has had from one Windows to the next, the usual one first. */
function callOf(question: KernelQuestion): { readonly call: Unsized; readonly sizes: readonly number[] } {
  switch (question.about) {
    case 'mup-providers':
      return { call: { by: 'control', path: MUP, code: 0x100030 }, sizes: MUP_BYTES };
    case 'mup-prefix-cache':
      return { call: { by: 'control', path: MUP, code: 0x10002c }, sizes: MUP_BYTES };
    case 'winfsp-volumes':
      return { call: { by: 'control', path: question.device, code: 0x92130 }, sizes: [VOLUME_LIST_BYTES] };
    case 'job-container':
      return { call: { by: 'job', path: question.job, informationClass: 30 }, sizes: [36, 16] };
    case 'job-silo':
      return { call: { by: 'job', path: question.job, informationClass: 36 }, sizes: [16] };
    case 'job-root':
      return { call: { by: 'job', path: question.job, informationClass: 37 }, sizes: [65_536] };
    case 'job-server-silo':
      return { call: { by: 'job', path: question.job, informationClass: 38 }, sizes: [32, 40, 12] };
    case 'silo-ids':
      return { call: { by: 'system', informationClass: 174 }, sizes: [4_096, 262_144] };
    case 'process-silo':
      return { call: { by: 'process', processId: question.processId, informationClass: 109 }, sizes: [4] };
    case 'process-session':
      return { call: { by: 'process', processId: question.processId, informationClass: 24 }, sizes: [4] };
    case 'thread-container':
      return { call: { by: 'thread', processId: question.processId, informationClass: 37 }, sizes: [16] };
  }
}

/** Statuses that mean: ask again with a buffer of another size. */
const OTHER_SIZE: ReadonlySet<number> = new Set([
  NT_STATUS.INFO_LENGTH_MISMATCH,
  NT_STATUS.BUFFER_TOO_SMALL,
  NT_STATUS.BUFFER_OVERFLOW,
]);

/** Asks the kernel one question by these calls, and reads what it answers. */
export async function askKernel(
  question: KernelQuestion,
  perform: (call: KernelCall) => KernelReturn | Promise<KernelReturn>,
): Promise<KernelAnswer> {
  const { call, sizes } = callOf(question);
  for (const [index, length] of sizes.entries()) {
    const { step, status, bytes, address } = await perform({ ...call, length });
    // What is still pending has left nothing in the buffer: an empty list would be a lie.
    if (!isFailure(status) && status !== NT_STATUS.PENDING)
      return parseKernelAnswer(question.about, { bytes, address });
    if (step === 'query' && OTHER_SIZE.has(status) && index < sizes.length - 1) continue;
    return { refused: step, status, statusName: statusName(status) };
  }
  return { unreadable: 0 };
}
