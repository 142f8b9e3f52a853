/** Words of the fixes that a finding offers in the window. */
export const fixScreenWords = {
  region: 'What can be done',
  reason: 'Reason',
  reasonHint: 'Why it is put up with. It stands in the policy.',
  until: 'Until',
  untilHint: 'The last day on which it is accepted.',
  accept: 'Accept',
  command: 'The same as a command',
  running: 'Working',
  secrets: 'Secrets that are missing',
  secretHint: 'For this relaunch alone. Nothing of it is shown, or kept.',
  giveSecrets: 'Go on with them',
  relaunched: (container: string): string => `${container} was relaunched; this is its volume now.`,
  gone: 'The finding is gone.',
  softened: 'The finding is still there, and weighs less.',
  acceptedBecause: (until: string, reason: string): string => `Accepted until ${until}: ${reason}`,
  byHand: 'Another logon session has it. Run this there:',
} as const;
