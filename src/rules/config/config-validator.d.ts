// The validator that build/compile-validator.js makes of the published schema: its types, since the file itself is made by `npm run build`.

/** A fault of a config, as ajv reports it. */
export interface SchemaFault {
  /** A JSON pointer to the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Tells whether a value is a config as the schema has it; `errors` has the faults of the last value that was none. */
export const validateConfig: {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaFault[] | null;
};
