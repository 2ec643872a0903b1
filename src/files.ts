// The public API of `beamtool/files`: what finds, reads and writes files, for Node only.

export { findInputs, type InputFile, openInputs, readInputs, type SearchOptions } from './io/input.js';
export { writeFileAtomically } from './io/write.js';
