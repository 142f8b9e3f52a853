import type { Context } from '../context.ts';

/** Says that the simulated host ended with the command, and how to keep one. */
export function remarkFleeting(context: Context): void {
  context.remark(page =>
    page
      .gap()
      .text('The simulated host ended with this command. To keep one and come back to it:')
      .command('siloscope sim --listen tcp://127.0.0.1:2375')
      .command("siloscope --connect 'ws://127.0.0.1:PORT/#TOKEN' list"),
  );
}
