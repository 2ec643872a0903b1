// Our syntax trees as those of xref's parser, to be compared.
import type { Constant, Expression, Pattern, Statement, Vertex } from '../../../src/graph/query/syntax.js';
import { atom, list, stringTerm, type Term, tuple } from '../../../src/term/model.js';

/** Returns what xref_parser:parse/1 makes of the statements. */
export function parseTree(statements: readonly Statement[]): Term {
  return list(statements.map(statementTree));
}

function statementTree({ assigned, expression }: Statement): Term {
  if (assigned === undefined) return tree(expression);
  return tuple(atom('assign'), atom(assigned.scope === 'user' ? 'user' : 'tmp'), atom(assigned.name), tree(expression));
}

function tree(expression: Expression): Term {
  switch (expression.kind) {
    case 'constants': {
      const constants = expression.constants.map(constantTree);
      const form = expression.form === 'single' ? (constants[0] as Term) : tuple(atom(expression.form), list(constants));
      return expression.declared === undefined ? form : typed('type', expression.declared, form);
    }
    case 'variable':
      return tuple(atom('variable'), atom(expression.name));
    case 'pattern': {
      const parts = expression.parts.map(patternTree);
      const pattern = tuple(atom('regexpr'), parts.length === 1 ? (parts[0] as Term) : tuple(...parts), atom(expression.type));
      return expression.isDeclared ? typed('type', expression.type, pattern) : pattern;
    }
    case 'cast':
      return typed('convert', expression.type, tree(expression.operand));
    case 'relation':
      return tuple(atom('set'), atom(expression.operator), tree(expression.operand));
    case 'graph':
      return tuple(atom('graph'), atom(expression.operator), tree(expression.operand));
    case 'count':
      return tuple(atom('numeric'), atom('#'), tree(expression.operand));
    case 'set':
      return tuple(atom('set'), atom(expression.operator), tree(expression.left), tree(expression.right));
    case 'restrict':
      return tuple(atom('restr'), atom(expression.operator), tree(expression.left), tree(expression.right));
    case 'path':
      return tuple(atom('path'), tree(expression.left), tree(expression.right));
  }
}

function typed(how: string, type: string, inner: Term): Term {
  return tuple(atom('type'), tuple(atom(how), atom(type)), inner);
}

function constantTree(constant: Constant): Term {
  const value =
    constant.shape === 'vertex' ? vertexTree(constant.vertex) : tuple(vertexTree(constant.from), vertexTree(constant.to));
  return tuple(atom('constant'), atom(constant.type ?? 'unknown'), atom(constant.shape), value);
}

function vertexTree(vertex: Vertex): Term {
  return typeof vertex === 'string' ? atom(vertex) : tuple(atom(vertex.module), atom(vertex.name), vertex.arity);
}

function patternTree(pattern: Pattern): Term {
  switch (pattern.kind) {
    case 'any':
      return atom('variable');
    case 'atom':
      return tuple(atom('atom'), atom(pattern.name));
    case 'integer':
      return tuple(atom('integer'), pattern.value);
    case 'regexp':
      return tuple(atom('regexpr'), stringTerm(pattern.source));
  }
}
