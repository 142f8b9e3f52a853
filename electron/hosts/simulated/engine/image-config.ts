import type { ImageScenario } from '../scenario/schema.ts';

/** How a container is asked whether it is well; spans in nanoseconds, 0 or absent for the default. */
export interface HealthCheck {
  readonly Test: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** `Config` of an image: what its containers begin with. Names as in the Engine API. */
export interface ImageConfig {
  readonly Cmd: readonly string[] | null;
  readonly Entrypoint: readonly string[] | null;
  readonly Env: readonly string[] | null;
  readonly Labels: Readonly<Record<string, string>>;
  readonly OnBuild: readonly string[] | null;
  readonly User: string;
  readonly Volumes: Readonly<Record<string, object>> | null;
  readonly WorkingDir: string;
  /** The words of shell forms are one word, which is passed on as it is. */
  readonly ArgsEscaped?: boolean;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Healthcheck?: HealthCheck;
  readonly Shell?: readonly string[];
  readonly StopSignal?: string;
}

/** The configuration of an image that a scenario describes. */
export function scenarioConfig(scenario: ImageScenario): ImageConfig {
  return {
    Cmd: scenario.cmd,
    Entrypoint: null,
    Env: null,
    Labels: scenario.labels,
    OnBuild: null,
    User: scenario.base === 'nanoserver' ? 'ContainerUser' : '',
    Volumes: null,
    WorkingDir: '',
  };
}

/** As inspect shows it: no labels are null. */
export function shownConfig(config: ImageConfig): object {
  return { ...config, Labels: Object.keys(config.Labels).length === 0 ? null : config.Labels };
}
