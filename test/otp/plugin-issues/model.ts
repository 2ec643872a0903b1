// What a case of the plugin's issues says.
import type { BuildSource } from '../support/release-pairs.js';

/** The instructions of the one entry in each direction, without the default purging. */
export interface ExpectedAppup {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/** Two builds for which the plugin crashed or wrote what is wrong, and what is right. */
export interface PluginCase {
  /** Numbers of lrascao/rebar3_appup_plugin, or what it documents or does. */
  readonly issue: string;
  readonly about: string;
  readonly old: BuildSource;
  readonly now: BuildSource;
  readonly args?: readonly string[];
  /** By application; of no other application there is an appup. */
  readonly appups: Readonly<Record<string, ExpectedAppup>>;
  /** Of each warning a part. */
  readonly warnings?: readonly RegExp[];
  /** What is in the relup that systools makes of it. */
  readonly relup?: readonly string[];
}

/** An application `a` of these modules. */
export function applicationA(vsn: string, modules: BuildSource[string]['modules']): BuildSource {
  return { a: { vsn, modules } };
}
