// The options of `beamtool inject-migration`, and what they mean together.

import type { Argv } from 'yargs';
import { UsageError } from '../../errors.js';
import type { FieldRename } from '../../migrate/model.js';
import { isAtom } from '../../term/model.js';
import { parseTerm } from '../../term/parse.js';
import type { CommonArgs } from '../command.js';

/** The arguments of the command. */
export interface MigrationArgs extends CommonArgs {
  readonly from: readonly string[];
  readonly module: string | undefined;
  readonly record: string | undefined;
  readonly callback: string | undefined;
  readonly rename: readonly FieldRename[];
  readonly debugInfo: readonly string[];
  readonly output: string | undefined;
  readonly dryRun: boolean;
  readonly print: boolean;
  readonly check: boolean;
  readonly remove: boolean;
  readonly follow: boolean;
  readonly keepGoing: boolean;
}

/** Adds the options. */
export function migrationOptions(yargs: Argv<CommonArgs>): Argv<MigrationArgs> {
  return yargs
    .option('from', {
      ...REPEATED,
      describe: 'an older build: release, application, ebin, .tar.gz, beam, or a snapshot of it (repeatable)',
    })
    .option('module', { type: 'string', describe: 'look at this module alone' })
    .option('record', { type: 'string', describe: 'the record of its state, whatever -state_record says (with --module)' })
    .option('callback', {
      type: 'string',
      describe: 'how its process takes a new state: gen_server, gen_statem, gen_event, gen_fsm, system, or code_change/4',
    })
    .option('rename', {
      ...REPEATED,
      coerce: (texts: readonly string[]) => texts.map(parseRename),
      describe: 'state.old=new: a field that has another name now (repeatable)',
    })
    .option('debug-info', { ...REPEATED, describe: 'where unstripped twins of stripped modules are (repeatable)' })
    .option('output', { type: 'string', describe: 'write changed files below this folder, and leave the build alone' })
    .option('dry-run', { type: 'boolean', default: false, describe: 'say what would be done, and write nothing' })
    .option('print', { type: 'boolean', default: false, describe: 'show the injected functions as Erlang source' })
    .option('check', { type: 'boolean', default: false, describe: 'write nothing; exit with 1 if there is something to do' })
    .option('remove', { type: 'boolean', default: false, describe: 'take injected code out again' })
    .option('follow', { type: 'boolean', default: false, describe: 'write through symbolic links (lib/APP in dev mode)' })
    .option('keep-going', { type: 'boolean', default: false, describe: 'write what can be, though some module is refused' })
    .check(checkTogether)
    .example('$0 inject-migration --from _build/prod-1/rel/shop _build/prod/lib/*/ebin', 'before the release is packed')
    .example('$0 inject-migration --from shop-1.tar.gz --from shop-2.tar.gz shop-3.tar.gz', 'in the packed release')
    .example('$0 inject-migration --from old/srv.beam --dry-run --print new/srv.beam', 'see what would be injected')
    .example('$0 inject-migration --remove shop-3.tar.gz', 'the original modules again') as unknown as Argv<MigrationArgs>;
}

const REPEATED = { type: 'string', array: true, nargs: 1, default: [] as readonly string[] } as const;

function checkTogether(args: Record<string, unknown>): true {
  const { from, remove, record, module, path } = args as unknown as MigrationArgs;
  if (remove && from.length > 0) throw new UsageError('--remove needs no --from');
  if (!remove && from.length === 0) throw new UsageError('--from: which older build is the state from?');
  if (record !== undefined && module === undefined) throw new UsageError('--record goes with --module');
  if (path.includes('-') || from.includes('-')) throw new UsageError('the standard input is no build');
  return true;
}

const NAME = "'(?:[^'\\\\]|\\\\.)*'|[^'.=]+";
const RENAME = new RegExp(`^(?:(${NAME})\\.)?(${NAME})=(${NAME})$`);

/** Parses `record.old=new`, or `old=new` for the record of the state; names may be quoted as in Erlang. Throws UsageError. */
export function parseRename(text: string): FieldRename {
  const [matched, record, old, next] = RENAME.exec(text) ?? [];
  if (matched === undefined) throw new UsageError(`--rename ${text}: not RECORD.OLD=NEW`);
  const names = { old: unquoted(old as string), new: unquoted(next as string) };
  return record === undefined ? names : { record: unquoted(record), ...names };
}

function unquoted(name: string): string {
  if (!name.startsWith("'")) return name;
  const term = parseTerm(name);
  return isAtom(term) ? term.name : name;
}
