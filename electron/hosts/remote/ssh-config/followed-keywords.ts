/** What is followed of a configuration. Each says one thing, but the files of known hosts, which may be many. */
export const FOLLOWED_KEYWORDS = [
  'hostname',
  'user',
  'port',
  'identityfile',
  'identitiesonly',
  'identityagent',
  'userknownhostsfile',
  'globalknownhostsfile',
  'stricthostkeychecking',
  'hostkeyalias',
  'hashknownhosts',
  'proxyjump',
] as const;
export type FollowedKeyword = (typeof FOLLOWED_KEYWORDS)[number];

export const isFollowed = (keyword: string): keyword is FollowedKeyword =>
  FOLLOWED_KEYWORDS.some(followed => followed === keyword);
