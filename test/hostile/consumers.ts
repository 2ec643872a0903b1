// Everything that looks into a module, for hostile.test.ts and run.ts: each must answer with a value or a ParseError.
import { decodeDebugLines } from '../../src/code/debug-lines.js';
import { disassembleModule } from '../../src/code/disassemble.js';
import { readNativeRecords } from '../../src/code/native-records.js';
import type { BeamModule } from '../../src/beam/module.js';

/** By name, so that a failure says which one it was. */
export const consumers: Readonly<Record<string, (module: BeamModule) => unknown>> = {
  atoms: (module) => module.atoms.names(),
  imports: (module) => module.imports,
  exports: (module) => module.exports,
  locals: (module) => module.locals,
  lambdas: (module) => module.lambdas,
  literals: (module) => module.literals.terms(),
  attributes: (module) => module.attributes,
  compileInfo: (module) => module.compileInfo,
  debugInfo: (module) => module.debugInfo,
  lines: (module) => module.lines,
  types: (module) => module.types,
  terms: (module) => ['Attr', 'CInf', 'Meta', 'Docs', 'ExCk', 'Dbgi', 'Abst'].filter((id) => module.chunk(id)).map((id) => module.term(id)),
  md5: (module) => module.md5,
  compiledBy: (module) => module.compiledBy,
  nativeRecords: readNativeRecords,
  debugLines: (module) => module.decode('DbgB', decodeDebugLines),
  code: disassembleModule,
};
