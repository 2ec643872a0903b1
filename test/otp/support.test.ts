// The conformance tests' own link to Erlang: whether questions and answers arrive whole, in every release.
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeWithOtp, insidePath, otpBeams, otpEbins, runCommand, runErlang } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `asking Erlang/OTP ${release}`, () => {
    it('answers from the release that was asked', () => {
      expect(String(runOracle(release, 'self_oracle', 'release'))).toBe(String(release));
      expect(String(runErlang(release, { eval: 'io:put_chars(erlang:system_info(otp_release)).' }))).toBe(String(release));
    });

    it('passes strings, binaries and lists', () => {
      const argument = ['π', Uint8Array.of(0, 255), [], ['a b']];
      expect(String(runOracle(release, 'self_oracle', 'text', [argument]))).toBe('[[960],<<0,255>>,[],["a b"]]');
    });

    it('passes plain arguments and standard input', () => {
      const program = 'io:put_chars([io:get_line(""), hd(init:get_plain_arguments())]).';
      expect(String(runErlang(release, { eval: program, args: ['--x'], input: 'line\n' }))).toBe('line\n--x');
    });

    it('throws what Erlang reported', () => {
      expect(() => runOracle(release, 'self_oracle', 'fail')).toThrow(/on_purpose/);
      expect(() => runCommand(release, ['erlc', 'no_such_file.erl'])).toThrow(/no_such_file/);
    });

    it('knows where the libraries are', () => {
      const beams = otpBeams(release);
      expect(otpEbins(release).some((ebin) => /elixir\/lib\/elixir\/ebin$/.test(ebin))).toBe(true);
      expect(beams.length).toBeGreaterThan(900);
      const lists = beams.find((path) => path.endsWith('/lists.beam')) as string;
      expect(existsSync(lists)).toBe(true);
      const question = `{ok, {lists, _}} = beam_lib:md5("${insidePath(release, lists)}"), io:put_chars("ok").`;
      expect(String(runErlang(release, { eval: question }))).toBe('ok');
    });
  });
}
