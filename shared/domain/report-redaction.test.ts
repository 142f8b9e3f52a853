import { describe, expect, it } from 'vitest';
import { redactor } from './report-redaction.ts';

const { text, json } = redactor(['WORKSTATION', 'x']);

describe('a report', () => {
  it.each([
    ['the machine, in any case', 'on workstation: WORKSTATION\\me', 'on <machine>: <machine>\\me'],
    ['no longer name that holds it', 'MYWORKSTATION-2', 'MYWORKSTATION-2'],
    ['a Windows profile', 'C:\\Users\\Erika M\\x', 'C:\\Users\\<user>\\x'],
    ['an account at a host', '\\\\sshfs.k\\erika@box.example.org!2222', '\\\\sshfs.k\\<account>!2222'],
    ['an SSH host', 'ssh://erika@box:22', 'ssh://<host>'],
    ['an address', 'dial 192.168.0.17:2375', 'dial <address>:2375'],
    ['no version that looks like one', '10.0.26100.4652 and 2.1.25156', '10.0.26100.4652 and 2.1.25156'],
    ['a password behind a switch', 'rclone --password hunter2 mount', 'rclone --password <secret> mount'],
    [
      'a secret behind a sign',
      'AWS_SECRET_ACCESS_KEY=abc token: "a b"',
      'AWS_SECRET_ACCESS_KEY=<secret> token: <secret>',
    ],
    ['no sentence about one', 'A random token written inside', 'A random token written inside'],
    ['no device', '\\Device\\Volume{c9}\\memfs\\share', '\\Device\\Volume{c9}\\memfs\\share'],
  ])('takes out %s', (_, raw, kept) => {
    expect(text(raw)).toBe(kept);
  });

  it('takes labels and environments out altogether, at any depth', () => {
    expect(
      json({ a: [{ name: 'WORKSTATION', labels: { k: 'v' }, environment: { K: 'v' }, n: 1, none: null }] }),
    ).toEqual({
      a: [{ name: '<machine>', n: 1, none: null }],
    });
  });
});
