/** Everything `docker ps` needs to say how a container is. Times in milliseconds. */
export interface StatusFacts {
  readonly status: ContainerStatus;
  readonly exitCode: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly health?: 'starting' | 'healthy' | 'unhealthy' | undefined;
}

export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

/** A span as go-units says it: `5 seconds`, `About a minute`, `3 weeks`. */
export function humanSpan(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(seconds / 3_600 + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 14) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 60) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(hours / 24 / 365)} years`;
}

const healthWords = (health: StatusFacts['health']): string =>
  health === undefined ? '' : ` (${health === 'starting' ? 'health: starting' : health})`;

/** The STATUS column. Ground: moby container/state.go, String. */
export function statusWords(facts: StatusFacts, now: number): string {
  const since = (at: number | undefined): string => humanSpan(now - (at ?? now));
  switch (facts.status) {
    case 'running':
      return `Up ${since(facts.startedAt)}${healthWords(facts.health)}`;
    case 'paused':
      return `Up ${since(facts.startedAt)} (Paused)`;
    case 'restarting':
      return `Restarting (${facts.exitCode}) ${since(facts.finishedAt)} ago`;
    case 'removing':
      return 'Removal In Progress';
    case 'dead':
      return 'Dead';
    case 'created':
      return 'Created';
    case 'exited':
      return `Exited (${facts.exitCode}) ${since(facts.finishedAt)} ago`;
  }
}
