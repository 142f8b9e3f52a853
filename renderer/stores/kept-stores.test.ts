import { describe, expect, it, onTestFinished } from 'vitest';
import { FaultError } from '../../shared/contract/fault.ts';
import { NO_LEAKS } from '../../shared/domain/judge-policy.ts';
import { connectedStores } from '../testing/lay-stores.ts';
import { choiceKey, defaultScenario } from './hosts-store.ts';
import { duplicateOf, profileName, profileOfForm } from './own-profile.ts';
import { changeRule, moveRule, NEW_RULE } from './policy-store.ts';
import { until } from './until.ts';

describe('the theme', () => {
  it('is kept with the settings, and the browser has a copy for its first picture', async () => {
    const { client, stores, kept } = await connectedStores('#/settings');
    await stores.settings.refresh();
    stores.appearance.choose('dark');
    await until(
      stores.settings.store,
      asked => asked.kind === 'known' && asked.value.settings.appearance.theme === 'dark',
    );
    expect([(await client.call('settings.read', {})).settings.appearance.theme, kept.get('siloscope.theme')]).toEqual([
      'dark',
      'dark',
    ]);
  });

  it('follows a choice that was made elsewhere', async () => {
    const { client, stores } = await connectedStores('#/settings');
    await stores.settings.refresh();
    await client.call('settings.write', { appearance: { theme: 'light' } });
    expect((await until(stores.appearance.store, ({ theme }) => theme !== 'system')).theme).toBe('light');
  });

  it('says why a choice was not kept', async () => {
    const { host, stores } = await connectedStores('#/settings');
    host.handlers['settings.write'] = () => {
      throw new FaultError({ code: 'access-denied', what: 'settings.json', raw: 'EACCES' });
    };
    stores.appearance.choose('dark');
    const { fault } = await until(stores.settings.refused, state => state.fault !== undefined);
    expect(fault).toEqual({ code: 'access-denied', what: 'settings.json', raw: 'EACCES' });
  });
});

