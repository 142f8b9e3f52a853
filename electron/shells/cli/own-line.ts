import { composeCmdLine } from '../../../shared/domain/cmd-line.ts';
import type { GlobalOptions } from './global-options.ts';

/**
 * A Siloscope command line that talks to the same target as this one, to be copied. A connect address is not repeated:
 * it holds a secret.
 */
export function ownLine({ connect, host, scenario }: GlobalOptions, rest: string): string {
  const target =
    connect !== undefined
      ? ['--connect', 'URL']
      : scenario !== undefined
        ? ['--scenario', scenario]
        : host !== undefined
          ? ['--host', host]
          : [];
  return [composeCmdLine(['siloscope', ...target]), rest].join(' ');
}
