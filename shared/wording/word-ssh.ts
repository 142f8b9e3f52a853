import { assertNever } from '../base/assert-never.ts';
import type { Fault } from '../contract/fault.ts';
import type { SshConfigRefusal, SshConnection } from '../domain/ssh-connection.ts';
import { formatList } from './amounts.ts';
import { escapeUntrusted } from './plain-text.ts';

const safe = (text: string): string => escapeUntrusted(text, 400);

/** A key's type as ssh-keygen prints it: `ssh-ed25519` is `ED25519`. */
export function wordKeyType(keyType: string): string {
  const plain = /^(?:ssh|ecdsa-sha2)-(ed25519|rsa|dss|nistp)/.exec(keyType)?.[1];
  if (plain === undefined) return safe(keyType);
  return { ed25519: 'ED25519', rsa: 'RSA', dss: 'DSA', nistp: 'ECDSA' }[plain] ?? safe(keyType);
}

/**
 * What shows a Windows host's own fingerprint, on the host itself, in cmd and PowerShell alike. Ground: sshd_config of
 * Win32-OpenSSH, which keeps its host keys in `__PROGRAMDATA__/ssh`. A host on the way most likely is a Unix.
 */
export function fingerprintCommand(keyType: string, jump = false): string {
  const file = `ssh_host_${wordKeyType(keyType).toLowerCase()}_key.pub`;
  return `ssh-keygen -lf ${jump ? '/etc/ssh/' : 'C:\\ProgramData\\ssh\\'}${file}`;
}

/** The question at a terminal, and how to find its answer. */
export const wordKeyQuestion = {
  compare: 'On the host itself this says the same:',
  accept: 'Is that its key? Type yes, or the fingerprint, to keep it:',
} as const;

/** Words for what can be wrong with a host's key, or with the way to it. */
export function wordSshFault(
  fault: Extract<Fault, { code: 'host-key-unknown' | 'host-key-refused' | 'ssh-config-refused' }>,
): { readonly title: string; readonly cause: string; readonly next: string; readonly command?: string } {
  switch (fault.code) {
    case 'host-key-unknown':
      return {
        title: `The host key of ${safe(fault.host)} is not known yet.`,
        cause: `It offers ${wordKeyType(fault.keyType)} ${safe(fault.fingerprint)}, which ${fault.file === undefined ? 'no file knows' : `${safe(fault.file)} does not know`}.`,
        next: `Compare that with what the command below says on the host itself. If they are the same, accept it, and nothing else: --host-key ${safe(fault.fingerprint)}.`,
        command: fingerprintCommand(fault.keyType, fault.jump),
      };
    case 'host-key-refused':
      return wordRefusedKey(fault);
    case 'ssh-config-refused':
      return wordRefusedConfig(fault);
    default:
      return assertNever(fault, 'fault of SSH');
  }
}

function wordRefusedKey(fault: Extract<Fault, { code: 'host-key-refused' }>): ReturnType<typeof wordSshFault> {
  const host = safe(fault.host);
  const offered = `It offers ${wordKeyType(fault.keyType)} ${safe(fault.fingerprint)}`;
  const place = fault.line === undefined ? safe(fault.file ?? '') : `line ${fault.line} of ${safe(fault.file ?? '')}`;
  switch (fault.because) {
    case 'changed':
      return {
        title: `THE HOST KEY OF ${host} HAS CHANGED.`,
        cause: `${offered}, but ${place} says ${safe(fault.known ?? '')}. Someone may be in between, or the host was installed anew.`,
        next: 'Ask its keeper. Only if it was installed anew, take that line out and open it again.',
      };
    case 'revoked':
      return {
        title: `The host key of ${host} is revoked.`,
        cause: `${offered}, which ${place} takes back.`,
        next: 'Ask its keeper for a new key: this one may be in the hands of others.',
      };
    case 'not-the-accepted':
      return {
        title: `The host key of ${host} is not the one that was accepted.`,
        cause: `${offered}; accepted was ${safe(fault.known ?? '')}.`,
        next: 'Nothing was pinned. Compare again: a host has a key of each type, and another may answer in its place.',
      };
    case 'strict':
      return {
        title: `The host key of ${host} is not known, and may not be accepted here.`,
        cause: `${offered}, and ${place} wants StrictHostKeyChecking.`,
        next: 'Compare that with what the command below says on the host itself, and put it into known_hosts by hand.',
        command: fingerprintCommand(fault.keyType),
      };
    default:
      return assertNever(fault.because, 'refusal of a host key');
  }
}

function wordRefusedConfig(fault: Extract<Fault, { code: 'ssh-config-refused' }>): ReturnType<typeof wordSshFault> {
  const title = `${safe(fault.host)} is not opened, for your ssh configuration.`;
  const place = `Line ${fault.line} of ${safe(fault.file)}`;
  const line = `"${safe(fault.text)}"`;
  const tunnel =
    'Let your own ssh make the way, by the command below with the name that ssh knows it by, and open ssh://user@127.0.0.1:2222.';
  const command = 'ssh -N -L 2222:localhost:22 NAME';
  switch (fault.because) {
    case 'not-supported':
      return {
        title,
        cause: `${place} says ${line}, which Siloscope does not do. Without it, another machine might answer.`,
        next: tunnel,
        command,
      };
    case 'not-evaluated':
      return {
        title,
        cause: `${place}, ${line}, decides where it is or whom to trust, by a condition that Siloscope does not evaluate.`,
        next: tunnel,
        command,
      };
    case 'malformed':
      return {
        title,
        cause: `${place} is not understood: ${line}.`,
        next: 'Correct it; `ssh -G NAME` says how ssh itself reads it.',
      };
    case 'others-can-write':
      return {
        title,
        cause: `Others than you can write ${safe(fault.file)}, hence choose where you get to; ssh refuses it as well.`,
        next: 'Take that right away from them.',
      };
    default:
      return assertNever(fault.because, 'refusal of a line');
  }
}

/** Why a host of the list cannot be opened, in one clause for a place that has no room for a fault. */
export function wordSshObstacle(because: SshConfigRefusal, file: string, line: number): string {
  const place = `line ${line} of ${safe(file)}`;
  switch (because) {
    case 'not-supported':
      return `${place} asks for what Siloscope does not do`;
    case 'not-evaluated':
      return `${place} has a condition that Siloscope does not evaluate`;
    case 'malformed':
      return `${place} is not understood`;
    case 'others-can-write':
      return `others than you can write ${safe(file)}`;
    default:
      return assertNever(because, 'refusal of a line');
  }
}

/** How a host over SSH is reached, a line each. All texts are safe to show. */
export function wordSshConnection(ssh: SshConnection): string[] {
  const { user, hostName, port, through, keyFiles, agent, knownHostsFiles, followed } = ssh;
  const ways = [...keyFiles, ...(agent === undefined ? [] : [`the agent at ${agent}`])].map(safe);
  return [
    wordPlace({ user, hostName, port }),
    ...through.map(hop => `Through ${wordPlace(hop)}`),
    `Keys: ${ways.length === 0 ? 'none' : formatList(ways, 6)}`,
    `Known hosts: ${knownHostsFiles.length === 0 ? 'no file' : formatList(knownHostsFiles.map(safe), 4)}`,
    ...(followed.length === 0 ? ['No line of an ssh configuration has a say.'] : []),
    ...followed.map(({ file, line, text }) => `${safe(file)} line ${line}: ${safe(text)}`),
  ];
}

const wordPlace = ({ user, hostName, port }: SshConnection['through'][number]): string =>
  `${safe(user)} at ${safe(hostName)}, port ${port}`;
