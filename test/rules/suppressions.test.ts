// What the code says of findings, and what is wrong with that.
import { describe, expect, it } from 'vitest';
import { suppressionsOf } from '../../src/graph/facts/attribute-facts.js';
import type { ModuleFacts } from '../../src/graph/module-facts.js';
import { identityOf } from '../../src/rules/check/draft.js';
import { traceDrafts } from '../../src/rules/places/trace-drafts.js';
import { graphsOfProgram } from '../../src/rules/program-graphs.js';
import { suppress } from '../../src/rules/suppressions.js';
import { parseTerm } from '../../src/term/parse.js';
import { askAbout, configOf, SHOP_FACTS, shopProgram } from './shop-facts.js';

type Saying = Pick<ModuleFacts, 'suppressions' | 'ignored'>;

const ignore = (rule: string, reason = 'meant'): Saying => ({
  suppressions: suppressionsOf([parseTerm(`{ignore, '${rule}', "${reason}"}`)]),
});

async function ask(rules: object, saying: Readonly<Record<string, Saying>>, more: object = {}) {
  const config = await configOf({ rules, ...more });
  const facts = SHOP_FACTS.map((one) => ({ ...one, ...saying[one.module] }));
  const graphs = graphsOfProgram(shopProgram(facts), config);
  const drafts = askAbout(config, facts);
  const { reasons, drafts: faults } = suppress(traceDrafts(drafts, graphs), new Map(Object.entries(saying)), config);
  return {
    suppressed: drafts.flatMap(({ rule, subject }) => {
      const reason = reasons.get(identityOf(rule.name, subject));
      return reason === undefined ? [] : [[rule.name, reason]];
    }),
    faults: faults.map(({ rule, message }) => `${rule.severity} ${message}`),
  };
}

const WEB_DB = { it: { kind: 'forbidden', from: 'web_*', to: 'db' } };

describe('-beamtool', () => {
  it('suppresses an edge from its module', async () => {
    expect(await ask(WEB_DB, { web_page: ignore('it') })).toEqual({ suppressed: [['it', 'meant']], faults: [] });
  });

  it('of the other end suppresses nothing, which is a finding', async () => {
    expect(await ask(WEB_DB, { db: ignore('it') })).toEqual({
      suppressed: [],
      faults: ['error db: -beamtool({ignore,it,"meant"}) suppresses nothing'],
    });
  });

  it('in one member suppresses a cycle', async () => {
    expect((await ask({ it: { kind: 'acyclic' } }, { db_pool: ignore('it') })).suppressed).toEqual([['it', 'meant']]);
  });

  it('has to be in all modules that make an edge of applications', async () => {
    const rules = { it: { kind: 'forbidden', level: 'application', from: 'web', to: 'core' } };
    expect((await ask(rules, { web_page: ignore('it') })).suppressed).toEqual([]);
    expect((await ask(rules, { web_page: ignore('it'), web_form: ignore('it') })).suppressed).toEqual([['it', 'meant']]);
  });

  it('is bad about no rule, without a reason, or in another shape', async () => {
    const values = ['{ignore, itt, "x"}', '{ignore, it}', '{ignore, it, ""}', '{ignore, 7, "x"}', '{migration, x}', 'on'];
    const saying = { web_page: { suppressions: suppressionsOf(values.map((value) => parseTerm(value))) } };
    expect((await ask(WEB_DB, saying)).faults).toEqual([
      'error web_page: -beamtool({ignore,itt,"x"}) is about a rule that the config does not have',
      'error web_page: -beamtool({ignore,it}) gives no reason',
      'error web_page: -beamtool({ignore,it,[]}) gives no reason',
      'error web_page: -beamtool({ignore,7,"x"}) names no rule',
    ]);
  });

  it('takes the texts of Elixir', () => {
    const [one] = suppressionsOf([parseTerm('{ignore, <<"no-web"/utf8>>, <<"gr\\x{fc}nde"/utf8>>}')]);
    expect([one?.rule, one?.reason]).toEqual(['no-web', 'gr\xfcnde']);
  });

  it('unused is as bad as the config says', async () => {
    const { faults } = await ask(WEB_DB, { db: ignore('it') }, { unusedSuppressions: 'info' });
    expect(faults).toEqual(['info db: -beamtool({ignore,it,"meant"}) suppresses nothing']);
    expect((await ask(WEB_DB, { db: ignore('it') }, { unusedSuppressions: 'off' })).faults).toEqual([]);
  });
});

describe('-ignore_xref', () => {
  const rules = {
    calls: { kind: 'analysis', analysis: 'undefined_function_calls', of: 'app:core' },
    exports: { kind: 'analysis', analysis: 'exports_not_used', of: 'app:core' },
    edges: { kind: 'forbidden', from: 'core', to: 'db' },
  };

  it('suppresses findings of analyses by either end, and nothing else', async () => {
    const saying = {
      core: { ignored: [{ module: 'core_util', name: 'gone', arity: 0 }, 'lists', { module: 'core', name: 'put', arity: 2 }] },
    };
    expect(await ask(rules, saying)).toEqual({
      suppressed: [
        ['calls', null],
        ['calls', null],
        ['exports', null],
      ],
      faults: [],
    });
  });

  it('unused is a warning, where an analysis could use it', async () => {
    const saying = { core: { ignored: [{ module: 'core', name: 'get', arity: 1 }, 'nobody'] } };
    expect((await ask(rules, saying)).faults).toEqual([
      'warning core: -ignore_xref of core:get/1 suppresses nothing',
      'warning core: -ignore_xref of nobody suppresses nothing',
    ]);
    expect((await ask({ edges: rules.edges }, saying)).faults).toEqual([]);
  });
});
