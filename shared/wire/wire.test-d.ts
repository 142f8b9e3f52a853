import { z } from 'zod';
import { type Client, command, type Handlers, news, query } from '../contract/operation.ts';
import { connect } from './connect.ts';
import { memoryChannelPair } from './memory-channel.ts';
import { serve } from './serve.ts';

/** What must not compile. Checked by tsc; never run. */
const trial = {
  'volume.find': query(
    z.object({ device: z.string(), deep: z.boolean().default(false) }),
    z.object({ size: z.number() }),
  ),
  'volume.copy': command(z.object({}), z.object({}), z.object({ step: z.number() })),
  'volume.appeared': news(z.object({ device: z.string() })),
} as const;

export async function calls(client: Client<typeof trial>): Promise<number> {
  const { size } = await client.call('volume.find', { device: 'v' });
  // @ts-expect-error an input lacks what has no default
  await client.call('volume.find', {});
  // @ts-expect-error an input of the wrong type
  await client.call('volume.find', { device: 1 });
  // @ts-expect-error an operation that does not exist
  await client.call('volume.burn', {});
  // @ts-expect-error news cannot be called
  await client.call('volume.appeared', {});
  // @ts-expect-error an answer has no such field
  void (await client.call('volume.find', { device: 'v' })).colour;
  await client.call('volume.copy', {}, { onProgress: told => void (told.step satisfies number) });
  // @ts-expect-error a query tells no progress
  await client.call('volume.find', { device: 'v' }, { onProgress: told => void told.step });
  client.on('volume.appeared', told => void (told.device satisfies string));
  // @ts-expect-error a call is no news
  client.on('volume.find', () => undefined);
  return size satisfies number;
}

// @ts-expect-error a handler is missing
export const missing: Handlers<typeof trial> = { 'volume.find': () => ({ size: 1 }) };

export const wrong: Handlers<typeof trial> = {
  // @ts-expect-error a handler answers the wrong thing
  'volume.find': () => ({ size: 'large' }),
  'volume.copy': (_input, { progress }) => {
    // @ts-expect-error progress of the wrong shape
    progress({ stage: 1 });
    return {};
  },
};

export const filled: Handlers<typeof trial> = {
  // Defaults are filled in when the handler sees them.
  'volume.find': ({ deep }) => ({ size: (deep satisfies boolean) ? 1 : 0 }),
  'volume.copy': () => ({}),
};

export function announces(): void {
  const [near, far] = memoryChannelPair();
  const { announce } = serve(trial, far, filled);
  announce('volume.appeared', { device: 'v' });
  // @ts-expect-error news of the wrong shape
  announce('volume.appeared', { device: 1 });
  // @ts-expect-error a call cannot be announced
  announce('volume.find', { device: 'v' });
  connect(trial, near) satisfies Client<typeof trial>;
}
