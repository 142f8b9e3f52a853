const PROVIDER_PATH = '\\\\?\\GLOBALROOT\\Device\\Mup\\;';

/** The name that leads to one provider (`providerName`) without MUP's prefix resolution. Ground: Microsoft, mup-changes; form inferred. */
export function providerPath(provider: string, uncPrefix: string): string {
  return `${PROVIDER_PATH}${provider}${uncPrefix}`;
}

/** Whether a name is of that form: it leads through a MUP, whoever opens it. */
export const isProviderPath = (path: string): boolean => path.startsWith(PROVIDER_PATH);

/**
 * The name of a WinFsp provider out of the target of a volume's link, without `\Device\`. Undefined for anything else: a
 * link may lead wherever its maker wants, and a path through another redirector would go out on the network. Ground:
 * winfsp src/sys/driver.c, src/sys/sxs.c.
 */
export function providerName(target: string): string | undefined {
  return /^\\Device\\(?:Mup\\;)?(WinFsp\.Mup(?:\+[^{}\\;]{1,64})?(?:\{[^{}\\;]{1,64}\})?)$/i.exec(target)?.[1];
}

/** The name of a volume's own device, in the namespace of whoever opens it. Ground: winfsp tst/winfsp-tests/create-test.c. */
export function devicePath(device: string): string {
  return `\\\\?\\GLOBALROOT${device}`;
}
