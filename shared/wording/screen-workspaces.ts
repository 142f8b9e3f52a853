/** Words of the workspaces on the file systems screen. */
export const workspacesWords = {
  title: 'Workspaces',
  about: 'File systems that belong together: launched in order, and brought back after a crash or a restart.',
  start: 'Start',
  stop: 'Stop',
  again: 'Start again',
  remove: 'Forget',
  removeHint: 'Its containers go on',
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
