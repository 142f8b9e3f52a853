import { CORE, ID, type Line, OLD, OLDER, said } from './line.ts';

/** Containers that are run in the foreground. */
export const FOREGROUND_LINES: readonly Line[] = [
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
];
