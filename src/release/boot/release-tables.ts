// What boot scripts and tars take from the release of OTP: preloaded modules, and whether a tar has appups. The modules that are loaded first are
// the same ones since OTP 25.
//
// Defined by lib/sasl/src/systools_make.erl and erts/preloaded.

/** The release of OTP whose runtime has that version, 25 for 13.1.5; undefined for a version of another shape. */
export function otpOfErts(erts: string): number | undefined {
  const major = /^(\d+)(\.\d+)*$/.exec(erts)?.[1];
  return major === undefined ? undefined : Number(major) + 12;
}

const PRELOADED = `atomics counters erl_init erl_prim_loader erl_tracer erlang erts_code_purger erts_dirty_process_signal_handler
  erts_internal erts_literal_area_collector init persistent_term prim_buffer prim_eval prim_file prim_inet prim_net prim_socket
  prim_zip socket_registry zlib`.split(/\s+/);

/** Returns the modules that are part of the emulator, sorted. */
export function preloadedModules(otp: number): readonly string[] {
  return otp < 27 ? PRELOADED : [...PRELOADED, 'erts_trace_cleaner'].sort();
}

/** Modules that are loaded before all others, in that order. */
export const MANDATORY_MODULES: readonly string[] = `error_handler application application_controller application_master code
  code_server erl_eval erl_lint erl_parse error_logger ets file filename file_server file_io_server gen gen_event gen_server heart
  kernel logger logger_filters logger_server logger_backend logger_config logger_simple_h lists proc_lib supervisor`.split(/\s+/);

/** Tells whether a tar has the appups of its applications. */
export function packsAppups(otp: number): boolean {
  return otp >= 29;
}

/** Programs of the runtime that no release needs. */
export const DEVELOPMENT_PROGRAMS: readonly string[] = ['typer', 'dialyzer', 'ct_run', 'yielding_c_fun', 'erlc'];
