// The callbacks of the behaviours of OTP and Elixir, for programs that are analysed without these: mandatory and optional ones, of OTP 25 to
// 29 and Elixir 1.14 to 1.20 together. A behaviour and its callbacks a paragraph, arities of one name after commas. `erl_error` and `sys`
// are declared since OTP 27 alone; modules have had their callbacks before.

import type { FunctionName } from '../module-facts.js';

const KNOWN = `
Elixir.Access: fetch/2 get_and_update/3 pop/2
Elixir.Application: config_change/3 prep_stop/1 start/2 start_phase/3 stop/1
Elixir.Calendar: date_to_string/3 datetime_to_string/11 day_of_era/3 day_of_week/4 day_of_year/3
  day_rollover_relative_to_midnight_utc/0 days_in_month/2 iso_days_to_beginning_of_day/1 iso_days_to_end_of_day/1 leap_year?/1
  months_in_year/1 naive_datetime_from_iso_days/1 naive_datetime_to_iso_days/7 naive_datetime_to_string/7 parse_date/1
  parse_naive_datetime/1 parse_time/1 parse_utc_datetime/1 quarter_of_year/3 shift_date/4 shift_naive_datetime/8 shift_time/5
  time_from_day_fraction/1 time_to_day_fraction/4 time_to_string/4 valid_date?/3 valid_time?/4 year_of_era/3
Elixir.Calendar.TimeZoneDatabase: time_zone_period_from_utc_iso_days/2 time_zone_periods_from_wall_datetime/2
Elixir.Collectable: into/1
Elixir.Config.Provider: init/1 load/2
Elixir.DynamicSupervisor: init/1
Elixir.EEx.Engine: handle_begin/1 handle_body/1 handle_end/1 handle_expr/3 handle_text/3 init/1
Elixir.Enumerable: count/1 member?/2 reduce/3 slice/1
Elixir.Exception: blame/2 exception/1 message/1
Elixir.GenEvent: code_change/3 handle_call/2 handle_event/2 handle_info/2 init/1 terminate/2
Elixir.GenServer: code_change/3 format_status/1,2 handle_call/3 handle_cast/2 handle_continue/2 handle_info/2 init/1 terminate/2
Elixir.IEx.Info: info/1
Elixir.Inspect: inspect/2
Elixir.JSON.Encoder: encode/2
Elixir.List.Chars: to_charlist/1
Elixir.Logger.Translator: translate/4
Elixir.Mix.Local.Installer: build/2 check_install_spec/2 find_previous_versions/1 install/3
Elixir.Mix.RemoteConverger: converge/2 deps/2 post_converge/0 remote?/1
Elixir.Mix.SCM: accepts_options/2 checked_out?/1 checkout/1 equal?/2 fetchable?/0 format/1 format_lock/1 lock_status/1 managers/1
  update/1
Elixir.Mix.Shell: cmd/1,2 error/1 info/1 print_app/0 prompt/1 yes?/1,2
Elixir.Mix.Task: run/1
Elixir.Mix.Task.Compiler: clean/0 diagnostics/0 manifests/0 run/1
Elixir.Mix.Tasks.Format: features/1 format/2
Elixir.Module: __info__/1
Elixir.Protocol: MACRO-__deriving__/3 __protocol__/1 impl_for/1 impl_for!/1
Elixir.String.Chars: to_string/1
Elixir.Supervisor: init/1
application: config_change/3 prep_stop/1 start/2 start_phase/3 stop/1
ct_release_test: upgrade_downgraded/2 upgrade_init/2 upgrade_upgraded/2
ct_suite: all/0 end_per_group/2 end_per_suite/1 end_per_testcase/2 group/1 groups/0 init_per_group/2 init_per_suite/1
  init_per_testcase/2 suite/0
data_publisher: data_diff/2 init_global_view/2 init_local_data/1 new_subscription/2 stop_global_view/1 translate_local_data/3
  translate_message/2 translate_update/3 update_global_view_and_notify/4 update_local_data/2 version/0
edoc_doclet: run/2
edoc_layout: module/2
erl_error: format_error/2
erl_tracer: enabled/3 enabled_call/3 enabled_garbage_collection/3 enabled_ports/3 enabled_procs/3 enabled_receive/3
  enabled_running_ports/3 enabled_running_procs/3 enabled_send/3 trace/5 trace_call/5 trace_garbage_collection/5 trace_ports/5
  trace_procs/5 trace_receive/5 trace_running_ports/5 trace_running_procs/5 trace_send/5
eunit_listener: handle_begin/3 handle_cancel/3 handle_end/3 init/1 terminate/2
gen_event: code_change/3 format_status/1,2 handle_call/2 handle_event/2 handle_info/2 init/1 terminate/2
gen_fsm: StateName/2,3 code_change/4 format_status/2 handle_event/3 handle_info/3 handle_sync_event/4 init/1 terminate/3
gen_server: code_change/3 format_status/1,2 handle_call/3 handle_cast/2 handle_continue/2 handle_info/2 init/1 terminate/2
gen_statem: StateName/3 callback_mode/0 code_change/4 format_status/1,2 handle_event/4 init/1 state_name/3 terminate/3
httpd: do/1 remove/1 store/2
httpd_custom_api: request_header/1 response_default_headers/0 response_header/1
inets_service: service_info/1 services/0 start_service/1 start_standalone/1 stop_service/1
logger_formatter: check_config/1 format/2
logger_handler: adding_handler/1 changing_config/3 filter_config/1 log/2 removing_handler/1
mnesia_backend_type: add_aliases/1 check_definition/4 close_table/2 create_table/3 delete/3 delete_table/2 first/2 fixtable/3
  index_is_consistent/3 info/3 init_backend/0 insert/3 is_index_consistent/2 last/2 load_table/4 lookup/3 match_delete/3 next/3
  prev/3 real_suffixes/0 receive_data/5 receive_done/4 receiver_first_message/4 remove_aliases/1 repair_continuation/2
  select/1,3,4 semantics/2 sender_init/4 slot/3 sync_close_table/2 tmp_suffixes/0 update_counter/4 validate_key/6
  validate_record/6
mod_esi: Function/3
mod_security: event/4,5
snmpa_authentication_service: init_check_access/2
snmpa_discovery_handler: stage1_finish/3
snmpa_error_report: config_err/2 user_err/2
snmpa_get_mechanism: do_get/3,4 do_get_bulk/7 do_get_next/3
snmpa_mib_data: backup/2 close/1 code_change/4 dump/2 info/1 load_mib/4 lookup/2 new/1 next/3 register_subagent/3 sync/1
  unload_mib/4 unregister_subagent/2 whereis_mib/2 which_mib/2 which_mibs/1
snmpa_mib_storage: backup/2 close/1 delete/1,2 info/1,2 match_delete/2 match_object/2 open/5 read/2 sync/1 tab2list/1 write/2
snmpa_network_interface: get_log_type/1 get_request_limit/1 info/1 set_log_type/2 set_request_limit/2 start_link/4 verbosity/2
snmpa_network_interface_filter: accept_recv/2 accept_recv_pdu/3 accept_send/2 accept_send_pdu/2
snmpa_notification_delivery_info_receiver: delivery_info/4 delivery_targets/3
snmpa_notification_filter: handle_notification/2
snmpa_set_mechanism: do_set/2 do_subagent_set/1
snmpm_network_interface: get_log_type/1 info/1 inform_response/4 note_store/2 send_pdu/7 set_log_type/2 start_link/2 stop/1
  verbosity/2
snmpm_network_interface_filter: accept_recv/2 accept_recv_pdu/3 accept_send/2 accept_send_pdu/3
snmpm_user: handle_agent/5 handle_error/3 handle_inform/3 handle_pdu/4 handle_report/3 handle_trap/3
snmpm_user_old: handle_agent/4 handle_error/3 handle_inform/4 handle_pdu/5 handle_report/4 handle_trap/4
ssh_channel: code_change/3 handle_call/3 handle_cast/2 handle_msg/2 handle_ssh_msg/2 init/1 terminate/2
ssh_client_channel: code_change/3 handle_call/3 handle_cast/2 handle_msg/2 handle_ssh_msg/2 init/1 terminate/2
ssh_client_key_api: add_host_key/3,4 is_host_key/4,5 sign/3 user_key/2
ssh_daemon_channel: handle_msg/2 handle_ssh_msg/2 init/1 terminate/2
ssh_dbg: ssh_dbg_flags/1 ssh_dbg_format/2,3 ssh_dbg_off/1 ssh_dbg_on/1 ssh_dbg_trace_points/0
ssh_server_channel: handle_msg/2 handle_ssh_msg/2 init/1 terminate/2
ssh_server_key_api: host_key/2 is_auth_key/3
ssh_sftpd_file_api: close/2 del_dir/2 delete/2 get_cwd/1 is_dir/2 list_dir/2 make_dir/2 make_symlink/3 open/3 position/3 read/3
  read_file_info/2 read_link/2 read_link_info/2 rename/3 write/3 write_file_info/3
ssl_crl_cache_api: fresh_crl/2 lookup/2,3 select/2
ssl_session_cache_api: delete/2 foldl/3 init/1 lookup/2 select_session/2 size/1 terminate/1 update/3
supervisor: init/1
supervisor_bridge: init/1 terminate/2
sys: system_code_change/4 system_continue/3 system_get_state/1 system_replace_state/2 system_terminate/4
tftp: abort/3 open/6 prepare/6 read/1 write/2
tftp_logger: error_msg/2 info_msg/2 warning_msg/2
wx_object: code_change/3 handle_call/3 handle_cast/2 handle_event/2 handle_info/2 handle_sync_event/3 init/1 terminate/2
`;

/** Returns the callbacks of a behaviour of OTP or Elixir; undefined where it is none of theirs. */
export function knownCallbacks(behaviour: string): readonly FunctionName[] | undefined {
  return table().get(behaviour);
}

/** The names of all behaviours in the table. */
export function knownBehaviours(): readonly string[] {
  return [...table().keys()];
}

let parsed: ReadonlyMap<string, readonly FunctionName[]> | undefined;

function table(): ReadonlyMap<string, readonly FunctionName[]> {
  parsed ??= new Map(
    KNOWN.trim()
      .split(/\n(?=\S)/)
      .map(parseParagraph),
  );
  return parsed;
}

function parseParagraph(paragraph: string): [string, readonly FunctionName[]] {
  const [behaviour, ...callbacks] = paragraph.split(/:?\s+/);
  const functions = callbacks.flatMap((callback) => {
    const [, name = '', arities = ''] = /^(.+)\/([\d,]+)$/.exec(callback) ?? [];
    return arities.split(',').map((arity) => ({ name, arity: Number(arity) }));
  });
  return [behaviour as string, functions];
}
