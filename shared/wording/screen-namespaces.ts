/** Words of the namespaces screen. */
export const namespacesWords = {
  title: 'Namespaces',
  subtitle: 'The object namespace of the host and of any container, side by side.',
  left: 'Left pane',
  right: 'Right pane',
  where: 'Namespace',
  path: 'Path',
  go: 'Go',
  up: 'One directory up',
  host: 'host',
  onlyDifferences: 'Only what differs',
  columns: { mark: 'Compared', name: 'Name', type: 'Type', target: 'Leads to' },
  marks: {
    same: 'Same',
    linked: 'Linked',
    'only-here': 'Only here',
    'other-type': 'Other type',
    'other-target': 'Leads elsewhere',
  },
  list: (namespace: string, path: string): string => `Objects of ${namespace} in ${path}`,
  open: (name: string): string => `Open the directory ${name}`,
  emptyTitle: 'Nothing here',
  emptyText: 'This directory has no objects.',
  noMatch: 'No object fits.',
  diff: (differences: number): string =>
    differences === 0
      ? 'Both panes list the same.'
      : `${differences} ${differences === 1 ? 'object differs' : 'objects differ'}.`,
} as const;
