type Lookup = (name: string) => string | undefined;
type Assign = (name: string, value: number) => void;

const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '%']];

/** `set /a`: 32-bit integers, C's operators, names as variables, `name=`. Undefined: malformed. */
export function evaluate(text: string, lookup: Lookup, assign: Assign): number | 'division' | undefined {
  const tokens = [...text.matchAll(/0[xX][0-9a-fA-F]+|\d+|[A-Za-z_]\w*|<<|>>|[-+*/%&|^~!()=,]|\S/g)].map(
    ([token]) => token,
  );
  let at = 0;
  let failed: 'malformed' | 'division' | undefined;

  const comma = (): number => {
    let value = assignment();
    while (tokens[at] === ',') {
      at++;
      value = assignment();
    }
    return value;
  };
  const assignment = (): number => {
    const name = tokens[at] ?? '';
    if (!/^[A-Za-z_]/.test(name)) return binary(0);
    const operator = tokens[at + 1];
    const compound = operator !== undefined && '+-*/%&|^'.includes(operator) && tokens[at + 2] === '=';
    if (operator !== '=' && !compound) return binary(0);
    at += compound ? 3 : 2;
    const right = assignment();
    const value = compound ? apply(operator ?? '', numberOf(lookup(name)), right) : right;
    if (failed === undefined) assign(name, value);
    return value;
  };
  const binary = (level: number): number => {
    const operators = LEVELS[level];
    if (operators === undefined) return unary();
    let value = binary(level + 1);
    for (let operator = tokens[at]; operator !== undefined && operators.includes(operator); operator = tokens[at]) {
      at++;
      value = apply(operator, value, binary(level + 1));
    }
    return value;
  };
  const unary = (): number => {
    const token = tokens[at++];
    if (token === '-') return -unary() | 0;
    if (token === '+') return unary();
    if (token === '~') return ~unary();
    if (token === '!') return unary() === 0 ? 1 : 0;
    if (token === '(') {
      const value = comma();
      if (tokens[at++] !== ')') failed ??= 'malformed';
      return value;
    }
    if (token !== undefined && /^\d/.test(token)) return numberOf(token);
    if (token !== undefined && /^[A-Za-z_]/.test(token)) return numberOf(lookup(token));
    failed ??= 'malformed';
    return 0;
  };
  const apply = (operator: string, left: number, right: number): number => {
    if ((operator === '/' || operator === '%') && right === 0) {
      failed ??= 'division';
      return 0;
    }
    switch (operator) {
      case '+':
        return (left + right) | 0;
      case '-':
        return (left - right) | 0;
      case '*':
        return Math.imul(left, right);
      case '/':
        return Math.trunc(left / right) | 0;
      case '%':
        return (left % right) | 0;
      case '&':
        return left & right;
      case '|':
        return left | right;
      case '^':
        return left ^ right;
      case '<<':
        return left << right;
      default:
        return left >> right;
    }
  };

  const value = comma();
  if (at < tokens.length) failed ??= 'malformed';
  if (failed !== undefined) return failed === 'division' ? 'division' : undefined;
  return value;
}

function numberOf(text: string | undefined): number {
  const match = /^\s*(-?)(0[xX][0-9a-fA-F]+|\d+)/.exec(text ?? '');
  const digits = match?.[2] ?? '0';
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return (match?.[1] === '-' ? -value : value) | 0;
}
