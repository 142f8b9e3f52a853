import { z } from 'zod';
import type { ProbeTarget } from '../host.ts';
import type { KernelCall } from '../kernel-calls.ts';

/**
 * What the far agent is asked and how it answers: a request is one line of fields parted by tabs, texts in base64 of
 * UTF-16; an answer is one line of ASCII JSON with the request's id. Neither end's code page has a say in it.
 */
export type AgentRequest =
  | { readonly verb: 'list' | 'link'; readonly path: string }
  | { readonly verb: 'kernel'; readonly call: KernelCall }
  | {
      readonly verb: 'probe';
      /** The same place twice: as the NT name that is opened, and as Windows programs would write it. */
      readonly ntPath: string;
      readonly path: string;
      readonly timeoutMs: number;
      readonly readBytes: number;
    };

/** The line for a request, without its end. */
export function encodeRequest(id: number, request: AgentRequest): string {
  return [id, request.verb, ...fieldsOf(request)].join('\t');
}

function fieldsOf(request: AgentRequest): readonly (string | number)[] {
  switch (request.verb) {
    case 'probe':
      return [toBase64(request.ntPath), toBase64(request.path), request.timeoutMs, request.readBytes];
    case 'kernel': {
      const { call } = request;
      const about = 'path' in call ? call.path : 'processId' in call ? String(call.processId) : '';
      const code = call.by === 'control' ? call.code : call.informationClass;
      return [toBase64(about), call.by, code, call.length];
    }
    case 'list':
    case 'link':
      return [toBase64(request.path)];
  }
}

/** A request's line read back; undefined when it is none. */
export function decodeRequest(line: string): { readonly id: number; readonly request: AgentRequest } | undefined {
  const [id, verb, ...fields] = line.split('\t');
  const [first = '', second = '', timeoutMs, readBytes] = fields;
  if (id === undefined || !/^\d+$/.test(id)) return undefined;
  if (verb === 'list' || verb === 'link') return { id: Number(id), request: { verb, path: fromBase64(first) } };
  if (verb === 'kernel') return kernelRequest(Number(id), fromBase64(first), fields.slice(1));
  if (verb !== 'probe') return undefined;
  return {
    id: Number(id),
    request: {
      verb,
      ntPath: fromBase64(first),
      path: fromBase64(second),
      timeoutMs: Number(timeoutMs),
      readBytes: Number(readBytes),
    },
  };
}

function kernelRequest(
  id: number,
  about: string,
  [by, code, size]: readonly string[],
): { readonly id: number; readonly request: AgentRequest } | undefined {
  const of = { length: Number(size), informationClass: Number(code) };
  if (by === 'job') return { id, request: { verb: 'kernel', call: { by, path: about, ...of } } };
  if (by === 'system') return { id, request: { verb: 'kernel', call: { by, ...of } } };
  if (by === 'process' || by === 'thread') {
    return { id, request: { verb: 'kernel', call: { by, processId: Number(about), ...of } } };
  }
  if (by !== 'control') return undefined;
  return { id, request: { verb: 'kernel', call: { by, path: about, code: Number(code), length: of.length } } };
}

/** Every answer of the agent; `ready` is its first line. */
export const AgentAnswer = z.union([
  z.object({ ready: z.literal(1) }),
  z.object({ id: z.int(), entries: z.array(z.tuple([z.string(), z.string()])) }),
  z.object({ id: z.int(), target: z.string() }),
  z.object({ id: z.int(), winfsp: z.boolean(), directory: z.boolean(), content: z.string().optional() }),
  /** `hanging`: so many threads wait for a file system that has not answered since. */
  z.object({ id: z.int(), timedOut: z.literal(1), hanging: z.int().optional() }),
  z.object({
    id: z.int(),
    step: z.enum(['open', 'query']),
    ntStatus: z.int().nonnegative(),
    /** Where the bytes stood in memory: pointers among them count from there. */
    at: z.string().regex(/^\d{1,20}$/),
    bytes: z.base64(),
  }),
  z.object({ id: z.int(), status: z.int().nonnegative() }),
]);
export type AgentAnswer = z.infer<typeof AgentAnswer>;

/** The NT name of what a probe opens: no prefix is resolved on the way to a provider or a device. */
export function ntPathOf(target: ProbeTarget): string {
  const rest = target.rest.replaceAll('/', '\\').replace(/^\\+/, '');
  switch (target.by) {
    case 'provider':
      return `\\Device\\Mup\\;${target.provider}${target.uncPrefix}\\${rest}`;
    case 'device':
      return `${target.device}\\${rest}`;
    case 'drive':
      return `\\??\\${target.mountPoint}\\${rest}`;
    case 'unc':
      return `\\??\\UNC${target.uncPrefix}\\${rest}`;
  }
}

const toBase64 = (text: string): string => Buffer.from(text, 'utf16le').toString('base64');
const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf16le');
