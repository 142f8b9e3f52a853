/** The id of the host's own namespace. */
export const HOST_NAMESPACE = 'host';
