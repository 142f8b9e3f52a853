import { assertNever } from '../base/assert-never.ts';
import type { LaunchProgress, LaunchStep, PullProgress, RunningFileSystem } from '../domain/launch.ts';

/** What a step of a launch does, said while it does it. */
export function wordLaunchStep(step: LaunchStep): string {
  switch (step) {
    case 'preflight':
      return 'Checking host, image, letter and prefix';
    case 'fsd':
      return "Seeing to WinFsp's driver (FSD)";
    case 'image':
      return 'Getting the base image';
    case 'container':
      return 'Creating the container';
    case 'start':
      return 'Starting it under process isolation';
    case 'volume':
      return 'Waiting for the volume';
    case 'listing':
      return 'Listing it from inside';
    default:
      return assertNever(step, 'launch step');
  }
}

export function wordStepState(state: LaunchProgress['state']): string {
  switch (state) {
    case 'started':
      return 'under way';
    case 'done':
      return 'done';
    case 'skipped':
      return 'not needed';
    case 'failed':
      return 'failed';
    case 'undone':
      return 'undone';
    default:
      return assertNever(state, 'step state');
  }
}

export function wordPullPhase(phase: PullProgress['phase']): string {
  switch (phase) {
    case 'resolving':
      return 'asking the registry';
    case 'downloading':
      return 'downloading';
    case 'extracting':
      return 'extracting';
    case 'done':
      return 'done';
    default:
      return assertNever(phase, 'pull phase');
  }
}

export function wordContainerState(state: RunningFileSystem['state']): string {
  switch (state) {
    case 'running':
      return 'running';
    case 'exited':
      return 'ended';
    case 'created':
      return 'never started';
    case 'restarting':
      return 'restarting';
    case 'paused':
      return 'paused';
    case 'dead':
      return 'dead: the engine could not remove it';
    case 'removing':
      return 'being removed';
    default:
      return assertNever(state, 'container state');
  }
}
