import { CORE, ID, type Line, said } from './line.ts';

/** Volumes and networks, and what is left in the end. */
export const NETWORK_LINES: readonly Line[] = [
  // volumes and networks
  { does: 'creates a volume', argv: ['volume', 'create', 'data'], out: 'data\n' },
  {
    does: 'creates none with a name of one letter',
    argv: ['volume', 'create', 'd'],
    code: 1,
    err: said('create d: volume name is too short, names should be at least two alphanumeric characters'),
  },
  {
    does: 'writes to it',
    argv: ['run', '--rm', '-v', 'data:E:', CORE, 'cmd', '/c', 'echo kept> E:\\kept.txt'],
    out: '',
  },
  {
    does: 'reads it in another container',
    argv: [
      'run',
      '--name',
      'reader',
      '--mount',
      'type=volume,source=data,target=E:',
      CORE,
      'cmd',
      '/c',
      'type E:\\kept.txt',
    ],
    out: 'kept\r\n',
  },
  {
    does: 'will not remove a volume in use',
    argv: ['volume', 'rm', 'data'],
    code: 1,
    err: /remove data: volume is in use - \[[0-9a-f]{64}\]/,
  },
  { does: 'lists volumes', argv: ['volume', 'ls', '-q'], out: 'data\n' },
  {
    does: 'inspects a volume',
    argv: ['volume', 'inspect', '-f', '{{.Mountpoint}}', 'data'],
    out: 'C:\\ProgramData\\docker\\volumes\\data\\_data\n',
  },
  { does: 'lists networks', argv: ['network', 'ls', '--format', '{{.Name}} {{.Driver}}'], out: 'nat nat\nnone null\n' },
  {
    does: 'has no bridge',
    argv: ['network', 'create', 'mine'],
    code: 1,
    err: said('could not find plugin bridge in v1 plugin registry: plugin not found'),
  },
  { does: 'creates a nat network', argv: ['network', 'create', '-d', 'nat', 'mine'], out: ID },
  { does: 'removes it', argv: ['network', 'rm', 'mine'], out: 'mine\n' },
  {
    does: 'keeps nat',
    argv: ['network', 'rm', 'nat'],
    code: 1,
    err: /nat is a pre-defined network and cannot be removed/,
  },
  // what is left
  {
    does: 'prunes containers',
    argv: ['container', 'prune', '-f'],
    out: /^Deleted Containers:\n(?:[0-9a-f]{64}\n)+\nTotal reclaimed space: /,
  },
  {
    does: 'adds up disk usage',
    argv: ['system', 'df', '--format', '{{.Type}} {{.TotalCount}} {{.Active}}'],
    out: 'Images 3 1\nContainers 1 1\nLocal Volumes 1 0\nBuild Cache 0 0\n',
  },
  { does: 'prunes volumes', argv: ['volume', 'prune', '-a', '-f'], out: /Deleted Volumes:\ndata\n/ },
  {
    does: 'will not remove an image in use',
    argv: ['rmi', CORE],
    code: 1,
    err: /conflict: unable to remove repository reference "mcr\.microsoft\.com\/windows\/servercore:ltsc2025" \(must force\) - container [0-9a-f]{12} is using its referenced image [0-9a-f]{12}/,
  },
  {
    does: 'prunes images nobody uses',
    argv: ['image', 'prune', '-a', '-f'],
    out: /untagged: mcr\.microsoft\.com\/windows\/servercore:ltsc2022\n/,
  },
  {
    does: 'logs nobody in',
    argv: ['login', '-u', 'me', '-p', 'x', 'registry.example'],
    code: 1,
    err: /login is not supported by the simulated engine/,
  },
  { does: 'does no swarm', argv: ['swarm', 'init'], code: 1, err: said('the simulated engine does no swarm') },
  { does: 'is no swarm manager', argv: ['service', 'ls'], code: 1, err: /This node is not a swarm manager/ },
  { does: 'prunes the system', argv: ['system', 'prune', '-f'], out: /Total reclaimed space: 0B\n$/ },
];
