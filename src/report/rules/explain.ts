// `--list-rules` and `--explain`: rules as the config has them, and what they are about.

import type { Config, Rule } from '../../rules/config/config.js';
import type { RulePart } from '../../rules/explain-rule.js';
import { counted } from '../counted.js';
import type { TextStyle } from '../dependencies-text.js';
import { renderJson } from '../json.js';
import { visible } from '../visible.js';

/** Renders all rules: as text a line each, severity, kind and name, and the comment below; or as JSON. */
export function renderRules({ file, rules }: Config, isJson: boolean, style: TextStyle): string {
  if (isJson) return renderJson({ schema: 'beamtool-rules/1', config: file, rules: rules.map(ruleJson) });
  const lines = rules.flatMap((rule) => [ruleLine(rule, style), ...commentLines(rule)]);
  return `${[...lines, `${counted(rules.length, 'rule')} in ${visible(file)}`].join('\n')}\n`;
}

function ruleJson({ name, severity, level, comment, file, line, question }: Rule): object {
  return { name, kind: question.kind, severity, level, comment, file, line, question };
}

function ruleLine({ name, severity, question }: Rule, style: TextStyle): string {
  return `${severity} ${question.kind} ${style.bold(visible(name))}`;
}

function commentLines({ comment }: Rule): readonly string[] {
  return comment === null ? [] : comment.split('\n').map((line) => `  ${visible(line)}`);
}

const NODES_SHOWN = 20;

/** Renders one rule: what it says, what each of its parts means, how much it finds. */
export function renderExplanation(
  rule: Rule,
  parts: readonly RulePart[],
  findings: readonly string[],
  isJson: boolean,
  style: TextStyle,
): string {
  if (isJson) return renderJson({ schema: 'beamtool-rule/1', rule: ruleJson(rule), parts, findings });
  const lines = [
    ruleLine(rule, style),
    ...commentLines(rule),
    `  in ${visible(rule.file)}${rule.line === null ? '' : `:${rule.line}`}, at level ${rule.level}`,
    ...questionLines(rule),
    ...parts.map(partLine),
    findings.length === 0 ? 'finds nothing' : `finds ${findings.length}:`,
    ...findings.map((message) => `  ${visible(message)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What the question says besides its parts. */
function questionLines({ question }: Rule): readonly string[] {
  const plain = Object.entries(question).filter(([key, value]) => key !== 'kind' && value !== false && value !== null);
  return plain.flatMap(([key, value]) =>
    typeof value === 'object' && Array.isArray(value) && key !== 'checks' && key !== 'classes'
      ? []
      : [`  ${key}: ${visible(typeof value === 'object' ? JSON.stringify(value) : String(value))}`],
  );
}

function partLine({ part, patterns, nodes }: RulePart): string {
  const head = `  ${part}: ${patterns.map(visible).join(', ')}`;
  if (nodes === null) return head;
  const shown = nodes.slice(0, NODES_SHOWN).map(visible).join(', ');
  const more = nodes.length > NODES_SHOWN ? ` and ${nodes.length - NODES_SHOWN} more` : '';
  return `${head} (${nodes.length}${nodes.length === 0 ? '' : `: ${shown}${more}`})`;
}
