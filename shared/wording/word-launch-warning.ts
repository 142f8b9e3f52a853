import { assertNever } from '../base/assert-never.ts';
import type { LaunchWarning } from '../domain/launch-warning.ts';
import { escapeUntrusted } from './plain-text.ts';
import { wordMustHold } from './word-recipe.ts';
import { wordSecretWarning } from './word-secret.ts';

/** What a plan warns of, in a sentence or two; nothing where there is nothing to say. */
export function wordLaunchWarning(warning: LaunchWarning): string[] {
  switch (warning.code) {
    case 'program-unknown':
      return [
        'The program is not one that Siloscope knows: whether its volume will be private shows only once it is mounted.',
      ];
    case 'writes-later':
      return [
        `It takes writes and passes them on later (${safe(warning.by)}), and its stop waits for none of them: a profile whose "stop" has a "wait" does.`,
      ];
    case 'writes-untold':
      return warning.because === 'configuration'
        ? [
            'It writes at once as far as this command line and its variables say; whether its own configuration holds uploads back (a remote of type "cache" with tmp_upload_path) cannot be told.',
          ]
        : ['Whether it writes at once, or later from a cache, cannot be told: a stop waits for nothing it may hold.'];
    case 'must-hold':
      return [wordMustHold(warning.needs)];
    case 'secret':
      return wordSecretWarning(warning.secret);
    case 'build-unknown':
      return [`Nothing tells which Windows build ${safe(warning.image)} is of; it is judged once it is here.`];
    case 'prefix-replaced':
      return [
        `${safe(warning.uncPrefix)} would collide with ${safe(warning.of)} of ${safe(warning.by)}; ${safe(warning.used)} is used.`,
      ];
    case 'class-shared':
      // Of several providers with one class MUP gives the name to one: inferred from winfsp src/sys/mup.c.
      return [
        `${safe(warning.of)} of ${safe(warning.by)} has the same class: only one of the two is expected to be reached by its UNC name (inferred). ${safe(warning.free)} would be free.`,
      ];
    case 'guard-refuses':
      return [`The guard would refuse this launch. ${warning.why}`];
    default:
      return assertNever(warning, 'warning of a launch');
  }
}

/** Why a container cannot be called so. */
export const wordNoContainerName = (name: string): string =>
  `${JSON.stringify(name.slice(0, 80))} is no container name: letters, digits, "_", "." and "-", at least two, the first a letter or digit.`;

const safe = (text: string): string => escapeUntrusted(text, 200);
