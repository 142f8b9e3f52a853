import { describe, expect, it } from 'vitest';
import { createLicencesStore } from './licences-store.ts';

describe('the licences of what others wrote', () => {
  it('are read when somebody wants to see them, from the page’s own file', async () => {
    const asked: string[] = [];
    const licences = createLicencesStore(
      () => 5,
      async file => {
        asked.push(file);
        return '[{"name":"zod","version":"4.6.7","licence":"MIT","text":"Permission is granted."}]';
      },
    );
    expect(licences.store.getState()).toEqual({ kind: 'waiting' });
    await licences.refresh();
    expect(asked).toEqual(['./licences.json']);
    expect(licences.store.getState()).toMatchObject({
      kind: 'known',
      value: [{ name: 'zod', version: '4.6.7', licence: 'MIT', text: 'Permission is granted.' }],
    });
  });

  it.each(['not JSON', '{"name":"zod"}', '[{"name":7}]'])('are told as a fault when the file is %s', async text => {
    const licences = createLicencesStore(
      () => 5,
      async () => text,
    );
    await licences.refresh();
    expect(licences.store.getState()).toMatchObject({ kind: 'faulted' });
  });
});
