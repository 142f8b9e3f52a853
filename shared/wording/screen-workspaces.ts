/** Words of the workspaces on the file systems screen. */
export const workspacesWords = {
  title: 'Workspaces',
  about: 'File systems that belong together: launched in order, and brought back after a crash or a restart.',
  start: 'Start',
  stop: 'Stop',
  again: 'Start again',
  remove: 'Forget',
  removeTitle: (name: string): string => `Forget ${name}?`,
  removeText:
    'Its containers go on, and nothing brings them back any more. Which they were, and in which order, is not kept.',
  stopTitle: (name: string): string => `Stop ${name}?`,
  lost: 'These containers are stopped and removed, the last one first, and with them go:',
  nothingLost: 'None of its containers is there. It is not brought back any more, until you start it again.',
  capture: 'Save what runs now',
  captureName: 'Name of the new workspace',
  captureHint: 'Lower case letters, digits and "-"',
  save: 'Save',
  cancel: 'Cancel',
  leftOut: 'Left out:',
  unstopped: (name: string): string => `${name} was not stopped`,
  unwritten: 'may be unwritten',
  details: (name: string): string => `File systems of ${name}`,
} as const;
