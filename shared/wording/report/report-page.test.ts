import { describe, expect, it } from 'vitest';
import { BUILT_IN_POLICIES } from '../../domain/judge-policy.ts';
import { composeReport } from './compose-report.ts';
import { htmlWith } from './html.ts';
import { SAMPLE_PARTS, worldOf } from './testing/sample-report.ts';

const OPTIONS = {
  madeAt: '2026-11-22T14:02:10.000Z',
  depth: { probe: true, canary: true, plainUnc: false },
  policy: BUILT_IN_POLICIES.get('no-leaks'),
};

const HOSTILE = '</style><script>alert(1)</script><img src=x onerror=alert(1)>" onload="x\u202egnp.exe\u0007';

describe('text in a template of HTML', () => {
  const html = htmlWith(text => text);
  it.each([
    ['what means something in HTML', '<b>"&\'', '&lt;b&gt;&quot;&amp;&#39;'],
    ['bidirectional characters', 'a\u202eb', 'a\\u{202e}b'],
    ['controls', 'a\u0007b', 'a\\u{7}b'],
  ])('is escaped: %s', (_, text, escaped) => {
    expect(html`<p title="${text}">${text}</p>`.markup).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('takes pieces as they are, lists of them, and nothing as nothing', () => {
    expect(html`${html`<b>${1}</b>`}${[html`<i>x</i>`]}${undefined}${false}`.markup).toBe('<b>1</b><i>x</i>');
  });
});

describe('the report page', () => {
  it('has every section, and says what it is made of', async () => {
    const page = await composeReport(SAMPLE_PARTS, OPTIONS);
    const ids = [...page.matchAll(/<section id="([a-z]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([
      'host',
      'readiness',
      'matrix',
      'findings',
      'policy',
      'volumes',
      'untested',
      'journal',
      'method',
      'reproduce',
    ]);
    expect(page).toMatch(/<code>[0-9a-f]{64}<\/code>/);
  });

  it('brings no script and nothing from outside', async () => {
    const page = await composeReport(worldOf({ name: HOSTILE }), OPTIONS);
    expect(page).not.toMatch(/<script|<img|<link|<iframe|\son\w+\s*=\s*["']|@import|url\(/i);
    expect(
      [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, to]) => (to ?? '').replace(/^(data:|#).*/s, '$1')),
    ).toEqual(expect.not.arrayContaining([expect.stringMatching(/^(?!data:$|#$)/)]));
    expect(page.match(/<style>/g)).toHaveLength(1);
  });

  it('opens and closes every element', async () => {
    const page = await composeReport(worldOf({ name: HOSTILE }), OPTIONS);
    const open: string[] = [];
    for (const [, slash, name = ''] of page
      .replace(/<style>[\s\S]*?<\/style>/, '')
      .matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (['meta', 'br'].includes(name)) continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it('takes names out unless they are asked for, and secrets always', async () => {
    const parts = worldOf({ name: 'v', commandLine: 'rclone mount --password hunter2 X:' });
    const redacted = await composeReport(parts, OPTIONS);
    const named = await composeReport(parts, { ...OPTIONS, keepsNames: true });
    expect([redacted.includes('SERVER22'), named.includes('SERVER22')]).toEqual([false, true]);
    expect([redacted.includes('hunter2'), named.includes('hunter2')]).toEqual([false, false]);
  });

  it('of a thousand volumes in a thousand silos stays small, and tells by exception', async () => {
    const page = await composeReport(worldOf({ silos: 1_000 }), OPTIONS);
    expect(page.length).toBeLessThan(1_500_000);
    expect(page).toContain('1000 volumes by 1001 namespaces: told by exception.');
    expect(page).toContain('800 volumes more');
  });

  it('of one volume calls its home its home, what a rule predicts expected, and counts one as one', async () => {
    const page = await composeReport(worldOf({ silos: 1 }), { ...OPTIONS, keepsNames: true });
    const text = (markup: string): string =>
      markup
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    const matrix = /<table class="matrix">[\s\S]*?<\/table>/.exec(page)?.[0] ?? '';
    expect([...matrix.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = '']) => text(cell))).toEqual([
      'expected rule',
      'home rule',
    ]);
    const sums = /<ul class="sums">(.*?)<\/ul>/.exec(page)?.[1] ?? '';
    expect(text(sums)).toBe('1 volume 0 leaked 1 expected to leak 0 unknown 0 private 2 namespaces 1 serious finding');
    expect(text(page)).toContain('Verdict expected to leak, not tested');
  });

  it('sets commands in sentences as code, and masks across them', async () => {
    const page = await composeReport(worldOf({ name: '`SERVER22`' }), OPTIONS);
    expect(page).toContain('<code>&lt;machine&gt;</code> leaks.');
    expect(page).not.toContain('SERVER22');
  });

  it('says why a part is missing', async () => {
    const fault = { fault: { code: 'engine-unreachable', endpoint: 'e', cause: 'timeout', raw: 'r<' } } as const;
    const page = await composeReport({ ...SAMPLE_PARTS, inspection: fault, snapshot: fault }, OPTIONS);
    expect(page.match(/class="banner"/g)?.length).toBeGreaterThan(3);
  });
});
