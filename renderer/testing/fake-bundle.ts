import type { Bundle } from '../../shared/domain/bundle.ts';
import { countTakenOut } from '../../shared/domain/taken-out.ts';

/** A bundle as the services answer one; its archive is not one. */
export function fakeBundle(siloscope: string): Bundle {
  const contents: readonly (readonly [string, string])[] = [
    ['about.json', `{ "siloscope": "${siloscope}" }\n`],
    ['settings.json', '{ "folder": "C:\\Users\\<user>\\siloscope", "host": "ssh://<host>" }\n'],
    ['logs/siloscope.jsonl', '{"what":"told by <account> at <address>"}\n'],
  ];
  return {
    files: contents.map(([name, content]) => ({
      name,
      content,
      bytes: content.length,
      takenOut: countTakenOut(content, 'mark'),
      by: 'mark',
    })),
    archive: 'UEsFBgAA',
    unmasked: [{ name: 'pin', because: 'too-short' }],
  };
}
