/** An image's name in its two forms. */
export interface Reference {
  /** As shown: `alpine:latest`, `mcr.microsoft.com/windows/servercore:ltsc2022`. */
  readonly familiar: string;
  /** As shown, without the tag. */
  readonly repository: string;
  readonly tag: string;
  readonly digest: string | undefined;
}

/** Reads `[registry/]path[:tag][@digest]`; `docker.io/library/` is dropped, a missing tag is `latest`. Undefined when malformed. */
export function normalise(name: string): Reference | undefined {
  const match =
    /^(?<repository>[^@\s]+?)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/.exec(
      name,
    );
  const whole = match?.groups?.['repository'];
  if (whole === undefined || !/^(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/.test(whole))
    return undefined;
  const repository = whole.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
  const digest = match?.groups?.['digest'];
  const tag = match?.groups?.['tag'] ?? 'latest';
  return {
    familiar: digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`,
    repository,
    tag,
    digest,
  };
}
