/** Names of variables whose values are nobody else's business. A guess by name: what is called `GREETING` is shown. */
const SECRET = /PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|KEY|CREDENTIAL/i;

/** What stands in the place of a secret. */
export const MASK = '********';

export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}

/** The environment with the values of secrets masked; an empty value hides nothing. */
export function maskSecrets(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value !== '' && isSecretName(name) ? MASK : value]),
  );
}

/**
 * The other way: where a text still has the mask of a variable that is known, the known value stays. So a masked line
 * can be edited and read back without losing what it hides.
 */
export function unmaskSecrets(
  environment: Readonly<Record<string, string>>,
  known: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value === MASK && isSecretName(name) ? (known[name] ?? value) : value,
    ]),
  );
}
