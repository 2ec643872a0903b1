// Readers of the formats for tests: each as its definition says, and none of ours.
import { JSDOM } from 'jsdom';

/** The document; throws where the text is no XML. */
export function parseXml(text: string): Document {
  return new JSDOM(text, { contentType: 'application/xml' }).window.document;
}

/** RFC 4180: records end in CRLF; a cell in quotes may hold anything, with quotes doubled. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      const quoted = text[at] === '"';
      const cell = (quoted ? /"((?:[^"]|"")*)"/y : /([^",\r\n]*)/y) as RegExp;
      cell.lastIndex = at;
      const found = cell.exec(text);
      if (found === null) throw new Error(`no cell at ${at}`);
      record.push(quoted ? (found[1] as string).replaceAll('""', '"') : (found[1] as string));
      at = cell.lastIndex;
      if (text[at] !== ',') break;
      at++;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no end of a record at ${at}`);
    at += 2;
    records.push(record);
  }
  return records;
}

/** A workflow command, unescaped as the runner of GitHub Actions does it; undefined for a line that is none. */
export function parseCommand(line: string) {
  const found = /^::(?<name>[^ :]+)(?: (?<properties>.*?))?::(?<data>.*)$/.exec(line)?.groups;
  if (found === undefined) return undefined;
  const properties = (found.properties ?? '').split(',').map((property) => {
    const equals = property.indexOf('=');
    return [property.slice(0, equals), unescaped(property.slice(equals + 1), true)] as const;
  });
  return { name: found.name, ...Object.fromEntries(properties), data: unescaped(found.data ?? '', false) } as Readonly<
    Record<string, string>
  >;
}

function unescaped(text: string, isProperty: boolean): string {
  const data = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  return (isProperty ? data.replaceAll('%3A', ':').replaceAll('%2C', ',') : data).replaceAll('%25', '%');
}

/** A service message of TeamCity, unescaped. */
export function parseServiceMessage(line: string): Readonly<Record<string, string>> {
  const found = /^##teamcity\[(?<name>\w+)(?<values>(?: \w+='(?:[^|'\r\n[\]]|\|.)*')*)\]$/.exec(line)?.groups;
  if (found === undefined) throw new Error(`no service message: ${line}`);
  const values = [...(found.values ?? '').matchAll(/ (\w+)='((?:[^|']|\|.)*)'/g)];
  return Object.fromEntries([['name', found.name], ...values.map(([, key, value]) => [key, teamcityText(value ?? '')])]);
}

function teamcityText(text: string): string {
  return text.replace(/\|(?:0x([0-9a-f]{4})|(.))/g, (_, code: string | undefined, sign: string) =>
    code === undefined ? (sign === 'n' ? '\n' : sign === 'r' ? '\r' : sign) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
