/** One line typed at a stock docker client, and what it must print. */
export interface Line {
  readonly does: string;
  readonly argv: readonly string[];
  readonly stdin?: string;
  /** Exit code; 0 unless said. */
  readonly code?: number;
  /** The whole text, or a pattern in it. */
  readonly out?: string | RegExp;
  readonly err?: string | RegExp;
}

export const CORE = 'mcr.microsoft.com/windows/servercore:ltsc2025';
export const OLDER = 'mcr.microsoft.com/windows/servercore:ltsc2022';
export const OLD = 'mcr.microsoft.com/windows/servercore:ltsc2019';
export const NEWER = 'mcr.microsoft.com/windows/servercore:insider';
export const BROKEN = 'registry.example/tools/broken:1';
export const LINUX = 'alpine:3.20';

const WINFSP = 'C:\\Program Files (x86)\\WinFsp';
const MEMFS = `${WINFSP}\\bin\\memfs-x64.exe`;
const ID = /^[0-9a-f]{64}\n$/;

const said = (text: string): string => `Error response from daemon: ${text}\n`;

/** The lines in the order in which they are typed: later ones see what earlier ones did. */
export const LINES: readonly Line[] = [
  // the engine itself
  {
    does: 'names itself',
    argv: ['version', '-f', '{{.Server.Version}} {{.Server.Os}} {{.Server.APIVersion}} {{.Server.MinAPIVersion}}'],
    out: '28.5.2 windows 1.51 1.24\n',
  },
  {
    does: 'prints its version',
    argv: ['version'],
    out: /Server: Docker Engine - Community\n Engine:\n {2}Version: +28\.5\.2/,
  },
  {
    does: 'says what it runs on',
    argv: ['info', '-f', '{{.OSType}} {{.Isolation}} {{.Driver}} {{.OperatingSystem}}'],
    out: 'windows process windowsfilter Microsoft Windows Server Version 24H2 (OS Build 26100.4652)\n',
  },
  { does: 'shows the default isolation', argv: ['info'], out: /\n Default Isolation: process\n/ },
  // images
  { does: 'lists images', argv: ['images', '--format', '{{.Repository}}:{{.Tag}} {{.Size}}'], out: `${CORE} 5.1GB\n` },
  {
    does: 'inspects an image',
    argv: ['inspect', '-f', '{{.Os}} {{.OsVersion}} {{.Architecture}} {{len .RootFS.Layers}}', CORE],
    out: 'windows 10.0.26100.4652 amd64 3\n',
  },
  {
    does: 'pulls layer by layer',
    argv: ['pull', OLDER],
    out: /^ltsc2022: Pulling from windows\/servercore\n(?:[0-9a-f]{12}: Pulling fs layer\n){3}[\s\S]*Pull complete\nDigest: sha256:[0-9a-f]{64}\nStatus: Downloaded newer image for mcr\.microsoft\.com\/windows\/servercore:ltsc2022\n/,
  },
  { does: 'pulls nothing twice', argv: ['pull', OLDER], out: /Status: Image is up to date for/ },
  { does: 'pulls quietly', argv: ['pull', '-q', OLD], out: `${OLD}\n` },
  {
    does: 'refuses an image newer than the host',
    argv: ['pull', NEWER],
    code: 1,
    err: 'a Windows version 10.0.27900-based image is incompatible with a 10.0.26100 host\n',
  },
  {
    does: 'breaks off where the connection breaks',
    argv: ['pull', BROKEN],
    code: 1,
    err: 'unexpected EOF\n',
    out: /Pull complete/,
  },
  {
    does: 'keeps nothing of a broken pull',
    argv: ['image', 'inspect', BROKEN],
    code: 1,
    err: said(`No such image: ${BROKEN}`),
    out: '[]\n',
  },
  {
    does: 'refuses a Linux image',
    argv: ['pull', LINUX],
    code: 1,
    err: 'cannot download image with operating system "linux" when requesting "windows"\n',
  },
  {
    does: 'knows a missing tag',
    argv: ['pull', 'mcr.microsoft.com/windows/servercore:nope'],
    code: 1,
    err: said('manifest for mcr.microsoft.com/windows/servercore:nope not found: manifest unknown: manifest unknown'),
  },
  {
    does: 'knows a missing repository',
    argv: ['pull', 'nobody/nothing'],
    code: 1,
    err: /pull access denied for nobody\/nothing, repository does not exist or may require 'docker login'/,
  },
  { does: 'tags', argv: ['tag', OLDER, 'core:mine'] },
  {
    does: 'lists by reference',
    argv: ['images', '-f', 'reference=core', '--format', '{{.Repository}}:{{.Tag}}'],
    out: 'core:mine\n',
  },
  { does: 'takes a tag off', argv: ['rmi', 'core:mine'], out: 'Untagged: core:mine\n' },
  { does: 'tells the history', argv: ['history', '-q', CORE], out: /^[0-9a-f]{12}\n<missing>\n<missing>\n$/ },
  // two file systems' worth of containers: the story
  {
    does: 'runs memfs in a',
    argv: [
      'run',
      '-d',
      '--name',
      'a',
      '-v',
      `${WINFSP}:${WINFSP}:ro`,
      CORE,
      MEMFS,
      '-i',
      '-F',
      'NTFS',
      '-m',
      'Y:',
      '-u',
      '\\memfs\\share',
    ],
    out: ID,
  },
  {
    does: 'runs b beside it',
    argv: ['run', '-d', '--name', 'b', '-l', 'team=storage', CORE, 'ping', '-t', 'localhost'],
    out: ID,
  },
  {
    does: 'writes through the drive in a',
    argv: ['exec', 'a', 'cmd', '/c', 'echo hello> Y:\\f.txt'],
    out: '',
    err: '',
  },
  {
    does: 'reads it by its UNC prefix in b',
    argv: ['exec', 'b', 'cmd', '/c', 'type', '\\\\memfs\\share\\f.txt'],
    out: 'hello\r\n',
  },
  {
    does: 'has no such drive in b',
    argv: ['exec', 'b', 'cmd', '/c', 'dir', 'Y:\\'],
    code: 1,
    err: 'The system cannot find the path specified.\r\n',
  },
  { does: 'shows what memfs said', argv: ['logs', 'a'], err: /The service memfs has been started\./ },
  {
    does: 'binds the installation read-only',
    argv: ['inspect', '-f', '{{range .Mounts}}{{.Type}} {{.Source}} {{.RW}}{{end}}', 'a'],
    out: 'bind c:\\program files (x86)\\winfsp false\n',
  },
  // containers
  {
    does: 'lists what runs',
    argv: ['ps', '--format', '{{.Names}}|{{.Image}}|{{.State}}'],
    out: `b|${CORE}|running\na|${CORE}|running\n`,
  },
  { does: 'filters by name', argv: ['ps', '-q', '--no-trunc', '-f', 'name=^a$'], out: ID },
  { does: 'filters by label', argv: ['ps', '-f', 'label=team=storage', '--format', '{{.Names}}'], out: 'b\n' },
  { does: 'filters by isolation', argv: ['ps', '-f', 'isolation=hyperv', '--format', '{{.Names}}'], out: '' },
  { does: 'filters by ancestor', argv: ['ps', '-f', `ancestor=${CORE}`, '--format', '{{.Names}}'], out: 'b\na\n' },
  {
    does: 'refuses an unknown filter',
    argv: ['ps', '-f', 'colour=red'],
    code: 1,
    err: said("invalid filter 'colour'"),
  },
  {
    does: 'inspects a running container',
    argv: [
      'inspect',
      '-f',
      '{{.State.Status}} {{.HostConfig.Isolation}} {{.Platform}} {{.Driver}} {{.HostConfig.NetworkMode}}',
      'b',
    ],
    out: 'running process windows windowsfilter nat\n',
  },
  {
    does: 'does not know what is not there',
    argv: ['inspect', 'nope'],
    code: 1,
    out: '[]\n',
    err: 'Error: No such object: nope\n',
  },
  {
    does: 'has the core processes of a silo',
    argv: ['top', 'b'],
    out: /^Name +PID +CPU +Private Working Set\nsmss\.exe [\s\S]*lsass\.exe [\s\S]*CExecSvc\.exe [\s\S]*ping\.exe /,
  },
  {
    does: 'takes no arguments to top',
    argv: ['top', 'b', '-ef'],
    code: 1,
    err: said('Windows does not support arguments to top'),
  },
  {
    does: 'measures once',
    argv: ['stats', '--no-stream', '--format', '{{.Name}} {{.MemUsage}}', 'b'],
    out: /^b \d[\d.]*MiB\n$/,
  },
  {
    does: 'passes an environment and a directory to exec',
    argv: ['exec', '-e', 'COLOUR=red', '-w', 'C:\\Windows', 'b', 'cmd', '/c', 'echo %COLOUR%& cd'],
    out: 'red\r\nC:\\Windows\r\n',
  },
  { does: 'passes the exit code of exec on', argv: ['exec', 'b', 'cmd', '/c', 'exit 7'], code: 7 },
  { does: 'execs in the background', argv: ['exec', '-d', 'b', 'cmd', '/c', 'echo later> C:\\later.txt'], out: '' },
  {
    does: 'says when exec cannot start',
    argv: ['exec', 'b', 'nope.exe'],
    code: 127,
    out: /encountered an error during hcs::System::CreateProcess: failure in a Windows system call: The system cannot find the file specified\. \(0x2\)/,
  },
  {
    does: 'feeds stdin of exec and ends it',
    argv: ['exec', '-i', 'b', 'cmd', '/c', 'set /p LINE=& call echo got %LINE%'],
    stdin: 'one\r\n',
    out: 'got one\r\n',
  },
  {
    does: 'refuses to pause a silo',
    argv: ['pause', 'b'],
    code: 1,
    err: /cannot pause container [0-9a-f]{64}: not implemented for containers using process isolation/,
  },
  {
    does: 'refuses a name in use',
    argv: ['create', '--name', 'b', CORE],
    code: 1,
    err: /Conflict\. The container name "\/b" is already in use by container "[0-9a-f]{64}"\. You have to remove \(or rename\) that container to be able to reuse that name\./,
  },
  { does: 'renames', argv: ['rename', 'b', 'beta'] },
  { does: 'answers to the new name', argv: ['inspect', '-f', '{{.Name}}', 'beta'], out: '/beta\n' },
  {
    does: 'will not remove what runs',
    argv: ['rm', 'beta'],
    code: 1,
    err: 'Error response from daemon: cannot remove container "beta": container is running: stop the container before removing or force remove\n',
  },
  { does: 'stops with the code of CTRL_SHUTDOWN', argv: ['stop', 'beta'], out: 'beta\n' },
  {
    does: 'keeps that code',
    argv: ['inspect', '-f', '{{.State.Status}} {{.State.ExitCode}}', 'beta'],
    out: 'exited 3221225786\n',
  },
  {
    does: 'lists it as exited',
    argv: ['ps', '-a', '-f', 'status=exited', '--format', '{{.Names}} {{.Status}}'],
    out: /^beta Exited \(3221225786\) .* ago\n$/,
  },
  { does: 'starts again', argv: ['start', 'beta'], out: 'beta\n' },
  { does: 'restarts', argv: ['restart', '-t', '1', 'beta'], out: 'beta\n' },
  { does: 'kills', argv: ['kill', 'beta'], out: 'beta\n' },
  {
    does: 'cannot kill twice',
    argv: ['kill', 'beta'],
    code: 1,
    err: /cannot kill container: beta: container [0-9a-f]{64} is not running/,
  },
  {
    does: 'refuses exec on what is stopped',
    argv: ['exec', 'beta', 'cmd'],
    code: 1,
    err: /container [0-9a-f]{64} is not running/,
  },
  { does: 'removes', argv: ['rm', 'beta'], out: 'beta\n' },
  // run in the foreground
  { does: 'prints what a command prints', argv: ['run', '--rm', CORE, 'cmd', '/c', 'echo hello'], out: 'hello\r\n' },
  {
    does: 'keeps stderr apart',
    argv: ['run', '--rm', CORE, 'cmd', '/c', 'echo bad 1>&2'],
    out: '',
    err: /^bad ?\r\n$/,
  },
  { does: 'passes the exit code on', argv: ['run', '--rm', CORE, 'cmd', '/c', 'exit 3'], code: 3 },
  {
    does: 'feeds stdin and ends it',
    argv: ['run', '-i', '--rm', CORE, 'cmd', '/c', 'set /p LINE=& call echo got %LINE%'],
    stdin: 'hi\r\n',
    out: 'got hi\r\n',
  },
  {
    does: 'sets environment and directory',
    argv: ['run', '--rm', '-e', 'COLOUR=blue', '-w', 'C:\\Windows\\System32', CORE, 'cmd', '/c', 'echo %COLOUR%& cd'],
    out: 'blue\r\nC:\\Windows\\System32\r\n',
  },
  { does: 'sets the host name', argv: ['run', '--rm', '--hostname', 'SILO1', CORE, 'hostname'], out: 'SILO1\r\n' },
  {
    does: 'replaces the entry point',
    argv: ['run', '--rm', '--entrypoint', 'cmd', CORE, '/c', 'echo entered'],
    out: 'entered\r\n',
  },
  {
    does: 'runs under Hyper-V',
    argv: ['run', '--rm', '--isolation', 'hyperv', CORE, 'cmd', '/c', 'echo apart'],
    out: 'apart\r\n',
  },
  {
    does: 'runs the older image by the stable ABI',
    argv: ['run', '--rm', OLDER, 'cmd', '/c', 'echo older'],
    out: 'older\r\n',
  },
  {
    does: 'refuses an isolation nobody has',
    argv: ['run', '--rm', '--isolation', 'bogus', CORE],
    code: 125,
    err: /invalid isolation \(bogus\): Windows supports 'default', 'process', or 'hyperv'/,
  },
  {
    does: 'cannot start an image of another Windows',
    argv: ['run', '--name', 'old', OLD],
    code: 125,
    err: /hcs::CreateComputeSystem [0-9a-f]{64}: The container operating system does not match the host operating system\./,
  },
  {
    does: 'leaves that container created',
    argv: ['inspect', '-f', '{{.State.Status}} {{.State.ExitCode}}', 'old'],
    out: 'created 128\n',
  },
  {
    does: 'says which program is missing',
    argv: ['run', '--rm', CORE, 'nope.exe'],
    code: 127,
    err: /The system cannot find the file specified\. \(0x2\)/,
  },
  {
    does: 'binds only what exists',
    argv: ['run', '--rm', '-v', 'C:\\NotThere:C:\\x', CORE],
    code: 125,
    err: /invalid volume specification: 'C:\\NotThere:C:\\x': invalid mount config for type "bind": bind source path does not exist: c:\\notthere/,
  },
  {
    does: 'knows no mode z',
    argv: ['create', '-v', 'C:\\Windows:C:\\x:z', CORE],
    code: 1,
    err: /invalid (volume specification|spec)/,
  },
  {
    does: 'mounts nothing over C:',
    argv: ['create', '-v', 'data:C:', CORE],
    code: 1,
    err: /destination path \(c:\) cannot be 'c:' or 'c:\\'/,
  },
  {
    does: 'knows no privileged mode',
    argv: ['create', '--privileged', CORE],
    code: 1,
    err: said('invalid option: privileged mode is not supported for Windows containers'),
  },
  {
    does: 'refuses a restart policy with --rm',
    argv: ['create', '--rm', '--restart', 'always', CORE],
    code: 125,
    err: /conflicting options: cannot specify both --restart and --rm/,
  },
  {
    does: 'publishes a port',
    argv: ['run', '-d', '--name', 'web', '-p', '8080:80', CORE, 'ping', '-t', 'localhost'],
    out: ID,
  },
  { does: 'tells the published port', argv: ['port', 'web'], out: '80/tcp -> 0.0.0.0:8080\n' },
  {
    does: 'publishes one port once',
    argv: ['run', '--rm', '--name', 'web-2', '-p', '8080:81', CORE, 'cmd', '/c', 'ver'],
    code: 125,
    err: /failed to create endpoint web-2 on network nat: failed during hnsCallRawResponse: hnsCall failed in Win32: The specified port already exists\. \(0x803b0013\)/,
  },
  {
    does: 'knows the log drivers of Windows alone',
    argv: ['create', '--log-driver', 'journald', CORE],
    code: 1,
    err: said("logger: no log driver named 'journald' is registered"),
  },
  {
    does: 'assigns no device by a path of Linux',
    argv: ['run', '--rm', '--device', '/dev/null', CORE, 'cmd', '/c', 'ver'],
    code: 125,
    err: /invalid device assignment path: '\/dev\/null', must be 'class\/ID' or 'IDType:\/\/ID'/,
  },
  {
    does: 'gives no adapter to a container without a network',
    argv: ['run', '--rm', '--network', 'none', CORE, 'ipconfig'],
    out: '\r\nWindows IP Configuration\r\n\r\n',
  },
  {
    does: 'tells inside of the address that its network gave',
    argv: ['exec', 'web', 'ipconfig'],
    out: /Ethernet adapter vEthernet \(nat\):[\s\S]*IPv4 Address[ .]+: 172\.28\.0\.\d+\r\n[\s\S]*Default Gateway[ .]+: 172\.28\.0\.1\r\n/,
  },
  { does: 'updates a restart policy', argv: ['update', '--restart', 'unless-stopped', 'web'], out: 'web\n' },
  {
    does: 'updates nothing else',
    argv: ['update', '--cpu-shares', '5', 'web'],
    code: 1,
    err: /^Error response from daemon: Cannot update container [0-9a-f]{64}: resource updating isn't supported on Windows\n$/,
  },
  {
    does: 'will not diff what runs',
    argv: ['diff', 'web'],
    code: 1,
    err: said('Windows does not support diff of a running container'),
  },
  {
    does: 'will not commit what runs',
    argv: ['commit', 'web', 'x:1'],
    code: 1,
    err: said('windows does not support commit of a running container'),
  },
  {
    does: 'exports no container',
    argv: ['export', 'web'],
    code: 1,
    err: said('the daemon on this operating system does not support exporting Windows containers'),
  },
  { does: 'force-removes', argv: ['rm', '-f', 'web'], out: 'web\n' },
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
