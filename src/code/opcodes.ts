// The generic opcodes, 1 to 191: number, name, the roles of their operands in file order, the release that brought them, and
// the first release whose loader refuses them.
//
// An unsigned operand in one of these roles counts something outside the instruction:
//   label  the label that is defined here      import  row of ImpT, from 0       lambda  row of FunT, from 0
//   string byte offset in StrT                 location  item of Line, from 1; 0 is none
// The other roles are names for people. Defined by lib/compiler/src/genop.tab; refusals tried on the loaders of 25, 27 and 29.

/** One generic instruction. */
export interface Opcode {
  readonly number: number;
  readonly name: OpcodeName;
  readonly arity: number;
  /** What each operand is for, in file order. */
  readonly roles: readonly string[];
  /** The OTP release that brought it; 5 stands for R5 and earlier. */
  readonly since: number;
  /** The first OTP release whose loader refuses it, undefined while it is accepted; 22 stands for 22 and earlier. */
  readonly refusedFrom: number | undefined;
}

type Row = readonly [number: number, name: string, roles: string, since: number, refusedFrom?: number];

const ROWS = [
  [1, 'label', 'label', 5],
  [2, 'func_info', 'module name arity', 5],
  [3, 'int_code_end', '', 5],
  [4, 'call', 'arity target', 5],
  [5, 'call_last', 'arity target deallocate', 5],
  [6, 'call_only', 'arity target', 5],
  [7, 'call_ext', 'arity import', 5],
  [8, 'call_ext_last', 'arity import deallocate', 5],
  [9, 'bif0', 'import dst', 5],
  [10, 'bif1', 'fail import src dst', 5],
  [11, 'bif2', 'fail import src src dst', 5],
  [12, 'allocate', 'stack live', 5],
  [13, 'allocate_heap', 'stack heap live', 5],
  [14, 'allocate_zero', 'stack live', 5, 27],
  [15, 'allocate_heap_zero', 'stack heap live', 5, 27],
  [16, 'test_heap', 'heap live', 5],
  [17, 'init', 'dst', 5, 27],
  [18, 'deallocate', 'deallocate', 5],
  [19, 'return', '', 5],
  [20, 'send', '', 5],
  [21, 'remove_message', '', 5],
  [22, 'timeout', '', 5],
  [23, 'loop_rec', 'fail dst', 5],
  [24, 'loop_rec_end', 'target', 5],
  [25, 'wait', 'target', 5],
  [26, 'wait_timeout', 'target time', 5],
  [27, 'm_plus', 'fail src src dst', 5, 22],
  [28, 'm_minus', 'fail src src dst', 5, 22],
  [29, 'm_times', 'fail src src dst', 5, 22],
  [30, 'm_div', 'fail src src dst', 5, 22],
  [31, 'int_div', 'fail src src dst', 5, 22],
  [32, 'int_rem', 'fail src src dst', 5, 22],
  [33, 'int_band', 'fail src src dst', 5, 22],
  [34, 'int_bor', 'fail src src dst', 5, 22],
  [35, 'int_bxor', 'fail src src dst', 5, 22],
  [36, 'int_bsl', 'fail src src dst', 5, 22],
  [37, 'int_bsr', 'fail src src dst', 5, 22],
  [38, 'int_bnot', 'fail src dst', 5, 22],
  [39, 'is_lt', 'fail src src', 5],
  [40, 'is_ge', 'fail src src', 5],
  [41, 'is_eq', 'fail src src', 5],
  [42, 'is_ne', 'fail src src', 5],
  [43, 'is_eq_exact', 'fail src src', 5],
  [44, 'is_ne_exact', 'fail src src', 5],
  [45, 'is_integer', 'fail src', 5],
  [46, 'is_float', 'fail src', 5],
  [47, 'is_number', 'fail src', 5],
  [48, 'is_atom', 'fail src', 5],
  [49, 'is_pid', 'fail src', 5],
  [50, 'is_reference', 'fail src', 5],
  [51, 'is_port', 'fail src', 5],
  [52, 'is_nil', 'fail src', 5],
  [53, 'is_binary', 'fail src', 5],
  [54, 'is_constant', 'fail src', 5, 22],
  [55, 'is_list', 'fail src', 5],
  [56, 'is_nonempty_list', 'fail src', 5],
  [57, 'is_tuple', 'fail src', 5],
  [58, 'test_arity', 'fail src arity', 5],
  [59, 'select_val', 'src fail choices', 5],
  [60, 'select_tuple_arity', 'src fail choices', 5],
  [61, 'jump', 'target', 5],
  [62, 'catch', 'catch target', 5],
  [63, 'catch_end', 'catch', 5],
  [64, 'move', 'src dst', 5],
  [65, 'get_list', 'src head tail', 5],
  [66, 'get_tuple_element', 'src index dst', 5],
  [67, 'set_tuple_element', 'value tuple index', 5],
  [68, 'put_string', 'bytes string dst', 5, 22],
  [69, 'put_list', 'head tail dst', 5],
  [70, 'put_tuple', 'arity dst', 5, 25],
  [71, 'put', 'src', 5, 25],
  [72, 'badmatch', 'src', 5],
  [73, 'if_end', '', 5],
  [74, 'case_end', 'src', 5],
  [75, 'call_fun', 'arity', 5],
  [76, 'make_fun', 'target uniq free', 5, 22],
  [77, 'is_function', 'fail src', 5],
  [78, 'call_ext_only', 'arity import', 5],
  [79, 'bs_start_match', 'fail src', 7, 22],
  [80, 'bs_get_integer', 'fail size unit flags dst', 7, 22],
  [81, 'bs_get_float', 'fail size unit flags dst', 7, 22],
  [82, 'bs_get_binary', 'fail size unit flags dst', 7, 22],
  [83, 'bs_skip_bits', 'fail size unit flags', 7, 22],
  [84, 'bs_test_tail', 'fail bits', 7, 22],
  [85, 'bs_save', 'slot', 7, 22],
  [86, 'bs_restore', 'slot', 7, 22],
  [87, 'bs_init', 'size flags', 7, 22],
  [88, 'bs_final', 'fail dst', 7, 22],
  [89, 'bs_put_integer', 'fail size unit flags src', 7, 28],
  [90, 'bs_put_binary', 'fail size unit flags src', 7, 28],
  [91, 'bs_put_float', 'fail size unit flags src', 7, 28],
  [92, 'bs_put_string', 'bytes string', 7, 28],
  [93, 'bs_need_buf', 'size', 7, 22],
  [94, 'fclearerror', '', 8, 27],
  [95, 'fcheckerror', 'fail', 8, 27],
  [96, 'fmove', 'src dst', 8],
  [97, 'fconv', 'src dst', 8],
  [98, 'fadd', 'fail src src dst', 8],
  [99, 'fsub', 'fail src src dst', 8],
  [100, 'fmul', 'fail src src dst', 8],
  [101, 'fdiv', 'fail src src dst', 8],
  [102, 'fnegate', 'fail src dst', 8],
  [103, 'make_fun2', 'lambda', 8, 27],
  [104, 'try', 'catch target', 10],
  [105, 'try_end', 'catch', 10],
  [106, 'try_case', 'catch', 10],
  [107, 'try_case_end', 'src', 10],
  [108, 'raise', 'trace reason', 10],
  [109, 'bs_init2', 'fail size heap live flags dst', 10, 28],
  [110, 'bs_bits_to_bytes', 'fail src dst', 10, 22],
  [111, 'bs_add', 'fail src src unit dst', 10, 28],
  [112, 'apply', 'arity', 10],
  [113, 'apply_last', 'arity deallocate', 10],
  [114, 'is_boolean', 'fail src', 10],
  [115, 'is_function2', 'fail src arity', 10],
  [116, 'bs_start_match2', 'fail src live slots dst', 11, 25],
  [117, 'bs_get_integer2', 'fail context live size unit flags dst', 11],
  [118, 'bs_get_float2', 'fail context live size unit flags dst', 11],
  [119, 'bs_get_binary2', 'fail context live size unit flags dst', 11],
  [120, 'bs_skip_bits2', 'fail context size unit flags', 11],
  [121, 'bs_test_tail2', 'fail context bits', 11],
  [122, 'bs_save2', 'context slot', 11, 25],
  [123, 'bs_restore2', 'context slot', 11, 25],
  [124, 'gc_bif1', 'fail live import src dst', 11],
  [125, 'gc_bif2', 'fail live import src src dst', 11],
  [126, 'bs_final2', 'src dst', 11, 22],
  [127, 'bs_bits_to_bytes2', 'src dst', 11, 22],
  [128, 'put_literal', 'src dst', 11, 22],
  [129, 'is_bitstr', 'fail src', 11],
  [130, 'bs_context_to_binary', 'context', 12, 25],
  [131, 'bs_test_unit', 'fail context unit', 12, 29],
  [132, 'bs_match_string', 'fail context bits string', 12],
  [133, 'bs_init_writable', '', 12],
  [134, 'bs_append', 'fail size heap live unit src flags dst', 12, 28],
  [135, 'bs_private_append', 'fail size unit src flags dst', 12, 28],
  [136, 'trim', 'drop keep', 12],
  [137, 'bs_init_bits', 'fail size heap live flags dst', 12, 28],
  [138, 'bs_get_utf8', 'fail context live flags dst', 12],
  [139, 'bs_skip_utf8', 'fail context live flags', 12],
  [140, 'bs_get_utf16', 'fail context live flags dst', 12],
  [141, 'bs_skip_utf16', 'fail context live flags', 12],
  [142, 'bs_get_utf32', 'fail context live flags dst', 12],
  [143, 'bs_skip_utf32', 'fail context live flags', 12],
  [144, 'bs_utf8_size', 'fail src dst', 12, 28],
  [145, 'bs_put_utf8', 'fail flags src', 12, 28],
  [146, 'bs_utf16_size', 'fail src dst', 12, 28],
  [147, 'bs_put_utf16', 'fail flags src', 12, 28],
  [148, 'bs_put_utf32', 'fail flags src', 12, 28],
  [149, 'on_load', '', 13],
  [150, 'recv_mark', 'target', 14, 27],
  [151, 'recv_set', 'target', 14, 27],
  [152, 'gc_bif3', 'fail live import src src src dst', 14],
  [153, 'line', 'location', 15],
  [154, 'put_map_assoc', 'fail src dst live pairs', 17],
  [155, 'put_map_exact', 'fail src dst live pairs', 17],
  [156, 'is_map', 'fail src', 17],
  [157, 'has_map_fields', 'fail src keys', 17],
  [158, 'get_map_elements', 'fail src pairs', 17],
  [159, 'is_tagged_tuple', 'fail src arity name', 20],
  [160, 'build_stacktrace', '', 21],
  [161, 'raw_raise', '', 21],
  [162, 'get_hd', 'src head', 21],
  [163, 'get_tl', 'src tail', 21],
  [164, 'put_tuple2', 'dst items', 22],
  [165, 'bs_get_tail', 'context dst live', 22],
  [166, 'bs_start_match3', 'fail src live dst', 22],
  [167, 'bs_get_position', 'context dst live', 22],
  [168, 'bs_set_position', 'context src', 22],
  [169, 'swap', 'src src', 23],
  [170, 'bs_start_match4', 'fail live src dst', 23],
  [171, 'make_fun3', 'lambda dst environment', 24],
  [172, 'init_yregs', 'registers', 24],
  [173, 'recv_marker_bind', 'marker reference', 24],
  [174, 'recv_marker_clear', 'reference', 24],
  [175, 'recv_marker_reserve', 'marker', 24],
  [176, 'recv_marker_use', 'reference', 24],
  [177, 'bs_create_bin', 'fail heap live unit dst segments', 25],
  [178, 'call_fun2', 'lambda arity src', 25],
  [179, 'nif_start', '', 25],
  [180, 'badrecord', 'src', 25],
  [181, 'update_record', 'hint arity src dst updates', 26],
  [182, 'bs_match', 'fail context commands', 26],
  [183, 'executable_line', 'location index', 27],
  [184, 'debug_line', 'kind location index live', 28],
  [185, 'bif3', 'fail import src src src dst', 29],
  [186, 'is_any_native_record', 'fail src', 29],
  [187, 'is_native_record', 'fail src module name', 29],
  [188, 'get_record_elements', 'fail src pairs', 29],
  [189, 'put_record', 'fail name src dst live pairs', 29],
  [190, 'is_record_accessible', 'fail src scope', 29],
  [191, 'get_record_field', 'fail src name field dst', 29],
] as const satisfies readonly Row[];

