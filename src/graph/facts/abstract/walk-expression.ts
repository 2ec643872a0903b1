// The walk over the functions of a module: which node calls what, as xref sees it after erl_expand_records. Whatever node it doesn't know it
// goes through in order, as xref does.

import type { Origin } from '../../../bytes/reader.js';
import { MAX_DEPTH, MAX_REREAD_RATIO, REREAD_ALLOWANCE } from '../../../limits.js';
import { addCall, type Target } from '../call-log.js';
import { externalTarget } from './call-targets.js';
import { FormCursor } from './form-cursor.js';
import * as kinds from './node-kinds.js';
import { type Context, IN_BODY, IN_PATTERN, newScope, type Place, type Scope } from './scope.js';
import { walkCall } from './walk-call.js';
import { walkComprehension } from './walk-comprehension.js';
import { learnMatch, walkFun, walkNamedFun } from './walk-fun.js';
import { applyTests, walkGuards } from './walk-guard.js';
import { walkAccess, walkConstruction, walkUpdate } from './walk-record.js';
import type { GuardAccess, ModuleSettings, Walker } from './walker.js';

const NONE: readonly never[] = [];

/** Goes over the clauses of one function after the other. */
export class ExpressionWalker extends FormCursor implements Walker {
  readonly settings: ModuleSettings;
  readonly scope: Scope = newScope();
  context: Context = IN_BODY;
  inGuard = false;
  guard = false;
  accesses: readonly GuardAccess[] = NONE;
  checked: readonly string[] = NONE;
  /** What `file` attributes add to the lines of annotations. */
  lineOffset = 0;
  private readonly rereadLimit: number;
  private rereadBytes = 0;
  private depth = 0;

  constructor(data: Uint8Array, origin: Origin, start: number, settings: ModuleSettings) {
    super(data, origin, start);
    this.settings = settings;
    this.rereadLimit = REREAD_ALLOWANCE + data.length * MAX_REREAD_RATIO;
  }

  walk(): void {
    this.enter();
    // The last part of a node is walked by going round again: long lists and chains of operators nest to the right.
    for (let more = true; more; ) {
      const size = this.enterNode();
      if (size === 0) {
        this.walkOther();
        more = false;
      } else if (this.kind <= kinds.LAST_LEAF && this.kind !== kinds.OTHER) {
        this.skipLeaf(size - 1);
        more = false;
      } else more = this.walkParts(size);
    }
    this.depth--;
  }

  /** Walks over a list, or a tuple that is no node; anything else has no nodes in it. */
  private walkOther(): void {
    if (this.atList) {
      this.walkList();
      return;
    }
    const size = this.enterTuple();
    if (size > 0) this.walkNodes(size);
    else this.skip();
  }

