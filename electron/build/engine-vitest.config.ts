import { mergeConfig } from 'vitest/config';
import beside from './vitest.config.ts';

/** The suite of the Docker Engine API, a real dockerd included. `npm run test:engine`. */
const config = mergeConfig(beside, { test: { testTimeout: 60_000, hookTimeout: 60_000 } });
export default { ...config, test: { ...config.test, include: ['e2e/engine/**/*.test.ts'], exclude: [] } };
