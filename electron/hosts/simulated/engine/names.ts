import { badRequest } from './api-error.ts';

const MOODS = [
  'amber',
  'brisk',
  'calm',
  'dapper',
  'eager',
  'frugal',
  'gentle',
  'hardy',
  'jolly',
  'keen',
  'lucid',
  'mellow',
  'nimble',
  'patient',
  'quiet',
  'sturdy',
];
const MINDS = [
  'babbage',
  'cutler',
  'dijkstra',
  'engelbart',
  'floyd',
  'gray',
  'hamilton',
  'iverson',
  'knuth',
  'lovelace',
  'mccarthy',
  'noether',
  'perlman',
  'ritchie',
  'shannon',
  'turing',
];

/**
 * The stored form of a container's name (no slash), or a refusal in the daemon's words.
 * One-letter names pass here although dockerd wants two: the examples of this field are called a and b.
 */
export function parseContainerName(name: string): string {
  const bare = name.replace(/^\//, '');
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(bare)) {
    throw badRequest(`Invalid container name (${bare}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  }
  return bare;
}

/** A name nobody has yet: a mood and a mind, then with a digit. */
export function proposeName(random: { integer(below: number): number }, taken: (name: string) => boolean): string {
  for (let attempt = 0; ; attempt += 1) {
    const name = `${MOODS[random.integer(MOODS.length)]}_${MINDS[random.integer(MINDS.length)]}`;
    const tried = attempt < 6 ? name : `${name}${random.integer(10 ** Math.ceil(attempt / 6))}`;
    if (!taken(tried)) return tried;
  }
}
