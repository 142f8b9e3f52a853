import { describe, expect, it } from 'vitest';
import { decode } from '../../shared/domain/error-decoder.ts';
import { parseRegQuery } from '../../shared/domain/parse-reg-query.ts';
import { decodeOutput } from '../hosts/decode-output.ts';
import { parseScQuery } from './fsd/parse-sc-query.ts';
import { parseNetUse } from './inspection/parse-net-use.ts';
import { parseFreeBytes } from './readiness/parse-free-bytes.ts';

/** Words of a Windows in other languages, as its console writes them: bytes of its code page. */
const CONSOLES = [
  { language: 'German', codePage: 850 },
  { language: 'Japanese', codePage: 932 },
  { language: 'Russian', codePage: 866 },
] as const;

const encode = { 850: latin850, 866: cyrillic866, 932: shiftJis } as const;
const read = (text: string, codePage: 850 | 866 | 932): string => decodeOutput(encode[codePage](text), codePage);

describe.each(CONSOLES)('a $language Windows', ({ language, codePage }) => {
  const words = {
    German: {
      type: 'TYP',
      state: 'STATUS',
      wait: 'PRÜFPUNKT',
      failed:
        '[SC] EnumQueryServicesStatus:OpenService FEHLER 1060:\r\n\r\nDer angegebene Dienst ist kein installierter Dienst.\r\n',
      connections:
        'Neue Verbindungen werden gespeichert.\r\n\r\n\r\nStatus       Lokal     Remote                    Netzwerk\r\n\r\n',
      free: '               0 Datei(en),              0 Bytes\r\n               4 Verzeichnis(se), 214.748.364.800 Bytes frei\r\n',
      unset: '(Standard)    REG_SZ    (Wert nicht gesetzt)',
    },
    Japanese: {
      type: '種類',
      state: '状態',
      wait: 'チェックポイント',
      failed:
        '[SC] EnumQueryServicesStatus:OpenService FAILED 1060:\r\n\r\n指定されたサービスはインストールされたサービスとして存在しません。\r\n',
      connections:
        '新しい接続は記憶されます。\r\n\r\n\r\nステータス  ローカル名 リモート名                ネットワーク名\r\n\r\n',
      free: '               0 個のファイル                   0 バイト\r\n               4 個のディレクトリ  214,748,364,800 バイトの空き領域\r\n',
      unset: '(既定)    REG_SZ    (値の設定なし)',
    },
    Russian: {
      type: 'Тип',
      state: 'Состояние',
      wait: 'Контрольная_точка',
      failed: '[SC] EnumQueryServicesStatus:OpenService: ошибка: 1060:\r\n\r\nУказанная служба не установлена.\r\n',
      connections:
        'Новые подключения будут запомнены.\r\n\r\n\r\nСостояние    Локальный Удаленный                 Сеть\r\n\r\n',
      free: '               0 файлов              0 байт\r\n               4 папок  214 748 364 800 байт свободно\r\n',
      unset: '(По умолчанию)    REG_SZ    (значение не присвоено)',
    },
  }[language];

  it('says how a service stands', () => {
    const text = `\r\nSERVICE_NAME: WinFsp+2.1 \r\n        ${words.type}               : 2  FILE_SYSTEM_DRIVER  \r\n        ${words.state}              : 4  RUNNING \r\n        ${words.wait}         : 0x0\r\n`;
    expect(parseScQuery(read(text, codePage))).toEqual([{ name: 'WinFsp+2.1', type: 2, state: 4 }]);
  });

  it('says why there is none', () => {
    expect(decode(read(words.failed, codePage))?.code).toBe('ERROR_SERVICE_DOES_NOT_EXIST');
  });

  it('names connections', () => {
    const row = 'OK           Y:        \\\\memfs\\share             WinFsp.Np\r\n';
    expect(parseNetUse(read(`${words.connections}${row}`, codePage))).toEqual([
      { local: 'Y:', remote: '\\\\memfs\\share' },
    ]);
  });

  it('counts free bytes', () => {
    expect(parseFreeBytes(read(words.free, codePage))).toBe(214_748_364_800);
  });

  it('shows values of the registry, set and unset', () => {
    const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\WinFsp';
    const text = `\r\n${key}\r\n    ${words.unset}\r\n    InstallDir    REG_SZ    C:\\Program Files (x86)\\WinFsp\\\r\n\r\n`;
    expect(parseRegQuery(read(text, codePage)).map(({ name, data }) => [name, data])).toContainEqual([
      'InstallDir',
      'C:\\Program Files (x86)\\WinFsp\\',
    ]);
  });
});

/** Text as bytes of a page, by asking every byte, or pair of them, what it means there. */
function encoder(label: (bytes: Uint8Array) => string, leads: readonly number[]): (text: string) => Uint8Array {
  const codes = new Map<string, readonly number[]>();
  for (let byte = 0; byte < 256; byte++) codes.set(label(Uint8Array.of(byte)), [byte]);
  for (const lead of leads) {
    for (let trail = 0x40; trail < 0xfd; trail++) codes.set(label(Uint8Array.of(lead, trail)), [lead, trail]);
  }
  return text => Uint8Array.from(Array.from(text).flatMap(char => codes.get(char) ?? [0x3f]));
}

function latin850(text: string): Uint8Array {
  return encoder(bytes => decodeOutput(bytes, 850), [])(text);
}

function cyrillic866(text: string): Uint8Array {
  return encoder(bytes => decodeOutput(bytes, 866), [])(text);
}

function shiftJis(text: string): Uint8Array {
  const decoder = new TextDecoder('shift_jis');
  const leads = [
    ...Array.from({ length: 31 }, (_, at) => 0x81 + at),
    ...Array.from({ length: 29 }, (_, at) => 0xe0 + at),
  ];
  return encoder(bytes => decoder.decode(bytes), leads)(text);
}
