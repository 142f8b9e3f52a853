import type { Fsd } from '../../../../shared/domain/readiness.ts';
import { bad, good, type Text } from './style.ts';

/** `[ok] The FSD (service WinFsp+2.1, WinFsp 2.1.25156) is running.` */
export function fsdLine({ state, service, version }: Fsd): Text {
  if (state === 'not-installed') return [bad('[!] '), 'WinFsp is not installed.'];
  const who = [
    service === undefined ? undefined : `service ${service}`,
    version === undefined ? undefined : `WinFsp ${version}`,
  ]
    .filter(part => part !== undefined)
    .join(', ');
  return [state === 'running' ? good('[ok] ') : bad('[!] '), `The FSD${who === '' ? '' : ` (${who})`} is ${state}.`];
}
