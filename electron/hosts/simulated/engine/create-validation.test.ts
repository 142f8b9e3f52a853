import { describe, expect, it } from 'vitest';
import { type CreateInput, CreateRequest } from './create-request.ts';
import { validateCreate } from './create-validation.ts';

const judge = (request: CreateInput) => validateCreate(CreateRequest.parse({ Image: 'core', ...request }), 8);
const host = (options: Record<string, unknown>): CreateInput => ({ HostConfig: options });

describe('a request to create a container', () => {
  it.each([
    [host({ Isolation: 'bogus' }), "invalid isolation (bogus): Windows supports 'default', 'process', or 'hyperv'"],
    [host({ Privileged: true }), 'invalid option: privileged mode is not supported for Windows containers'],
    [host({ ReadonlyRootfs: true }), 'invalid option: read-only mode is not supported for Windows containers'],
    [host({ CpuRealtimePeriod: 1 }), 'invalid option: CPU real-time period is not supported for Windows containers'],
    [{ Hostname: 'x', ...host({ NetworkMode: 'container:y' }) }, 'conflicting options: hostname and the network mode'],
    [
      host({ NetworkMode: 'container:y', Isolation: 'hyperv' }),
      'invalid network-mode: using the network stack of another container is not supported while using Hyper-V Containers',
    ],
    [{ WorkingDir: 'relative' }, "the working directory 'relative' is invalid, it needs to be an absolute path"],
    [{ StopSignal: 'NOPE' }, 'invalid signal: NOPE'],
    [{ Env: ['=x'] }, 'invalid environment variable: =x'],
    [
      host({ RestartPolicy: { Name: 'bogus' } }),
      "invalid restart policy: unknown policy 'bogus'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
    ],
    [
      host({ RestartPolicy: { Name: 'always', MaximumRetryCount: 3 } }),
      "invalid restart policy: maximum retry count can only be used with 'on-failure'",
    ],
    [
      host({ AutoRemove: true, RestartPolicy: { Name: 'always' } }),
      "can't create 'AutoRemove' container with restart policy",
    ],
    [{ Healthcheck: { Test: ['CMD', 'x'], Interval: 999_999 } }, 'Interval in Healthcheck cannot be less than 1ms'],
    [{ Healthcheck: { StartInterval: -1 } }, 'StartInterval in Healthcheck cannot be less than 1ms'],
    [{ Healthcheck: { Retries: -1, StartPeriod: 1 } }, 'Retries in Healthcheck cannot be negative'],
    [host({ CapAdd: ['net_admin'] }), 'invalid CapAdd: unknown capability: "CAP_NET_ADMIN"'],
    [host({ CapDrop: ['ALL', 'CAP_FOO'] }), 'invalid CapDrop: unknown capability: "CAP_FOO"'],
    [host({ CpuShares: 10_001 }), 'range of CPUShares is from 1 to 10000'],
    [host({ CpuPercent: 101 }), 'range of CPUPercent is from 1 to 100'],
    [host({ CpuCount: -1 }), 'invalid CPUCount: CPUCount cannot be negative'],
    [host({ NanoCpus: 1e9, CpuPercent: 5 }), 'conflicting options: Nano CPUs and CPU Percent cannot both be set'],
    [host({ NanoCpus: 9e9 }), 'range of CPUs is from 0.01 to 8.00, as there are only 8 CPUs available'],
    [host({ MemorySwap: 5 }), 'invalid option: Windows does not support MemorySwap'],
    [host({ MemorySwappiness: 10 }), 'invalid option: Windows does not support MemorySwappiness'],
    [host({ PidsLimit: 5 }), 'invalid option: Windows does not support PidsLimit'],
    [host({ OomKillDisable: true }), 'invalid option: Windows does not support OomKillDisable'],
    [host({ Ulimits: [{}] }), 'invalid option: Windows does not support Ulimits'],
  ])('%j is refused', (request, message) => {
    expect(() => judge(request)).toThrow(expect.objectContaining({ status: 400, message }));
  });

  it.each([
    [{}],
    [host({ Isolation: 'PROCESS' })],
    [host({ MemorySwappiness: -1, OomKillDisable: false, PidsLimit: 0 })],
    [host({ Memory: 536_870_912, ShmSize: 1, CapAdd: ['ALL'] })],
    [{ Healthcheck: { Test: ['NONE'], Interval: 0, Timeout: 1_000_000 } }],
    [{ Labels: null, Env: null, HostConfig: null }],
  ])('%j passes, as the stock client sends it', request => {
    expect(judge(request)).toEqual({ warnings: [] });
  });

  it('keeps one CPU setting under process isolation, and says which it dropped', () => {
    const request = CreateRequest.parse({ Image: 'core', HostConfig: { CpuCount: 2, CpuShares: 5 } });
    expect({ ...validateCreate(request, 8), shares: request.HostConfig.CpuShares }).toEqual({
      warnings: [
        'Conflicting options: CPU count takes priority over CPU shares on Windows Server Containers. CPU shares discarded',
      ],
      shares: 0,
    });
  });
});
