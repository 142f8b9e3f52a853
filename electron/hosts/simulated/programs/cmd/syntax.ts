/** Where a command's handle goes: `> file`, `>> file`, `< file`, `2>&1`. */
export type Redirection =
  | {
      readonly kind: 'file';
      readonly handle: number;
      readonly how: 'read' | 'replace' | 'append';
      readonly target: string;
    }
  | { readonly kind: 'duplicate'; readonly handle: number; readonly of: number };

export type Condition =
  | { readonly kind: 'exist'; readonly path: string }
  | { readonly kind: 'errorlevel'; readonly level: number }
  | { readonly kind: 'defined'; readonly name: string }
  | {
      readonly kind: 'compare';
      readonly left: string;
      readonly operator: '==' | 'equ' | 'neq' | 'lss' | 'leq' | 'gtr' | 'geq';
      readonly right: string;
    };

/** What one line means. */
export type Command =
  | { readonly kind: 'nothing' }
  /** `name` as typed, quotes kept; `tail` is the rest of the command, blanks and quotes kept, carets taken out. */
  | {
      readonly kind: 'simple';
      readonly name: string;
      readonly tail: string;
      readonly silent: boolean;
      readonly redirections: readonly Redirection[];
    }
  | { readonly kind: 'block'; readonly body: Command; readonly redirections: readonly Redirection[] }
  | { readonly kind: 'pipe' | 'and' | 'or' | 'sequence'; readonly left: Command; readonly right: Command }
  | {
      readonly kind: 'if';
      readonly not: boolean;
      readonly ignoreCase: boolean;
      readonly condition: Condition;
      readonly body: Command;
      readonly otherwise: Command | undefined;
    }
  | {
      readonly kind: 'for';
      readonly how: 'plain' | 'directories' | 'numbers' | 'lines';
      /** Of `for /f "tokens=..."`. */
      readonly options: string;
      readonly variable: string;
      readonly set: string;
      readonly body: Command;
    };

/** The line cannot be understood; cmd prints `message` and sets ERRORLEVEL 255. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
}