describe('another host in the place of this one', () => {
  it('takes nothing of the old one along: neither what was seen nor what a canary proved', async () => {
    const { stores } = await connectedStores('#/settings');
    await stores.inspection.look('canary');
    stores.view.select('\\Device\\Volume{1}', 'host');
    await stores.hosts.refresh();
    const states: string[] = [];
    onTestFinished(stores.inspection.store.subscribe(({ kind }) => states.push(kind)));
    await stores.hosts.open({ id: 'simulated', scenario: 'default' });
    const asked = await until(stores.inspection.store, ({ kind }) => kind === 'known');
    const ranks =
      asked.kind === 'known'
        ? asked.value.volumes.flatMap(({ visibility }) => visibility.map(({ evidence }) => evidence.rank))
        : [];
    expect([states[0], ranks.includes('canary'), stores.view.store.getState().selected]).toEqual([
      'waiting',
      false,
      undefined,
    ]);
  });

  it('stays away when it cannot be opened, and says why', async () => {
    const { host, stores } = await connectedStores('#/settings');
    host.handlers['host.open'] = () => {
      throw new FaultError({ code: 'not-found', what: 'scenario', name: 'nowhere' });
    };
    await stores.hosts.open({ id: 'simulated', scenario: 'nowhere' });
    expect(stores.hosts.opening.getState()).toEqual({
      running: undefined,
      fault: { code: 'not-found', what: 'scenario', name: 'nowhere' },
      question: undefined,
    });
  });

  const KEY = { code: 'host-key-unknown', host: 'ssh://me@box', keyType: 'ssh-ed25519' } as const;
  const key = (letter: string) => ({ ...KEY, fingerprint: `SHA256:${letter.repeat(43)}`, file: '/known_hosts' });

  it('over SSH asks whether its key is its own, and is opened with the key that was shown', async () => {
    const { host, stores } = await connectedStores('#/settings');
    const opened: unknown[] = [];
    const open = host.handlers['host.open'];
    host.handlers['host.open'] = (input, context) => {
      opened.push(input);
      if (input.hostKey === undefined) throw new FaultError(key('a'));
      return open(input, context);
    };
    await stores.hosts.open({ id: 'ssh://me@box' });
    const { question, fault } = stores.hosts.opening.getState();
    expect([question, fault]).toEqual([{ choice: { id: 'ssh://me@box' }, key: key('a') }, undefined]);
    await stores.hosts.trust();
    expect(opened).toEqual([{ id: 'ssh://me@box' }, { id: 'ssh://me@box', hostKey: key('a').fingerprint }]);
    expect(stores.hosts.opening.getState()).toEqual({ running: undefined, fault: undefined, question: undefined });
  });

  it('that was lost is opened anew, with its scenario', async () => {
    const { host, stores } = await connectedStores('#/settings');
    const opened: unknown[] = [];
    const open = host.handlers['host.open'];
    host.handlers['host.open'] = (input, context) => {
      opened.push(input);
      return open(input, context);
    };
    await stores.hosts.refresh();
    const asked = stores.hosts.store.getState();
    const current = asked.kind === 'known' ? asked.value.find(choice => choice.current) : undefined;
    await stores.hosts.reopen();
    expect(opened).toEqual([{ id: current?.id, scenario: current?.scenario }]);
  });

  it('over SSH is asked about after the host on the way to it', async () => {
    const { host, stores } = await connectedStores('#/settings');
    host.handlers['host.open'] = ({ hostKey }) => {
      throw new FaultError(hostKey === key('a').fingerprint ? key('b') : { ...key('a'), jump: true });
    };
    await stores.hosts.open({ id: 'ssh://me@box' });
    expect(stores.hosts.opening.getState().question?.key).toEqual({ ...key('a'), jump: true });
    await stores.hosts.trust();
    expect(stores.hosts.opening.getState()).toMatchObject({ fault: undefined, question: { key: key('b') } });
  });

  it('over SSH is left alone after a no, and when the key has become another meanwhile', async () => {
    const { host, stores } = await connectedStores('#/settings');
    const refused = {
      code: 'host-key-refused',
      host: 'ssh://me@box',
      keyType: 'ssh-ed25519',
      fingerprint: key('b').fingerprint,
      because: 'not-the-accepted',
      known: key('a').fingerprint,
    } as const;
    host.handlers['host.open'] = ({ hostKey }) => {
      throw new FaultError(hostKey === undefined ? key('a') : refused);
    };
    await stores.hosts.open({ id: 'ssh://me@box' });
    stores.hosts.distrust();
    expect(stores.hosts.opening.getState().question).toBeUndefined();
    await stores.hosts.trust();
    await stores.hosts.open({ id: 'ssh://me@box' });
    await stores.hosts.trust();
    expect(stores.hosts.opening.getState()).toMatchObject({ running: undefined, fault: refused, question: {} });
    stores.hosts.distrust();
    expect(stores.hosts.opening.getState()).toEqual({ running: undefined, fault: undefined, question: undefined });
  });

  it('is told from its siblings by its scenario; the default one is the way out', async () => {
    const { stores } = await connectedStores('#/settings');
    await stores.hosts.refresh();
    const asked = stores.hosts.store.getState();
    const choices = asked.kind === 'known' ? asked.value : [];
    expect([
      choices.map(choiceKey).length,
      new Set(choices.map(choiceKey)).size,
      defaultScenario(choices)?.scenario,
    ]).toEqual([3, 3, 'default']);
  });
});

