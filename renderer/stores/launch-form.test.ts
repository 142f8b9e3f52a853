import { describe, expect, it } from 'vitest';
import { type DockerRun, parseDockerRun } from '../../shared/domain/docker-run.ts';
import type { LaunchPlan } from '../../shared/domain/launch.ts';
import { BUILT_IN_PROFILES } from '../../shared/domain/profiles.ts';
import {
  chooseProfile,
  dockerRunText,
  EMPTY_FORM,
  formOfDockerRun,
  grantWish,
  type LaunchForm,
  requestOf,
  siloscopeText,
  wishOf,
} from './launch-form.ts';

const WINFSP = 'C:\\Program Files (x86)\\WinFsp:C:\\Program Files (x86)\\WinFsp:ro';

function read(line: string): DockerRun {
  const verdict = parseDockerRun(line);
  if (!verdict.ok) throw new Error(verdict.because);
  return verdict.run;
}

function paste(line: string, form: LaunchForm = EMPTY_FORM): LaunchForm {
  return formOfDockerRun(form, read(line), { binds: [WINFSP], command: [] });
}

describe('a pasted docker run', () => {
  const line = `docker run -it --rm --memory 2g --isolation process --name share -e A=1 -v "${WINFSP}" -v C:\\data:C:\\data servercore:ltsc2022 "C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe" -i -m Y: -u \\memfs\\share`;

  it('fills the form; the bind that a launch adds by itself is no news', () => {
    expect(paste(line)).toEqual({
      ...EMPTY_FORM,
      command: '"C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe" -i -m Y: -u \\memfs\\share',
      name: 'share',
      image: 'servercore:ltsc2022',
      environment: { A: '1' },
      binds: ['C:\\data:C:\\data'],
      others: ['-i', '-t', '--rm', '--memory=2g'],
    });
  });

  it('comes back as text with the flags that a launch has no place for', () => {
    const form = paste(line);
    const plan: LaunchPlan = {
      name: form.name,
      image: form.image,
      isolation: form.isolation,
      command: ['memfs-x64.exe', '-m', 'Y:'],
      kind: 'network',
      binds: [WINFSP, ...form.binds],
      dockerRun: '',
      predicted: [],
      warnings: [],
    };
    const read = parseDockerRun(dockerRunText(plan, form));
    expect(read).toMatchObject({
      ok: true,
      run: { detach: true, interactive: true, tty: true, remove: true, others: ['--memory=2g'], binds: plan.binds },
    });
  });
});

describe('a secret in a docker run', () => {
  const line = 'docker run -e DB_PASSWORD=hunter2 -e GREETING=hello -e EMPTY_TOKEN= -e HOME i memfs-x64.exe -m Y:';
  const planFor = (form: LaunchForm): LaunchPlan => ({
    name: 'a',
    image: form.image,
    isolation: form.isolation,
    command: ['memfs-x64.exe', '-m', 'Y:'],
    kind: 'disk',
    binds: [],
    dockerRun: '',
    predicted: [],
    warnings: [],
  });

  it('is masked in the text, and launched as it is', () => {
    const form = paste(line);
    expect(form.environment).toEqual({ DB_PASSWORD: 'hunter2', GREETING: 'hello', EMPTY_TOKEN: '' });
    expect(form.others).toEqual(['--env=HOME']);
    expect(dockerRunText(planFor(form), form)).toBe(
      'docker run -d --isolation process --name a -e DB_PASSWORD=******** -e GREETING=hello -e EMPTY_TOKEN= --env=HOME i memfs-x64.exe -m Y:',
    );
  });

  it('survives an edit of the masked text, and can be changed there', () => {
    const form = paste(line);
    const text = dockerRunText(planFor(form), form);
    expect([
      paste(text.replace('hello', 'moin'), form).environment,
      paste(text.replace('********', 'new'), form).environment['DB_PASSWORD'],
    ]).toEqual([{ DB_PASSWORD: 'hunter2', GREETING: 'moin', EMPTY_TOKEN: '' }, 'new']);
  });
});

