import type { Container } from './container.ts';
import type { EngineState } from './engine-state.ts';

/** Logs a container event: all labels, the image as asked for, the name, and what the action adds. */
export function logContainer(
  state: EngineState,
  container: Container,
  action: string,
  extra: Readonly<Record<string, string>> = {},
): void {
  const { Labels: labels, Image: image } = container.parts.config;
  state.events.log('container', action, container.id, { ...labels, image, name: container.name, ...extra });
}

export function logNetwork(
  state: EngineState,
  action: string,
  network: { readonly id: string; readonly name: string; readonly driver: string },
  containerId?: string,
): void {
  state.events.log('network', action, network.id, {
    ...(containerId === undefined ? {} : { container: containerId }),
    name: network.name,
    type: network.driver,
  });
}
