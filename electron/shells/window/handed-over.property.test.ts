import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDeepLink } from '../../../shared/domain/deep-link.ts';
import { parseLaunchArguments } from './launch-arguments.ts';
import { outsideAddress } from './open-outside.ts';
import { pageFile } from './page-files.ts';

/** Cases a property: what comes from outside is read. */
const RUNS = 10_000;

const parameter = fc.tuple(fc.constantFrom('profile', 'mount', 'prefix', 'screen', 'command', 'x'), fc.string());

describe('whatever other programs hand over', () => {
  it('gives a verdict for any text, and no launch beyond profile, letter and prefix', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .tuple(fc.constantFrom('open', 'launch', 'run'), fc.array(parameter, { maxLength: 4 }))
            .map(([act, pairs]) => `siloscope://${act}?${new URLSearchParams(pairs)}`),
        ),
        text => {
          const verdict = parseDeepLink(text);
          if (!verdict.ok || verdict.link.kind === 'open') return;
          const { kind: _, profile, mountPoint, ...rest } = verdict.link;
          expect(profile).toMatch(/^[a-z0-9][a-z0-9-]*$/);
          if (mountPoint !== undefined) expect(mountPoint).toMatch(/^[D-Zd-zAaBb]:$/);
          expect(Object.keys(rest).filter(key => key !== 'uncPrefix')).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('never leads out of the page folder', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '..\\', 'a.js', '', '/', '\0'), fc.string()), {
          maxLength: 6,
        }),
        names => {
          const file = pageFile('/page', `app://siloscope/${names.join('/')}`);
          if (file !== undefined) expect(file).toMatch(/^\/page(\/[\w-][\w.-]*)+$/);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('never opens outside what is not https', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('file:///c:/', 'javascript:1', 'https://a:b@c/')),
        url => {
          const address = outsideAddress(url);
          if (address !== undefined)
            expect(new URL(address)).toMatchObject({ protocol: 'https:', username: '', password: '' });
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('never fails on arguments', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('--host', '--scenario', '--profile', 'siloscope://'))),
        argv => {
          const { target, link } = parseLaunchArguments(argv, () => undefined);
          expect(target === undefined || argv.some(word => /^--(host|scenario)\b/.test(word))).toBe(true);
          expect(link === undefined || argv.includes(link)).toBe(true);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