describe('a secret in the command of a docker run', () => {
  const line = 'docker run i rclone.exe mount :sftp: Y: --sftp-pass hunter2 --token abc';
  const command = ['rclone.exe', 'mount', ':sftp:', 'Y:', '--sftp-pass', 'hunter2', '--token', 'abc'];
  const plan: LaunchPlan = {
    name: 'a',
    image: 'i',
    isolation: 'process',
    command,
    kind: 'disk',
    binds: [],
    dockerRun: '',
    predicted: [],
    warnings: [],
  };

  it('is masked in the text, and launched as it is', () => {
    const form = paste(line);
    const text = dockerRunText(plan, form);
    expect(text).toContain('--sftp-pass ******** --token ********');
    expect(requestOf(formOfDockerRun(form, read(text), plan))).toMatchObject({ command });
  });

  it('comes from the plan when a profile brought it, and stays with its own switch', () => {
    const text = dockerRunText(plan, EMPTY_FORM).replace('--sftp-pass ******** ', '');
    expect(requestOf(formOfDockerRun(EMPTY_FORM, read(text), plan))).toMatchObject({
      command: ['rclone.exe', 'mount', ':sftp:', 'Y:', '--token', 'abc'],
    });
  });
});

describe('the siloscope line of a form', () => {
  it.each<[string, Partial<LaunchForm>, string]>([
    ['nothing', {}, ''],
    ['a profile', { profile: 'memfs-disk' }, 'siloscope launch memfs-disk'],
    [
      'a profile in its place',
      { profile: 'memfs-network', name: 'a', image: 'i:1', mountPoint: 'Y:', uncPrefix: '\\memfs\\share' },
      'siloscope launch memfs-network --name a --image i:1 --mount-point Y: --unc-prefix \\memfs\\share',
    ],
    [
      'every option',
      { profile: 'p', isolation: 'hyperv', pull: 'never', startFsd: false, labels: { l: '1' }, binds: ['C:\\a:C:\\b'] },
      'siloscope launch p --isolation hyperv --pull never --no-start-fsd -l l=1 -v C:\\a:C:\\b',
    ],
    [
      'a command with secrets',
      { command: 'x.exe --token abc -m Y:', environment: { A_TOKEN: 'def', B: 'c d' } },
      'siloscope launch -e A_TOKEN=******** -e "B=c d" -- x.exe --token ******** -m Y:',
    ],
  ])('for %s', (_, form, line) => {
    expect(siloscopeText({ ...EMPTY_FORM, ...form })).toBe(line);
  });
});

describe('a launch fragment', () => {
  const network = BUILT_IN_PROFILES.find(({ name }) => name === 'memfs-network');

  it('fills the form, and says that a link did', () => {
    const wish = wishOf('#/launch?profile=memfs-network&mount=X%3A&prefix=%5Ca%5Cb&from=link');
    if (wish === undefined || network === undefined) throw new Error('no wish');
    expect(grantWish(EMPTY_FORM, network, wish)).toEqual({
      ...EMPTY_FORM,
      profile: 'memfs-network',
      mountPoint: 'X:',
      uncPrefix: '\\a\\b',
      fromLink: true,
    });
  });

  it.each(['', '#/launch', '#/launch?mount=X:', '#/images?profile=x'])('%j wishes for nothing', fragment => {
    expect(wishOf(fragment)).toBeUndefined();
  });
});

describe('what the form asks for', () => {
  it('is nothing before there is a profile or a command', () => {
    expect(requestOf(EMPTY_FORM)).toBeUndefined();
  });

  it('leaves empty fields to the defaults', () => {
    expect(requestOf({ ...EMPTY_FORM, profile: 'memfs-disk', name: '  ' })).toEqual({
      profile: 'memfs-disk',
      isolation: 'process',
      pull: 'missing',
      startFsd: true,
      environment: {},
      labels: {},
      binds: [],
    });
  });

  it.each(BUILT_IN_PROFILES.map(profile => [profile.name, profile] as const))(
    'has a prefix for %s only when it is a network volume',
    (_name, profile) => {
      const form = chooseProfile({ ...EMPTY_FORM, uncPrefix: '\\old\\one', image: 'kept' }, profile);
      expect({ hasPrefix: form.uncPrefix !== '', image: form.image }).toEqual({
        hasPrefix: profile.kind === 'network' && profile.defaults.uncPrefix !== undefined,
        image: 'kept',
      });
    },
  );
});
