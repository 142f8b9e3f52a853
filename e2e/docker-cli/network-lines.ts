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
    does: 'mounts what another container mounts',
    argv: ['run', '--rm', '--volumes-from', 'reader:ro', CORE, 'cmd', '/c', 'type E:\\kept.txt& echo no> E:\\no.txt'],
    code: 1,
    out: 'kept\r\n',
    err: 'Access is denied.\r\n',
  },
  {
    does: 'mounts nothing of a container that is not there',
    argv: ['create', '--volumes-from', 'nope', CORE],
    code: 1,
    err: said('No such container: nope'),
  },
  {
    does: 'knows no volume plugins',
    argv: ['volume', 'create', '--driver', 'nfs', 'far'],
    code: 1,
    err: said('create far: error looking up volume plugin nfs: plugin "nfs" not found'),
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
  {
    does: 'lists it as dangling while nobody is on it',
    argv: ['network', 'ls', '-f', 'dangling=true', '--format', '{{.Name}}'],
    out: 'mine\n',
  },
  { does: 'removes it', argv: ['network', 'rm', 'mine'], out: 'mine\n' },
  {
    does: 'gives a network the subnet that was asked for',
    argv: ['network', 'create', '-d', 'nat', '--subnet', '10.9.0.0/24', '--gateway', '10.9.0.1', 'lab'],
    out: ID,
  },
  {
    does: 'tells that subnet',
    argv: ['network', 'inspect', '-f', '{{json .IPAM}}', 'lab'],
    out: '{"Driver":"default","Options":{},"Config":[{"Subnet":"10.9.0.0/24","Gateway":"10.9.0.1"}]}\n',
  },
  {
    does: 'makes no network of a wrong subnet',
    argv: ['network', 'create', '-d', 'nat', '--subnet', 'bogus', 'none-such'],
    code: 1,
    err: said('invalid network config:\ninvalid subnet bogus: invalid CIDR block notation'),
  },
  {
    does: 'gives a container the address that it asks for',
    argv: ['run', '--rm', '--network', 'lab', '--ip', '10.9.0.77', CORE, 'ipconfig'],
    out: /IPv4 Address[ .]+: 10\.9\.0\.77\r\n +Subnet Mask[ .]+: 255\.255\.255\.0\r\n/,
  },
  {
    does: 'gives none of another subnet',
    argv: ['run', '--rm', '--network', 'lab', '--ip', '10.8.0.77', CORE, 'ipconfig'],
    code: 125,
    err: /invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 10\.8\.0\.77\n/,
  },
  { does: 'creates on that network', argv: ['create', '--name', 'still', '--network', 'lab', CORE], out: ID },
  {
    does: 'joins none beside another network',
    argv: ['network', 'connect', 'none', 'still'],
    code: 1,
    err: said('container cannot be connected to multiple networks with one of the networks in private (none) mode'),
  },
  {
    does: 'shares the network of none that is still',
    argv: ['run', '--rm', '--network', 'container:still', CORE],
    code: 125,
    err: /cannot join network namespace of a non running container: container still is created\n/,
  },
  { does: 'removes that container', argv: ['rm', 'still'], out: 'still\n' },
  { does: 'removes that network', argv: ['network', 'rm', 'lab'], out: 'lab\n' },
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
    does: 'logs in where no credentials are asked for',
    argv: ['login', '-u', 'me', '-p', 'x', 'registry.example'],
    out: 'Login Succeeded\n',
  },
  {
    does: 'has no plugins to list',
    argv: ['plugin', 'ls'],
    code: 1,
    err: said('plugins are not supported on this platform'),
  },
  { does: 'does no swarm', argv: ['swarm', 'init'], code: 1, err: said('the simulated engine does no swarm') },
  { does: 'is no swarm manager', argv: ['service', 'ls'], code: 1, err: /This node is not a swarm manager/ },
  { does: 'prunes the system', argv: ['system', 'prune', '-f'], out: /Total reclaimed space: 0B\n$/ },
];