/** The name of a generic instruction. */
export type OpcodeName = (typeof ROWS)[number][1];

/** All opcodes in the order of their numbers: number N is at N - 1. */
export const OPCODES: readonly Opcode[] = (ROWS as readonly Row[]).map(([number, name, roles, since, refusedFrom]) => {
  const parts = roles === '' ? [] : roles.split(' ');
  return { number, name: name as OpcodeName, arity: parts.length, roles: parts, since, refusedFrom };
});

const byName: ReadonlyMap<string, Opcode> = new Map(OPCODES.map((opcode) => [opcode.name, opcode]));

/** Returns the opcode of that number, undefined where there is none. */
export function opcodeByNumber(number: number): Opcode | undefined {
  return OPCODES[number - 1];
}

/** Returns the opcode of that name; a name that isn't an {@link OpcodeName} gives undefined. */
export function opcodeByName(name: OpcodeName): Opcode;
export function opcodeByName(name: string): Opcode | undefined;
export function opcodeByName(name: string): Opcode | undefined {
  return byName.get(name);
}

/** Tells whether the loader of that OTP release (20 or later) accepts the opcode; before 22 some refusals aren't known. */
export function loaderAccepts(opcode: Opcode, otp: number): boolean {
  return opcode.since <= otp && (opcode.refusedFrom === undefined || otp < opcode.refusedFrom);
}
