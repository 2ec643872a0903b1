// Which module is in which application of OTP and Elixir, for programs that are read without these: so a call of crypto is known to go to
// crypto on a machine that has no Erlang. All applications of OTP 25 and Elixir 1.14 to 1.20; of OTP 27 and 29 those that a server has.
// What is read of an application counts before this table. An application and its modules a paragraph.

const KNOWN = `
asn1: asn1_db asn1ct asn1ct_check asn1ct_constructed_ber_bin_v2 asn1ct_constructed_per asn1ct_eval_ext asn1ct_func asn1ct_gen
  asn1ct_gen_ber_bin_v2 asn1ct_gen_check asn1ct_gen_jer asn1ct_gen_per asn1ct_imm asn1ct_name asn1ct_parser2 asn1ct_partial_decode
  asn1ct_pretty_format asn1ct_rtt asn1ct_table asn1ct_tok asn1ct_value asn1rt_nif
common_test: ct ct_config ct_config_plain ct_config_xml ct_conn_log_h ct_cover ct_default_gl ct_event ct_framework ct_ftp
  ct_gen_conn ct_groups ct_hooks ct_hooks_lock ct_logs ct_make ct_master ct_master_event ct_master_logs ct_master_status
  ct_netconfc ct_property_test ct_release_test ct_repeat ct_rpc ct_run ct_slave ct_snmp ct_ssh ct_suite ct_telnet ct_telnet_client
  ct_testspec ct_util cth_conn_log cth_log_redirect cth_surefire erl2html2 test_server test_server_ctrl test_server_gl
  test_server_io test_server_node test_server_sup unix_telnet
compiler: beam_a beam_asm beam_block beam_bounds beam_call_types beam_clean beam_core_to_ssa beam_dict beam_digraph beam_disasm
  beam_doc beam_flatten beam_jump beam_kernel_to_ssa beam_listing beam_opcodes beam_ssa beam_ssa_alias beam_ssa_bc_size
  beam_ssa_bool beam_ssa_bsm beam_ssa_check beam_ssa_codegen beam_ssa_dead beam_ssa_destructive_update beam_ssa_lint beam_ssa_opt
  beam_ssa_pp beam_ssa_pre_codegen beam_ssa_recv beam_ssa_share beam_ssa_ss beam_ssa_throw beam_ssa_type beam_trim beam_types
  beam_utils beam_validator beam_z cerl cerl_clauses cerl_inline cerl_trees compile core_lib core_lint core_parse core_pp
  core_scan erl_bifs rec_env sys_core_alias sys_core_bsm sys_core_fold sys_core_fold_lists sys_core_inline sys_core_prepare
  sys_coverage sys_messages sys_pre_attributes v3_core v3_kernel v3_kernel_pp
crypto: crypto crypto_ec_curves
debugger: dbg_debugged dbg_icmd dbg_idb dbg_ieval dbg_iload dbg_iserver dbg_istk dbg_wx_break dbg_wx_break_win dbg_wx_code
  dbg_wx_filedialog_win dbg_wx_interpret dbg_wx_mon dbg_wx_mon_win dbg_wx_settings dbg_wx_src_view dbg_wx_trace dbg_wx_trace_win
  dbg_wx_view dbg_wx_win dbg_wx_winman debugger i int
dialyzer: cerl_prettypr dialyzer dialyzer_analysis_callgraph dialyzer_behaviours dialyzer_callgraph dialyzer_cl dialyzer_cl_parse
  dialyzer_clean_core dialyzer_codeserver dialyzer_contracts dialyzer_coordinator dialyzer_dataflow dialyzer_dep dialyzer_dot
  dialyzer_explanation dialyzer_gui_wx dialyzer_options dialyzer_plt dialyzer_succ_typings dialyzer_timing dialyzer_typegraph
  dialyzer_typesig dialyzer_utils dialyzer_worker erl_bif_types erl_types typer typer_core
diameter: diameter diameter_app diameter_callback diameter_capx diameter_codec diameter_codegen diameter_config
  diameter_config_sup diameter_dbg diameter_dict_parser diameter_dict_scanner diameter_dict_util diameter_dist diameter_etcp
  diameter_etcp_sup diameter_exprecs diameter_gen diameter_gen_acct_rfc6733 diameter_gen_base_accounting diameter_gen_base_rfc3588
  diameter_gen_base_rfc6733 diameter_gen_doic_rfc7683 diameter_gen_relay diameter_info diameter_lib diameter_make
  diameter_misc_sup diameter_peer diameter_peer_fsm diameter_peer_fsm_sup diameter_reg diameter_sctp diameter_sctp_sup
  diameter_service diameter_service_sup diameter_session diameter_stats diameter_sup diameter_sync diameter_tcp diameter_tcp_sup
  diameter_traffic diameter_transport diameter_transport_sup diameter_types diameter_watchdog diameter_watchdog_sup
edoc: edoc edoc_cli edoc_data edoc_doclet edoc_doclet_chunks edoc_extract edoc_layout edoc_layout_chunks edoc_lib edoc_macros
  edoc_parser edoc_refs edoc_report edoc_run edoc_scanner edoc_specs edoc_tags edoc_types edoc_wiki
eex: Elixir.EEx Elixir.EEx.Compiler Elixir.EEx.Engine Elixir.EEx.SmartEngine Elixir.EEx.SyntaxError
eldap: ELDAPv3 eldap
elixir: Elixir.Access Elixir.Agent Elixir.Agent.Server Elixir.Application Elixir.ArgumentError Elixir.ArithmeticError Elixir.Atom
  Elixir.BadArityError Elixir.BadBooleanError Elixir.BadFunctionError Elixir.BadMapError Elixir.BadStructError Elixir.Base
  Elixir.Behaviour Elixir.Bitwise Elixir.Calendar Elixir.Calendar.ISO Elixir.Calendar.TimeZoneDatabase
  Elixir.Calendar.UTCOnlyTimeZoneDatabase Elixir.CaseClauseError Elixir.Code Elixir.Code.Formatter Elixir.Code.Fragment
  Elixir.Code.Identifier Elixir.Code.LoadError Elixir.Code.Normalizer Elixir.Code.Typespec Elixir.Collectable
  Elixir.Collectable.BitString Elixir.Collectable.File.Stream Elixir.Collectable.HashDict Elixir.Collectable.HashSet
  Elixir.Collectable.IO.Stream Elixir.Collectable.List Elixir.Collectable.Map Elixir.Collectable.MapSet Elixir.CompileError
  Elixir.CondClauseError Elixir.Config Elixir.Config.Provider Elixir.Config.Reader Elixir.Date Elixir.Date.Range Elixir.DateTime
  Elixir.Dict Elixir.Duration Elixir.DynamicSupervisor Elixir.Enum Elixir.Enum.EmptyError Elixir.Enum.OutOfBoundsError
  Elixir.Enumerable Elixir.Enumerable.Date.Range Elixir.Enumerable.File.Stream Elixir.Enumerable.Function
  Elixir.Enumerable.GenEvent.Stream Elixir.Enumerable.HashDict Elixir.Enumerable.HashSet Elixir.Enumerable.IO.Stream
  Elixir.Enumerable.List Elixir.Enumerable.Map Elixir.Enumerable.MapSet Elixir.Enumerable.Range Elixir.Enumerable.Stream
  Elixir.ErlangError Elixir.Exception Elixir.File Elixir.File.CopyError Elixir.File.Error Elixir.File.LinkError
  Elixir.File.RenameError Elixir.File.Stat Elixir.File.Stream Elixir.Float Elixir.Function Elixir.FunctionClauseError
  Elixir.GenEvent Elixir.GenEvent.Stream Elixir.GenServer Elixir.HashDict Elixir.HashSet Elixir.IO Elixir.IO.ANSI
  Elixir.IO.ANSI.Docs Elixir.IO.ANSI.Sequence Elixir.IO.Stream Elixir.IO.StreamError Elixir.Inspect Elixir.Inspect.Algebra
  Elixir.Inspect.Any Elixir.Inspect.Atom Elixir.Inspect.BitString Elixir.Inspect.Date Elixir.Inspect.Date.Range
  Elixir.Inspect.DateTime Elixir.Inspect.Duration Elixir.Inspect.Error Elixir.Inspect.Float Elixir.Inspect.Function
  Elixir.Inspect.HashDict Elixir.Inspect.HashSet Elixir.Inspect.Inspect.Error Elixir.Inspect.Integer Elixir.Inspect.List
  Elixir.Inspect.Macro.Env Elixir.Inspect.Map Elixir.Inspect.MapSet Elixir.Inspect.NaiveDateTime Elixir.Inspect.Opts
  Elixir.Inspect.PID Elixir.Inspect.Port Elixir.Inspect.Range Elixir.Inspect.Reference Elixir.Inspect.Regex Elixir.Inspect.Stream
  Elixir.Inspect.Time Elixir.Inspect.Tuple Elixir.Inspect.URI Elixir.Inspect.Version Elixir.Inspect.Version.Requirement
  Elixir.Integer Elixir.JSON Elixir.JSON.DecodeError Elixir.JSON.Encoder Elixir.JSON.Encoder.Atom Elixir.JSON.Encoder.BitString
  Elixir.JSON.Encoder.Date Elixir.JSON.Encoder.DateTime Elixir.JSON.Encoder.Duration Elixir.JSON.Encoder.Float
  Elixir.JSON.Encoder.Integer Elixir.JSON.Encoder.List Elixir.JSON.Encoder.Map Elixir.JSON.Encoder.NaiveDateTime
  Elixir.JSON.Encoder.Time Elixir.Kernel Elixir.Kernel.CLI Elixir.Kernel.ErrorHandler Elixir.Kernel.LexicalTracker
  Elixir.Kernel.ParallelCompiler Elixir.Kernel.ParallelRequire Elixir.Kernel.SpecialForms Elixir.Kernel.Typespec
  Elixir.Kernel.TypespecError Elixir.Kernel.Utils Elixir.KeyError Elixir.Keyword Elixir.List Elixir.List.Chars
  Elixir.List.Chars.Atom Elixir.List.Chars.BitString Elixir.List.Chars.Float Elixir.List.Chars.Integer Elixir.List.Chars.List
  Elixir.Macro Elixir.Macro.Env Elixir.Map Elixir.MapSet Elixir.MatchError Elixir.MismatchedDelimiterError
  Elixir.MissingApplicationsError Elixir.Module Elixir.Module.Behaviour Elixir.Module.LocalsTracker Elixir.Module.ParallelChecker
  Elixir.Module.Types Elixir.Module.Types.Apply Elixir.Module.Types.Descr Elixir.Module.Types.Error Elixir.Module.Types.Expr
  Elixir.Module.Types.Helpers Elixir.Module.Types.Of Elixir.Module.Types.Pattern Elixir.Module.Types.Traverse
  Elixir.Module.Types.Unify Elixir.NaiveDateTime Elixir.Node Elixir.OptionParser Elixir.OptionParser.ParseError
  Elixir.PartitionSupervisor Elixir.Path Elixir.Path.Wildcard Elixir.Port Elixir.Process Elixir.Protocol
  Elixir.Protocol.UndefinedError Elixir.Range Elixir.Record Elixir.Record.Extractor Elixir.Regex Elixir.Regex.CompileError
  Elixir.Registry Elixir.Registry.Partition Elixir.Registry.Supervisor Elixir.RuntimeError Elixir.Set Elixir.Stream
  Elixir.Stream.Reducers Elixir.String Elixir.String.Break Elixir.String.Chars Elixir.String.Chars.Atom
  Elixir.String.Chars.BitString Elixir.String.Chars.Date Elixir.String.Chars.DateTime Elixir.String.Chars.Float
  Elixir.String.Chars.Integer Elixir.String.Chars.List Elixir.String.Chars.NaiveDateTime Elixir.String.Chars.Time
  Elixir.String.Chars.URI Elixir.String.Chars.Version Elixir.String.Chars.Version.Requirement Elixir.String.Tokenizer
  Elixir.String.Tokenizer.ScriptSet Elixir.String.Tokenizer.Security Elixir.String.Unicode Elixir.StringIO Elixir.Supervisor
  Elixir.Supervisor.Default Elixir.Supervisor.Spec Elixir.SyntaxError Elixir.System Elixir.System.EnvError
  Elixir.System.SignalHandler Elixir.SystemLimitError Elixir.Task Elixir.Task.Supervised Elixir.Task.Supervisor Elixir.Time
  Elixir.TokenMissingError Elixir.TryClauseError Elixir.Tuple Elixir.URI Elixir.URI.Error Elixir.UndefinedFunctionError
  Elixir.UnicodeConversionError Elixir.Version Elixir.Version.InvalidRequirementError Elixir.Version.InvalidVersionError
  Elixir.Version.Parser Elixir.Version.Requirement Elixir.WithClauseError elixir elixir_aliases elixir_bitstring elixir_bootstrap
  elixir_clauses elixir_code_server elixir_compiler elixir_config elixir_def elixir_dispatch elixir_env elixir_erl
  elixir_erl_clauses elixir_erl_compiler elixir_erl_for elixir_erl_pass elixir_erl_try elixir_erl_var elixir_errors elixir_expand
  elixir_fn elixir_import elixir_interpolation elixir_json elixir_lexical elixir_locals elixir_map elixir_module
  elixir_overridable elixir_parser elixir_quote elixir_rewrite elixir_sup elixir_tokenizer elixir_utils iex
erl_docgen: docgen_edoc_xml_cb docgen_otp_specs docgen_xmerl_xml_cb docgen_xml_to_chunk
erts: atomics counters erl_init erl_prim_loader erl_tracer erlang erts_code_purger erts_dirty_process_signal_handler erts_internal
  erts_literal_area_collector erts_trace_cleaner init persistent_term prim_buffer prim_eval prim_file prim_inet prim_net
  prim_socket prim_zip socket_registry zlib
et: et et_collector et_selector et_viewer et_wx_contents_viewer et_wx_viewer
eunit: eunit eunit_autoexport eunit_data eunit_lib eunit_listener eunit_proc eunit_serial eunit_server eunit_striptests
  eunit_surefire eunit_test eunit_tests eunit_tty
ex_unit: Elixir.ExUnit Elixir.ExUnit.AssertionError Elixir.ExUnit.Assertions Elixir.ExUnit.CLIFormatter Elixir.ExUnit.Callbacks
  Elixir.ExUnit.CaptureIO Elixir.ExUnit.CaptureLog Elixir.ExUnit.CaptureServer Elixir.ExUnit.Case Elixir.ExUnit.CaseTemplate
  Elixir.ExUnit.Diff Elixir.ExUnit.DocTest Elixir.ExUnit.DocTest.Error Elixir.ExUnit.DuplicateDescribeError
  Elixir.ExUnit.DuplicateTestError Elixir.ExUnit.EventManager Elixir.ExUnit.FailuresManifest Elixir.ExUnit.Filters
  Elixir.ExUnit.Formatter Elixir.ExUnit.MultiError Elixir.ExUnit.OnExitHandler Elixir.ExUnit.OnExitHandler.Supervisor
  Elixir.ExUnit.Runner Elixir.ExUnit.RunnerStats Elixir.ExUnit.Server Elixir.ExUnit.Test Elixir.ExUnit.TestCase
  Elixir.ExUnit.TestModule Elixir.ExUnit.TimeoutError
ftp: ftp ftp_app ftp_progress ftp_response ftp_sup
iex: Elixir.IEx Elixir.IEx.App Elixir.IEx.Autocomplete Elixir.IEx.Broker Elixir.IEx.CLI Elixir.IEx.Config Elixir.IEx.Evaluator
  Elixir.IEx.Helpers Elixir.IEx.History Elixir.IEx.Info Elixir.IEx.Info.Any Elixir.IEx.Info.Atom Elixir.IEx.Info.BitString
  Elixir.IEx.Info.Date Elixir.IEx.Info.DateTime Elixir.IEx.Info.Float Elixir.IEx.Info.Function Elixir.IEx.Info.Integer
  Elixir.IEx.Info.List Elixir.IEx.Info.Map Elixir.IEx.Info.NaiveDateTime Elixir.IEx.Info.PID Elixir.IEx.Info.Port
  Elixir.IEx.Info.Range Elixir.IEx.Info.Reference Elixir.IEx.Info.Regex Elixir.IEx.Info.Time Elixir.IEx.Info.Tuple
  Elixir.IEx.Introspection Elixir.IEx.MixListener Elixir.IEx.Pry Elixir.IEx.Server Elixir.IEx.State
inets: http_chunk http_request http_response http_transport http_uri http_util httpc httpc_cookie httpc_handler httpc_handler_sup
  httpc_manager httpc_profile_sup httpc_request httpc_response httpc_sup httpd httpd_acceptor httpd_acceptor_sup httpd_cgi
  httpd_conf httpd_connection_sup httpd_custom httpd_custom_api httpd_esi httpd_example httpd_file httpd_instance_sup httpd_log
  httpd_logger httpd_manager httpd_misc_sup httpd_request httpd_request_handler httpd_response httpd_script_env httpd_socket
  httpd_sup httpd_util inets inets_app inets_lib inets_service inets_sup inets_trace mod_actions mod_alias mod_auth mod_auth_dets
  mod_auth_mnesia mod_auth_plain mod_auth_server mod_cgi mod_dir mod_disk_log mod_esi mod_get mod_head mod_log mod_range
  mod_responsecontrol mod_security mod_security_server mod_trace
kernel: application application_controller application_master application_starter auth code code_server data_publisher disk_log
  disk_log_1 disk_log_server disk_log_sup dist_ac dist_util erl_boot_server erl_compile_server erl_ddll erl_debugger
  erl_distribution erl_epmd erl_erts_errors erl_kernel_errors erl_reply erl_signal_handler erpc error_handler error_logger
  erts_debug file file_io_server file_server gen_sctp gen_tcp gen_tcp_socket gen_udp gen_udp_socket global global_group
  global_search group group_history heart inet inet6_sctp inet6_tcp inet6_tcp_dist inet6_udp inet_config inet_db inet_dns
  inet_dns_tsig inet_epmd_dist inet_epmd_socket inet_gethost_native inet_hosts inet_parse inet_res inet_sctp inet_tcp
  inet_tcp_dist inet_udp kernel kernel_config kernel_refc local_tcp local_udp logger logger_backend logger_config
  logger_disk_log_h logger_filters logger_formatter logger_h_common logger_handler logger_handler_watcher logger_olp logger_proxy
  logger_server logger_simple_h logger_std_h logger_sup net net_adm net_kernel os pg pg2 prim_tty prim_tty_sighandler ram_file
  raw_file_io raw_file_io_compressed raw_file_io_deflate raw_file_io_delayed raw_file_io_inflate raw_file_io_list rpc seq_trace
  socket standard_error trace user user_drv user_sup wrap_log_reader
logger: Elixir.Logger Elixir.Logger.App Elixir.Logger.BackendSupervisor Elixir.Logger.Backends.Config
  Elixir.Logger.Backends.Console Elixir.Logger.Backends.Handler Elixir.Logger.Backends.Internal Elixir.Logger.Backends.Supervisor
  Elixir.Logger.Backends.Watcher Elixir.Logger.Config Elixir.Logger.Filter Elixir.Logger.Formatter Elixir.Logger.Handler
  Elixir.Logger.Translator Elixir.Logger.Utils Elixir.Logger.Watcher
mix: Elixir.Collectable.Mix.Shell Elixir.Mix Elixir.Mix.AppLoader Elixir.Mix.CLI Elixir.Mix.Compilers.ApplicationTracer
  Elixir.Mix.Compilers.Elixir Elixir.Mix.Compilers.Erlang Elixir.Mix.Compilers.Protocol Elixir.Mix.Compilers.Test
  Elixir.Mix.Config Elixir.Mix.Dep Elixir.Mix.Dep.Converger Elixir.Mix.Dep.ElixirSCM Elixir.Mix.Dep.Fetcher Elixir.Mix.Dep.Loader
  Elixir.Mix.Dep.Lock Elixir.Mix.Dep.Umbrella Elixir.Mix.ElixirVersionError Elixir.Mix.Error Elixir.Mix.Generator Elixir.Mix.Hex
  Elixir.Mix.InvalidTaskError Elixir.Mix.Local Elixir.Mix.Local.Installer Elixir.Mix.NoProjectError Elixir.Mix.NoTaskError
  Elixir.Mix.Project Elixir.Mix.ProjectStack Elixir.Mix.PubSub Elixir.Mix.PubSub.Subscriber Elixir.Mix.PublicKey Elixir.Mix.Rebar
  Elixir.Mix.Release Elixir.Mix.RemoteConverger Elixir.Mix.SCM Elixir.Mix.SCM.Git Elixir.Mix.SCM.Path Elixir.Mix.Shell
  Elixir.Mix.Shell.IO Elixir.Mix.Shell.Process Elixir.Mix.Shell.Quiet Elixir.Mix.State Elixir.Mix.Sync.Lock Elixir.Mix.Sync.PubSub
  Elixir.Mix.Task Elixir.Mix.Task.Compiler Elixir.Mix.Task.Compiler.Diagnostic Elixir.Mix.Tasks.App.Config
  Elixir.Mix.Tasks.App.Start Elixir.Mix.Tasks.App.Tree Elixir.Mix.Tasks.Archive Elixir.Mix.Tasks.Archive.Build
  Elixir.Mix.Tasks.Archive.Check Elixir.Mix.Tasks.Archive.Install Elixir.Mix.Tasks.Archive.Uninstall Elixir.Mix.Tasks.Clean
  Elixir.Mix.Tasks.Cmd Elixir.Mix.Tasks.Compile Elixir.Mix.Tasks.Compile.All Elixir.Mix.Tasks.Compile.App
  Elixir.Mix.Tasks.Compile.Elixir Elixir.Mix.Tasks.Compile.Erlang Elixir.Mix.Tasks.Compile.Leex Elixir.Mix.Tasks.Compile.Protocols
  Elixir.Mix.Tasks.Compile.Yecc Elixir.Mix.Tasks.Deps Elixir.Mix.Tasks.Deps.Clean Elixir.Mix.Tasks.Deps.Compile
  Elixir.Mix.Tasks.Deps.Get Elixir.Mix.Tasks.Deps.Loadpaths Elixir.Mix.Tasks.Deps.Partition Elixir.Mix.Tasks.Deps.Precompile
  Elixir.Mix.Tasks.Deps.Tree Elixir.Mix.Tasks.Deps.Unlock Elixir.Mix.Tasks.Deps.Update Elixir.Mix.Tasks.Do
  Elixir.Mix.Tasks.Escript Elixir.Mix.Tasks.Escript.Build Elixir.Mix.Tasks.Escript.Install Elixir.Mix.Tasks.Escript.Uninstall
  Elixir.Mix.Tasks.Eval Elixir.Mix.Tasks.Format Elixir.Mix.Tasks.Help Elixir.Mix.Tasks.Iex Elixir.Mix.Tasks.Loadconfig
  Elixir.Mix.Tasks.Loadpaths Elixir.Mix.Tasks.Local Elixir.Mix.Tasks.Local.Hex Elixir.Mix.Tasks.Local.PublicKeys
  Elixir.Mix.Tasks.Local.Rebar Elixir.Mix.Tasks.New Elixir.Mix.Tasks.Profile.Cprof Elixir.Mix.Tasks.Profile.Eprof
  Elixir.Mix.Tasks.Profile.Fprof Elixir.Mix.Tasks.Profile.Tprof Elixir.Mix.Tasks.Release Elixir.Mix.Tasks.Release.Init
  Elixir.Mix.Tasks.Run Elixir.Mix.Tasks.Source Elixir.Mix.Tasks.Test Elixir.Mix.Tasks.Test.Coverage Elixir.Mix.Tasks.WillRecompile
  Elixir.Mix.Tasks.Xref Elixir.Mix.TasksServer Elixir.Mix.Utils
mnesia: mnesia mnesia_app mnesia_backend_type mnesia_backup mnesia_bup mnesia_checkpoint mnesia_checkpoint_sup mnesia_controller
  mnesia_dumper mnesia_event mnesia_ext_sup mnesia_frag mnesia_frag_hash mnesia_index mnesia_kernel_sup mnesia_late_loader
  mnesia_lib mnesia_loader mnesia_locker mnesia_log mnesia_monitor mnesia_recover mnesia_registry mnesia_rpc mnesia_schema
  mnesia_snmp_hook mnesia_sp mnesia_subscr mnesia_sup mnesia_text mnesia_tm
observer: cdv_atom_cb cdv_bin_cb cdv_detail_wx cdv_dist_cb cdv_ets_cb cdv_fun_cb cdv_gen_cb cdv_html_wx cdv_info_wx cdv_int_tab_cb
  cdv_mem_cb cdv_mod_cb cdv_multi_wx cdv_persistent_cb cdv_port_cb cdv_proc_cb cdv_sched_cb cdv_table_wx cdv_term_cb cdv_timer_cb
  cdv_virtual_list_wx cdv_wx crashdump_viewer etop etop_tr etop_txt observer observer_alloc_wx observer_app_wx observer_html_lib
  observer_lib observer_perf_wx observer_port_wx observer_pro_wx observer_procinfo observer_sock_wx observer_sys_wx
  observer_trace_wx observer_traceoptions_wx observer_tv_table observer_tv_wx observer_wx ttb ttb_et
odbc: odbc odbc_app odbc_sup
os_mon: cpu_sup disksup memsup nteventlog os_mon os_mon_mib os_mon_sysinfo os_sup
parsetools: leex yecc yeccparser yeccscan
public_key: AlgorithmInformation-2009 AttributeCertificateVersion1-2009 CMSAesRsaesOaep-2009 CryptographicMessageSyntax-2009
  CryptographicMessageSyntaxAlgorithms-2009 DSS ECPrivateKey EnrollmentMessageSyntax-2009 KEMAlgorithmInformation-2023
  OCSP-2024-08 OTP-PKIX OTP-PKIX-Relaxed OTP-PUB-KEY PKCS-1 PKCS-10 PKCS-3 PKCS-FRAME PKIX-CommonTypes-2009 PKIX-X400Address-2009
  PKIX1-PSS-OAEP-Algorithms-2009 PKIX1Explicit-2009 PKIX1Implicit-2009 PKIXAlgs-2009 PKIXAttributeCertificate-2009 PKIXCMP-2023
  PKIXCRMF-2009 RFC5639 SLH-DSA-Module-2024 Safecurves-pkix-18 SecureMimeMessageV3dot1-2009 X509-ML-DSA-2025 X509-ML-KEM-2025
  pubkey_cert pubkey_cert_records pubkey_crl pubkey_ocsp pubkey_os_cacerts pubkey_pbe pubkey_pem pubkey_policy_tree pubkey_ssh
  pubkey_translation public_key
reltool: reltool reltool_app_win reltool_fgraph reltool_fgraph_win reltool_mod_win reltool_server reltool_sys_win reltool_target
  reltool_utils
runtime_tools: appmon_info dbg dyntrace erts_alloc_config msacc observer_backend runtime_tools runtime_tools_sup scheduler
  system_information ttb_autostart versions
sasl: alarm_handler erlsrv format_lib_supp misc_supp rb rb_format_supp release_handler release_handler_1 sasl sasl_report
  sasl_report_file_h sasl_report_tty_h systools systools_lib systools_make systools_rc systools_relup
snmp: snmp snmp_app snmp_app_sup snmp_community_mib snmp_conf snmp_config snmp_framework_mib snmp_generic snmp_generic_mnesia
  snmp_index snmp_log snmp_mini_mib snmp_misc snmp_note_store snmp_notification_mib snmp_pdus snmp_shadow_table snmp_standard_mib
  snmp_target_mib snmp_user_based_sm_mib snmp_usm snmp_verbosity snmp_view_based_acm_mib snmpa snmpa_acm snmpa_agent
  snmpa_agent_sup snmpa_app snmpa_authentication_service snmpa_conf snmpa_discovery_handler snmpa_discovery_handler_default
  snmpa_error snmpa_error_io snmpa_error_logger snmpa_error_report snmpa_get snmpa_get_lib snmpa_get_mechanism snmpa_local_db
  snmpa_mib snmpa_mib_data snmpa_mib_data_tttn snmpa_mib_lib snmpa_mib_storage snmpa_mib_storage_dets snmpa_mib_storage_ets
  snmpa_mib_storage_mnesia snmpa_misc_sup snmpa_mpd snmpa_net_if snmpa_net_if_filter snmpa_network_interface
  snmpa_network_interface_filter snmpa_notification_delivery_info_receiver snmpa_notification_filter snmpa_set snmpa_set_lib
  snmpa_set_mechanism snmpa_supervisor snmpa_svbl snmpa_symbolic_store snmpa_target_cache snmpa_trap snmpa_usm snmpa_vacm snmpc
  snmpc_lib snmpc_mib_gram snmpc_mib_to_hrl snmpc_misc snmpc_tok snmpm snmpm_conf snmpm_config snmpm_misc_sup snmpm_mpd
  snmpm_net_if snmpm_net_if_filter snmpm_net_if_mt snmpm_network_interface snmpm_network_interface_filter snmpm_server
  snmpm_server_sup snmpm_supervisor snmpm_user snmpm_user_default snmpm_user_old snmpm_usm
ssh: ssh ssh_acceptor ssh_acceptor_sup ssh_agent ssh_app ssh_auth ssh_bits ssh_channel ssh_channel_sup ssh_cli ssh_client_channel
  ssh_client_key_api ssh_connection ssh_connection_handler ssh_daemon_channel ssh_dbg ssh_file ssh_fsm_kexinit
  ssh_fsm_userauth_client ssh_fsm_userauth_server ssh_info ssh_io ssh_lib ssh_message ssh_no_io ssh_options ssh_server_channel
  ssh_server_key_api ssh_sftp ssh_sftpd ssh_sftpd_file ssh_sftpd_file_api ssh_shell ssh_subsystem_sup ssh_system_sup
  ssh_tcpip_forward_acceptor ssh_tcpip_forward_acceptor_sup ssh_tcpip_forward_client ssh_tcpip_forward_srv ssh_transport ssh_xfer
ssl: dtls_client_connection dtls_connection dtls_connection_sup dtls_gen_connection dtls_handshake dtls_listener_sup
  dtls_packet_demux dtls_record dtls_server_connection dtls_server_session_cache_sup dtls_server_sup dtls_socket dtls_sup dtls_v1
  inet6_tls_dist inet_epmd_tls_socket inet_tls_dist ssl ssl_admin_sup ssl_alert ssl_app ssl_certificate ssl_cipher
  ssl_cipher_format ssl_client_session_cache_db ssl_config ssl_connection_sup ssl_crl ssl_crl_cache ssl_crl_cache_api
  ssl_crl_hash_dir ssl_dh_groups ssl_dist_admin_sup ssl_dist_connection_sup ssl_dist_sup ssl_gen_statem ssl_handshake
  ssl_listen_tracker_sup ssl_logger ssl_manager ssl_pem_cache ssl_pkix_db ssl_record ssl_server_session_cache
  ssl_server_session_cache_db ssl_server_session_cache_sup ssl_session ssl_session_cache_api ssl_srp_primes ssl_sup ssl_trace
  ssl_upgrade_server_session_cache_sup tls_bloom_filter tls_client_connection tls_client_connection_1_3 tls_client_ticket_store
  tls_connection tls_connection_1_3 tls_connection_sup tls_dist_server_sup tls_dist_sup tls_dtls_client_connection
  tls_dtls_connection tls_dtls_gen_connection tls_dtls_server_connection tls_dyn_connection_sup tls_gen_connection
  tls_gen_connection_1_3 tls_handshake tls_handshake_1_3 tls_record tls_record_1_3 tls_sender tls_server_connection
  tls_server_connection_1_3 tls_server_session_ticket tls_server_session_ticket_sup tls_server_sup tls_socket tls_socket_tcp
  tls_sup tls_v1
stdlib: argparse array base64 beam_lib binary c calendar dets dets_server dets_sup dets_utils dets_v9 dict digraph digraph_utils
  edlin edlin_context edlin_expand edlin_key edlin_type_suggestion epp erl_abstract_code erl_anno erl_bits erl_compile erl_error
  erl_eval erl_expand_records erl_features erl_internal erl_lint erl_parse erl_posix_msg erl_pp erl_scan erl_stdlib_errors erl_tar
  error_logger_file_h error_logger_tty_h escript ets eval_bits file_sorter filelib filename gb_sets gb_trees gen gen_event gen_fsm
  gen_server gen_statem graph io io_ansi io_lib io_lib_format io_lib_fread io_lib_pretty json lists log_mf_h man_docs maps math
  ms_transform orddict ordsets otp_internal peer pool proc_lib proplists qlc qlc_pt queue rand random re records sets shell
  shell_default shell_docs shell_docs_markdown slave sofs string supervisor supervisor_bridge sys timer unicode unicode_util
  uri_string win32reg zip zstd
syntax_tools: epp_dodger erl_comment_scan erl_prettypr erl_recomment erl_syntax erl_syntax_lib merl merl_transform prettypr
tftp: tftp tftp_app tftp_binary tftp_engine tftp_file tftp_lib tftp_logger tftp_sup
tools: cover cprof crashdump eprof fprof lcnt make tags tprof xref xref_base xref_compiler xref_parser xref_reader xref_scanner
  xref_utils
wx: gl glu wx wxAcceleratorEntry wxAcceleratorTable wxActivateEvent wxArtProvider wxAuiDockArt wxAuiManager wxAuiManagerEvent
  wxAuiNotebook wxAuiNotebookEvent wxAuiPaneInfo wxAuiSimpleTabArt wxAuiTabArt wxBitmap wxBitmapButton wxBitmapDataObject
  wxBookCtrlBase wxBookCtrlEvent wxBoxSizer wxBrush wxBufferedDC wxBufferedPaintDC wxButton wxCalendarCtrl wxCalendarDateAttr
  wxCalendarEvent wxCaret wxCheckBox wxCheckListBox wxChildFocusEvent wxChoice wxChoicebook wxClientDC wxClipboard
  wxClipboardTextEvent wxCloseEvent wxColourData wxColourDialog wxColourPickerCtrl wxColourPickerEvent wxComboBox wxCommandEvent
  wxContextMenuEvent wxControl wxControlWithItems wxCursor wxDC wxDCOverlay wxDataObject wxDateEvent wxDatePickerCtrl wxDialog
  wxDirDialog wxDirPickerCtrl wxDisplay wxDisplayChangedEvent wxDropFilesEvent wxEraseEvent wxEvent wxEvtHandler wxFileDataObject
  wxFileDialog wxFileDirPickerEvent wxFilePickerCtrl wxFindReplaceData wxFindReplaceDialog wxFlexGridSizer wxFocusEvent wxFont
  wxFontData wxFontDialog wxFontPickerCtrl wxFontPickerEvent wxFrame wxGBSizerItem wxGCDC wxGLCanvas wxGLContext wxGauge
  wxGenericDirCtrl wxGraphicsBrush wxGraphicsContext wxGraphicsFont wxGraphicsGradientStops wxGraphicsMatrix wxGraphicsObject
  wxGraphicsPath wxGraphicsPen wxGraphicsRenderer wxGrid wxGridBagSizer wxGridCellAttr wxGridCellBoolEditor wxGridCellBoolRenderer
  wxGridCellChoiceEditor wxGridCellEditor wxGridCellFloatEditor wxGridCellFloatRenderer wxGridCellNumberEditor
  wxGridCellNumberRenderer wxGridCellRenderer wxGridCellStringRenderer wxGridCellTextEditor wxGridEvent wxGridSizer wxHelpEvent
  wxHtmlEasyPrinting wxHtmlLinkEvent wxHtmlWindow wxIcon wxIconBundle wxIconizeEvent wxIdleEvent wxImage wxImageList
  wxInitDialogEvent wxJoystickEvent wxKeyEvent wxLayoutAlgorithm wxListBox wxListCtrl wxListEvent wxListItem wxListItemAttr
  wxListView wxListbook wxLocale wxLogNull wxMDIChildFrame wxMDIClientWindow wxMDIParentFrame wxMask wxMaximizeEvent wxMemoryDC
  wxMenu wxMenuBar wxMenuEvent wxMenuItem wxMessageDialog wxMiniFrame wxMirrorDC wxMouseCaptureChangedEvent
  wxMouseCaptureLostEvent wxMouseEvent wxMoveEvent wxMultiChoiceDialog wxNavigationKeyEvent wxNotebook wxNotificationMessage
  wxNotifyEvent wxOverlay wxPageSetupDialog wxPageSetupDialogData wxPaintDC wxPaintEvent wxPalette wxPaletteChangedEvent wxPanel
  wxPasswordEntryDialog wxPen wxPickerBase wxPopupTransientWindow wxPopupWindow wxPostScriptDC wxPreviewCanvas wxPreviewControlBar
  wxPreviewFrame wxPrintData wxPrintDialog wxPrintDialogData wxPrintPreview wxPrinter wxPrintout wxProgressDialog
  wxQueryNewPaletteEvent wxRadioBox wxRadioButton wxRegion wxSashEvent wxSashLayoutWindow wxSashWindow wxScreenDC wxScrollBar
  wxScrollEvent wxScrollWinEvent wxScrolledWindow wxSetCursorEvent wxShowEvent wxSingleChoiceDialog wxSizeEvent wxSizer
  wxSizerFlags wxSizerItem wxSlider wxSpinButton wxSpinCtrl wxSpinEvent wxSplashScreen wxSplitterEvent wxSplitterWindow
  wxStaticBitmap wxStaticBox wxStaticBoxSizer wxStaticLine wxStaticText wxStatusBar wxStdDialogButtonSizer wxStyledTextCtrl
  wxStyledTextEvent wxSysColourChangedEvent wxSystemOptions wxSystemSettings wxTaskBarIcon wxTaskBarIconEvent wxTextAttr
  wxTextCtrl wxTextDataObject wxTextEntryDialog wxToggleButton wxToolBar wxToolTip wxToolbook wxTopLevelWindow wxTreeCtrl
  wxTreeEvent wxTreebook wxUpdateUIEvent wxWebView wxWebViewEvent wxWindow wxWindowCreateEvent wxWindowDC wxWindowDestroyEvent
  wxXmlResource wx_misc wx_object wxe_master wxe_server wxe_util
xmerl: xmerl xmerl_b64Bin xmerl_b64Bin_scan xmerl_eventp xmerl_html xmerl_lib xmerl_otpsgml xmerl_regexp xmerl_sax_old_dom
  xmerl_sax_parser xmerl_sax_parser_latin1 xmerl_sax_parser_list xmerl_sax_parser_utf16be xmerl_sax_parser_utf16le
  xmerl_sax_parser_utf8 xmerl_sax_simple_dom xmerl_scan xmerl_sgml xmerl_simple xmerl_text xmerl_ucs xmerl_uri xmerl_validate
  xmerl_xlate xmerl_xml xmerl_xpath xmerl_xpath_lib xmerl_xpath_parse xmerl_xpath_pred xmerl_xpath_scan xmerl_xs xmerl_xsd
  xmerl_xsd_type
`;

/** Returns the modules of each application of OTP and Elixir, by its name. */
export function knownApplications(): ReadonlyMap<string, readonly string[]> {
  parsed ??= new Map(
    KNOWN.trim()
      .split(/\n(?=\S)/)
      .map((paragraph) => {
        const [name, ...modules] = paragraph.split(/:?\s+/);
        return [name as string, modules];
      }),
  );
  return parsed;
}

let parsed: ReadonlyMap<string, readonly string[]> | undefined;
