import { VERSION } from '../serving/version.ts';

// Everything else takes a while to load, most of all on Windows, where each file is scanned as it is opened.
const [only, ...more] = process.argv.slice(2);
if (more.length === 0 && (only === '--version' || only === '-V')) process.stdout.write(`${VERSION}\n`);
else await import('./own-process.ts').then(({ runOwnProcess }) => runOwnProcess());
