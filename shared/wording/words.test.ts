import { describe, expect, it } from 'vitest';
import { EVIDENCE_RANKS, type Evidence, EvidenceStep, Ground } from '../domain/evidence.ts';
import { ImageRow, ImageVerdict } from '../domain/image-row.ts';
import { Because, FindingCode, Visibility, Way } from '../domain/inspection.ts';
import { LaunchProgress, LaunchStep, PullProgress, RunningFileSystem } from '../domain/launch.ts';
import { CheckCode, ReadinessCheck } from '../domain/readiness.ts';
import { wordEvidence, wordGround, wordHolds, wordRank } from './word-evidence.ts';
import { wordImageBecause, wordImageReason, wordImageVerdict, wordRuns, wordSupport } from './word-image.ts';
import { wordContainerState, wordLaunchStep, wordPullPhase, wordStepState } from './word-launch.ts';
import { wordCheck, wordCheckState } from './word-readiness.ts';
import { wordBecause, wordFindingCode, wordVisible, wordWay } from './word-visibility.ts';

describe('every value of every union', () => {
  it.each<[string, readonly string[]]>([
    ['ranks', EVIDENCE_RANKS.map(wordRank)],
    ['grounds', Ground.options.map(wordGround)],
    ['answers of steps', EvidenceStep.shape.holds.options.map(wordHolds)],
    ['reasons', Because.options.map(wordBecause)],
    ['answers', Visibility.shape.visible.options.map(wordVisible)],
    ['ways', Way.shape.kind.options.map(wordWay)],
    ['findings', FindingCode.options.map(wordFindingCode)],
    ['image verdicts', ImageVerdict.shape.runs.options.map(wordRuns)],
    ['image reasons', ImageVerdict.shape.because.options.map(wordImageBecause)],
    ['support', ImageRow.shape.support.options.map(wordSupport)],
    ['launch steps', LaunchStep.options.map(wordLaunchStep)],
    ['states of steps', LaunchProgress.shape.state.options.map(wordStepState)],
    ['phases of a pull', PullProgress.shape.phase.options.map(wordPullPhase)],
    ['states of containers', RunningFileSystem.shape.state.options.map(wordContainerState)],
    ['checks', CheckCode.options.map(wordCheck)],
    ['states of checks', ReadinessCheck.shape.state.options.map(wordCheckState)],
  ])('has words of its own: %s', (_, words) => {
    expect(words.filter(text => !/^\S.*\S$/.test(text))).toEqual([]);
    expect(new Set(words).size).toBe(words.length);
    expect(words.join(' ')).not.toMatch(/secur/i);
  });

  it('says of a rule that it is an expectation, and never of an inference that it is proven', () => {
    const evidence = (rank: Evidence['rank'], ground: Evidence['ground']): string => wordEvidence({ rank, ground });
    expect([
      evidence('rule', 'documented'),
      evidence('rule', 'inferred'),
      evidence('not-tested', 'inferred'),
      evidence('canary', 'observed'),
    ]).toEqual([
      'expected, not tested: by a documented rule',
      'expected, not tested: inferred, no vendor documents it',
      'not tested',
      'proven by a canary',
    ]);
  });

  it('names the rule that decided on an image, and shows a reason that it does not know', () => {
    expect([
      wordImageVerdict({ runs: 'yes', because: 'exact-build' }),
      wordImageReason('newer-than-host'),
      wordImageReason('moon\u202e'),
    ]).toEqual(["runs: it has the host's build", 'it is newer than the host', 'moon\\u{202e}']);
  });
});
