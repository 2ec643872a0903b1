// The formats of `deps check`: each a pure function of the result, loaded when it is asked for. A new one is a line here and its name.

import { UsageError } from '../../errors.js';
import type { CheckStyle } from '../../report/rules/text.js';
import type { CheckResult } from '../../rules/model.js';
import { CHECK_FORMATS } from '../format-names.js';
import { VERSION } from '../version.js';

/** What a renderer may be told besides the result. */
export interface RenderChoices {
  readonly style: CheckStyle;
  readonly isQuiet: boolean;
}

/** Renders a result in pieces. */
export type CheckRenderer = (result: CheckResult, choices: RenderChoices) => Iterable<string>;

const RENDERERS: Readonly<Record<(typeof CHECK_FORMATS)[number], () => Promise<CheckRenderer>>> = {
  text: async () => {
    const { renderCheckText } = await import('../../report/rules/text.js');
    return (result, { style, isQuiet }) => renderCheckText(result, style, isQuiet);
  },
  json: async () => (await import('../../report/rules/json.js')).renderCheckJson,
  ndjson: async () => (await import('../../report/formats/check-ndjson.js')).renderCheckNdjson,
  csv: async () => (await import('../../report/formats/check-csv.js')).renderCheckCsv,
  erl: async () => (await import('../../report/formats/check-erl.js')).renderCheckErl,
  markdown: async () => {
    const { renderCheckMarkdown } = await import('../../report/formats/check-markdown.js');
    return (result, { isQuiet }) => [renderCheckMarkdown(result, isQuiet)];
  },
  sarif: async () => {
    const { renderSarif } = await import('../../report/formats/sarif.js');
    return (result) => renderSarif(result, VERSION);
  },
  junit: async () => (await import('../../report/formats/junit.js')).renderJunit,
  github: async () => {
    const { renderGithub } = await import('../../report/formats/github.js');
    return (result, { isQuiet }) => renderGithub(result, isQuiet);
  },
  gitlab: async () => (await import('../../report/formats/gitlab.js')).renderGitlab,
  teamcity: async () => {
    const { renderTeamcity } = await import('../../report/formats/teamcity.js');
    return (result, { isQuiet }) => renderTeamcity(result, isQuiet);
  },
};

/** Loads the renderer of a format; throws UsageError where there is none. */
export async function loadRenderer(format: string): Promise<CheckRenderer> {
  const known = CHECK_FORMATS.find((name) => name === format);
  if (known === undefined) throw new UsageError(`there is no format '${format}': choose of ${CHECK_FORMATS.join(', ')}`);
  return RENDERERS[known]();
}

/** An answer that goes into a file. */
export interface CheckOutput {
  readonly format: string;
  readonly file: string;
}

/** Reads `FORMAT:FILE`; throws UsageError for anything else. */
export function parseOutput(text: string): CheckOutput {
  const colon = text.indexOf(':');
  const [format, file] = [text.slice(0, colon), text.slice(colon + 1)];
  if (colon < 1 || file === '') throw new UsageError(`--output ${text}: write FORMAT:FILE, such as json:check.json`);
  return { format, file };
}
