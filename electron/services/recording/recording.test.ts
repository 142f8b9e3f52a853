import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import { judgeInferredFacts } from '../../../shared/domain/inferred-facts.ts';
import { type RecordedAnswer, Recording } from '../../../shared/domain/recording.ts';
import { readRecording } from '../../hosts/recording/read-recording.ts';
import { createReplayHost } from '../../hosts/recording/replay-host.ts';
import { createServices } from '../services.ts';
import { openSimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';

/** A recording of the two examples of WinFsp's page, through its text as a file holds it. */
async function recorded(elevated = true): Promise<Recording> {
  const scenario = await scenarioNamed('winfsp-container-support');
  const services = await openSimulatedServices({ ...scenario, windows: { ...scenario.windows, elevated } });
  try {
    const recording = await services.call('host.record', {});
    return readRecording(JSON.stringify(recording), 'host.json');
  } finally {
    await services.dispose();
  }
}

const asWords = (answer: RecordedAnswer): string =>
  answer.ask === 'run'
    ? answer.argv.join(' ')
    : answer.ask === 'kernel'
      ? Object.values(answer.question).join(' ')
      : answer.path;

describe('a recording', () => {
  it('holds what was asked, says that it is of a simulated host, and names nobody', async () => {
    const recording = await recorded();
    expect(Recording.parse(recording)).toEqual(recording);
    expect(recording).toMatchObject({ simulated: true, facts: { machineName: 'machine-1', build: 20_348 } });
    const asked = recording.answers.map(asWords);
    expect(asked).toEqual(
      expect.arrayContaining(['hcsdiag.exe list -raw', '/version', '/containers/json', '\\Device', '\\GLOBAL??\\UNC']),
    );
    expect(JSON.stringify(recording)).not.toMatch(/\\\\Users\\\\(?!user-|Public)/);
  });

  it('decides inferred facts as the simulation has them', async () => {
    const verdicts = Object.fromEntries(judgeInferredFacts(await recorded()).map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      'hcs-names-the-silo': 'confirmed',
      'silo-mup-is-a-link': 'confirmed',
      'provider-link-in-silo': 'confirmed',
      'provider-link-not-in-host': 'confirmed',
      'network-volume-is-a-link': 'confirmed',
      'letters-in-silo': 'confirmed',
      'directed-open-reaches-a-silo': 'confirmed',
      'link-in-silo-reaches-it': 'confirmed',
      'name-in-host-reaches-nothing': 'confirmed',
      'disk-opens-by-its-device': 'confirmed',
      'silo-ids-are-those-listed': 'confirmed',
      'membership-since-22h2': 'confirmed',
      'process-names-its-silo': 'not-decided',
      'thread-names-the-container': 'confirmed',
      'silo-has-a-session': 'confirmed',
      'job-opens-to-administrators': 'confirmed',
      'job-is-the-silo': 'confirmed',
      'job-guid-is-provider-guid': 'confirmed',
      'silo-device-lists-its-own': 'confirmed',
      'silo-link-lists-the-hosts': 'confirmed',
      'mup-knows-silo-providers': 'confirmed',
      'silo-providers-come-last': 'confirmed',
      'cache-holds-classes': 'not-decided',
      'silos-need-elevation': 'not-decided',
      'hyperv-has-no-silo': 'not-decided',
    });
  });

  it('of a user who is no administrator decides what needs none, and who may not look', async () => {
    const judged = judgeInferredFacts(await recorded(false));
    const verdicts = Object.fromEntries(judged.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      'silos-need-elevation': 'confirmed',
      'silo-ids-need-no-rights': 'confirmed',
      'mup-answers-anybody': 'confirmed',
      'job-opens-to-administrators': 'confirmed',
      'silo-has-a-session': 'confirmed',
      'job-is-the-silo': 'not-decided',
    });
  });

  it('refutes a fact that it shows otherwise', async () => {
    const recording = await recorded();
    const answers = recording.answers.map(answer =>
      answer.ask === 'link' && answer.path.endsWith('\\Device\\Mup')
        ? { ...answer, answer: { target: '\\Device\\Elsewhere' } }
        : answer,
    );
    const judged = judgeInferredFacts({ ...recording, answers });
    expect(judged.find(({ id }) => id === 'silo-mup-is-a-link')).toMatchObject({
      verdict: 'refuted',
      evidence: expect.stringContaining('\\Device\\Elsewhere'),
    });
    expect(judgeInferredFacts({ ...recording, answers: [] }).map(({ verdict }) => verdict)).toEqual(
      judged.map(() => 'not-decided'),
    );
  });

  it('is served again: readiness and inspection come out of it', async () => {
    const host = createReplayHost(await recorded());
    const services = createServices(host, { clock: systemClock });
    const context = { signal: new AbortController().signal, progress: () => undefined };
    expect(await services.handlers['readiness.check']({}, context)).toMatchObject({ ready: true });
    const inspection = await services.handlers['inspection.take'](
      { probe: false, canary: false, plainUnc: false, elevate: 'no' },
      context,
    );
    expect(inspection.volumes.find(({ kind }) => kind === 'network')).toMatchObject({ verdict: 'leaked' });
    await services.dispose();
    await host.dispose();
    expect(await host.run(['sc.exe']).catch(faultOf)).toMatchObject({ code: 'host-unreachable' });
  });

  it.each(['', '{}', '{"siloscopeRecording":2}', '[1'])('is refused when it is %j', text => {
    expect(() => readRecording(text, 'x.json')).toThrow('invalid-input');
  });
});
