import type { KnownError } from './known-error.ts';

/** What file systems print of the server or store behind them: Windows has no part in it. */
export const REMOTE_ERRORS: readonly KnownError[] = [
  {
    texts: [/maybe token expired/i, /invalid_grant/i],
    cause: "The store no longer accepts rclone's token: it has run out, or was taken back.",
    fix: 'Renew it where there is a browser, `rclone config reconnect REMOTE:`, and bring the new rclone.conf along.',
    source: 'rclone lib/oauthutil/oauthutil.go',
  },
  {
    texts: [/unable to decrypt configuration/i],
    cause: "rclone's configuration is encrypted, and it may not ask for the password here.",
    fix: 'Give it as a secret that goes into the variable RCLONE_CONFIG_PASS.',
    source: 'rclone fs/config/crypt.go',
  },
  {
    texts: [
      /unable to authenticate, attempted methods/i,
      /Permission denied \((?:publickey|password|keyboard-interactive)/i,
      /UNPROTECTED PRIVATE KEY FILE/i,
    ],
    cause:
      'The server did not accept the key or password; a key that other users may read is not even offered to it by ssh.',
    fix: 'Try the same with `ssh -v user@host`; let nobody but its owner read the key.',
    source: 'rclone backend/sftp; OpenSSH; winfsp/sshfs-win#155',
  },
  {
    texts: [/Host key verification failed/i, /knownhosts: key (?:is unknown|mismatch)/i],
    cause: "The server's key is not known here, or another one than it was.",
    fix: 'Compare it with what the owner of the server says, then put it into known_hosts.',
    source: 'OpenSSH; golang.org/x/crypto/ssh/knownhosts',
  },
  {
    texts: [/read: Connection reset by peer/i, /remote host has disconnected/i],
    cause: 'ssh ended before there was a connection for files; sshfs does not hand on why.',
    fix: 'Try the same with `ssh -v user@host`, and see that the server offers sftp. Rights on the key file that are too wide are one of the reasons.',
    source: 'winfsp/sshfs-win#74, evsar3/sshfs-win-manager#206',
  },
  {
    texts: [/^[^\s@]{1,100}@[^\s:]{1,200}:[^\n]{0,400}: No such file or directory/im],
    cause: 'The server has no such directory, seen from the user who signs in.',
    fix: 'A path behind "host:" begins in the home of that user; one from the root begins with "/".',
    source: 'sshfs; winfsp/sshfs-win README (UNC syntax)',
  },
  {
    texts: [/database is not formatted/i],
    cause: 'The metadata engine holds no JuiceFS file system.',
    fix: 'Check its address; make one with `juicefs format` first.',
    source: 'juicefs pkg/meta/base.go',
  },
  {
    texts: [/Storage \S+ is not configured correctly/i],
    cause: 'JuiceFS could not write to, read from or clear up in the object storage.',
    fix: 'Check bucket, keys and endpoint; what stands behind it is the answer of the storage.',
    source: 'juicefs cmd/format.go',
  },
  {
    texts: [/^(?!.*\bDEBUG\b).*(?:rateLimitExceeded|Rate Limit Exceeded|Error 429\b)/im],
    cause: 'The store answers no more requests for a while.',
    fix: 'Wait. rclone slows down by itself; `--tpslimit` keeps it below the limit, a key of your own (client_id) raises it.',
    source: 'rclone fs/pacer.go, docs/content/drive.md',
  },
  {
    texts: [/actively refused it/i, /connect: connection refused/i],
    cause: 'The machine is there, and nobody listens at that port.',
    fix: 'Check address and port. In a container 127.0.0.1 is the container itself, not the host.',
    source: 'Windows Sockets error 10061',
  },
  {
    texts: [/x509: certificate/i, /tls: failed to verify certificate/i],
    cause: "The server's certificate is not trusted here: mostly a proxy puts its own in its place.",
    fix: 'Put the certificate of that authority into the store of Windows, in a container into that of the image.',
    source: 'Go crypto/x509',
  },
];
