import type { Namespace } from '../../../shared/domain/namespace.ts';
import type { ListedContainer } from '../engine/containers.ts';
import type { SiloDevice } from './silo-device.ts';

/** A namespace with what its reading brought along. */
export interface NamespaceView {
  readonly namespace: Namespace;
  readonly container?: ListedContainer;
  /** Silos whose part of the object namespace could be read. */
  readonly device?: SiloDevice;
}
