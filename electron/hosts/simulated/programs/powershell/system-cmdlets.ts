import { sleep } from '../../../../../shared/base/clock.ts';
import type { ServiceStatus } from '../../machine.ts';
import { hasWildcard, matchesWildcard } from '../base/wildcard.ts';
import { argument, type Cmdlet, memberOf, nothing } from './cmdlet.ts';
import { type Row, textOf } from './value.ts';

const nameOf = (row: Row): string => memberOf(row, 'name').map(textOf).join('').toLowerCase();

const startSleep: Cmdlet = async (session, bound) => {
  const milliseconds = argument(bound, 'milliseconds', 9) ?? argument(bound, 'm', 9);
  const seconds = argument(bound, 'seconds') ?? argument(bound, 's') ?? '0';
  await sleep(
    session.context.clock,
    milliseconds === undefined ? (Number(seconds) || 0) * 1_000 : Number(milliseconds) || 0,
    session.context.signal,
  );
  return nothing;
};

const getProcess: Cmdlet = async (session, bound) => {
  const { silo } = session.context.win32.subject;
  const wanted = argument(bound, 'name') ?? '*';
  const id = argument(bound, 'id', 9);
  const rows = session.context.machine
    .processes()
    .filter(process => silo === 0 || process.silo === silo)
    .filter(process =>
      id === undefined
        ? matchesWildcard(wanted, process.imageName.replace(/\.exe$/i, ''))
        : String(process.processId) === id,
    )
    .map((process): Row => {
      const name = process.imageName.replace(/\.exe$/i, '');
      const { kernelTime, userTime, privateWorkingSet } = process.counters();
      const cpu = ((kernelTime + userTime) / 10_000_000).toFixed(2);
      const properties = {
        Id: process.processId,
        ProcessName: name,
        Name: name,
        WS: privateWorkingSet,
        CPU: cpu,
        SI: process.silo === 0 ? 0 : 2,
      };
      return { type: 'process', text: `System.Diagnostics.Process (${name})`, properties };
    })
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  if (rows.length > 0 || hasWildcard(wanted)) return { values: rows };
  return {
    error: {
      command: 'Get-Process',
      message: `Cannot find a process with the name "${wanted}". Verify the process name and call the cmdlet again.`,
      category: `ObjectNotFound: (${wanted}:String) [Get-Process], ProcessCommandException`,
      id: 'NoProcessFoundForGivenName,Microsoft.PowerShell.Commands.GetProcessCommand',
    },
  };
};

function serviceRow(service: ServiceStatus): Row {
  const status = {
    stopped: 'Stopped',
    running: 'Running',
    'start-pending': 'StartPending',
    'stop-pending': 'StopPending',
  }[service.state];
  return {
    type: 'service',
    text: service.name,
    properties: { Status: status, Name: service.name, DisplayName: service.displayName },
  };
}

const getService: Cmdlet = async (session, bound) => {
  const wanted = argument(bound, 'name') ?? '*';
  const isService = ({ type }: ServiceStatus): boolean => type === 'own-process' || type === 'share-process';
  // Drivers are found by their full name only, as ServiceController has it.
  const found = session.context.win32
    .services()
    .filter(service =>
      hasWildcard(wanted)
        ? isService(service) && matchesWildcard(wanted, service.name)
        : service.name.toLowerCase() === wanted.toLowerCase(),
    )
    .toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  if (found.length > 0 || hasWildcard(wanted)) return { values: found.map(serviceRow) };
  return {
    error: {
      command: 'Get-Service',
      message: `Cannot find any service with service name '${wanted}'.`,
      category: `ObjectNotFound: (${wanted}:String) [Get-Service], ServiceCommandException`,
      id: 'NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand',
    },
  };
};

export const SYSTEM_CMDLETS: readonly (readonly [string, Cmdlet])[] = [
  ['start-sleep', startSleep],
  ['get-process', getProcess],
  ['get-service', getService],
];
