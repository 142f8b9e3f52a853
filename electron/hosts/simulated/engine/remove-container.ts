import { conflict } from './api-error.ts';
import type { Container } from './container.ts';
import { logContainer } from './container-events.ts';
import type { EngineState } from './engine-state.ts';

/** Takes a container off the books: its execs, its hold on volumes, anonymous volumes when asked. It must not run. */
export async function removeContainer(
  state: EngineState,
  container: Container,
  options: { readonly volumes: boolean },
): Promise<void> {
  if (state.containers.find(container.id) !== container) return;
  container.state.status = 'removing';
  container.restartTimer?.dispose();
  container.restartTimer = undefined;
  state.execs.forget(container);
  state.containers.remove(container);
  for (const mount of container.parts.mounts) {
    const volume = mount.type === 'volume' ? state.volumes.find(mount.name ?? '') : undefined;
    volume?.users.delete(container.id);
    if (volume === undefined || !options.volumes || !volume.anonymous || volume.users.size > 0) continue;
    state.volumes.remove(volume);
    state.events.log('volume', 'destroy', volume.name, { driver: 'local' });
  }
  logContainer(state, container, 'destroy');
  container.output.end();
  container.removals.emit();
}

/** The refusals of `docker rm` without force. */
export function refuseRunning(container: Container): void {
  const { status } = container.state;
  const because =
    status === 'paused'
      ? 'container is paused and must be unpaused first'
      : status === 'running' || status === 'restarting'
        ? `container is ${status}: stop the container before removing or force remove`
        : undefined;
  if (because !== undefined) throw conflict(`cannot remove container "${container.name}": ${because}`);
}
