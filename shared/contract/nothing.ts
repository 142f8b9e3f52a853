import { z } from 'zod';

/** No input, no answer beyond that it was done, or no progress to tell. */
export const nothing = z.object({});
