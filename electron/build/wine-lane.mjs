// `npm run test:wine`: runs the host that this machine is as a Windows program, against the NT API of Wine. Everything it
// makes lies in out/wine. It needs wine64 and the npm registry; where they cannot be had it says so and ends with 0,
// unless SILOSCOPE_REQUIRE holds `wine`. `--no-bench` leaves out the walk that is measured against C, `--no-journeys` those
// in a browser, `--only-journeys` all else (SILOSCOPE_WINE_JOURNEYS=all: more of them); `--only-walk` measures and does nothing else, and installs nothing. What else is given names the test files.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tellNotUnderWine } from '../../e2e/wine/not-under-wine.mjs';
import { findChromium } from './find-chromium.mjs';
import { isRequired, runJourneys } from './lane.mjs';
import {
  ImpossibleHere,
  installStandIn,
  lane,
  needWine,
  node,
  root,
  run,
  say,
  setStandIn,
  setUp,
  shut,
  start,
  windows,
} from './wine-machine.mjs';
import { measureWalk } from './wine-walk.mjs';

const startedAt = performance.now();
const arguments_ = process.argv.slice(2);
const isGiven = option => arguments_.includes(option);
const lap = what => say(`${what} after ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
const textOf = error => (error instanceof Error ? error.message : String(error));

/** Versions that differ would test something else than what is shipped. */
function checkVersions() {
  const { dependencies: ours, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { dependencies: there } = JSON.parse(readFileSync(join(root, 'e2e', 'wine', 'package.json'), 'utf8'));
  const all = { ...devDependencies, ...ours };
  const wrong = Object.keys({ ...ours, ...there }).filter(name => there[name] !== all[name]);
  if (wrong.length > 0) throw new Error(`e2e/wine/package.json and package.json disagree on ${wrong.join(', ')}`);
}

/** Says what failed and what was not possible, each with its reason; answers the counts. */
function report(file) {
  const tests = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
  const of = state => tests.filter(test => test.state === state);
  for (const { name, why } of of('skipped')) say(`not possible: ${name}: ${why ?? 'no reason given'}`);
  for (const { name, why } of of('failed')) say(`FAILED: ${name}\n${why}`);
  const silent = of('skipped').filter(({ why }) => why === undefined).length;
  return {
    passed: of('passed').length,
    failed: of('failed').length + silent,
    impossible: of('skipped').length - silent,
  };
}

async function runTests() {
  const { child } = await start('scene', [node, 'e2e/wine/scene.ts']);
  const results = join(lane, 'results.jsonl');
  rmSync(results, { force: true });
  const vitest = [node, 'node_modules/vitest/vitest.mjs', 'run', '-c', 'electron/build/wine-vitest.config.ts'];
  vitest.push(...arguments_.filter(argument => !argument.startsWith('--')));
  const env = { SILOSCOPE_LANE_RESULTS: windows(results) };
  const { output } = run('vitest', vitest, { timeoutMs: 1_200_000, env });
  child.kill('SIGKILL');
  if (!existsSync(results)) throw new Error(`the tests did not come to an end:\n${output}`);
  return report(results);
}

/** Journeys of a browser of this machine on a page that a Windows process serves; undefined where they cannot be walked. */
function walkJourneys(hasStandIn) {
  const why =
    findChromium() === undefined
      ? 'there is no browser'
      : hasStandIn
        ? undefined
        : 'there is no mingw-w64 to compile what stands in for WinFsp';
  if (why !== undefined) {
    say(`the journeys are not walked: ${why}`);
    return undefined;
  }
  installStandIn();
  process.stdout.write(tellNotUnderWine());
  return runJourneys('-c', 'e2e/wine/playwright.config.ts');
}

/** Says the figures; a walk that cannot be measured is said, one that fails is a failure. */
async function walk(options) {
  const row = await measureWalk(options);
  if (row === undefined) say('the walk is not measured: there is no mingw-w64 to compile the C program');
  else
    say(
      `${row.what}: ${row.ours}, ${row.beside}, ratio ${row.ratio} (goal ${row.goal}: ${row.met ? 'met' : 'MISSED'})`,
    );
}

/** Everything that was asked for; answers the counts. */
async function runLane() {
  const [onlyWalk, onlyJourneys] = [isGiven('--only-walk'), isGiven('--only-journeys')];
  const areNamed = arguments_.some(argument => !argument.startsWith('--'));
  const journeys = onlyJourneys || !(onlyWalk || areNamed || isGiven('--no-journeys'));
  needWine({ installs: !onlyWalk });
  setUp(journeys ? ['cli', 'renderer'] : ['cli']);
  lap('packages, sources and prefix');
  const counts = { passed: 0, failed: 0, impossible: 0 };
  if (!onlyWalk) {
    const hasStandIn = setStandIn();
    if (!onlyJourneys) Object.assign(counts, await runTests());
    lap('tests');
    const walked = journeys ? walkJourneys(hasStandIn) : undefined;
    if (walked !== undefined) {
      counts.journeys = walked.passed;
      counts.failed += walked.failed + walked.skipped;
      lap('journeys');
    }
  }
  if (onlyJourneys || isGiven('--no-bench')) return counts;
  try {
    await walk({ installs: !onlyWalk });
  } catch (error) {
    say(`FAILED: the walk: ${textOf(error)}`);
    counts.failed += 1;
  }
  return counts;
}

/** The lane's last line. */
function conclude({ passed, failed, impossible, journeys }) {
  const browsed = journeys === undefined ? '' : `${journeys} journeys passed, `;
  process.stdout.write(
    `wine lane: ${passed} passed, ${browsed}${failed} failed, ${impossible} not possible under Wine\n`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

try {
  checkVersions();
  conclude(await runLane());
} catch (error) {
  if (error instanceof ImpossibleHere) {
    const required = isRequired('wine');
    process.stdout.write(`wine lane: not run: ${error.message}${required ? ' (SILOSCOPE_REQUIRE asks for it)' : ''}\n`);
    process.exitCode = required ? 1 : 0;
  } else {
    say(`FAILED: ${textOf(error)}`);
    conclude({ passed: 0, failed: 1, impossible: 0 });
  }
} finally {
  shut();
}
lap('end');
