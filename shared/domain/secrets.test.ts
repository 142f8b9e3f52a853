import { describe, expect, it } from 'vitest';
import { hideSecrets, isSecretName, MASK, maskArguments, maskCommandLine, unmaskArguments } from './secrets.ts';

describe('the name of a variable or switch', () => {
  it.each([
    ['DB_PASSWORD', true],
    ['PGPASSWORD', true],
    ['MYSQL_PWD', true],
    ['RCLONE_CONFIG_S3_SECRET_ACCESS_KEY', true],
    ['AWS_ACCESS_KEY_ID', true],
    ['access-key', true],
    ['clientSecret', true],
    ['GITHUB_TOKEN', true],
    ['SSH_KEY', true],
    ['APIKEY', true],
    ['GREETING', false],
    ['MONKEY', false],
    ['KEYBOARD', false],
    ['HKEY_LOCAL_MACHINE', false],
    ['publicKey', false],
    ['password-file', false],
    ['token_url', false],
    ['MAX_TOKENS', false],
    ['PATH', false],
    ['', false],
  ])('%s tells a secret: %s', (name, is) => {
    expect(isSecretName(name)).toBe(is);
  });
});

describe('a secret in an argument', () => {
  it.each([
    ['behind a switch', ['rclone', '--password', 'hunter2', 'mount'], ['rclone', '--password', MASK, 'mount']],
    ['behind a short switch', ['x', '-pass', 'a b'], ['x', '-pass', MASK]],
    ['behind a sign', ['--secret-key=a b c'], [`--secret-key=${MASK}`]],
    ['behind a colon', ['/pass:hunter2'], [`/pass:${MASK}`]],
    ['among options', ['-o', 'uid=1,password=x y,gid=2'], ['-o', `uid=1,password=${MASK},gid=2`]],
    [
      'in a connection string',
      ['Server=db;User=me;Password=p w;Pooling=1'],
      [`Server=db;User=me;Password=${MASK};Pooling=1`],
    ],
    [
      'in a connection string of rclone, whose path stays',
      ['C:\\rclone\\rclone.exe', 'mount', ":s3,region=eu,secret_access_key='a:b,c':my bucket/100%", 'S:'],
      ['C:\\rclone\\rclone.exe', 'mount', `:s3,region=eu,secret_access_key=${MASK}:my bucket/100%`, 'S:'],
    ],
    [
      'in the connection string of a remote',
      ['rclone', 'mount', 'nas,pass=abc_DEF,host=h:', 'T:'],
      ['rclone', 'mount', `nas,pass=${MASK},host=h:`, 'T:'],
    ],
    ['in a URL', ['redis://:p@ss@host:6379/1'], [`redis://:${MASK}@host:6379/1`]],
    ['in a URL without a scheme', ['me:hunter2@host'], [`me:${MASK}@host`]],
    ['in a query', ['https://host/a?b=1&token=abc&c=2'], [`https://host/a?b=1&token=${MASK}&c=2`]],
    [
      'in a signature',
      ['https://a.blob.core.windows.net/c?sv=1&sig=ab%3D'],
      [`https://a.blob.core.windows.net/c?sv=1&sig=${MASK}`],
    ],
    ['in a header', ['-H', 'Authorization: Bearer abc.def'], ['-H', `Authorization: Bearer ${MASK}`]],
    ['of AWS', ['AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'], [MASK, MASK]],
    ['of GitHub', ['--x', 'ghp_0123456789abcdefghijABCDEFGHIJ012345'], ['--x', MASK]],
    [
      'in a line for cmd',
      ['cmd', '/c', 'set TOKEN=x& run --password y z'],
      ['cmd', '/c', `set TOKEN=${MASK}& run --password ${MASK} z`],
    ],
  ])('is masked %s', (_, argv, shown) => {
    expect(maskArguments(argv)).toEqual(shown);
    expect(maskArguments(shown)).toEqual(shown);
    expect(unmaskArguments(shown, argv)).toEqual(argv);
  });

  it.each([
    [['memfs-x64.exe', '-i', '-F', 'NTFS', '-m', 'Y:', '-u', '\\memfs\\share']],
    [['--password-file', 'C:\\secrets\\p.txt']],
    [['--password', '--verbose']],
    [['C:\\secrets:C:\\secrets', 'X:\\token\\a']],
    [['servercore:ltsc2025@sha256:0123456789abcdef']],
    [['sshfs-win.exe', 'svc', '\\sshfs.k\\erika@box!2222']],
    [['da39a3ee5e6b4b0d3255bfef95601890afd80709']],
    [['https://host:8080/path']],
    [['']],
  ])('is not seen in %j', argv => {
    expect(maskArguments(argv)).toEqual(argv);
  });

  it('goes back behind its own switch, though another one was taken out', () => {
    const known = ['x', '--password', 'one', '--token', 'two'];
    expect(unmaskArguments(['x', '--token', MASK], known)).toEqual(['x', '--token', 'two']);
  });

  it('can be changed where it is masked', () => {
    expect(unmaskArguments(['x', '--password', 'new'], ['x', '--password', 'old'])).toEqual(['x', '--password', 'new']);
  });
});

describe('a command line', () => {
  it('is left as it was typed where nothing is to hide', () => {
    expect(maskCommandLine('  "a b"   -m  Y:')).toBe('  "a b"   -m  Y:');
    expect(maskCommandLine('a.exe --password "b c" -m Y:')).toBe(`a.exe --password ${MASK} -m Y:`);
  });
});

describe('running text', () => {
  it.each([
    ['password: "a b", user: c', `password: ${MASK}, user: c`],
    ['{"token": "abc"}', `{"token": ${MASK}}`],
    ['opts: password=hunter2', `opts: password=${MASK}`],
    ['A random token written inside', 'A random token written inside'],
    ['the registry key: HKLM\\SOFTWARE', 'the registry key: HKLM\\SOFTWARE'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nrest',
      `-----BEGIN RSA PRIVATE KEY-----${MASK}-----END RSA PRIVATE KEY-----\nrest`,
    ],
  ])('%j is shown as %j', (text, shown) => {
    expect(hideSecrets(text)).toBe(shown);
    expect(hideSecrets(shown)).toBe(shown);
  });
});
