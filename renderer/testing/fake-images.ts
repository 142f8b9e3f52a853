import type { Contract } from '../../shared/contract/contract.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import type { Handlers } from '../../shared/contract/operation.ts';
import type { ImageRow } from '../../shared/domain/image-row.ts';
import type { PullProgress } from '../../shared/domain/launch.ts';
import { fakeRecipes } from './fake-recipes.ts';
import type { FakeWorld } from './fake-world.ts';

type ImageCall = Extract<keyof Handlers<Contract>, `image.${string}`>;

/** Images that are pulled, built and removed at once, with progress. */
export function fakeImages(world: FakeWorld): Pick<Handlers<Contract>, ImageCall> {
  let images: readonly ImageRow[] = world.story.images;

  const pullOnce = async (
    reference: string,
    tell: (progress: PullProgress) => void,
    signal: AbortSignal,
  ): Promise<ImageRow> => {
    const sizes = [2_311_323_648, 1_610_612_736, 9_437_184];
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const rounds = 24;
    for (let round = 0; round <= rounds * 2; round++) {
      const phase = round <= rounds ? 'downloading' : 'extracting';
      const [down, out] = [Math.min(1, round / rounds), Math.max(0, (round - rounds) / rounds)];
      tell({
        image: reference,
        phase: round === rounds * 2 ? 'done' : phase,
        layers: sizes.map((size, index) => ({
          id: `4f2a19c0d3e${index}`,
          phase: out === 1 ? 'done' : out > 0 ? 'extracting' : down === 1 ? 'downloaded' : 'downloading',
          downloaded: Math.round(size * Math.min(1, down * (1 + index * 0.3))),
          extracted: Math.round(size * out),
          total: size,
        })),
        fraction: Math.min(1, (down * total + out * total) / (2 * total)),
      });
      await world.pause(60, signal);
    }
    images = images.map(row => (row.reference === reference ? { ...row, local: true } : row));
    world.note('image.pulled', reference);
    world.change('engine');
    const row = images.find(image => image.reference === reference);
    if (row === undefined) throw new FaultError({ code: 'not-found', what: 'image', name: reference });
    return row;
  };

  return {
    'image.list': () => ({ images: [...images] }),
    'image.pull': ({ reference }, { progress, signal }) => pullOnce(reference, progress, signal),
    'image.remove': ({ reference }) => {
      images = images.map(row => (row.reference === reference ? { ...row, local: false } : row));
      world.change('engine');
      return { untagged: [reference], deleted: [] };
    },
    ...fakeRecipes(
      () => images.find(({ local }) => local),
      (ms, signal) => world.pause(ms, signal),
    ),
    'image.prune.plan': () => {
      const used = world.silos.map(({ fileSystem }) => fileSystem.container);
      const held = images
        .filter(row => row.local)
        .map(({ reference, id, sizeBytes }) => ({
          id: id ?? reference,
          references: [reference],
          sizeBytes: sizeBytes ?? 0,
          containers: used.filter(({ image }) => image === reference).map(({ name }) => name),
        }));
      const remove = held.filter(({ containers }) => containers.length === 0);
      return {
        remove: remove.map(({ id, references, sizeBytes }) => ({
          id,
          references,
          sizeBytes,
          because: 'unused' as const,
        })),
        keep: held
          .filter(({ containers }) => containers.length > 0)
          .map(rest => ({ ...rest, because: 'used-by-containers' as const })),
        bytes: remove.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      };
    },
    'image.prune': ({ images: ids }, { progress }) => {
      const gone = images.filter(row => row.local && ids.includes(row.id ?? row.reference));
      images = images.map(row => (gone.includes(row) ? { ...row, local: false } : row));
      const done = gone.map(({ reference, id, sizeBytes }) => ({
        id: id ?? reference,
        references: [reference],
        sizeBytes: sizeBytes ?? 0,
        outcome: 'removed' as const,
      }));
      for (const image of done) progress(image);
      world.change('engine');
      return { images: done, bytes: done.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
    },
  };
}
