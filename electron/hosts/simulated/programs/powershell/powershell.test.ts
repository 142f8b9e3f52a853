import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Place, TestMachine } from '../testing/boot.ts';
import { parsePowerShell } from './powershell.ts';
import { statementsOf, tokenize } from './tokens.ts';

let world: TestMachine;
let host: Place;
beforeAll(() => {
  world = new TestMachine({ hostFiles: { 'C:\\data\\a.txt': 'first\r\nsecond\r\n' } });
  host = world.host();
});
afterAll(() => world.dispose());

const POWERSHELL = 'powershell.exe -NoProfile -NonInteractive';

describe('powershell -Command', () => {
  it.each([
    ['Get-Content C:\\data\\a.txt', 0, 'first\r\nsecond\r\n'],
    ["Set-Content -Path C:\\data\\b.txt -Value 'x'; cat C:\\data\\b.txt", 0, 'x\r\n'],
    ["'one','two' | Out-Null; Test-Path C:\\data", 0, 'True\r\n'],
    ['Test-Path X:\\', 0, 'False\r\n'],
    ['(Get-ChildItem C:\\data).Count -gt 0', 0, 'True\r\n'],
    ['Get-ChildItem -Name C:\\data -Filter a*', 0, 'a.txt\r\n'],
    ['$env:COMPUTERNAME', 0, 'WORKSTATION\r\n'],
    ['$x = 5; Write-Output \\"x is $x and $($x + 1)\\"', 0, 'x is 5 and 6\r\n'],
    ['hostname', 0, 'WORKSTATION\r\n'],
    ['cmd /c exit 3; $LASTEXITCODE', 0, '3\r\n'],
    ['(Get-Service WinFsp+2.1).Status', 0, 'Running\r\n'],
    ['Start-Sleep -Seconds 2; exit 7', 7, ''],
    ['(Get-Process -Name System).Id', 0, '4\r\n'],
  ])('%s', async (script, code, out) => {
    expect(await host.run(`${POWERSHELL} -Command "${script}"`)).toEqual({ code, out, err: '' });
  });

  it('takes a command in base 64', async () => {
    const encoded = Buffer.from('Write-Output "a b"', 'utf16le').toString('base64');
    expect(await host.run(`${POWERSHELL} -EncodedCommand ${encoded}`)).toEqual({ code: 0, out: 'a b\r\n', err: '' });
  });

  it('does not know every command', async () => {
    expect(await host.run(`${POWERSHELL} -Command Get-Moon`)).toEqual({
      code: 1,
      out: '',
      err: [
        "Get-Moon : The term 'Get-Moon' is not recognized as the name of a cmdlet, function, script file, or operable program. ",
        'Check the spelling of the name, or if a path was included, verify that the path is correct and try again.',
        'At line:1 char:1',
        '+ Get-Moon',
        '+ ~~~~~~~~',
        '    + CategoryInfo          : ObjectNotFound: (Get-Moon:String) [], CommandNotFoundException',
        '    + FullyQualifiedErrorId : CommandNotFoundException',
        ' ',
        '',
      ].join('\r\n'),
    });
  });

  it('says what it did not find', async () => {
    const { code, err } = await host.run(`${POWERSHELL} -Command "Get-Content C:\\none.txt"`);
    expect([code, err.split('\r\n')[0]]).toEqual([
      1,
      "Get-Content : Cannot find path 'C:\\none.txt' because it does not exist.",
    ]);
  });
});

describe('powershell text', () => {
  it('can always be cut into statements', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a$(){}\'"`|;&>=- .\n@#2'.split('')) }), text => {
        expect(statementsOf(tokenize(text))).toBeInstanceOf(Array);
        expect(parsePowerShell(text.split(' ')).kind).toBeTypeOf('string');
      }),
    );
  });
});
