import type { FindingCode } from './inspection.ts';

/** Codes of findings by device, each once: one pass, so that thousands of volumes with thousands of findings stay cheap. */
export function codesByDevice(
  findings: Iterable<{ readonly code: FindingCode; readonly volumes: readonly string[] }>,
): ReadonlyMap<string, FindingCode[]> {
  const codes = new Map<string, FindingCode[]>();
  for (const { code, volumes } of findings) {
    for (const device of volumes) {
      const known = codes.get(device);
      if (known === undefined) codes.set(device, [code]);
      else if (!known.includes(code)) known.push(code);
    }
  }
  return codes;
}
