import type { SearchProgress } from '../domain/object-entry.ts';
import { wordSiloOf } from './word-silo-source.ts';

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
  silo: wordSiloOf,
  when: 'As it was at',
  now: 'now',
  follow: (path: string): string => `Go to ${path}`,
  showVolume: 'Who sees it',
  showObject: 'Show its object',
  search: 'Who exposes a name?',
  searchHint: 'A name, with * and ?',
  find: 'Find',
  stop: 'Stop',
  closeSearch: 'Close the search',
  looking: ({ namespaces, of, directories, found }: SearchProgress): string =>
    `Looking: ${namespaces} of ${of} namespaces, ${directories} directories, ${found} found`,
  found: (name: string, found: number, directories: number, namespaces: number): string =>
    `${found === 0 ? 'Nobody was seen to expose' : `${found} ${found === 1 ? 'object is' : 'objects are'} called`} ${name}; ${directories} directories of ${namespaces} ${namespaces === 1 ? 'namespace' : 'namespaces'} looked through.`,
  capped: 'The search stopped at its bounds: there may be more.',
  unseen: (count: number): string => `${count} ${count === 1 ? 'directory' : 'directories'} could not be looked into:`,
  moreUnseen: (count: number): string => `and ${count} more`,
  foundColumns: { namespace: 'In' },
  toLeft: 'Left',
  toRight: 'Right',
  showIn: (pane: string, name: string): string => `Show ${name} in the ${pane}`,
  emptyTitle: 'Nothing here',
  emptyText: 'This directory has no objects.',
  noMatch: 'No object fits.',
  alone:
    'There is nothing to compare the host with: no process-isolated container runs. Once one does, its namespace stands beside this one.',
  second: 'Compare two directories of the host',
  samePlace: 'Both panes show the same directory: choose another namespace or path in one of them.',
  diff: (differences: number): string =>
    differences === 0
      ? 'Both panes list the same.'
      : `${differences} ${differences === 1 ? 'object differs' : 'objects differ'}.`,
} as const;
