import { runBroker } from './run-broker.ts';

// The whole of a broker that Node runs; the window's own program is one by its first argument.
process.exit(await runBroker(process.argv.slice(2)));
