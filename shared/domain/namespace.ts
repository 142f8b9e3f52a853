import { z } from 'zod';
import { SiloSource, SiloWord } from './silo-sources.ts';

export { HOST_NAMESPACE } from './host-namespace.ts';

/** `host`, `silo:<silo id>`, or `vm:<container id, 12 hex>` for a Hyper-V container, whose namespace is on another kernel. */
export const NamespaceId = z.string().regex(/^(host|silo:\d+|vm:[0-9a-f]{12})$/);
export type NamespaceId = z.infer<typeof NamespaceId>;

/** Every container that Siloscope makes carries this label; its value is the profile's name, or `custom`. */
export const PROFILE_LABEL = 'dev.siloscope.profile';

/** The Docker Engine's record of a container, as far as visibility needs it. */
export const ContainerRef = z.object({
  /** 64 hex digits. */
  id: z.string(),
  name: z.string(),
  image: z.string(),
  isolation: z.enum(['process', 'hyperv']),
  labels: z.record(z.string(), z.string()),
  /** True when Siloscope started it (label `dev.siloscope.profile`). */
  managed: z.boolean(),
});
export type ContainerRef = z.infer<typeof ContainerRef>;

/** An object namespace: the host's, a server silo's, or one that lies on another kernel (`vm`). */
export const Namespace = z.object({
  id: NamespaceId,
  kind: z.enum(['host', 'silo', 'vm']),
  /** What a person calls it: `host`, or the container's name. */
  label: z.string(),
  siloId: z.int().positive().optional(),
  /** The kernel's container GUID (not Docker's id), lower case, without braces: read from the names of its own devices. */
  containerGuid: z.string().optional(),
  /** HCS's `RuntimeId` of the container. That it is that GUID is documented nowhere; where the two agree, it is. */
  runtimeId: z.string().optional(),
  /**
   * Its `\Device\Mup`, as it was seen: a link to `\Device\Mup`, a MUP of its own, or a link to somewhere else. Absent: not
   * read, so that only the documented rule speaks.
   */
  mup: z.enum(['shared', 'own', 'elsewhere']).optional(),
  container: ContainerRef.optional(),
  /** Which sources agree on the mapping container -> silo: those of `sources` that another one bears out. */
  agreed: z.array(SiloSource).optional(),
  /** What each source said of it, those that differ included. */
  sources: z.array(SiloWord).optional(),
});
export type Namespace = z.infer<typeof Namespace>;
