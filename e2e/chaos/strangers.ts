import type { EngineConnection } from '../../electron/services/engine/engine-connection.ts';
import { IMAGES } from './everyday.ts';

/** Containers that somebody else made, under names of ours. */
export class Strangers {
  readonly #docker: EngineConnection;
  readonly #ids = new Set<string>();

  constructor(docker: EngineConnection) {
    this.#docker = docker;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** One that stays until it is removed; where the engine refuses it, there is none. */
  async make(name: string): Promise<void> {
    const made = this.#docker.order('take a name', async docker => {
      const container = await docker.createContainer({ name, Image: IMAGES.plain, Cmd: ['ping', '-t', 'localhost'] });
      this.#ids.add(container.id);
      await container.start();
    });
    await made.catch(() => undefined);
  }

  async remove(): Promise<void> {
    for (const id of this.#ids) {
      const removed = this.#docker.order('give a name back', docker => docker.getContainer(id).remove({ force: true }));
      await removed.catch(() => undefined);
    }
  }
}
