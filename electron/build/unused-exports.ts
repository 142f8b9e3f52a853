import ts from 'typescript';

/** What one file gives, takes and mentions. */
interface Module {
  /** Names it exports; what is exported as default is asked for by name in no import of ours. */
  readonly exports: ReadonlySet<string>;
  /** By file, which names it takes of it; `*`: all of them. */
  readonly takes: readonly { readonly from: string; readonly name: string }[];
  /** Names that stand in it, each with the statements in which they do, those that declare it left out. */
  readonly mentioned: ReadonlySet<string>;
}

/** Tests, and what stands with them: what they alone use is no part of the program. */
const OF_TESTS = /\.(test|test-d|contract|spec|wine)\.tsx?$|(^|\/)testing\/|^e2e\/|^electron\/build\//;

/**
 * Exports that nobody takes: `path: name`, and behind those that only tests take ` (tests only)`. What its own file uses as
 * well is used. `sources`: texts by path from the root, with `/`.
 */
export function unusedExports(sources: ReadonlyMap<string, string>): string[] {
  const modules = new Map([...sources].map(([path, text]) => [path, readModule(path, text)]));
  const takers = new Map<string, Set<string>>();
  for (const [path, { takes }] of modules) {
    for (const { from, name } of takes) {
      const names = name === '*' ? [...(modules.get(from)?.exports ?? [])] : [name];
      for (const one of names) {
        const key = `${from}: ${one}`;
        takers.set(key, (takers.get(key) ?? new Set()).add(path));
      }
    }
  }
  return [...modules].flatMap(([path, { exports, mentioned }]) =>
    [...exports].flatMap(name => {
      const key = `${path}: ${name}`;
      const by = [...(takers.get(key) ?? [])].filter(taker => taker !== path);
      if (mentioned.has(name)) return [];
      if (by.length === 0) return [key];
      return !OF_TESTS.test(path) && by.every(taker => OF_TESTS.test(taker)) ? [`${key} (tests only)`] : [];
    }),
  );
}

function readModule(path: string, text: string): Module {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const exports = new Set<string>();
  const takes: { from: string; name: string }[] = [];
  const mentioned = new Set<string>();
  const lazily: string[] = [];
  for (const statement of file.statements) {
    const declared = declaredBy(statement);
    if (isExported(statement)) for (const name of declared) exports.add(name);
    const from = targetOf(path, statement);
    if (from !== undefined) for (const name of takenBy(statement)) takes.push({ from, name });
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      for (const { name } of statement.exportClause.elements) exports.add(name.text);
    }
    if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && !declared.includes(node.text)) mentioned.add(node.text);
      const later = importedLater(node);
      if (later !== undefined) lazily.push(resolved(path, later));
      ts.forEachChild(node, visit);
    };
    visit(statement);
  }
  // Which names an import() is asked for stands somewhere behind it.
  for (const from of lazily) for (const name of mentioned) takes.push({ from, name });
  return { exports, takes, mentioned };
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const has = (kind: ts.SyntaxKind): boolean => modifiers.some(modifier => modifier.kind === kind);
  return has(ts.SyntaxKind.ExportKeyword) && !has(ts.SyntaxKind.DefaultKeyword);
}

function declaredBy(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap(element => (ts.isOmittedExpression(element) ? [] : namesIn(element.name)));
}

function takenBy(statement: ts.Statement): readonly string[] {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    return exportClause === undefined || ts.isNamespaceExport(exportClause) ? ['*'] : exportClause.elements.map(asked);
  }
  if (!ts.isImportDeclaration(statement)) return [];
  const bindings = statement.importClause?.namedBindings;
  if (bindings === undefined) return [];
  return ts.isNamespaceImport(bindings) ? ['*'] : bindings.elements.map(asked);
}

function asked({ propertyName, name }: ts.ImportSpecifier | ts.ExportSpecifier): string {
  return (propertyName ?? name).text;
}

function targetOf(path: string, statement: ts.Statement): string | undefined {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined;
  const { moduleSpecifier } = statement;
  if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return undefined;
  return moduleSpecifier.text.startsWith('.') ? resolved(path, moduleSpecifier.text) : undefined;
}

/** What `import('./x.ts')` asks for, be it code or a type. */
function importedLater(node: ts.Node): string | undefined {
  const asks = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const [argument] = asks ? node.arguments : [];
  if (argument !== undefined && ts.isStringLiteral(argument)) return argument.text;
  if (!ts.isImportTypeNode(node) || !ts.isLiteralTypeNode(node.argument)) return undefined;
  return ts.isStringLiteral(node.argument.literal) ? node.argument.literal.text : undefined;
}

/** A relative import as a path from the root. */
function resolved(path: string, specifier: string): string {
  return new URL(specifier.replace(/\?.*$/, ''), `file:///${path}`).pathname.slice(1);
}