describe('a profile of one’s own', () => {
  it('is made from the form, without the secrets in it', async () => {
    const { stores } = await connectedStores('#/settings');
    await stores.profiles.refresh();
    const asked = stores.profiles.store.getState();
    const network = asked.kind === 'known' ? asked.value.find(({ name }) => name === 'memfs-network') : undefined;
    if (network === undefined) throw new Error('the built-in profile is missing');
    stores.launch.choose(network);
    stores.launch.edit({ mountPoint: 'Q:', environment: { GREETING: 'hello', API_TOKEN: 'abc' } });
    const profile = profileOfForm(stores.launch.form.getState(), network, undefined, {
      name: 'mine',
      title: 'Mine',
      description: '',
    });
    expect(await stores.profiles.save(profile)).toBe(true);
    const after = stores.profiles.store.getState();
    expect(after.kind === 'known' ? after.value.at(-1) : undefined).toEqual({
      name: 'mine',
      title: 'Mine',
      description: '',
      command: network.command,
      kind: 'network',
      defaults: { mountPoint: 'Q:', uncPrefix: '\\memfs\\share' },
      environment: { GREETING: 'hello' },
      privateTwin: 'memfs-disk',
      recipe: network.recipe,
      origin: 'user',
    });
    expect(await stores.profiles.remove('mine')).toBe(true);
  });

  it('is duplicated under the next free name', async () => {
    const { stores } = await connectedStores('#/settings');
    await stores.profiles.refresh();
    const asked = stores.profiles.store.getState();
    const all = asked.kind === 'known' ? asked.value : [];
    const [first] = all;
    if (first === undefined) throw new Error('no profile');
    const copy = duplicateOf(first, all);
    const next = duplicateOf({ ...copy, origin: 'user' }, [...all, { ...copy, origin: 'user' }]);
    expect([copy.name, copy.title, next.name, 'origin' in copy]).toEqual([
      'memfs-disk-2',
      'memfs, as a disk (2)',
      'memfs-disk-3',
      false,
    ]);
  });

  it.each([
    ['My share (Y:)', 'my-share-y'],
    ['  Grüße  ', 'gru-e'],
    ['***', ''],
  ])('is named after its title: %s', (title, name) => {
    expect(profileName(title)).toBe(name);
  });
});

describe('a policy', () => {
  it('is edited as a draft, kept when saved, and the draft is gone', async () => {
    const { stores } = await connectedStores('#/settings');
    await stores.policy.refresh();
    stores.policy.edit(policy => ({ ...policy, name: 'mine', rules: [...policy.rules, NEW_RULE] }));
    stores.policy.edit(policy => changeRule(policy, 1, { container: 'build-*', allow: true }));
    stores.policy.edit(policy => moveRule(policy, 1, 0));
    await stores.policy.save();
    const asked = stores.policy.store.getState();
    expect([stores.policy.draft.getState().policy, asked.kind === 'known' && asked.value]).toEqual([
      undefined,
      {
        policy: {
          name: 'mine',
          rules: [{ seenFrom: 'anywhere', allow: true, container: 'build-*' }, NO_LEAKS.rules[0]],
        },
        origin: 'user',
      },
    ]);
  });

  it('is edited from what was kept as the editing began, whatever is kept meanwhile', async () => {
    const { client, stores } = await connectedStores('#/settings');
    await stores.policy.refresh();
    stores.policy.edit(policy => ({ ...policy, name: 'mine' }));
    await client.call('policy.save', { policy: { ...NO_LEAKS, name: 'theirs' } });
    await stores.policy.refresh();
    stores.policy.edit(policy => ({ ...policy, otherwise: 'forbid' }));
    expect(stores.policy.draft.getState()).toMatchObject({
      policy: { name: 'mine', otherwise: 'forbid' },
      base: NO_LEAKS,
    });
    stores.policy.discard();
    stores.policy.edit(policy => policy);
    expect(stores.policy.draft.getState().base?.name).toBe('theirs');
  });

  it('that the schema refuses is not sent', async () => {
    const { host, stores } = await connectedStores('#/settings');
    let asked = 0;
    host.handlers['policy.save'] = ({ policy }) => {
      asked += 1;
      return { policy };
    };
    await stores.policy.refresh();
    stores.policy.edit(policy => ({ ...policy, name: '' }));
    await stores.policy.save();
    expect([asked, stores.policy.draft.getState().policy?.name]).toEqual([0, '']);
  });

  it('loses a pattern that is emptied, and keeps its order at the ends', () => {
    const policy = { name: 'p', rules: [{ seenFrom: 'host' as const, allow: true, uncPrefix: '\\a\\*' }] };
    expect([changeRule(policy, 0, { uncPrefix: '' }).rules[0], moveRule(policy, 0, 1)]).toEqual([
      { seenFrom: 'host', allow: true },
      policy,
    ]);
  });
});
