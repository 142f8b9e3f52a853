import type { KnownError } from './known-error.ts';

/** What the engine and its command line say beside the errors of a container. */
export const ENGINE_ERRORS: readonly KnownError[] = [
  {
    texts: [/request returned (?:500 )?Internal Server Error for API route/i],
    cause: "Docker Desktop's pipe answers and the engine behind it does not.",
    fix: 'Restart Docker Desktop; see that it is set to Windows containers.',
    source: 'docker/for-win#13834, docker/for-win#13909',
  },
  {
    texts: [/client version \S+ is too (?:new|old)/i],
    cause: 'Command line and engine are of ages that have no version of the API in common.',
    fix: 'Update the older of the two; meanwhile DOCKER_API_VERSION=1.51, or what the text names, makes the command line speak that.',
    source: 'moby daemon/server/middleware/version.go',
  },
  {
    texts: [/could not find plugin \S+ in v1 plugin registry/i],
    cause: 'A Windows engine has no network driver of that name; bridge is one of Linux.',
    fix: 'Name one that it has: `docker network create -d nat NAME`.',
    source: 'moby pkg/plugins/discovery.go; docker/for-win#1960',
  },
  {
    texts: [/is not supported for Windows containers/i, /Windows does not support privileged mode/i],
    cause: 'The option is one of Linux containers.',
    fix: 'Leave it out. Nothing that WinFsp does needs it.',
    source: 'moby daemon/internal/runconfig/hostconfig_windows.go',
  },
  {
    texts: [/Error response from daemon: network \S{1,100} not found/i],
    cause: 'There is no network of that name.',
    fix: 'See what there is: `docker network ls`; the usual one of Windows is called nat.',
    source: 'moby daemon/network.go',
  },
  {
    texts: [/container \S{1,100} is not running/i],
    cause: 'The container has ended, so nothing can be run in it.',
    fix: 'See why: `docker logs NAME`; then start it: `docker start NAME`.',
    source: 'moby daemon/errors.go',
  },
  {
    texts: [/Duplicate mount point/i],
    cause: 'Two binds or volumes have one target.',
    fix: "Give each its own. Siloscope binds WinFsp's directory itself.",
    source: 'moby daemon/volumes.go',
  },
  {
    texts: [/unable to configure the Docker daemon with file/i],
    cause: 'The engine did not start: its daemon.json is not valid, or sets what its service sets as well.',
    fix: 'Correct the file at the place that the text names, then start the engine.',
    source: 'moby daemon/command/daemon.go, daemon/config/config.go',
  },
  {
    texts: [/failed to create shim task/i, /ttrpc: closed/i],
    cause: 'The program of containerd that holds one container (its shim) ended, mostly by a fault of its own.',
    fix: 'See the log of containerd, and take another version of it.',
    source: 'microsoft/hcsshim#2488',
  },
];
