// Throws broken files at every consumer: `tsx run.ts SEED COUNT FILE...`. Prints a summary as JSON; an answer that is neither a value nor
// a ParseError with the file's name, an answer past two seconds, or a broken file that changes on rewriting counts as a failure.
import { readFileSync } from 'node:fs';
import { readBeam } from '../../src/beam/module.js';
import { ParseError } from '../../src/errors.js';
import { consumers } from './consumers.js';
import { dissect, type Mutant, mutate } from './mutate.js';
import { seededRandom } from './random.js';

const SLOWEST_ALLOWED = 2000;
/** These take more time than all others together: every eighth mutant is enough for them. */
const RARELY: ReadonlySet<string> = new Set([
  ...['dump', 'migrations', 'injection', 'changes', 'hash', 'codeWithoutLines', 'followed', 'children', 'usedModules', 'surface'],
]);
const RARE = 8;

interface Summary {
  readonly mutants: number;
  values: number;
  readonly parseErrors: Record<string, number>;
  readonly failures: string[];
  /** Milliseconds of the slowest answer. */
  slowest: number;
  peakMegabytes: number;
}

const [seed = '1', count = '1000', ...files] = process.argv.slice(2);
const specimens = files.map((file) => dissect(file, readFileSync(file)));
const random = seededRandom(Number(seed));
const summary: Summary = { mutants: Number(count), values: 0, parseErrors: {}, failures: [], slowest: 0, peakMegabytes: 0 };

for (let at = 0; at < Number(count); at++) {
  const mutant = mutate(specimens, random);
  consumeAll(mutant, at);
  if (summary.failures.length > 20) break;
  // What zlib leaves open after a failure is closed in the next turn of the event loop.
  if (at % 100 === 99) await new Promise((resume) => setImmediate(resume));
}
summary.peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify(summary)}\n`);

function consumeAll(mutant: Mutant, at: number): void {
  const module = attempt(mutant, at, 'container', () => readBeam(mutant.bytes, { file: 'mutant.beam' }));
  if (module === undefined) return;
  for (const [name, consume] of Object.entries(consumers)) {
    if (!RARELY.has(name) || at % RARE === 0) attempt(mutant, at, name, () => consume(module));
  }
}

/** Times are of the processor, so that a busy machine makes no failure. */
function attempt<T>(mutant: Mutant, at: number, name: string, run: () => T): T | undefined {
  const start = process.cpuUsage();
  try {
    const value = run();
    summary.values++;
    return value;
  } catch (error) {
    if (error instanceof ParseError && error.file === 'mutant.beam') {
      summary.parseErrors[error.code] = (summary.parseErrors[error.code] ?? 0) + 1;
    } else {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      summary.failures.push(`mutant ${at} (${mutant.what}): ${name}: ${text.slice(0, 600)}`);
    }
    return undefined;
  } finally {
    const { user, system } = process.cpuUsage(start);
    const milliseconds = Math.round((user + system) / 1000);
    summary.slowest = Math.max(summary.slowest, milliseconds);
    if (milliseconds > SLOWEST_ALLOWED) summary.failures.push(`mutant ${at} (${mutant.what}): ${name}: ${milliseconds} ms`);
  }
}