  /** Walks over what the node holds; returns true where its last part is left to do. A dispatch table. */
  private walkParts(size: number): boolean {
    switch ((this.kind << 8) | size) {
      case (kinds.CALL << 8) | 4:
        walkCall(this);
        return false;
      case (kinds.MATCH << 8) | 4:
        return this.walkMatch();
      case (kinds.CONS << 8) | 4:
      case (kinds.MAP_FIELD_ASSOC << 8) | 4:
        this.skipAnno();
        this.walk();
        return true;
      case (kinds.CATCH << 8) | 3:
        this.skipAnno();
        return true;
      case (kinds.TUPLE << 8) | 3:
      case (kinds.BLOCK << 8) | 3:
      case (kinds.BIN << 8) | 3:
      case (kinds.MAP << 8) | 3:
      case (kinds.MAYBE << 8) | 3:
      case (kinds.ZIP << 8) | 3:
        this.skipAnno();
        this.walkList();
        return false;
      case (kinds.CASE << 8) | 4:
        this.skipAnno();
        this.walk();
        this.walkClauses();
        return false;
      case (kinds.OP << 8) | 4:
        return this.walkPrefix();
      case (kinds.OP << 8) | 5:
        return this.walkOperator();
      case (kinds.FUN << 8) | 3:
        walkFun(this);
        return false;
      case (kinds.NAMED_FUN << 8) | 4:
        walkNamedFun(this);
        return false;
      case (kinds.RECORD << 8) | 4:
        walkConstruction(this);
        return false;
      case (kinds.RECORD << 8) | 5:
        walkUpdate(this);
        return false;
      case (kinds.RECORD_FIELD << 8) | 5:
        walkAccess(this);
        return false;
      case (kinds.BIN_ELEMENT << 8) | 5:
        this.walkBinElement();
        return false;
      case (kinds.MAP_FIELD_EXACT << 8) | 4:
        this.skipAnno();
        this.walkAsBody();
        return true;
      case (kinds.IF << 8) | 3:
      case (kinds.RECEIVE << 8) | 3:
        this.skipAnno();
        this.walkClauses();
        return false;
      case (kinds.RECEIVE << 8) | 5:
        this.walkReceiveAfter();
        return false;
      case (kinds.TRY << 8) | 6:
        this.skipAnno();
        this.walkList();
        this.walkClauses();
        this.walkClauses();
        this.walkList();
        return false;
      case (kinds.LC << 8) | 4:
      case (kinds.BC << 8) | 4:
      case (kinds.MC << 8) | 4:
        walkComprehension(this);
        return false;
      case (kinds.MAYBE << 8) | 4:
        this.walkMaybeElse();
        return false;
      case (kinds.GENERATE << 8) | 4:
      case (kinds.MAYBE_MATCH << 8) | 4:
        this.skipAnno();
        this.walkAsPattern();
        return true;
      case (kinds.MAP_GENERATE << 8) | 4:
        this.skipAnno();
        this.walkPairPattern();
        return true;
      default:
        this.walkNodes(size - 2);
        return size > 1;
    }
  }

  walkNodes(count: number): void {
    for (let node = 0; node < count; node++) this.walk();
  }

  walkList(): void {
    const count = this.enterList();
    this.walkNodes(count);
    this.leaveList(count);
  }

  walkClauses(): void {
    const { funs, matched, places } = this.scope;
    const knownFuns = funs.length;
    const knownMatches = matched.length;
    const count = this.enterList();
    for (let clause = 0; clause < count; clause++) {
      this.walkClause();
      if (funs.length !== knownFuns) funs.length = knownFuns;
      if (matched.length !== knownMatches) {
        matched.length = knownMatches;
        places.length = knownMatches;
      }
    }
    this.leaveList(count);
  }

  private walkClause(): void {
    const start = this.pos;
    if (this.enterNode() !== 5 || this.kind !== kinds.CLAUSE) {
      this.pos = start;
      this.walk();
      return;
    }
    this.skipAnno();
    this.skip();
    if (this.settings.builtins) walkGuards(this, true);
    else this.skip();
    this.walkList();
  }

  private walkMatch(): boolean {
    this.skipAnno();
    if (this.enterAtomOf(kinds.VAR)) {
      const name = this.pos;
      this.skip();
      learnMatch(this, name);
    } else this.walkAsPattern();
    return true;
  }

  private walkPrefix(): boolean {
    const anno = this.pos;
    this.skipAnno();
    const operator = this.atom();
    if (operator === undefined) this.skip();
    else this.addOperator(operator, 1, anno);
    if (!this.inGuard || operator !== 'not') return true;
    this.walk();
    applyTests(this);
    return false;
  }

  private walkOperator(): boolean {
    const anno = this.pos;
    this.skipAnno();
    const operator = this.atom();
    if (operator === 'andalso' || operator === 'orelse') return this.walkShortcut();
    if (operator === undefined) this.skip();
    else this.addOperator(operator, 2, anno);
    if (!this.inGuard || (operator !== 'and' && operator !== 'or')) {
      this.walk();
      return true;
    }
    this.walk();
    applyTests(this);
    this.walk();
    applyTests(this);
    return false;
  }

