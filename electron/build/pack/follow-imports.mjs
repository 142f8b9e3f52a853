import { cruise } from 'dependency-cruiser';

/**
 * What may lead nowhere: Electron itself, and parts that their packages ask for in a try and do without: native speed-ups,
 * another runtime's modules, colours of a debugger, and koffi's native parts for every other machine.
 */
const DONE_WITHOUT = [
  /^electron$/,
  /^cpu-features$/,
  /sshcrypto\.node$/,
  /^bare-/,
  /^bufferutil$/,
  /^utf-8-validate$/,
  /^supports-color$/,
  /^@koromix\/koffi-(?!win32-x64$)/,
];

/** Follows every import below `folder` from `entries` on, packages and all. Answers how many modules, and what leads nowhere. */
export async function followImports(folder, entries) {
  const { output } = await cruise(entries, {
    baseDir: folder,
    enhancedResolveOptions: {
      extensions: ['.js', '.cjs', '.mjs', '.json', '.node'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      mainFields: ['main'],
    },
  });
  const lost = output.modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ couldNotResolve, module }) => couldNotResolve && !DONE_WITHOUT.some(rule => rule.test(module)))
      .map(({ module }) => `${source} asks for ${module}, which is not in the package`),
  );
  return { followed: output.modules.length, faults: [...new Set(lost)] };
}
