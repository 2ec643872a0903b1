// How the readers of abstract code in the releases differ (erl_expand_records, erl_internal, erl_lint and xref_reader were compared in OTP 25,
// 27 and 29). A release between two of these follows the older one, as the BIF tables do.

/** What a release does in its own way. */
export interface ReleaseRules {
  readonly otp: number;
  /** 25 takes an update of more than half of a record's fields apart; later releases update in place whenever there is a field. */
  readonly updatesFewFieldsOnly: boolean;
  /** Which of `strict_record_tests` and `no_strict_record_tests` counts where both stand: the first of 25, the last of later ones. */
  readonly firstOptionCounts: boolean;
  /** Up to 28 a `fun name/arity` without a module becomes a fun that calls it only where a BIF has that name; else it is local. */
  readonly funsOfBifNamesCall: boolean;
  /** Up to 28 `-xref` adds edges. */
  readonly readsXrefAttribute: boolean;
  /** From 29 on there are native records, whose uses call nothing. */
  readonly nativeRecords: boolean;
}

/** Returns the rules of a release. */
export function releaseRules(otp: number): ReleaseRules {
  return {
    otp,
    updatesFewFieldsOnly: otp < 27,
    firstOptionCounts: otp < 27,
    funsOfBifNamesCall: otp < 29,
    readsXrefAttribute: otp < 29,
    nativeRecords: otp >= 29,
  };
}
