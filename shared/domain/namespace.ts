import { z } from 'zod';

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

/** A source that said which silo a container lives in. */
export const SiloSource = z.enum(['hcsdiag', 'silo-directory', 'provider-guid', 'docker-top', 'job-name']);
export type SiloSource = z.infer<typeof SiloSource>;

/** An object namespace: the host's, a server silo's, or one that lies on another kernel (`vm`). */
export const Namespace = z.object({
  id: NamespaceId,
  kind: z.enum(['host', 'silo', 'vm']),
  /** What a person calls it: `host`, or the container's name. */
  label: z.string(),
  siloId: z.int().positive().optional(),
  /** The kernel's container GUID (not Docker's id), lower case, without braces. */
  containerGuid: z.string().optional(),
  container: ContainerRef.optional(),
  /** Which sources agreed on the mapping container -> silo. */
  agreed: z.array(SiloSource).optional(),
});
export type Namespace = z.infer<typeof Namespace>;