  /** What the right side of `andalso` and `orelse` has tested isn't sure afterwards. */
  private walkShortcut(): boolean {
    this.walk();
    if (!this.inGuard && this.checked.length === 0) return true;
    applyTests(this);
    const { checked } = this;
    this.walk();
    applyTests(this);
    this.checked = checked;
    return false;
  }

  private addOperator(operator: string, arity: number, anno: number): void {
    if (this.settings.builtins) this.addAt(externalTarget(this.settings.targets, 'erlang', operator, arity, this.guard), anno);
  }

  private walkBinElement(): void {
    this.skipAnno();
    this.walk();
    this.walkAsBody();
    this.skip();
  }

  /** xref goes through the timeout and its body before the clauses. */
  private walkReceiveAfter(): void {
    this.skipAnno();
    const clauses = this.pos;
    this.skip();
    this.reread(this.pos - clauses);
    this.walk();
    this.walkList();
    const end = this.pos;
    this.pos = clauses;
    this.walkClauses();
    this.pos = end;
  }

  /** The clauses after `else` are no clauses to xref, so heads and guards count, and what they bind stays known. */
  private walkMaybeElse(): void {
    this.skipAnno();
    this.walkList();
    const start = this.pos;
    if (this.enterNode() !== 3 || this.kind !== kinds.ELSE) {
      this.pos = start;
      this.walk();
      return;
    }
    this.skipAnno();
    const count = this.enterList();
    for (let clause = 0; clause < count; clause++) this.walkElseClause();
    this.leaveList(count);
  }

  private walkElseClause(): void {
    const start = this.pos;
    if (this.enterNode() !== 5 || this.kind !== kinds.CLAUSE) {
      this.pos = start;
      this.walk();
      return;
    }
    this.skipAnno();
    this.walkAsPattern();
    walkGuards(this, false);
    this.walkList();
  }

  /** Walks over the `K := V` of a generator, where K is a pattern as well. */
  private walkPairPattern(): void {
    const start = this.pos;
    if (this.enterNode() === 4 && this.kind === kinds.MAP_FIELD_EXACT) {
      this.skipAnno();
      this.walkAsPattern();
    } else this.pos = start;
    this.walkAsPattern();
  }

  private walkAsPattern(): void {
    const { site } = this.context;
    this.walkIn(site === null ? IN_PATTERN : { site, pattern: true });
  }

  /** Keys of maps and sizes in binaries are expressions, in patterns too. */
  private walkAsBody(): void {
    if (!this.context.pattern) {
      this.walk();
      return;
    }
    const { site } = this.context;
    this.walkIn(site === null ? IN_BODY : { site, pattern: false });
  }

  walkIn(context: Context): void {
    const outer = this.context;
    this.context = context;
    this.walk();
    this.context = outer;
  }

  walkAt({ at, context }: Place): void {
    const { pos } = this;
    this.pos = at;
    this.walkIn(context);
    this.reread(this.pos - at);
    this.pos = pos;
  }

  nest<T>(part: () => T): T {
    this.enter();
    const result = part();
    this.depth--;
    return result;
  }

  private enter(): void {
    if (++this.depth > MAX_DEPTH) this.fail('limit', `nested more than ${MAX_DEPTH} deep`);
  }

  reread(bytes: number): void {
    this.rereadBytes += bytes;
    if (this.rereadBytes > this.rereadLimit) this.fail('limit', 'expressions that repeat one another without end');
  }

  readSite(anno: number): void {
    const { site } = this.context;
    if (site === null) {
      this.readPlace(anno);
      this.line = Math.max(0, this.line + this.lineOffset);
    } else {
      this.line = site.line;
      this.column = site.column;
    }
  }

  addAt(target: Target | null, anno: number): void {
    if (target === null || (target.builtin && !this.settings.builtins)) return;
    this.readSite(anno);
    addCall(this.settings.targets.log, target, this.line, this.column);
  }

  addHere(target: Target | null): void {
    if (target === null || (target.builtin && !this.settings.builtins)) return;
    addCall(this.settings.targets.log, target, this.line, this.column);
  }
}
