import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableRedactor } from './redaction.ts';

const own = { machines: ['WORKBENCH', 'CORP'], users: ['alice', 'docker'] };
const sid = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat(9_999)).map(parts => `S-1-5-21-${parts.join('-')}`);
const piece = fc.oneof(
  fc.constantFrom(
    'C:\\Users\\alice\\x',
    'WORKBENCH\\alice',
    'alice@corp.example',
    'http://files.corp.example:80/a.b',
    'AA-BB-CC-DD-EE-FF',
    'password=hunter2',
    'fe80::1:2',
    'hello',
    '\r\n',
    '{',
    '}',
    '"',
  ),
  fc.uuid(),
  fc.ipV4(),
  sid,
  fc.string({ maxLength: 8 }),
);
const text = fc.array(piece, { maxLength: 12 }).map(parts => parts.join(' '));

describe('redaction', () => {
  it.each([
    ['C:\\Users\\alice\\AppData', 'C:\\Users\\user-1\\AppData'],
    ['workbench\\Alice', 'machine-1\\user-1'],
    ['owner docker at \\Users\\Public', 'owner docker at \\Users\\Public'],
    ['S-1-5-21-1004336348-1177238915-682003330-512', 'S-1-5-21-1-1-1-1001'],
    ['S-1-5-32-544 S-1-16-12288', 'S-1-5-32-544 S-1-16-12288'],
    ['WinFsp.Mup+2.1{9B6F0C3E-1D4A-4B5C-8E7F-001122334455}', 'WinFsp.Mup+2.1{5105c09e-0000-4000-8000-000000000001}'],
    ['10.1.2.3 and 127.0.0.1, build 10.0.20348.3932', '198.18.0.1 and 127.0.0.1, build 10.0.20348.3932'],
    ['at 12:34:56', 'at 12:34:56'],
    ['--access-key AKIA --volname x', '--access-key <secret> --volname x'],
    ['bob@fileserver.corp.example', 'account-1@example.invalid'],
    ['\\\\files.corp.example\\x on workbench.corp.example', '\\\\machine-2\\x on machine-1'],
    ['alice.txt of sc.exe', 'user-1.txt of sc.exe'],
  ])('of %j gives %j', (raw, kept) => {
    expect(stableRedactor(own).text(raw)).toBe(kept);
  });

  it('leaves nobody in, and does nothing the second time', () => {
    fc.assert(
      fc.property(text, raw => {
        const redactor = stableRedactor(own);
        const kept = redactor.text(raw);
        expect(kept).not.toMatch(/(?<![\w-])(?:alice|workbench)(?![\w-])/i);
        expect(kept).not.toMatch(/hunter2|corp\.example/i);
        expect(redactor.text(kept)).toBe(kept);
      }),
      { numRuns: 5_000 },
    );
  });

  it('gives the same thing the same name, and two things two names', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), sid, (one, other, account) => {
        const { text: redact } = stableRedactor(own);
        expect(redact(one.toUpperCase())).toBe(redact(one));
        expect(redact(one) === redact(other)).toBe(one === other);
        expect(redact(`${one} ${account}`)).toBe(`${redact(one)} ${redact(account)}`);
      }),
    );
  });

  it('keeps the shape of JSON, the names of variables, and no label', () => {
    const { json } = stableRedactor(own);
    expect(
      json({ Config: { Env: ['TOKEN=x', 'A=alice'], Labels: { owner: 'alice' } }, N: 1, L: [null, true, 'CORP'] }),
    ).toEqual({
      Config: { Env: ['TOKEN=<value>', 'A=<value>'], Labels: {} },
      N: 1,
      L: [null, true, 'machine-1'],
    });
  });
});
