import { assertNever } from '../base/assert-never.ts';
import type { ImportStep, Meeting } from '../domain/import-profiles.ts';

/** What an import did with a profile. */
export function wordImportStep({ name, does, profile }: ImportStep): string {
  switch (does) {
    case 'add':
      return `${name} is kept.`;
    case 'replace':
      return `${name} is kept; the one of that name is replaced.`;
    case 'rename':
      return `${name} is kept as ${profile?.name ?? name}: the name was taken.`;
    case 'skip':
      return `${name} is left out: the name is taken.`;
    case 'same':
      return `${name} is there already, the same.`;
    default:
      return assertNever(does);
  }
}

/** How a profile of a file meets those that are there. */
export function wordMeeting(meeting: Meeting): string {
  switch (meeting) {
    case 'new':
      return 'new';
    case 'same':
      return 'there already, the same';
    case 'taken':
      return 'you have another of that name';
    case 'built-in':
      return 'a built-in profile has that name';
    default:
      return assertNever(meeting);
  }
}
