/** A configuration, the host that is asked for, and what ssh makes of it. `~` stands for the home. */
export interface ConfigCase {
  readonly what: string;
  /** Lines of `~/.ssh/config`. */
  readonly config: readonly string[];
  /** Further files below `~/.ssh`, by name. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  /** Default: `box`. */
  readonly name?: string;
  readonly user?: string;
  /** Only what differs from `me at box, port 22`. */
  readonly expected: {
    readonly hostName?: string;
    readonly user?: string;
    readonly port?: number;
    /** Hosts on the way, as ssh -G tells them; default: none. */
    readonly jump?: string;
    /** Default: the usual three. */
    readonly keyFiles?: readonly string[];
  };
  /** Numbers of the lines of `~/.ssh/config` that were followed. */
  readonly lines: readonly number[];
}

/** What ssh itself reads in the same way: the lane holds each case against `ssh -G`. */
export const CONFIG_CASES: readonly ConfigCase[] = [
  { what: 'nothing', config: [], expected: {}, lines: [] },
  { what: 'comments only', config: ['# Host box', '', '   # HostName evil'], expected: {}, lines: [] },
  {
    what: 'an alias with its name, user, port and key',
    config: ['Host box', '  HostName 10.0.0.7', '  User build', '  Port 2222', '  IdentityFile "~/.ssh/box key"'],
    expected: { hostName: '10.0.0.7', user: 'build', port: 2222, keyFiles: ['~/.ssh/box key'] },
    lines: [2, 3, 4, 5],
  },
  {
    what: 'equals signs, quotes, tabs and a comment behind',
    config: ['Host=box', '\tHostName = "10.0.0.7"', '\tUser\tbuild # the one', 'PORT 2222'],
    expected: { hostName: '10.0.0.7', user: 'build', port: 2222 },
    lines: [2, 3, 4],
  },
  { what: 'another host', config: ['Host other', 'HostName 10.0.0.7'], expected: {}, lines: [] },
  { what: 'the same name in other letters', config: ['Host BOX', 'HostName 10.0.0.7'], expected: {}, lines: [] },
  {
    what: 'patterns, one of them forbidding',
    config: ['Host b* !box', 'Port 1', 'Host b?x !other', 'Port 2', 'Host *', 'Port 3'],
    expected: { port: 2 },
    lines: [4],
  },
  {
    what: 'the first that says it, also before any Host',
    config: ['Port 1', 'Host box', 'Port 2', 'User first', 'Host *', 'User second'],
    expected: { port: 1, user: 'first' },
    lines: [1, 4],
  },
  {
    what: 'every key file, each once',
    config: ['IdentityFile ~/a', 'Host *', 'IdentityFile ~/b', 'IdentityFile ~/a'],
    expected: { keyFiles: ['~/a', '~/b'] },
    lines: [1, 3, 4],
  },
  {
    what: 'a user of the URL before that of the file',
    config: ['Host box', 'User build'],
    user: 'root',
    expected: { user: 'root' },
    lines: [],
  },
  {
    what: 'tokens',
    config: ['Host box', 'HostName %h.example.com', 'User build', 'Port 2222', 'IdentityFile %d/%r@%h:%p-%n-%%'],
    expected: {
      hostName: 'box.example.com',
      user: 'build',
      port: 2222,
      keyFiles: ['~/build@box.example.com:2222-box-%'],
    },
    lines: [2, 3, 4, 5],
  },
  {
    what: 'included files, with what stands behind them',
    config: ['Include conf.d/*.conf missing', 'Port 3'],
    files: {
      'conf.d/1.conf': ['Host other', 'Port 1', 'Host box', 'User one'],
      'conf.d/2.conf': ['User two', 'Port 2'],
    },
    expected: { user: 'one', port: 2 },
    lines: [],
  },
  {
    what: 'an Include of another host',
    config: ['Host other', 'Include more', 'Host box', 'User build'],
    files: { more: ['Port 1', 'Host box', 'Port 2'] },
    expected: { user: 'build' },
    lines: [4],
  },
  {
    what: 'Match by the name that was given and the one that was found',
    config: [
      'Match originalhost b*',
      'HostName 10.0.0.7',
      'Match host box',
      'Port 1',
      'Match host 10.0.*,x !user root',
      'Port 2',
    ],
    expected: { hostName: '10.0.0.7', port: 2 },
    lines: [2, 6],
  },
  {
    what: 'Match by users',
    config: ['Match user nobody', 'Port 1', 'Match user build localuser me', 'Port 2', 'Match all', 'Port 3'],
    user: 'build',
    expected: { user: 'build', port: 2 },
    lines: [4],
  },
  {
    what: 'Match in the last round only',
    config: ['Match final host 10.0.0.7', 'Port 1', 'Host box', 'HostName 10.0.0.7', 'Host 10.0.0.7', 'User build'],
    expected: { hostName: '10.0.0.7', port: 1, user: 'build' },
    lines: [2, 4, 6],
  },
  {
    what: 'a condition to be run, of another host',
    config: ['Match host other exec "exit 0"', 'HostName evil', 'Match exec "exit 1" host box', 'SendEnv LANG'],
    expected: {},
    lines: [],
  },
  {
    what: 'lines that are not ours to read',
    config: ["LocalCommand echo 'x' a#b", 'LocalForward 8080 localhost:80', 'SendEnv LANG LC_*', 'Port 2'],
    expected: { port: 2 },
    lines: [4],
  },
  {
    what: 'a jump that is called off',
    config: ['Host box', 'ProxyJump none', 'ProxyCommand none', 'Host *', 'ProxyJump bastion'],
    expected: {},
    lines: [],
  },
  {
    what: 'a jump, by the first line that says one',
    config: ['Host box', 'ProxyJump up@bastion:2200', 'ProxyCommand nc %h %p', 'Host bastion', 'HostName 10.0.0.1'],
    expected: { jump: 'up@bastion:2200' },
    lines: [2],
  },
  {
    what: 'CRLF and a byte order mark',
    config: ['\uFEFFHost box\r', 'Port 2\r', ''],
    expected: { port: 2 },
    lines: [2],
  },
];
