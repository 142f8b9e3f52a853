import type { LinkRefusal } from '../domain/deep-link.ts';

const WORDS: Record<LinkRefusal, string> = {
  'too-long': 'It is longer than any link Siloscope understands. Nothing was done.',
  'not-a-link': 'It is no siloscope:// link. Nothing was done.',
  'unknown-act':
    'It asks for something that links cannot do: they open a screen or fill in a launch. Nothing was done.',
  'unknown-parameter': 'It carries something that Siloscope does not know. Nothing was done.',
  'repeated-parameter': 'It says one thing twice. Nothing was done.',
  'no-screen': 'It names no screen of Siloscope. Nothing was done.',
  'no-section': 'It names no section of the settings. Nothing was done.',
  'no-profile': 'It names no profile the way profiles are named. Nothing was done.',
  'bad-mount-point': 'Its mount point is no drive letter such as Y: . Nothing was done.',
  'bad-unc-prefix': 'Its UNC prefix is none that WinFsp takes, such as \\memfs\\share. Nothing was done.',
};

/** Why a link from outside was not followed. */
export function wordLinkRefusal(because: LinkRefusal): string {
  return WORDS[because];
}
